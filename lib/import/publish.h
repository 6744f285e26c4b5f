/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_IMPORT_PUBLISH_H
#define BREACHD_IMPORT_PUBLISH_H

/* A new file takes another's place in one step, or not at all. */

struct publish;

enum { PUBLISH_E_FAILED = 1 };

/* Makes an empty hidden file beside OUTPUT (or, where that is a symbolic link, beside what it leads to), which nobody else can
 * do until it is published or freed. 0, -ENOMEM, or PUBLISH_E_FAILED with *reterr (free() it): one line. */
int publish_begin(const char *output, struct publish **ret, char **reterr);

/* The file to write to. */
const char *publish_path(const struct publish *p);

/* The folder that it is in. */
const char *publish_folder(const struct publish *p);

/* Puts the file at FROM, in the same folder, in place of the one to write to; FROM is gone then. As publish_begin. */
int publish_take(struct publish *p, const char *from, char **reterr);

/* Brings the file to disk, gives it the mode and, where allowed, the owner of what it replaces, and renames it
 * over OUTPUT. As publish_begin. */
int publish_commit(struct publish *p, char **reterr);

/* Removes the file unless it was published. Accepts NULL; returns NULL. */
struct publish *publish_free(struct publish *p);

static inline void publish_cleanup(struct publish **p)
{
    *p = publish_free(*p);
}
#define _cleanup_publish_ __attribute__((cleanup(publish_cleanup)))

#endif
