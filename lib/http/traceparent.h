/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_HTTP_TRACEPARENT_H
#define BREACHD_HTTP_TRACEPARENT_H

/* Of which trace a request is part: the traceparent field of W3C Trace Context. */
#include <stdbool.h>

/* Whether VALUE is "VERSION-TRACE-PARENT-FLAGS": lower-case hexadecimal of 2, 32, 16 and 2 digits, version not ff, trace and parent not
 * all zero; nothing after it in version 00, and "-" before what later versions may add. Its first 55 bytes are what is known. */
bool traceparent_is_valid(const char *value);

#endif
