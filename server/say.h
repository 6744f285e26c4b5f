/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_SERVER_SAY_H
#define BREACHD_SERVER_SAY_H

/*
 * What the daemon says on standard error: a line each, as text or as JSON objects, with the priority before it that the journal
 * takes where that is who listens (sd-daemon(3)). Safe from many threads: a line is written at once.
 */
#include <stdbool.h>

enum say_format { SAY_TEXT, SAY_JSON, _SAY_FORMAT_N };

/* "text", "json"; NULL after the last. */
extern const char *const say_formats[_SAY_FORMAT_N + 1];

/* As syslog numbers them. */
enum say_level { SAY_ERROR = 3, SAY_WARNING = 4, SAY_NOTICE = 5, SAY_INFO = 6 };

struct say {
    enum say_format format;
    bool journal; /* listens */
};

/* JOURNAL_STREAM: the value of that variable, or NULL; it counts where it names what standard error is indeed, which may have been led
 * elsewhere since. */
struct say say_to(enum say_format format, const char *journal_stream);

/* "breachd: MESSAGE", or {"time":…,"level":…,"message":…}. What would end the line or drive a terminal is written as \xNN. */
void say(const struct say *s, enum say_level level, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same of who begins to serve: "breachd VERSION: MESSAGE". */
void say_start(const struct say *s, enum say_level level, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* "<6>", for lines that others write where the journal listens; "" elsewhere. */
const char *say_prefix(const struct say *s);

#endif
