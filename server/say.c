/* SPDX-License-Identifier: MIT */
/* Lines on standard error; see say.h. */
#include "say.h"

#include "util/clock.h"
#include "util/strbuf.h"
#include "util/utf8.h"
#include "version.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

const char *const say_formats[_SAY_FORMAT_N + 1] = {[SAY_TEXT] = "text", [SAY_JSON] = "json"};

static const char *const levels[] = {
    [SAY_ERROR] = "error", [SAY_WARNING] = "warning", [SAY_NOTICE] = "notice", [SAY_INFO] = "info"};

/* "DEVICE:INODE", systemd.exec(5). */
static bool is_journal(const char *stream)
{
    char own[48];
    struct stat st;

    if (!stream || fstat(STDERR_FILENO, &st) < 0)
        return false;
    (void)snprintf(own, sizeof own, "%ju:%ju", (uintmax_t)st.st_dev, (uintmax_t)st.st_ino);
    return strcmp(own, stream) == 0;
}

struct say say_to(enum say_format format, const char *journal_stream)
{
    return (struct say){.format = format, .journal = is_journal(journal_stream)};
}

const char *say_prefix(const struct say *s)
{
    return s->journal ? "<6>" : "";
}

/* TEXT as it may stand in a line; within JSON, whose strings are UTF-8, also within its quotes. */
static void add_safe(struct strbuf *b, const char *text, bool json)
{
    for (size_t n = strlen(text), length; n; text += length, n -= length) {
        unsigned char c = (unsigned char)*text;
        length = utf8_decode(text, n, NULL);
        if (!length || c < 0x20 || c == 0x7f)
            strbuf_addf(b, json ? "\\\\x%02x" : "\\x%02x", c);
        else if (json && (c == '"' || c == '\\'))
            strbuf_addf(b, "\\%c", c);
        else
            strbuf_add(b, text, length);
        length += !length;
    }
}

static void add_json(struct strbuf *b, enum say_level level, const char *version, const char *text)
{
    char now[CLOCK_TEXT_SIZE];

    clock_format((int64_t)time(NULL), now);
    strbuf_addf(b, "{\"time\":\"%s\",\"level\":\"%s\",", now, levels[level]);
    if (version)
        strbuf_addf(b, "\"version\":\"%s\",", version);
    strbuf_adds(b, "\"message\":\"");
    add_safe(b, text, true);
    strbuf_adds(b, "\"}\n");
}

static void add_text(struct strbuf *b, const char *version, const char *text)
{
    strbuf_addf(b, "breachd%s%s: ", version ? " " : "", version ? version : "");
    add_safe(b, text, false);
    strbuf_addc(b, '\n');
}

/* The same where memory has run out, of which one wants to hear above all: cut, and with a "?" for what is not plain. */
static void write_poor_line(const struct say *s, enum say_level level, const char *format, va_list args)
{
    char text[512], line[640];
    int n = vsnprintf(text, sizeof text, format, args);

    for (char *c = text; n > 0 && *c; c++)
        if (*c < 0x20 || *c > 0x7e || *c == '"' || *c == '\\')
            *c = '?';
    n = snprintf(line, sizeof line,
                 s->format == SAY_JSON ? "{\"level\":\"%s\",\"message\":\"%s\"}\n" : "breachd: %.0s%s\n",
                 levels[level], n > 0 ? text : "out of memory");
    (void)!write(STDERR_FILENO, line, (size_t)n);
}

static void write_line(const struct say *s, enum say_level level, const char *version, const char *format,
                       va_list args)
{
    _cleanup_strbuf_ struct strbuf text = STRBUF_INIT, line = STRBUF_INIT;
    va_list again;

    va_copy(again, args);
    strbuf_addv(&text, format, args);
    if (s->journal)
        strbuf_addf(&line, "<%d>", (int)level);
    if (text.failed)
        line.failed = true;
    else if (s->format == SAY_JSON)
        add_json(&line, level, version, text.size ? text.data : "");
    else
        add_text(&line, version, text.size ? text.data : "");
    if (line.failed)
        write_poor_line(s, level, format, again);
    else
        (void)!write(STDERR_FILENO, line.data, line.size);
    va_end(again);
}

void say(const struct say *s, enum say_level level, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    write_line(s, level, NULL, format, args);
    va_end(args);
}

void say_start(const struct say *s, enum say_level level, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    write_line(s, level, BREACHD_VERSION, format, args);
    va_end(args);
}
