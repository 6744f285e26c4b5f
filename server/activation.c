/* SPDX-License-Identifier: MIT */
/* Sockets handed over; see activation.h. */
#include "activation.h"

#include "util/num.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define FIRST 3

/* False where NAME is not set or no number up to MOST. */
static bool number_of(char *(*get)(const char *name), const char *name, uint64_t most, uint64_t *ret)
{
    const char *text = get(name);

    return text && num_parse_u64(text, strlen(text), NUM_PLAIN, 0, most, ret) == 0;
}

static int fault(int fd, int error, char **reterr)
{
    const char *what = error == EINVAL ? "is no listening stream socket" : strerror(error);

    return asprintf(reterr, "LISTEN_FDS: descriptor %d %s%s", fd,
                    error == EINVAL ? "" : "cannot be used: ", what) < 0
               ? -ENOMEM
               : ACTIVATION_E_SOCKET;
}

int activation_sockets(char *(*get)(const char *name), struct listener *ret, size_t room, size_t *ret_n,
                       char **reterr)
{
    uint64_t pid, n;

    if (!number_of(get, "LISTEN_PID", INT32_MAX, &pid) || pid != (uint64_t)getpid() || !get("LISTEN_FDS"))
        return 0;
    if (!number_of(get, "LISTEN_FDS", room, &n))
        return asprintf(reterr, "LISTEN_FDS: is not a number up to %zu", room) < 0 ? -ENOMEM
                                                                                   : ACTIVATION_E_SOCKET;
    for (int i = 0; i < (int)n; i++) {
        int r = listen_adopt(FIRST + i, &ret[i]);
        if (r)
            return fault(FIRST + i, -r, reterr);
    }
    *ret_n = (size_t)n;
    return 0;
}
