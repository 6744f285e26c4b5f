/* SPDX-License-Identifier: MIT */
/*
 * What of the daemon the sandbox lets through: reading the catalogue's folder, into which new catalogues are put; where there is an access
 * log in a file, opening that anew; where there are socket files of its own, removing them at the end.
 */
#include "daemon.h"

#include <errno.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void free_text(char **text)
{
    free(*text);
}
#define _cleanup_text_ __attribute__((cleanup(free_text)))

/* The folder of PATH without links; NULL with errno. */
static char *folder_of(const char *path)
{
    _cleanup_text_ char *copy = strdup(path);

    return copy ? realpath(dirname(copy), NULL) : NULL;
}

static bool is_beneath(const char *real, const char *folder)
{
    size_t n = strlen(folder);

    return strncmp(real, folder, n) == 0 && (real[n] == '/' || folder[n - 1] == '/');
}

int confine_check(struct daemon *d)
{
    const char *path = d->options.catalogue;
    _cleanup_text_ char *real = realpath(path, NULL), *folder = folder_of(path);

    if (d->options.sandbox == SANDBOX_OFF || !real || !folder || is_beneath(real, folder))
        return EXIT_SUCCESS; /* what cannot be found is said when it is opened */
    say(&d->say, SAY_ERROR,
        "%s: leads to %s, outside of %s, and the sandbox lets only that be read; put the catalogue there, "
        "name it by its own "
        "path, or give --sandbox off",
        path, real, folder);
    return EXIT_FAILURE;
}

void confine_hint(const struct daemon *d)
{
    _cleanup_text_ char *real = d->folder ? realpath(d->options.catalogue, NULL) : NULL;

    if (real && !is_beneath(real, d->folder))
        say(&d->say, SAY_NOTICE,
            "%s: leads to %s by now, outside of %s, which was its folder at start; start again to read there",
            d->options.catalogue, real, d->folder);
}

/* Adds RIGHT beneath PATH to SB, whose descriptor stays open. 0 or a negative errno. */
static int allow(struct sandbox *sb, enum sandbox_right right, const char *path)
{
    int fd = path ? open(path, O_PATH | O_CLOEXEC) : -1;
    int r = fd < 0 ? -errno : sandbox_allow(sb, right, fd);

    if (r && fd >= 0)
        close(fd);
    return r;
}

/* A file is made anew in its folder; what is no file (a pipe, /dev/null) is only opened. */
static int allow_log(struct sandbox *sb, const struct daemon *d)
{
    const char *path = accesslog_path(d->log);
    struct stat st;

    if (!path)
        return 0;
    if (stat(path, &st) < 0)
        return -errno;
    if (!S_ISREG(st.st_mode))
        return allow(sb, SANDBOX_APPEND, path);
    _cleanup_text_ char *real = realpath(path, NULL), *folder = real ? folder_of(real) : NULL;
    return allow(sb, SANDBOX_APPEND, folder);
}

static int allow_socket(struct sandbox *sb, const struct listener *l)
{
    const char *path = l->path.sun_path;
    _cleanup_text_ char *folder = *path ? folder_of(path) : NULL;

    return *path ? allow(sb, SANDBOX_REMOVE, folder) : 0;
}

static int allow_sockets(struct sandbox *sb, const struct daemon *d)
{
    int r = allow_socket(sb, &d->admin_listener);

    for (size_t i = 0; !r && i < d->n_listeners; i++)
        r = allow_socket(sb, &d->listeners[i]);
    return r;
}

static int say_confined(const struct daemon *d, bool whole)
{
    bool off = d->options.sandbox == SANDBOX_OFF, must = d->options.sandbox == SANDBOX_REQUIRE;
    _cleanup_text_ char *text = sandbox_say(&d->sandbox);

    if (!text)
        return daemon_failed(d, "sandbox", -ENOMEM);
    if (!whole && must) {
        say(&d->say, SAY_ERROR, "--sandbox require: %s", text);
        return EXIT_FAILURE;
    }
    say_start(&d->say, whole ? SAY_INFO : SAY_WARNING, "sandbox: %s%s%s", text, off ? "" : "; reads beneath ",
              off ? "" : d->folder);
    if (geteuid() == 0)
        say_start(&d->say, SAY_WARNING, "runs as root, which it does not need to; --user NAME ends that");
    return EXIT_SUCCESS;
}

int confine(struct daemon *d)
{
    struct sandbox sb = {0};
    bool off = d->options.sandbox == SANDBOX_OFF;
    int r = 0, e = 0;

    if (!off) {
        d->folder = folder_of(d->options.catalogue);
        r = allow(&sb, SANDBOX_READ, d->folder);
        if (!r)
            r = allow_log(&sb, d);
        if (!r)
            r = allow_sockets(&sb, d);
    }
    if (!r)
        e = sandbox_enforce(&sb, d->options.sandbox, &d->sandbox);
    app_confined(d->app, &d->sandbox);
    while (sb.n > 0)
        close(sb.allowed[--sb.n].fd);
    return r ? daemon_failed(d, "sandbox", r) : say_confined(d, !e);
}
