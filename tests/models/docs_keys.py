#!/usr/bin/env python3
"""The language page names every key of the language.

    docs_keys.py BALCAO [PAGE]             (without a page: docs/model.md of this repository)

The keys are those of the JSON Schema that the program prints, which comes from the same table as the reader. A key is
named when it stands in the page between backticks, outside of the examples.
"""
import json
import pathlib
import re
import subprocess
import sys


def keys_of(schema):
    """Every name under `properties`, at any depth."""
    found = set()
    if isinstance(schema, dict):
        properties = schema.get("properties")
        if isinstance(properties, dict):
            found.update(properties)
        for value in schema.values():
            found |= keys_of(value)
    elif isinstance(schema, list):
        for value in schema:
            found |= keys_of(value)
    return found


def named_in(page):
    """The words in backticks, without the fenced blocks."""
    prose = re.sub(r"^```.*?^```", "", page, flags=re.MULTILINE | re.DOTALL)
    return {word for span in re.findall(r"`([^`]+)`", prose) for word in re.findall(r"[a-z_]+", span)}


def main():
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    repository = pathlib.Path(__file__).resolve().parents[2]
    path = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else repository / "docs" / "model.md"
    printed = subprocess.run([sys.argv[1], "schema"], capture_output=True, text=True, check=True)
    keys = keys_of(json.loads(printed.stdout))
    missing = sorted(keys - named_in(path.read_text(encoding="utf-8")))
    print(f"{len(keys)} keys, {len(missing)} not in {path.name}: {', '.join(missing) or 'none'}")
    # A schema without keys would otherwise pass in silence.
    if missing or len(keys) < 50:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
