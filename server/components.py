#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes the component schemas of the OpenAPI document from static/schemas: records and answers as they are served.

usage: components.py OUTPUT FOLDER/incident.json FOLDER/organization.json FOLDER/answers.json

The schemas of records are written for input too. Here every member is there, unless it says x-optional; what only input may
give (x-input) is gone; objects are open, since members may be added. References become "#/components/schemas/...".
"""
import json
import pathlib
import sys

# Said of input only, or of how a schema is kept.
DROPPED = {"readOnly", "additionalProperties", "x-input", "x-optional", "if", "then", "allOf", "$schema", "$id", "$defs",
           "required", "title"}

# Names that would hide what most languages have already.
RENAMED = {"date": "edtf_date", "event": "timeline_event"}


class Schemas:
    def __init__(self, paths):
        self.files = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in paths}
        self.made = {}

    def find(self, file, pointer):
        found = self.files[file]
        for part in pointer.split("/")[1:]:
            found = found[part]
        return found

    def refer(self, ref, here):
        """What stands for a reference: another, to a component, or of a member a copy."""
        file, _, pointer = ref.partition("#")
        file = file or here
        parts = pointer.split("/")
        if not pointer or (len(parts) == 3 and parts[1] == "$defs"):
            name = parts[2] if pointer else pathlib.Path(file).stem
            return {"$ref": f"#/components/schemas/{self.component(name, file, pointer)}"}
        return self.served(self.find(file, pointer), file)

    def component(self, name, file, pointer):
        """The name of the component; made where it was not yet. What two files call the same is the same."""
        name = RENAMED.get(name, name)
        source = self.find(file, pointer)
        if name in self.made:
            known = self.made[name]["source"]
            if known != source:
                sys.exit(f"components.py: two schemas are called {name}")
            return name
        self.made[name] = {"source": source}
        self.made[name]["schema"] = self.served(source, file)
        return name

    def served(self, schema, here):
        if not isinstance(schema, dict):
            return schema
        made = {key: value for key, value in schema.items() if key not in DROPPED}
        if "x-input" in schema:
            made["type"] = [kind for kind in schema["type"] if kind not in schema["x-input"]]
        if "pattern" in made and "string" not in made.get("type", ["string"]):
            del made["pattern"]
        if "$ref" in made:
            return {**self.refer(made.pop("$ref"), here), **made}
        if "properties" in made:
            members = schema["properties"]
            made["properties"] = {name: self.served(member, here) for name, member in members.items()}
            made["required"] = [name for name, member in members.items() if not member.get("x-optional")]
        if "items" in made:
            made["items"] = self.served(made["items"], here)
        if "anyOf" in made:
            made["anyOf"] = [self.served(one, here) for one in made["anyOf"]]
        if isinstance(schema.get("additionalProperties"), dict):
            made["additionalProperties"] = self.served(schema["additionalProperties"], here)
        return made


def main(output, *paths):
    schemas = Schemas([pathlib.Path(path) for path in paths])
    answers = "answers.json"
    for name in schemas.files[answers]["$defs"]:
        schemas.component(name, answers, f"/$defs/{name}")
    made = {name: schemas.made[name]["schema"] for name in sorted(schemas.made)}
    text = json.dumps(made, ensure_ascii=False, separators=(",", ":"))
    pathlib.Path(output).write_text(text, encoding="utf-8")


main(*sys.argv[1:])
