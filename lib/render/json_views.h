/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_RENDER_JSON_VIEWS_H
#define BREACHD_RENDER_JSON_VIEWS_H

/* The views of json_service.c, for the JSON column of json_views.c; each is a render_fn. */
#include "render/matrix.h"

int json_problem(const struct view *v, const struct render_env *env, struct strbuf *out);
int json_version(const struct view *v, const struct render_env *env, struct strbuf *out);
int json_ready(const struct view *v, const struct render_env *env, struct strbuf *out);
int json_health(const struct view *v, const struct render_env *env, struct strbuf *out);

#endif
