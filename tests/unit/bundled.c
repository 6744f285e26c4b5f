/* SPDX-License-Identifier: MIT */
#include "bundled.h"

#include "import/import.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char folder[] = "/tmp/breachd-bundled-XXXXXX";
static char path[sizeof folder + sizeof "/catalogue.db"];

bool bundled_build(const char *inputs)
{
    char *error = NULL;
    _cleanup_report_ struct import_report *report = import_report_new();
    if (!report || !mkdtemp(folder))
        return false;
    (void)snprintf(path, sizeof path, "%s/catalogue.db", folder);
    struct import_options o = {.output = path, .inputs = &inputs, .n_inputs = 1};
    bool ok = import_run(&o, report, &error) == 0 && report->rejected == 0;
    if (!ok)
        (void)fprintf(stderr, "%s\n", error ? error : "records were rejected");
    free(error);
    return ok;
}

const char *bundled_folder(void)
{
    return folder;
}

const char *bundled_path(void)
{
    return path;
}

void bundled_remove(void)
{
    (void)unlink(path);
    (void)rmdir(folder);
}
