/* SPDX-License-Identifier: MIT */
/* Notes of pulls; see pull_notes.h. One "name value" a line; who cannot read a line passes over it. */
#include "pull_notes.h"

#include "import/publish.h"
#include "util/limits.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { NOTES_E_FAILED = 1 };

#define NOTES_N 5

/* Names and places of what is noted. */
static void list_notes(struct pull_notes *n, const char *names[static NOTES_N], char **values[static NOTES_N])
{
    static const char *const all[NOTES_N] = {"file", "url", "etag", "part-url", "part-etag"};
    char **const places[NOTES_N] = {&n->file, &n->whole.url, &n->whole.tag, &n->part.url, &n->part.tag};
    memcpy(names, all, sizeof all);
    memcpy(values, places, sizeof places);
}

char *pull_file_name(const char *path)
{
    struct stat st;
    char *name = NULL;
    if (stat(path, &st) != 0 || asprintf(&name, "%llu:%llu:%lld:%lld.%09ld", (unsigned long long)st.st_dev,
                                         (unsigned long long)st.st_ino, (long long)st.st_size,
                                         (long long)st.st_mtim.tv_sec, st.st_mtim.tv_nsec) < 0)
        return NULL;
    return name;
}

/* Takes in LINE, which may be anything. 0 or -ENOMEM. */
static int take_line(struct pull_notes *n, char *line)
{
    const char *names[NOTES_N];
    char **values[NOTES_N], *value = strchr(line, ' ');
    list_notes(n, names, values);
    if (!value)
        return 0;
    *value++ = '\0';
    value[strcspn(value, "\n")] = '\0';
    for (size_t i = 0; i < NOTES_N; i++)
        if (*value && !*values[i] && strcmp(line, names[i]) == 0 && !(*values[i] = strdup(value)))
            return -ENOMEM;
    return 0;
}

/* An address without a tag, or the reverse, says nothing. */
static void settle(struct pull_origin *o)
{
    if (!o->url || !o->tag)
        pull_origin_done(o);
}

int pull_notes_read(const char *path, struct pull_notes *ret)
{
    struct stat st;
    struct pull_notes n = {0};
    FILE *in = fopen(path, "re");
    char *line = NULL;
    size_t room = 0;
    int r = 0;
    if (in && fstat(fileno(in), &st) == 0 && S_ISREG(st.st_mode) && st.st_size <= LIMIT_PULL_NOTES)
        while (r == 0 && getline(&line, &room, in) > 0)
            r = take_line(&n, line);
    if (in)
        (void)fclose(in);
    free(line);
    settle(&n.whole);
    settle(&n.part);
    if (r == 0)
        *ret = n;
    else
        pull_notes_done(&n);
    return r;
}

static int write_lines(const char *path, const struct pull_notes *n)
{
    const char *names[NOTES_N];
    char **values[NOTES_N];
    struct pull_notes copy = *n;
    FILE *out = fopen(path, "we");
    if (!out)
        return -errno;
    list_notes(&copy, names, values);
    for (size_t i = 0; i < NOTES_N; i++)
        if (*values[i])
            (void)fprintf(out, "%s %s\n", names[i], *values[i]);
    bool failed = ferror(out);
    return fclose(out) != 0 || failed ? -EIO : 0;
}

int pull_notes_write(const char *path, const struct pull_notes *n, char **reterr)
{
    _cleanup_publish_ struct publish *p = NULL;
    int r = publish_begin(path, &p, reterr);
    if (r != 0)
        return r;
    r = write_lines(publish_path(p), n);
    if (r < 0)
        return asprintf(reterr, "%s: cannot be written: %s", path, strerror(-r)) < 0 ? -ENOMEM
                                                                                     : NOTES_E_FAILED;
    return publish_commit(p, reterr);
}

bool pull_origin_set(struct pull_origin *o, const char *url, const char *tag)
{
    pull_origin_done(o);
    o->url = strdup(url);
    o->tag = strdup(tag);
    settle(o);
    return o->tag;
}

bool pull_origin_is(const struct pull_origin *o, const char *url)
{
    return o->url && strcmp(o->url, url) == 0;
}

void pull_origin_done(struct pull_origin *o)
{
    free(o->url);
    free(o->tag);
    *o = (struct pull_origin){0};
}

void pull_notes_done(struct pull_notes *n)
{
    pull_origin_done(&n->whole);
    pull_origin_done(&n->part);
    free(n->file);
    *n = (struct pull_notes){0};
}
