#!/usr/bin/env python3
"""Says in words what the compiler can only say as "No such file", and what it cannot say at all.

Reads the one list of modules in CMakeLists.txt and walks the sources. Fails on: an include of a module that is not
declared, a lean that is declared and not used (or told to everybody where only sources need it), a relative include,
a foreign library outside the module that owns it, a folder under src/ that is not listed, a row of ARCHITECTURE.md
that says otherwise, a file over 500 lines. It never changes a file. Run by ctest as `house`.

    check_house.py [ROOT]      exit status 0: the house stands as drawn; 1: the faults were printed
"""
import re
import sys
from pathlib import Path

LINES_MAX = 500
CODE = {".cpp", ".hpp", ".py", ".sh", ".ts", ".js", ".mjs", ".css", ".cmake", ""}
LINE_COUNTED = ("src", "web", "tests", "bench", "fuzz", "scripts", "cmake")
NOT_OURS = {"node_modules", "dist", "build"}

# Foreign headers and the modules that may name them. "/cpp": in sources only, for what such a header costs to compile.
OWNERS = {
    "curl/": "connect/cpp",
    "libical/": "connect/cpp",
    "sqlite3.h": "sqlite/cpp search/cpp",
    "libstemmer.h": "search/cpp",
    "sodium.h": "crypto/cpp",
    "openssl/": "crypto/cpp",
    "qrencode.h": "qr/cpp",
    "libpq-fe.h": "postgres/cpp",
    "sys/socket.h": "http",
    "boost/asio": "http/cpp",
    "boost/beast": "http/cpp",
    "CLI/": "main/cpp",
    "yaml.h": "text/cpp",
    "zlib.h": "text/cpp http/cpp",
    "boost/json": "text/cpp sim/cpp plan/cpp report/cpp main/cpp",
    "boost/math": "stats/cpp plan/cpp",
    "boost/": "text stats model sim plan report main http",
    "date/tz.h": "base/cpp",
}

KEYWORDS = {"FLOOR", "PROGRAM", "SEES", "USES", "LIBS", "TEST_USES", "TEST_LIBS"}
FLAGS = {"BESIDE"}


class Module:
    """One line of the list: a folder and what it leans on."""

    def __init__(self, words):
        self.path = words[0]
        self.name = words[0].split("/")[-1]
        self.spec = {key: [] for key in KEYWORDS}
        key = None
        for word in words[1:]:
            if word in FLAGS:
                key = None
            elif word in KEYWORDS:
                key = word
            elif key:
                self.spec[key].append(word)


def modules_of(root):
    """The modules by name, bottom up."""
    text = re.sub(r"#.*", "", (root / "CMakeLists.txt").read_text())
    calls = re.findall(r"^\s*balcao_module\(([^)]*)\)", text, re.M)
    listed = [Module(call.split()) for call in calls]
    return {module.name: module for module in listed}


def passed_on(name, modules):
    """What comes along with a module, because its headers name it."""
    found = set()
    for dep in modules[name].spec["SEES"] if name in modules else []:
        found |= {dep} | passed_on(dep, modules)
    return found


def with_passed_on(names, modules):
    return set(names).union(*(passed_on(name, modules) for name in names))


def includes_of(file):
    """(line number, quoted?, target) of every include."""
    for number, line in enumerate(file.read_text().splitlines(), 1):
        found = re.match(r'\s*#\s*include\s*(["<])([^">]+)[">]', line)
        if found:
            yield number, found[1] == '"', found[2]


def public_headers(root, modules):
    """The headers that another module, or a public header beside them, includes: what they name, everybody sees."""
    named_by_others, named_by = set(), {}
    folders = {folder_of(root, module): module.name for module in modules.values()}
    for file in [*(root / "src").rglob("*.[ch]pp"), *(root / "tests").rglob("*.[ch]pp")]:
        own = folders.get(file.parent)
        if own is None and root / "tests" in file.parents:
            continue
        targets = {target for _, _, target in includes_of(file)}
        named_by[f"{own}/{file.name}"] = targets
        named_by_others |= {target for target in targets if not target.startswith(f"{own}/")}
    public, open_ends = set(), named_by_others & named_by.keys()
    while open_ends:
        public |= open_ends
        open_ends = set().union(*(named_by[header] for header in open_ends)) & named_by.keys() - public
    return public


def foreign_fault(target, module, file):
    """Why this module may not name this foreign header; nothing when it may. The longest prefix decides."""
    prefixes = [prefix for prefix in OWNERS if target.startswith(prefix)]
    if not prefixes:
        return None
    owners = OWNERS[max(prefixes, key=len)].split()
    names = {owner.split("/")[0] for owner in owners}
    if module.name not in names and "*" not in names:
        return f"<{target}> belongs to {', '.join(sorted(names))}"
    in_sources_only = f"{module.name}/cpp" in owners or "*/cpp" in owners
    if in_sources_only and file.suffix != ".cpp":
        return f"<{target}> is for sources only, not for a header"
    return None


def folder_of(root, module):
    """What tests of several modules share is a room under tests/."""
    return root / module.path if module.path.startswith("tests/") else root / "src" / module.path


class Reading:
    """What the files of one module name, and the faults found on the way."""

    def __init__(self, root, module, modules, public):
        self.root, self.module, self.modules, self.public = root, module, modules, public
        self.faults = []
        self.named = {"public": set(), "inner": set(), "source": set(), "test": set()}
        spec = module.spec
        to_public = with_passed_on(spec["SEES"], modules) | {module.name}
        to_inner = to_public | with_passed_on(spec["USES"], modules)
        to_tests = to_inner | with_passed_on(spec["TEST_USES"], modules)
        self.reach = {"public": to_public, "inner": to_inner, "source": to_inner, "test": to_tests}
        for file in sorted(folder_of(root, module).glob("*.[ch]pp")):
            self.read(file)

    def kind(self, file):
        if file.name.endswith(("_test.cpp", "_test.hpp")):
            return "test"
        if file.suffix == ".cpp":
            return "source"
        return "public" if f"{self.module.name}/{file.name}" in self.public else "inner"

    def read(self, file):
        kind = self.kind(file)
        for number, quoted, target in includes_of(file):
            where = f"{file.relative_to(self.root)}:{number}"
            first = target.split("/")[0]
            if first in self.modules and "/" in target:
                self.named[kind].add(first)
                if first not in self.reach[kind]:
                    cure = " (a header that others include: SEES it)" if first in self.reach["inner"] else ""
                    self.faults.append(f"{where}: {self.module.name} may not see {first} here{cure}")
            elif quoted:
                cure = f'write "{self.module.name}/{Path(target).name}"'
                self.faults.append(f'{where}: "{target}" is not under a module\'s name; {cure}')
            fault = foreign_fault(target, self.module, file)
            if fault:
                self.faults.append(f"{where}: {fault}")


def check_module(root, module, modules, public):
    """The faults of one module's files and of its line in the list."""
    reading = Reading(root, module, modules, public)
    faults, named = reading.faults, reading.named
    headers = named["public"] | named["inner"]
    sources = headers | named["source"]
    here = f"CMakeLists.txt: {module.name}"
    for dep in module.spec["SEES"]:
        if dep not in headers:
            faults.append(f"{here} SEES {dep}, but no header names it{'; USES it' if dep in sources else ''}")
    for dep in module.spec["USES"]:
        if dep not in sources:
            cure = "; only tests do: TEST_USES" if dep in named["test"] else ""
            faults.append(f"{here} USES {dep}, but no source names it{cure}")
    for dep in module.spec["TEST_USES"]:
        if dep not in named["test"]:
            faults.append(f"{here} TEST_USES {dep}, but no test names it")
    return faults


def check_rooms(root, modules):
    """Folders of src/ that hold code and are not in the list."""
    listed = {module.path for module in modules.values()}
    folders = {file.parent.relative_to(root / "src").as_posix() for file in (root / "src").rglob("*.[ch]pp")}
    return [f"src/{folder}: not listed in CMakeLists.txt" for folder in sorted(folders - listed)]


def check_page(root, modules):
    """ARCHITECTURE.md has a row for each module: | floor | `src/<path>` | what it is | `lean`, … |"""
    page = root / "ARCHITECTURE.md"
    if not page.exists():
        return []
    rows = re.findall(r"^\| (\d) \| `(?:src/)?([^`]+)` \|.*\|([^|]*)\|$", page.read_text(), re.M)
    drawn = {path: (int(floor), set(re.findall(r"`(\w+)`", leans))) for floor, path, leans in rows}
    listed = {}
    for module in modules.values():
        leans = set(module.spec["SEES"]) | set(module.spec["USES"])
        listed[module.path] = (int(module.spec["FLOOR"][0]), leans)
    faults = []
    for path in sorted(drawn.keys() | listed.keys()):
        if drawn.get(path) != listed.get(path):
            floor, leans = listed.get(path, (None, ()))
            truth = f"floor {floor}, leans on {', '.join(sorted(leans)) or 'nothing'}" if path in listed else "not listed"
            place = path if path.startswith("tests/") else f"src/{path}"
            faults.append(f"ARCHITECTURE.md: {place} is drawn otherwise than CMakeLists.txt has it: {truth}")
    return faults


def check_sizes(root):
    faults = []
    for top in LINE_COUNTED:
        for file in sorted((root / top).rglob("*")):
            inside = file.relative_to(root)
            if file.suffix not in CODE or NOT_OURS & set(inside.parts) or not file.is_file():
                continue
            count = len(file.read_text(errors="replace").splitlines())
            if count > LINES_MAX:
                faults.append(f"{inside}: {count} lines, the budget is {LINES_MAX}")
    return faults


def main():
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent
    modules = modules_of(root)
    faults = check_rooms(root, modules) + check_sizes(root) + check_page(root, modules)
    public = public_headers(root, modules)
    for module in modules.values():
        faults += check_module(root, module, modules, public)
    print("\n".join(faults) or f"{len(modules)} modules stand as drawn")
    return 1 if faults or not modules else 0


if __name__ == "__main__":
    sys.exit(main())
