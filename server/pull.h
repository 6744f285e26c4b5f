/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_SERVER_PULL_H
#define BREACHD_SERVER_PULL_H

/*
 * A catalogue fetched from elsewhere takes the place of the one here, whole and looked over, or not at all. Beside the
 * catalogue NAME lie, hidden, `.NAME.pull` (pull_notes.h) and, after a download that was cut off, `.NAME.part`, which the next
 * one goes on with where the server knows the file again (a strong entity tag and If-Range).
 */
#include "util/clock.h"
#include "util/digest.h"

#include <stdbool.h>
#include <stdint.h>

struct pull_request {
    const char *url, *output;
    const char *ca;   /* as fetch_request */
    uint64_t most;    /* bytes that are taken */
    bool allow_older; /* than the one in place, by `built` */
};

enum pull_digest {
    PULL_DIGEST_NONE, /* none was sent */
    PULL_DIGEST_RIGHT,
};

struct pull_result {
    bool unchanged; /* and then nothing else */
    enum pull_digest digest;
    uint64_t bytes, resumed; /* resumed: of them, from earlier downloads */
    char id[DIGEST_HEX_SIZE], built[CLOCK_TEXT_SIZE];
};

/* 0, -ENOMEM, or PULL_E_FAILED with *reterr (free() it): one line that names the address or the file. On failure the catalogue
 * in place is as it was. */
enum { PULL_E_FAILED = 1 };
int pull_run(const struct pull_request *rq, struct pull_result *ret, char **reterr);

#endif
