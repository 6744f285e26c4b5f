/* SPDX-License-Identifier: MIT */
/* breachctl pull: settings, and what came of it in words; the work is pull.c's. */
#include "ctl.h"
#include "fetch.h"
#include "pull.h"
#include "util/limits.h"
#include "util/num.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OPTION_OUTPUT, OPTION_MAX_SIZE, OPTION_CA, OPTION_ALLOW_OLDER, OPTION_QUIET, _OPTION_N };

static const struct ctl_option options[_OPTION_N] = {
    [OPTION_OUTPUT] = {"output", "FILE", "BREACHCTL_OUTPUT", "the catalogue to make or replace"},
    [OPTION_MAX_SIZE] = {"max-size", "SIZE", "BREACHCTL_MAX_SIZE",
                         "give up on what is larger: bytes, or with K, M or G; 32G if not said"},
    [OPTION_CA] = {"ca", "FILE", "BREACHCTL_CA",
                   "trust the authorities in this file (PEM) in place of the system's"},
    [OPTION_ALLOW_OLDER] = {"allow-older", NULL, "BREACHCTL_ALLOW_OLDER",
                            "take a catalogue that was built before the one in place"},
    [OPTION_QUIET] = {"quiet", NULL, "BREACHCTL_QUIET", "say nothing but what went wrong"},
};

static void say(const struct pull_request *rq, const struct pull_result *r)
{
    if (r->unchanged) {
        ctl_tell("%s: unchanged", rq->output);
        return;
    }
    char resumed[64] = "";
    if (r->resumed)
        (void)snprintf(resumed, sizeof resumed, ", %" PRIu64 " of them from an earlier pull", r->resumed);
    ctl_tell("%s: taken, id %.8s, built %s, %" PRIu64 " bytes%s, %s", rq->output, r->id, r->built, r->bytes,
             resumed, r->digest == PULL_DIGEST_RIGHT ? "digest right" : "no digest was sent");
}

static int settle(const char *const *values, const char *url, struct pull_request *ret)
{
    *ret = (struct pull_request){.url = url,
                                 .output = values[OPTION_OUTPUT],
                                 .ca = values[OPTION_CA],
                                 .most = LIMIT_PULL_BYTES,
                                 .allow_older = values[OPTION_ALLOW_OLDER] != NULL};
    const char *size = values[OPTION_MAX_SIZE], *secret = strrchr(url, '@'); /* and what is before it */
    if (!ret->output)
        ctl_complain("pull needs --output FILE (or BREACHCTL_OUTPUT)");
    else if (size && num_parse_size(size, LIMIT_PULL_MOST, &ret->most) != 0)
        ctl_complain("--max-size (or BREACHCTL_MAX_SIZE): \"%s\" is no size up to 4096G, such as 512M", size);
    else if (!fetch_takes(url))
        ctl_complain(
            "\"%.*s\" is no address to pull from; write it as https://HOST/PATH, without a user's name",
            (int)strcspn(url, "?"), secret ? secret : url);
    else
        return CTL_OK;
    return CTL_USAGE;
}

static int run(const char *const *values, const char *const *operands, size_t n)
{
    struct pull_request rq;
    struct pull_result result;
    char *error = NULL;
    (void)n;
    int status = settle(values, operands[0], &rq);
    if (status != CTL_OK)
        return status;
    int r = pull_run(&rq, &result, &error);
    if (r == 0 && !values[OPTION_QUIET])
        say(&rq, &result);
    if (r != 0)
        ctl_complain("%s", error ? error : strerror(r < 0 ? -r : EIO));
    free(error);
    return r == 0 ? CTL_OK : CTL_FAILED;
}

const struct ctl_verb ctl_pull = {
    .name = "pull",
    .operands = "URL",
    .help = "fetches a catalogue over HTTP or HTTPS where it has changed, looks it over, and puts it in "
            "place whole",
    .options = options,
    .n_options = _OPTION_N,
    .operands_least = 1,
    .operands_most = 1,
    .run = run,
};
