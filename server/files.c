/* SPDX-License-Identifier: MIT */
/* The table of compiled-in files. A new one is a row here and an input of embed.py in meson.build. */
#include "files.h"

#include <string.h>

extern const struct embedded served_answers_schema, served_favicon, served_incident_schema,
    served_openapi_schemas, served_organization_schema, served_style;

static const struct file files[] = {
    {"favicon.svg", "image/svg+xml", &served_favicon},
    {"openapi/schemas.json", "application/json", &served_openapi_schemas}, /* a part of /openapi.json */
    {"schemas/answers.json", "application/schema+json", &served_answers_schema},
    {"schemas/incident.json", "application/schema+json", &served_incident_schema},
    {"schemas/organization.json", "application/schema+json", &served_organization_schema},
    {"style.css", "text/css; charset=utf-8", &served_style},
};

const struct file *file_find(const char *name)
{
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if (strcmp(files[i].name, name) == 0)
            return &files[i];
    return NULL;
}
