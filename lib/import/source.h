/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_IMPORT_SOURCE_H
#define BREACHD_IMPORT_SOURCE_H

/* Inputs become texts: folders are walked, files read, archives unpacked, each text handed over with its
 * place. What a text means is the receiver's business. */
#include "import/report.h"

/* A text: N bytes, no NUL follows. Large files are mapped, so that they cost no memory of their own. */
struct source_text {
    const char *bytes;
    size_t n;
    bool mapped;
    size_t passed; /* of a mapped one: what was given back so far */
};

/* What is before AT was read: a mapped text gives its memory back now and then. It can be read again, at some cost. */
void source_passed(struct source_text *text, const char *at);

/* Who takes the texts, and where is told what cannot be read. EMIT's text is gone afterwards; 0 or a negative errno, which
 * ends the reading. */
struct source_sink {
    struct import_report *report;
    int (*emit)(void *ctx, struct source_text *text, const struct origin *from);
    void *ctx;
};

enum { SOURCE_E_UNREADABLE = 1 };

/*
 * Reads the file or folder at PATH: of a folder every file that source_is_wanted() and every archive, by name, folders within
 * too; hidden names are passed over. A file inside that cannot be read is one reject. A file that is PATH itself is
 * read whatever its name. 0, -ENOMEM, or SOURCE_E_UNREADABLE with *reterr (free() it): PATH itself cannot be opened.
 */
int source_read(const char *path, const struct source_sink *sink, char **reterr);

/* Whether a name ends as data does: .json, .ndjson, .jsonl or .csv, in any letter case. */
bool source_is_wanted(const char *name);

/* One reject: what is at FROM cannot be read, for this reason. 0 or -ENOMEM. */
int source_reject(const struct source_sink *sink, const struct origin *from, const char *reason);

/* The origin of a file at PATH. 0 or -ENOMEM. */
int source_origin(const struct source_sink *sink, const char *path, struct origin *ret);

#endif
