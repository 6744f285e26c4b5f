/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_SERVER_OPTION_VALUES_H
#define BREACHD_SERVER_OPTION_VALUES_H

/* What settings that are texts may be; for options.c, which says in words what these want. */
#include <stdbool.h>

bool value_is_path(const char *s);
bool value_is_base_path(const char *s);
bool value_is_origin(const char *s);
bool value_is_contact(const char *s);
bool value_is_field_value(const char *s);

#endif
