#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes a C file that holds texts as constants: embed.py HEADER OUTPUT NAME=FILE..."""
import sys


def main(header, output, *pairs):
    with open(output, "w", encoding="ascii") as out:
        out.write(f'/* Made by embed.py. */\n#include "{header}"\n')
        for name, path in (pair.split("=", 1) for pair in pairs):
            with open(path, "rb") as text:
                # Numbers, because a string literal of this size is not ISO C.
                numbers = [str(byte) for byte in text.read()] + ["0"]
            lines = (",".join(numbers[i:i + 30]) for i in range(0, len(numbers), 30))
            out.write(f"\nconst char {name}[] = {{\n" + ",\n".join(lines) + "};\n")


main(*sys.argv[1:])
