#!/usr/bin/env python3
"""Writes a C file that holds files as data, so that the daemon needs nothing beside itself.

usage: embed.py OUTPUT NAME=FILE...
"""
import hashlib
import sys

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".json": "application/schema+json",
    ".txt": "text/plain; charset=utf-8",
}


def rows(files):
    for name, path in files:
        with open(path, "rb") as f:
            data = f.read()
        octets = ",".join(map(str, data))
        kind = TYPES[name[name.rindex("."):]]
        digest = hashlib.sha256(data).hexdigest()[:16]
        yield f'    {{"{name}", "{kind}", "{digest}", (const unsigned char[]){{{octets}}}, {len(data)}}},\n'


def main():
    output, files = sys.argv[1], [a.split("=", 1) for a in sys.argv[2:]]
    with open(output, "w", encoding="ascii") as f:
        f.write('/* Made by embed.py. */\n#include "files.h"\n\nconst struct file files[] = {\n')
        f.writelines(rows(files))
        f.write("};\nconst size_t files_n = sizeof files / sizeof *files;\n")


main()
