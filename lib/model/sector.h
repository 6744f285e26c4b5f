/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_MODEL_SECTOR_H
#define BREACHD_MODEL_SECTOR_H

/* Lines of business: the sectors of NAICS 2022 by their digits. */

/*
 * What CODE stands for, by the longest of its beginnings that has a name here: "4411" is "car dealers", "441110" too, and
 * "4441" "shops: cars, food, …". NULL: none has one. Two codes of two digits never have the same name.
 */
const char *sector_name(const char *code);

#endif
