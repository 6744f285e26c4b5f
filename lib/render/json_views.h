/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_RENDER_JSON_VIEWS_H
#define BREACHD_RENDER_JSON_VIEWS_H

/* What the files of the JSON column share. */
#include "render/json_write.h"
#include "render/matrix.h"

/* The rows of a view, and what makes an object of each: the one description of them that every form of data follows. */
struct json_rows {
    const void *items;
    size_t n, size;
    jw_member_fn member;
};

/* A thing that is no list is its own only row; of what lists it embeds rows tell nothing. False: V has no rows. */
bool json_rows_of(const struct view *v, struct json_rows *ret);

/* Row I of ROWS, with a line end. As jw_finish(). */
int json_row_of(const struct json_rows *rows, size_t i, const char *base, struct strbuf *out);

/* The member query: what was asked for, in words and by filter (json_views.c). */
void json_put_query(struct jw *w, const struct list_info *info);

/* A struct view_group as the list of groups has it (json_statistics.c). */
void json_put_group(struct jw *w, struct jw_level *o, const void *group);

/* The views of json_openapi.c, json_statistics.c and json_service.c; each is a render_fn. */
int json_statistics(const struct view *v, const struct render_env *env, struct strbuf *out);
int json_openapi(const struct view *v, const struct render_env *env, struct strbuf *out);
int json_linkset(const struct view *v, const struct render_env *env, struct strbuf *out);
int json_problem(const struct view *v, const struct render_env *env, struct strbuf *out);
int json_version(const struct view *v, const struct render_env *env, struct strbuf *out);
int json_ready(const struct view *v, const struct render_env *env, struct strbuf *out);
int json_health(const struct view *v, const struct render_env *env, struct strbuf *out);

#endif
