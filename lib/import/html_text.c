/* SPDX-License-Identifier: MIT */
/* HTML fragments, by libxml2's forgiving parser; the tree is walked without recursion. */
#include "import/html_text.h"

#include <errno.h>
#include <libxml/HTMLparser.h>
#include <limits.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

static bool is_one_of(const xmlNode *node, const char *const *names)
{
    if (node->type != XML_ELEMENT_NODE)
        return false;
    for (; *names; names++)
        if (strcasecmp((const char *)node->name, *names) == 0)
            return true;
    return false;
}

static bool is_line(const xmlNode *node)
{
    static const char *const names[] = {"br", "p", "div", "li", "ul", "ol", "tr", "h1", "h2", "h3", NULL};
    return is_one_of(node, names);
}

static bool is_hidden(const xmlNode *node)
{
    static const char *const names[] = {"script", "style", "head", "template", NULL};
    return is_one_of(node, names);
}

static int tell_link(const xmlNode *node, html_link_fn link, void *ctx)
{
    static const char *const names[] = {"a", NULL};
    if (!link || !is_one_of(node, names))
        return 0;
    xmlChar *url = xmlGetProp(node, (const xmlChar *)"href");
    xmlChar *text = xmlNodeGetContent(node);
    int r = url && text ? link(ctx, (const char *)url, (const char *)text) : 0;
    xmlFree(url);
    xmlFree(text);
    return r;
}

static int enter(const xmlNode *node, struct strbuf *out, html_link_fn link, void *ctx)
{
    if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
        strbuf_adds(out, node->content ? (const char *)node->content : "");
    else if (is_line(node))
        strbuf_addc(out, '\n');
    return tell_link(node, link, ctx);
}

/* The node after NODE in reading order, not going into it when it has been left out. */
static const xmlNode *after(const xmlNode *node, bool into)
{
    if (into && node->children)
        return node->children;
    while (node && !node->next)
        node = node->parent;
    return node ? node->next : NULL;
}

static int walk(const xmlNode *root, struct strbuf *out, html_link_fn link, void *ctx)
{
    int r = 0;
    for (const xmlNode *node = root; node && r == 0;) {
        bool hidden = is_hidden(node);
        if (!hidden)
            r = enter(node, out, link, ctx);
        node = after(node, !hidden);
    }
    return r;
}

int html_text(const char *s, size_t n, struct strbuf *out, html_link_fn link, void *ctx)
{
    const int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                        HTML_PARSE_COMPACT;
    if (n == 0)
        return 0;
    if (n > INT_MAX)
        return -ENOMEM;
    htmlDocPtr doc = htmlReadMemory(s, (int)n, NULL, "UTF-8", options);
    if (!doc)
        return 0;
    int r = walk(xmlDocGetRootElement(doc), out, link, ctx);
    xmlFreeDoc(doc);
    return r != 0 ? r : out->failed ? -ENOMEM : 0;
}
