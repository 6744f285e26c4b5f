/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_HTTP_NEGOTIATE_H
#define BREACHD_HTTP_NEGOTIATE_H

/*
 * Which of several forms of the same thing to send: Accept and Accept-Encoding (RFC 9110 section 12.5).
 * Fields that were repeated are to be joined by commas first. Members that are not well-formed are passed
 * over, and of the others LIMIT_LIST_MEMBERS are looked at.
 */
#include <stddef.h>

enum {
    NEGOTIATE_E_NONE = 1, /* none of the offers is acceptable: 406 */
};

/* Chooses one of N_OFFERS (1 or more) media types for ACCEPT, which may be NULL; OFFERS stand in the server's
 * order of preference, each "type/subtype" with or without ";name=value". *ret is the offer's index.
 *
 * Each offer has the q of the most specific range that matches it (section 12.5.1): more parameters before
 * fewer, those before none, then any subtype of the type, then any type; of two equally specific the greater
 * q. q=0 excludes. A range's parameters must all be among the offer's; only charset=utf-8 matches every
 * offer, since all text served is UTF-8 and clients write it out of habit. The greatest q wins; on a tie an
 * offer whose type was named outright wins over one that a wildcard let in; then the order of the offers. No
 * field, or one without a well-formed member, takes the first. */
int negotiate_media(const char *accept, const char *const *offers, size_t n_offers, size_t *ret);

/* Chooses one of N_OFFERS content codings for ACCEPT_ENCODING, which may be NULL; OFFERS stand in the
 * server's order of preference and contain "identity". The answer is the offer's index.
 *
 * A coding has the q of its own member, else that of "*" (section 12.5.3); without either only identity is
 * acceptable, after everything that was asked for. x-gzip is gzip (section 8.4.1.3). No field gives identity:
 * any coding would be allowed, but a client that says nothing often cannot decode. There is always an answer:
 * where identity is excluded and nothing else is acceptable, identity is sent all the same, because the rule
 * is only a SHOULD and a body the client may read is better than a 406 that it also would have to read as
 * identity. */
size_t negotiate_coding(const char *accept_encoding, const char *const *offers, size_t n_offers);

#endif
