/* SPDX-License-Identifier: MIT */
/*
 * Catalogue files that are damaged: a byte of flags, then patches to a small catalogue, each three bytes of place, one of length,
 * and that many bytes. It is opened as the daemon opens it and asked, checked as breachctl checks it, and imported onto. It may be
 * refused, and it may say anything, but it is survived. All three open it alike, so what is refused once is at its end.
 */
#include "fuzz.h"

#include "bundled.h"
#include "import/import.h"
#include "storage/storage.h"
#include "util/limits.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LARGE  1 /* so large that its pages are not looked at when it is opened */
#define CHECK  2
#define IMPORT 4
#define GROUPS 8 /* of targets; the upper three bits choose one */

#define PAGES_AT 28 /* in the header of an SQLite file: how many pages it has */
#define PAGE     4096

static struct {
    int file;
    off_t size;
} whole;

static void make(void)
{
    struct stat st;
    fuzz_must(bundled_build(FUZZ_RECORDS), "%s can be imported", FUZZ_RECORDS);
    whole.file = open(bundled_path(), O_RDONLY | O_CLOEXEC);
    bundled_remove();
    fuzz_must(whole.file >= 0 && fstat(whole.file, &st) == 0, "it can be opened");
    whole.size = st.st_size;
}

static void copy(int to)
{
    static char buffer[1 << 16];
    ssize_t n;
    for (off_t at = 0; (n = pread(whole.file, buffer, sizeof buffer, at)) > 0; at += n)
        fuzz_must(pwrite(to, buffer, (size_t)n, at) == n, "it is copied");
}

static void enlarge(int file)
{
    const uint32_t pages = LIMIT_CHECK_WHOLE_BYTES / PAGE + 1;
    const unsigned char bytes[] = {pages >> 24, pages >> 16 & 255, pages >> 8 & 255, pages & 255};
    fuzz_must(ftruncate(file, (off_t)pages * PAGE) == 0 &&
                  pwrite(file, bytes, sizeof bytes, PAGES_AT) == sizeof bytes,
              "it is enlarged");
}

static void patch(int file, struct fuzz_input in)
{
    while (in.left > 4) {
        off_t at = fuzz_byte(&in) << 16;
        at |= fuzz_byte(&in) << 8;
        at |= fuzz_byte(&in);
        size_t n = fuzz_byte(&in);
        n = n < in.left ? n : in.left;
        /* It may not become longer: that is refused at once. */
        at %= whole.size - (off_t)n;
        fuzz_must(pwrite(file, in.at, n, at) == (ssize_t)n, "it is patched");
        in.at += n;
        in.left -= n;
    }
}

static void ask(struct app *app, const char *target)
{
    _cleanup_arena_ struct arena *mem = arena_new(LIMIT_REQUEST_MEMORY);
    const struct request req = {.method = "GET",
                                .target = target,
                                .version = "HTTP/1.1",
                                .scheme = "http",
                                .host = "localhost",
                                .mem = mem};
    struct reply r;
    struct fuzz_input body;
    fuzz_ask(app, &req, false, &r, &body);
    reply_done(&r);
}

/* Whether it was not refused. */
static bool serve(const char *path, unsigned group)
{
    static const char *const targets[] = {
        "/",
        "/incidents.html?facets=year,sector,country",
        "/incidents.json?detail=full&sort=-affected",
        "/incidents.csv",
        "/incidents?q=data&sort=relevance",
        "/incidents/one",
        "/incidents/two.html",
        "/incidents/one/timeline.ics",
        "/dealers.html",
        "/dealers/dealer.html",
        "/organizations/holding",
        "/organizations.atom",
        "/organizations.ndjson",
        "/timeline.html",
        "/timeline.atom",
        "/statistics.html?by=sector",
        "/actors.html",
        "/actors/apt32",
        "/data-classes",
        "/datasets.html",
        "/datasets/local",
        "/catalogue.ndjson",
        "/sitemap-incidents-1.xml",
        "/version",
    };
    const struct app_config cfg = {
        .catalogue = path, .base_path = "", .cache_control = "public, max-age=60", .cache_bytes = 1u << 20};
    struct app *app;
    char *error = NULL;
    int r = app_new(&cfg, &app, &error);
    fuzz_must(r == 0 || (r > 0 && error && *error), "it is refused with a reason: %d", r);
    free(error);
    if (r != 0)
        return false;
    for (size_t i = group; i < sizeof targets / sizeof *targets; i += GROUPS)
        ask(app, targets[i]);
    (void)app_free(app);
    return true;
}

static void pass(void *ctx, const char *line)
{
    (void)ctx;
    fuzz_must(*line, "a fault has words");
}

static void check(const char *path)
{
    size_t faults = 0;
    char *error = NULL;
    int r = storage_check(path, pass, NULL, &faults, &error);
    fuzz_must(r == 0 || (r > 0 && error && *error), "it is checked, or refused with a reason: %d", r);
    free(error);
}

static void import_onto(const char *path)
{
    static const char *const input = FUZZ_RECORDS;
    char *error = NULL;
    _cleanup_report_ struct import_report *report = import_report_new();
    const struct import_options o = {.output = path, .inputs = &input, .n_inputs = 1};
    int r = import_run(&o, report, &error);
    fuzz_must(r == 0 || (r > 0 && error && *error), "it is imported onto, or there is a reason: %d", r);
    free(error);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input in = fuzz_input(data, size);
    unsigned char flags = fuzz_byte(&in);
    if (!whole.size)
        make();
    const char *path = fuzz_path("damaged.db");
    int file = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    fuzz_must(file >= 0, "%s can be made", path);
    copy(file);
    if (flags & LARGE)
        enlarge(file);
    patch(file, in);
    (void)close(file);
    if (!serve(path, flags >> 5))
        return 0;
    if (flags & CHECK)
        check(path);
    if (flags & IMPORT)
        import_onto(path);
    return 0;
}
