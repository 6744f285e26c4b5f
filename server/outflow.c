/* SPDX-License-Identifier: MIT */
/* Texts that are made while they are sent. */
#include "load.h"

#include <string.h>

ssize_t outflow_read(void *outflow, char *buffer, size_t room)
{
    struct outflow *x = outflow;
    size_t filled = 0;
    while (filled < room) {
        if (x->sent == x->text.size) {
            strbuf_reset(&x->text);
            x->sent = 0;
            int r = x->more(x);
            if (r < 0)
                return -1;
            if (r > 0)
                break;
        }
        size_t n = x->text.size - x->sent;
        n = n > room - filled ? room - filled : n;
        memcpy(buffer + filled, x->text.data + x->sent, n);
        x->sent += n;
        filled += n;
    }
    return (ssize_t)filled;
}
