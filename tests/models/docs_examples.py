#!/usr/bin/env python3
"""Runs the examples of docs/model.md, so that the page cannot drift from the program.

    docs_examples.py BALCAO [PAGE…]        (without pages: docs/model.md of this repository)

In the page a fenced block is an example when the line before it is one of these comments:

    <!-- example: name -->              a whole model: it is checked and simulated
    <!-- file: name/path -->            a file beside that model: one it includes, a CSV, a scenario, a situation
    <!-- mistake: expected text -->     a whole model that is wrong: checking it says that and exits with 1

Scenarios of an example are compared with it, situations are walked. A block of YAML without such a comment is an
extract and is only parsed with the eyes.
"""
import pathlib
import re
import subprocess
import sys
import tempfile

MARK = re.compile(r"^<!-- (example|file|mistake): (.+?) -->$")
FENCE = re.compile(r"^```")
RUN = ["--days", "2", "--replications", "3"]
WALK = ["--weeks", "2", "--replications", "3"]


class Block:
    def __init__(self, kind, name, text, line):
        self.kind, self.name, self.text, self.line = kind, name, text, line


def blocks_of(page):
    """Every marked block of the page, in order. A mark without a block after it is an error of the page."""
    blocks, mark, body, start = [], None, None, 0
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        if body is not None:
            if FENCE.match(line):
                if mark:
                    blocks.append(Block(mark[1], mark[2], "\n".join(body) + "\n", start))
                mark, body = None, None
            else:
                body.append(line)
        elif FENCE.match(line):
            body, start = [], number + 1
        elif MARK.match(line):
            if mark:
                raise SystemExit(f"{page}:{number}: the mark above has no block")
            mark = MARK.match(line)
        elif mark and line.strip():
            raise SystemExit(f"{page}:{number}: the mark above has no block")
    if body is not None or mark:
        raise SystemExit(f"{page}: the last block is not closed")
    return blocks


class Runner:
    def __init__(self, program, page):
        self.program, self.page, self.failures, self.runs = program, page, 0, 0

    def run(self, block, arguments, expected):
        self.runs += 1
        done = subprocess.run([self.program, *map(str, arguments)], capture_output=True, text=True, check=False)
        said = done.stdout + done.stderr
        if done.returncode != expected:
            self.fail(block, f"`balcao {' '.join(map(str, arguments))}` left with {done.returncode}, not {expected}", said)
        return said

    def fail(self, block, what, said=""):
        self.failures += 1
        print(f"{self.page}:{block.line}: {block.name}: {what}\n{said}", file=sys.stderr)


def run_example(runner, block, files, folder):
    home = folder / block.name
    home.mkdir(parents=True)
    (home / "model.yaml").write_text(block.text, encoding="utf-8")
    for file in files:
        path = folder / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.text, encoding="utf-8")
    model = home if files else home / "model.yaml"
    runner.run(block, ["check", model], 0)
    runner.run(block, ["simulate", model, *RUN], 0)
    scenarios = sorted((home / "scenarios").glob("*.yaml"))
    if scenarios:
        runner.run(block, ["compare", model, *scenarios, *RUN], 0)
    if (home / "situations").is_dir():
        runner.run(block, ["situations", model, *WALK], 0)


def run_mistake(runner, block, folder):
    file = folder / f"mistake-{block.line}.yaml"
    file.write_text(block.text, encoding="utf-8")
    said = runner.run(block, ["check", file], 1)
    if block.name not in said:
        runner.fail(block, "does not say so; it says:", said)
    if not re.search(re.escape(file.name) + r":\d+:\d+: ", said):
        runner.fail(block, "does not say where:", said)


def run_page(program, page):
    blocks = blocks_of(page)
    examples = [block for block in blocks if block.kind == "example"]
    names = [block.name for block in examples]
    runner = Runner(program, page)
    for name in {name for name in names if names.count(name) > 1}:
        raise SystemExit(f"{page}: two examples are called {name}")
    for block in blocks:
        if block.kind == "file" and block.name.split("/")[0] not in names:
            raise SystemExit(f"{page}:{block.line}: no example for the file {block.name}")
    with tempfile.TemporaryDirectory() as folder:
        for block in examples:
            files = [file for file in blocks if file.kind == "file" and file.name.split("/")[0] == block.name]
            run_example(runner, block, files, pathlib.Path(folder))
        for block in blocks:
            if block.kind == "mistake":
                run_mistake(runner, block, pathlib.Path(folder))
    print(f"{page}: {len(examples)} examples, {len(blocks) - len(examples)} further blocks, {runner.runs} runs, "
          f"{runner.failures} failures")
    # A page whose marks were lost would otherwise pass in silence.
    return runner.failures == 0 and bool(examples)


def main():
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    repository = pathlib.Path(__file__).resolve().parents[2]
    pages = [pathlib.Path(name) for name in sys.argv[2:]] or [repository / "docs" / "model.md"]
    if not all([run_page(sys.argv[1], page) for page in pages]):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
