#!/usr/bin/env python3
"""Checks which folder includes which, and that each foreign library has one front door.

usage: layers.py SOURCE_ROOT
"""
import pathlib
import re
import sys

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)

# What each folder may include beside itself: a folder, or single headers of one.
ALLOWED = {
    "lib/util": [],
    "lib/model": ["util/"],
    "lib/query": ["util/", "model/"],
    "lib/http": ["util/"],
    "lib/render": ["util/", "model/"],
    "lib/storage": ["util/", "model/", "query/"],
    "lib/import": ["util/", "model/", "query/fold.h", "query/words.h", "render/json.h", "render/render.h", "storage/schema.h",
                   "storage/sets.h"],
    "server": ["util/", "model/", "query/", "http/", "render/", "storage/", "import/"],
}

# Foreign header: the files that may include it.
DOORS = {
    "microhttpd.h": r"server/httpd(_send)?\.c",
    "curl/": r"server/fetch\.c",
    "sqlite3.h": r"lib/storage/sqlite_\w+\.[ch]|lib/import/build\w*\.c",
    "jansson.h": r"lib/render/json\w*\.[ch]|lib/import/\w+\.[ch]",
    "utf8proc.h": r"lib/query/fold\.c",
    "archive": r"lib/import/unpack\.c",
    "libxml/": r"lib/import/html_text\.c",
    "csv.h": r"lib/import/sheet\.c",
    "seccomp.h": r"server/sandbox_filter\.c",
    "brotli/": r"lib/http/coder_br\.c",
    "zlib.h": r"lib/http/coder_gzip\.c",
    "zstd.h": r"lib/http/coder_zstd\.c",
    "nettle/": r"lib/util/digest\.c",
}

# Layers that may not reach further down than the C library.
PURE = {"unistd.h", "sys/socket.h", "netinet/in.h", "pthread.h", "time.h", "locale.h", "stdio.h"}
PURE_FOLDERS = {"lib/render": {"unistd.h", "sys/socket.h", "pthread.h", "time.h", "locale.h"},
                "lib/model": PURE - {"stdio.h"}, "lib/http": PURE - {"stdio.h"}}


def faults_in(root, path, folder, layers):
    own = folder.removeprefix("lib/") + "/"
    text = path.read_text(encoding="utf-8")
    for kind, name in INCLUDE.findall(text):
        if kind == '"':
            top = name.split("/")[0]
            if "/" in name and top in layers and top + "/" != own and \
                    not any(name == a or (a.endswith("/") and name.startswith(a)) for a in ALLOWED[folder]):
                yield f'includes "{name}", which {folder} may not'
        for door, pattern in DOORS.items():
            if kind == "<" and name.startswith(door) and not re.fullmatch(pattern, path.relative_to(root).as_posix()):
                yield f"includes <{name}>, whose front door is {pattern}"
        if kind == "<" and name in PURE_FOLDERS.get(folder, ()):
            yield f"includes <{name}>, but {folder} is pure"


def main(root):
    root = pathlib.Path(root)
    layers = {f.removeprefix("lib/") for f in ALLOWED if f.startswith("lib/")}
    checked = faults = 0
    for folder in ALLOWED:
        for path in sorted((root / folder).glob("*.[ch]")):
            checked += 1
            for fault in faults_in(root, path, folder, layers):
                faults += 1
                print(f"{path.relative_to(root)}: {fault}")
    for folder in sorted(p for p in (root / "lib").iterdir() if p.is_dir()):
        if f"lib/{folder.name}" not in ALLOWED:
            faults += 1
            print(f"lib/{folder.name}: a folder without a place among the layers")
    print(f"{checked} files, {faults} faults")
    return faults > 0 or checked < 50


sys.exit(main(sys.argv[1]))
