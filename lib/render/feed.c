/* SPDX-License-Identifier: MIT */
/* What feeds and calendars have in common; see feed.h. */
#include "render/feed.h"

#include "util/digest.h"

#include <string.h>

/* The shape of RFC 9562, with its version and variant in their places. */
static const char *as_uuid(char hex[static DIGEST_HEX_SIZE], struct arena *mem)
{
    hex[12] = '8';
    hex[16] = "89ab"[(hex[16] & 0xf) % 4];
    return arena_printf(mem, "%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12, hex + 16, hex + 20);
}

const char *feed_uuid(const char *kind, const char *a, const char *b, struct arena *mem)
{
    char hex[DIGEST_HEX_SIZE];
    _cleanup_digest_ struct digest *d = digest_new();
    if (!d)
        return NULL;
    digest_add_string(d, "breachd");
    digest_add_string(d, kind);
    digest_add_string(d, a);
    digest_add_string(d, b);
    digest_hex(d, hex);
    return as_uuid(hex, mem);
}

const char *feed_own_uuid(const struct render_env *env, struct arena *mem)
{
    return feed_uuid("feed", env->path, env->query ? env->query : "", mem);
}

const char *feed_event_uuid(const struct timeline_item *t, struct arena *mem)
{
    return feed_uuid("event", t->incident.id, t->event.id, mem);
}

/* "Incidents" of a list that says what it holds: "Incidents in Japan". */
static const char *list_title(const char *what, const struct list_info *info, struct arena *mem)
{
    bool filtered = info->text && *info->text;
    return arena_printf(mem, "%s%s%s", what, filtered ? " " : "", filtered ? info->text : "");
}

const char *feed_title(const struct view *v, struct arena *mem)
{
    switch (v->kind) {
    case VIEW_INCIDENTS:
        return list_title("Incidents", &v->incidents.info, mem);
    case VIEW_ORGANIZATION:
        return arena_printf(mem, "Incidents that touch %s", v->organization.organization->row.name);
    case VIEW_TIMELINE:
        return list_title("Timeline", &v->timeline.info, mem);
    case VIEW_INCIDENT_TIMELINE:
        return arena_printf(mem, "Timeline: %s", v->incident_timeline.incident->row.title);
    default:
        return "";
    }
}

const char *feed_url(const struct render_env *env, enum format f, struct arena *mem)
{
    const char *url = env->forms[f].url;
    return url ? arena_printf(mem, "%s%s", env->origin ? env->origin : "", url) : NULL;
}

const char *feed_root(const struct render_env *env, struct arena *mem)
{
    return arena_printf(mem, "%s%s", env->origin ? env->origin : "", env->base);
}

const char *feed_later(const char *a, const char *b)
{
    return !a || (b && strcmp(a, b) < 0) ? b : a;
}
