/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_SERVER_FILES_H
#define BREACHD_SERVER_FILES_H

/* The files of static/ that are compiled in, by the names under which they are served. */
#include "util/embedded.h"

struct file {
    const char *name; /* "schemas/incident.json" */
    const char *type; /* media type */
    const struct embedded *content;
};

/* NULL when there is none. */
const struct file *file_find(const char *name);

#endif
