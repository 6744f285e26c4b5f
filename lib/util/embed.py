#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes a C file that holds files as constants, each a struct embedded (util/embedded.h).

usage: embed.py OUTPUT NAME=FILE...
"""
import hashlib
import sys


def definition(name, path):
    with open(path, "rb") as file:
        data = file.read()
    # Numbers, because a string literal of this size is not ISO C.
    numbers = [str(byte) for byte in data] + ["0"]
    lines = ",\n".join(",".join(numbers[i:i + 30]) for i in range(0, len(numbers), 30))
    digest = hashlib.sha256(data).hexdigest()[:16]
    return (f"\nstatic const unsigned char {name}_bytes[] = {{\n{lines}}};\n"
            f'const struct embedded {name} = {{(const char *){name}_bytes, {len(data)}, "{digest}"}};\n')


def main(output, *pairs):
    names = [pair.split("=", 1) for pair in pairs]
    with open(output, "w", encoding="ascii") as out:
        out.write('/* Made by embed.py. */\n#include "util/embedded.h"\n\n')
        out.writelines(f"extern const struct embedded {name};\n" for name, _ in names)
        out.writelines(definition(name, path) for name, path in names)


main(*sys.argv[1:])
