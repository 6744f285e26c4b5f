/* SPDX-License-Identifier: MIT */
/* Archives and compressed files, behind a byte that says which name they have and whether that is an input's own: each text in
 * one is handed over whole and with its place, or the archive is a reject with a reason. */
#include "fuzz.h"

#include "import/unpack.h"
#include "util/limits.h"
#include "util/strbuf.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Whether the input names the archive itself. */
#define NAMED 16

static const char *const names[] = {
    "in/a.zip",    "in/a.tar",        "in/a.tar.gz",   "in/a.json.gz",
    "in/a.csv.xz", "in/a.ndjson.bz2", "in/a.json.zst", "in/a",
};

static int receive(void *ctx, struct source_text *text, const struct origin *from)
{
    _cleanup_strbuf_ struct strbuf copy = STRBUF_INIT;
    const char *archive = ctx;
    fuzz_must(text->n <= LIMIT_FILE_BYTES, "%s has %zu bytes", from->path, text->n);
    strbuf_add(&copy, text->bytes, text->n);
    fuzz_must(!copy.failed, "there is memory");
    fuzz_must(strncmp(from->path, archive, strlen(archive)) == 0, "%s is in %s", from->path, archive);
    fuzz_must(!strchr(from->file, '/') && *from->file != '.', "%s is a file's name", from->file);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input in = fuzz_input(data, size);
    unsigned char choice = fuzz_byte(&in);
    const char *name = names[choice % (sizeof names / sizeof *names)];
    _cleanup_report_ struct import_report *report = import_report_new();
    int fd = memfd_create("archive", MFD_CLOEXEC);
    fuzz_must(report && fd >= 0, "there is memory");
    fuzz_must(write(fd, in.at, in.left) == (ssize_t)in.left && lseek(fd, 0, SEEK_SET) == 0, "it is written");

    const struct source_sink sink = {report, receive, (void *)name};
    struct origin from;
    fuzz_must(source_origin(&sink, name, &from) == 0, "there is memory");
    (void)unpack_is_content(in.at, in.left < UNPACK_HEAD ? in.left : UNPACK_HEAD);
    int result = unpack_read(fd, in.left, &from, choice & NAMED, &sink);
    fuzz_must(result == 0, "an archive is read, or rejected: %d", result);
    for (size_t i = 0; i < report->n_findings; i++)
        fuzz_must(report->findings[i].reason && *report->findings[i].reason, "finding %zu has a reason", i);
    (void)close(fd);
    return 0;
}
