/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_IMPORT_UNPACK_H
#define BREACHD_IMPORT_UNPACK_H

/* Archives (zip, tar) and compressed files (gzip, bzip2, xz, zstd), read by libarchive without unpacking to disk. */
#include "import/source.h"

#include <stdint.h>

/* What unpack_is_content() looks at. */
#define UNPACK_HEAD 512

/* Whether a file is an archive or compressed, by its name's ending or by its first N bytes. */
bool unpack_is_name(const char *name);
bool unpack_is_content(const char *head, size_t n);

/*
 * Hands the texts in the archive at FD, of SIZE bytes and found at FROM, to SINK, in their order there: those that
 * a folder's would be, with the archive as the folder; what is in a compressed single file when the ending before
 * the last says so, or always when NAMED. An archive that is damaged, encrypted or larger within than the limits is
 * one reject, as is one within it. 0, -ENOMEM or what SINK returned.
 */
int unpack_read(int fd, uint64_t size, const struct origin *from, bool named, const struct source_sink *sink);

#endif
