/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_RENDER_JSON_VIEWS_H
#define BREACHD_RENDER_JSON_VIEWS_H

/* What the files of the JSON column share. */
#include "render/json_write.h"
#include "render/matrix.h"

/* The member query: what was asked for, in words and by filter (json_views.c). */
void json_put_query(struct jw *w, const struct list_info *info);

/* The views of json_openapi.c, json_statistics.c and json_service.c; each is a render_fn. */
int json_statistics(const struct view *v, const struct render_env *env, struct strbuf *out);
int json_openapi(const struct view *v, const struct render_env *env, struct strbuf *out);
int json_linkset(const struct view *v, const struct render_env *env, struct strbuf *out);
int json_problem(const struct view *v, const struct render_env *env, struct strbuf *out);
int json_version(const struct view *v, const struct render_env *env, struct strbuf *out);
int json_ready(const struct view *v, const struct render_env *env, struct strbuf *out);
int json_health(const struct view *v, const struct render_env *env, struct strbuf *out);

#endif
