/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_STORAGE_SQLITE_FILE_H
#define BREACHD_STORAGE_SQLITE_FILE_H

/*
 * A catalogue's file as its readers see it: the open file and not its name, so all of them read the same bytes whatever has
 * become of the name since, and another reader takes no descriptor. It is mapped whole and once; SQLite's own mapping is one for each
 * connection and ends at 2 GiB.
 */
#include <stdint.h>

struct catalogue_file;

/* What a reader opens by way of catalogue_file_vfs(); it names nothing. */
#define CATALOGUE_FILE_NAME "catalogue"

/* The SIZE bytes of the file that FD is open on; it has to stay open as long. What cannot be mapped is read. 0, or -ENOMEM. */
int catalogue_file_new(int fd, uint64_t size, struct catalogue_file **ret);

/* The name for sqlite3_open_v2() (https://www.sqlite.org/vfs.html). */
const char *catalogue_file_vfs(const struct catalogue_file *f);

/* When every connection is closed. Accepts NULL; returns NULL. */
struct catalogue_file *catalogue_file_free(struct catalogue_file *f);

#endif
