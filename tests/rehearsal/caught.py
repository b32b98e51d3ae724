#!/usr/bin/env python3
"""Each planted bug is caught by a rehearsal: caught.py REHEARSE_WITH_BUGS [SEEDS]

Says after how many days each was found. Exit 1 when one was not.
"""
import re
import subprocess
import sys
from pathlib import Path

PLANTED = Path(__file__).with_name("planted.py")


def days_until_found(program, bug, seeds):
    run = subprocess.run([program, "--plant", bug, "--seeds", str(seeds)], capture_output=True, text=True, check=False)
    found = re.search(r"^Seed (\d+): after step (\d+)\n  (.*)$", run.stdout, re.MULTILINE)
    if run.returncode < 0:
        return f"stopped by signal {-run.returncode}: a check of our own", True
    if run.returncode == 0 or found is None:
        return f"not found in {seeds} days", False
    return f"seed {found[1]}, step {found[2]}: {found[3]}", True


def main():
    program = sys.argv[1]
    seeds = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    bugs = subprocess.run([sys.executable, PLANTED, "names"], capture_output=True, text=True, check=True)
    missed = 0
    for bug in bugs.stdout.split():
        how, is_found = days_until_found(program, bug, seeds)
        print(f"{bug:34} {how}", flush=True)
        missed += not is_found
    sound = subprocess.run([program, "--seeds", "20"], capture_output=True, text=True, check=False)
    if sound.returncode != 0:
        print(f"with none awake:\n{sound.stdout}")
        missed += 1
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
