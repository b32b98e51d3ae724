#!/usr/bin/env python3
"""Every model that ships is right, runs, and is honest about where its figures come from.

    shipped_models.py BALCAO [FOLDER]      (without a folder: models/ of this repository)

For each model: `check` passes without a warning, the canonical form of `check --print` passes too, a short
simulation ends well, each scenario can be compared and the situations can be walked.
"""
import pathlib
import subprocess
import sys
import tempfile

RUN = ["--days", "2", "--replications", "2"]
WALK = ["--weeks", "2", "--replications", "2"]


def models_in(folder):
    """Folders with a model.yaml, and single files beside them; never scenarios, situations or included files."""
    folders = sorted({path.parent for path in folder.rglob("model.yaml")})
    inside = lambda path: any(home in path.parents for home in folders)
    files = sorted(path for path in folder.rglob("*.yaml") if not inside(path))
    return folders + files


class Runner:
    def __init__(self, program):
        self.program, self.failures, self.runs = program, 0, 0

    def run(self, *arguments):
        self.runs += 1
        words = [str(word) for word in arguments]
        done = subprocess.run([self.program, *words], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            self.fail(f"`balcao {' '.join(words)}` left with {done.returncode}", done.stdout + done.stderr)
        return done

    def fail(self, what, said=""):
        self.failures += 1
        print(f"{what}\n{said}", file=sys.stderr)


def run_model(runner, model, folder):
    checked = runner.run("check", model)
    if "warning" in checked.stdout + checked.stderr:
        runner.fail(f"{model}: ships with a warning", checked.stdout + checked.stderr)
    printed = runner.run("check", model, "--print")
    canonical = pathlib.Path(folder) / f"{model.stem}-canonical.yaml"
    canonical.write_text(printed.stdout, encoding="utf-8")
    runner.run("check", canonical)
    runner.run("simulate", model, *RUN)
    if not model.is_dir():
        return
    scenarios = sorted((model / "scenarios").glob("*.yaml"))
    if scenarios:
        runner.run("compare", model, *scenarios, *RUN)
    if (model / "situations").is_dir():
        runner.run("situations", model, *WALK)


def main():
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    repository = pathlib.Path(__file__).resolve().parents[2]
    models = models_in(pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else repository / "models")
    runner = Runner(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        for model in models:
            run_model(runner, model, folder)
    print(f"{len(models)} models, {runner.runs} runs, {runner.failures} failures")
    if runner.failures or not models:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
