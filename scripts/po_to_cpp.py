#!/usr/bin/env python3
"""Turns the catalogues of words, locales/*.po, into one C++ table that is compiled into the program.

    po_to_cpp.py OUT.cpp FIRST.po SECOND.po …      (a file's name is its language)

Every catalogue must have the same texts, each translated, with the same {names} to fill in; the form for one of a
plural may leave out {count}. Otherwise every fault is printed as file:line, nothing is written and the exit status
is 1.
"""
import re
import sys
from pathlib import Path

ESCAPES = {"n": "\n", "t": "\t"}
FORMS = {"msgstr": 0, "msgstr[0]": 0, "msgstr[1]": 1}


class Entry:
    """One text under its English form, with the translation for each form of number that it has."""

    def __init__(self, line, english):
        self.line, self.english, self.plural, self.forms = line, english, None, {}
        self.is_fuzzy = False


def statements_of(path, faults):
    """(line, keyword, text) of every statement, strings over several lines joined; ("#, fuzzy" too)."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = line.strip()
        if line.startswith("#,") and "fuzzy" in line:
            found.append([number, "fuzzy", ""])
        if not line or line.startswith("#"):
            continue
        parts = re.fullmatch(r'(?:([a-z_]+(?:\[\d\])?)\s+)?"((?:[^"\\]|\\.)*)"', line)
        if not parts or not (parts[1] or found):
            faults.append(f"{path}:{number}: not understood: {line}")
            continue
        text = re.sub(r"\\(.)", lambda escape: ESCAPES.get(escape[1], escape[1]), parts[2])
        if parts[1]:
            found.append([number, parts[1], text])
        else:
            found[-1][2] += text
    return found


def read_catalogue(path, faults):
    """The entries of one file by their English form, without its header."""
    entries, entry, is_fuzzy = {}, None, False
    for line, keyword, text in statements_of(path, faults):
        if keyword == "fuzzy":
            is_fuzzy = True
        elif keyword == "msgid":
            entry = Entry(line, text)
            entry.is_fuzzy, is_fuzzy = is_fuzzy, False
            if text in entries:
                faults.append(f"{path}:{line}: twice: {text!r}, first in line {entries[text].line}")
            entries.setdefault(text, entry)
        elif entry and keyword == "msgid_plural":
            entry.plural = text
        elif entry and keyword in FORMS:
            entry.forms[FORMS[keyword]] = text
        else:
            faults.append(f"{path}:{line}: {keyword} is not understood")
    entries.pop("", None)
    return entries


def names_in(text):
    return set(re.findall(r"\{([^{}]*)\}", text))


def check_entry(path, entry, faults):
    """Every form is there and fills in the same names as the English text."""
    place = f"{path}:{entry.line}"
    if entry.is_fuzzy:
        faults.append(f"{place}: marked fuzzy: look at the translation of {entry.english!r}")
    for form, english in enumerate([entry.english] if entry.plural is None else [entry.english, entry.plural]):
        text = entry.forms.get(form, "")
        if not text:
            faults.append(f"{place}: not translated: {english!r}")
            continue
        wanted, given = names_in(english), names_in(text)
        if entry.plural is not None and form == 0:  # "one day" needs no number
            wanted, given = wanted - {"count"}, given - {"count"}
        if wanted != given:
            faults.append(f"{place}: fills in {sorted(given)}, the English text {sorted(wanted)}: {english!r}")


def check_same(catalogues, faults):
    """Every catalogue has the texts of all others, and a plural where they have one."""
    everything = {english: (path, entry) for path, entries in catalogues for english, entry in entries.items()}
    for path, entries in catalogues:
        for english, (where, entry) in everything.items():
            if english not in entries:
                faults.append(f"{path}: missing: {english!r} ({where}:{entry.line})")
            elif entries[english].plural != entry.plural:
                faults.append(f"{path}:{entries[english].line}: another plural than in {where}:{entry.line}")


def literal(text):
    """A C++ string literal. Non-ASCII stays as it is: the compiler reads UTF-8."""
    text = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{text}"'


def cpp_of(catalogues):
    """The table, sorted by the bytes of the English texts, as the program searches it."""
    languages = [path.stem for path, _ in catalogues]
    rows = []
    for english in sorted(catalogues[0][1], key=lambda text: text.encode()):
        forms = []
        for _, entries in catalogues:
            entry = entries[english]
            forms.append(f"{{{literal(entry.forms.get(0, ''))}, {literal(entry.forms.get(1, ''))}}}")
        rows.append(f"    {{{literal(english)}, {{{{{', '.join(forms)}}}}}}},\n")
    if languages != ["pt", "en", "es"]:
        sys.exit(f"po_to_cpp.py: the languages are pt, en, es, in this order, not {', '.join(languages)}")
    return (
        "// Made by scripts/po_to_cpp.py from locales/*.po.\n"
        '#include <array>\n\n#include "text/catalogue.hpp"\n\n'
        "namespace balcao::text {\nnamespace {\n\n"
        f"constexpr std::array<Message, {len(rows)}> table{{{{\n{''.join(rows)}}}}};\n\n"
        "}  // namespace\n\n"
        "const Catalogue& catalogue() {\n    static constexpr Catalogue built_in{table};\n    return built_in;\n}\n\n"
        "}  // namespace balcao::text\n"
    )


def main(out, *paths):
    faults = []
    catalogues = [(Path(path), read_catalogue(Path(path), faults)) for path in paths]
    for path, entries in catalogues:
        for entry in entries.values():
            check_entry(path, entry, faults)
    check_same(catalogues, faults)
    if faults:
        print("\n".join(faults), file=sys.stderr)
        return 1
    text = cpp_of(catalogues)
    if not Path(out).exists() or Path(out).read_text(encoding="utf-8") != text:
        Path(out).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
