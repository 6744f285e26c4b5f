/* SPDX-License-Identifier: MIT */
/*
 * The floor that serving is measured against: libmicrohttpd with two threads, each with its own epoll, that answers every
 * request with one response made beforehand. No parsing, no routing, no log. Its headers and bytes are those that the daemon was seen
 * to send.
 *
 * usage: minimal PORT STATUS HEADERS BODY      HEADERS: a file of "Name: value" lines; BODY: a file. Serves until it is killed.
 */
#include "util/num.h"

#include <err.h>
#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct answer {
    struct MHD_Response *response;
    unsigned status;
};

/* Queued at the second call: at the first, the library closes the connection after it. */
static enum MHD_Result on_request(void *ctx, struct MHD_Connection *c, const char *url, const char *method,
                                  const char *version, const char *upload, size_t *upload_size, void **seen)
{
    const struct answer *a = ctx;
    (void)url;
    (void)method;
    (void)version;
    (void)upload;
    (void)upload_size;
    if (!*seen) {
        *seen = ctx;
        return MHD_YES;
    }
    return MHD_queue_response(c, a->status, a->response);
}

static char *read_file(const char *path, size_t *ret_size)
{
    FILE *f = fopen(path, "r");
    if (!f || fseek(f, 0, SEEK_END) != 0)
        err(1, "%s", path);
    long size = ftell(f);
    rewind(f);
    char *bytes = size < 0 ? NULL : malloc((size_t)size + 1);
    if (!bytes || fread(bytes, 1, (size_t)size, f) != (size_t)size)
        err(1, "%s", path);
    bytes[size] = '\0';
    (void)fclose(f);
    *ret_size = (size_t)size;
    return bytes;
}

static void add_headers(struct MHD_Response *response, char *lines)
{
    for (char *line = strtok(lines, "\n"); line; line = strtok(NULL, "\n")) {
        char *value = strstr(line, ": ");
        if (!value)
            errx(1, "%s: is no header", line);
        *value = '\0';
        if (MHD_add_response_header(response, line, value + 2) != MHD_YES)
            errx(1, "%s: is refused", line);
    }
}

static unsigned number(const char *text)
{
    uint64_t n;
    if (num_parse_u64(text, strlen(text), NUM_PLAIN, 1, 65535, &n) != 0)
        errx(2, "%s: is no number from 1 to 65535", text);
    return (unsigned)n;
}

int main(int argc, char **argv)
{
    if (argc != 5)
        errx(2, "usage: minimal PORT STATUS HEADERS BODY");
    size_t size, unused;
    char *headers = read_file(argv[3], &unused), *body = read_file(argv[4], &size);
    struct answer a = {.status = number(argv[2]),
                       .response = MHD_create_response_from_buffer(size, body, MHD_RESPMEM_PERSISTENT)};
    if (!a.response)
        errx(1, "out of memory");
    add_headers(a.response, headers);
    unsigned flags = MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_EPOLL | MHD_USE_TURBO;
    if (!MHD_start_daemon(flags, (uint16_t)number(argv[1]), NULL, NULL, on_request, &a,
                          MHD_OPTION_THREAD_POOL_SIZE, 2u, MHD_OPTION_CONNECTION_LIMIT, 1024u,
                          MHD_OPTION_END))
        errx(1, "cannot listen on port %s", argv[1]);
    for (;;)
        (void)pause();
}
