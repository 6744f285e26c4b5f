/* SPDX-License-Identifier: MIT */
/*
 * Makes a catalogue's worth of made-up input: datasets.json, organizations.ndjson and incidents.ndjson in a folder, in the native
 * format, as many incidents as asked for and about a fifth as many organisations. The same numbers give the same bytes on any
 * machine. For benchmarks, and for trying things out at a size that no hand-written catalogue has.
 */
#include "generate.h"

#include "util/num.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define INCIDENTS_MOST  100000000u
#define COMPANIES_LEAST 50
#define FLAT            20 /* the best-known company is in one incident of two hundred, not of ten */

static const char usage[] =
    "usage: generate --incidents N [--seed S] --output DIR\n"
    "\n"
    "Makes the folder DIR and writes datasets.json, organizations.ndjson and incidents.ndjson there,\n"
    "with N listed incidents (and a few that are withdrawn or merged). S is 1 when left out.\n";

static const char datasets[] =
    "{\"datasets\":[\n"
    "{\"id\":\"vcdb\",\"title\":\"Made-up incidents, in the manner of a community "
    "database\",\"license\":\"CC0 1.0\","
    "\"license_spdx\":\"CC0-1.0\",\"credit\":\"Made by chance; nothing of it ever happened.\"},\n"
    "{\"id\":\"hhs\",\"title\":\"Made-up incidents, in the manner of a regulator's list\",\"license\":\"CC0 "
    "1.0\","
    "\"license_spdx\":\"CC0-1.0\",\"credit\":\"Made by chance; nothing of it ever happened.\"},\n"
    "{\"id\":\"bundled\",\"title\":\"Made-up incidents, in the manner of hand-written "
    "ones\",\"license\":\"CC0 1.0\","
    "\"license_spdx\":\"CC0-1.0\",\"credit\":\"Made by chance; nothing of it ever happened.\"},\n"
    "{\"id\":\"hibp\",\"title\":\"Made-up incidents, in the manner of a list of leaks\",\"license\":\"CC0 "
    "1.0\","
    "\"license_spdx\":\"CC0-1.0\",\"credit\":\"Made by chance; nothing of it ever happened.\"}\n"
    "]}\n";

struct options {
    uint64_t incidents, seed;
    const char *output;
};

static uint64_t number(const char *text, uint64_t least, uint64_t most)
{
    uint64_t value;
    if (num_parse_u64(text, strlen(text), NUM_PLAIN, least, most, &value) != 0)
        errx(2, "%s: is no number from %llu to %llu", text, (unsigned long long)least,
             (unsigned long long)most);
    return value;
}

static struct options parse(int argc, char **argv)
{
    static const struct option known[] = {{"incidents", required_argument, NULL, 'n'},
                                          {"seed", required_argument, NULL, 's'},
                                          {"output", required_argument, NULL, 'o'},
                                          {"help", no_argument, NULL, 'h'},
                                          {0}};
    struct options x = {.seed = 1};
    for (int c; (c = getopt_long(argc, argv, "", known, NULL)) != -1;)
        switch (c) {
        case 'n':
            x.incidents = number(optarg, 1, INCIDENTS_MOST);
            break;
        case 's':
            x.seed = number(optarg, 0, UINT64_MAX);
            break;
        case 'o':
            x.output = optarg;
            break;
        case 'h':
            (void)fputs(usage, stdout);
            exit(0);
        default:
            exit(2);
        }
    if (!x.incidents || !x.output || optind < argc) {
        (void)fputs(usage, stderr);
        exit(2);
    }
    return x;
}

/* A file of the folder, as PUT writes its N lines. */
static void write_lines(int folder, const char *name, const struct world *w, uint32_t n,
                        void (*put)(const struct world *, uint32_t, struct strbuf *))
{
    int fd = openat(folder, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    FILE *out = fd < 0 ? NULL : fdopen(fd, "w");
    if (!out)
        err(1, "%s", name);
    static char room[1 << 18];
    (void)setvbuf(out, room, _IOFBF, sizeof room);
    _cleanup_strbuf_ struct strbuf line = STRBUF_INIT;
    for (uint32_t i = 0; i < n; i++) {
        strbuf_reset(&line);
        put(w, i, &line);
        if (line.failed || fwrite(line.data, line.size, 1, out) != 1)
            err(1, "%s", name);
    }
    if (fclose(out) != 0)
        err(1, "%s", name);
}

static void put_datasets(const struct world *w, uint32_t index, struct strbuf *o)
{
    (void)w;
    (void)index;
    strbuf_adds(o, datasets);
}

int main(int argc, char **argv)
{
    struct options x = parse(argc, argv);
    struct world w;
    if (world_init(&w, x.seed, (uint32_t)x.incidents) != 0)
        errx(1, "out of memory");
    if (mkdir(x.output, 0777) != 0 && errno != EEXIST)
        err(1, "%s", x.output);
    int folder = open(x.output, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        err(1, "%s", x.output);
    write_lines(folder, "datasets.json", &w, 1, put_datasets);
    write_lines(folder, "organizations.ndjson", &w, w.companies, company_put);
    write_lines(folder, "incidents.ndjson", &w, w.listed + w.unlisted, incident_put);
    (void)close(folder);
    world_done(&w);
    return 0;
}
