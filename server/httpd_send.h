/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_SERVER_HTTPD_SEND_H
#define BREACHD_SERVER_HTTPD_SEND_H

/* The way of a reply to the client. For httpd.c. */
#include "exchange.h"

/* Sends X's reply; LAST: the connection ends with it. What cannot be sent becomes a bare 500 that ends it. False: not even
 * that, and the connection is to be closed. */
bool httpd_send(struct exchange *x, bool last);

/* Bytes that X's reply, which was just sent, holds until the client has taken it: its own, or an answer's that may be kept no longer. */
size_t httpd_weight(const struct exchange *x);

#endif
