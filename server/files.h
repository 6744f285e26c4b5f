/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_SERVER_FILES_H
#define BREACHD_SERVER_FILES_H

/* The files of static/ that are compiled in; the table is made by embed.py. */
#include <stddef.h>

struct file {
    const char *name;   /* "schemas/incident.json" */
    const char *type;   /* media type */
    const char *digest; /* 16 hex digits of its content */
    const unsigned char *bytes;
    size_t size;
};

extern const struct file files[];
extern const size_t files_n;

/* NULL when there is none. */
const struct file *file_find(const char *name);

#endif
