#!/usr/bin/env python3
"""Checks what a reviewer would otherwise count: lengths of functions and files, a title comment in every file, no
leftovers, none of the C functions that have no bounds, no hash without a key.

usage: shape.py SOURCE_ROOT
"""
import pathlib
import re
import sys

FUNCTION_LINES = 60
FILE_LINES = 520  # tables of words are data and may be longer
TABLES = re.compile(r"lib/model/(country|vocab\w*)\.c")
LEFTOVERS = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
UNSAFE = re.compile(r"\b(atoi|atol|atof|strtol|strtoul|sprintf|strcpy|strcat|gets|rand|setlocale)\s*\(")
FORESEEN = re.compile(r"\b(2166136261|16777619|14695981039346656037|1099511628211|5381)U?L*\b", re.I)  # FNV, djb2
TRACES = "lib/import/duplicates.c"  # they are kept with the records, no table is filled by them, and an import has to come out the same


def functions(lines):
    """(name, first line, number of lines) by the house style: the body opens with { in column one."""
    start = None
    for i, line in enumerate(lines):
        if line == "{":
            start = i
        elif line == "}" and start is not None:
            yield lines[start - 1].strip(), start, i - start + 1
            start = None


def faults_in(path, name):
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    if not lines or "SPDX-License-Identifier: MIT" not in lines[0]:
        yield 1, "no licence line at the top"
    if not re.search(r"/\*(?! SPDX)", "\n".join(lines[:16])):
        yield 1, "no comment that says what the file is for"
    if len(lines) > FILE_LINES and not TABLES.fullmatch(name):
        yield 1, f"{len(lines)} lines"
    for i, line in enumerate(lines, 1):
        if LEFTOVERS.search(line):
            yield i, "a leftover"
        if UNSAFE.search(line):
            yield i, "a function the house does not use"
        if FORESEEN.search(line) and name != TRACES:
            yield i, "a hash that strangers can foresee, and fill one place of a table with; util/hash.h has one with a key"
    for title, first, n in functions(lines):
        if n > FUNCTION_LINES:
            yield first, f"{n} lines in {title}"


def main(root):
    root = pathlib.Path(root)
    files = sorted([*root.glob("lib/*/*.[ch]"), *root.glob("server/*.[ch]")])
    faults = 0
    for path in files:
        name = path.relative_to(root).as_posix()
        for line, fault in faults_in(path, name):
            faults += 1
            print(f"{name}:{line}: {fault}")
    print(f"{len(files)} files, {faults} faults")
    return faults > 0 or len(files) < 50


sys.exit(main(sys.argv[1]))
