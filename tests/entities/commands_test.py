#!/usr/bin/env python3
"""`balcao stand-in` and `balcao entity-check` as an entity's people meet them: the check against the stand-in's entities, and
against one that was written after docs/entities.md by somebody else.

    commands_test.py BALCAO
"""
import http.client
import json
import re
import subprocess
import sys
import tempfile
import unittest
import urllib.error
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
BALCAO = ""


def check(address, *words):
    return subprocess.run([BALCAO, "entity-check", address, *map(str, words)], capture_output=True, text=True, timeout=120)


def ask(address, body=None, **headers):
    request = urllib.request.Request(address, body, {"Content-Type": "application/json", **headers})
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read().decode()


class Served:
    """A program that says where it listens, until it is stopped."""

    def __init__(self, *words):
        self.process = subprocess.Popen(list(map(str, words)), stdout=subprocess.PIPE, text=True)
        self.places = {}
        for line in self.process.stdout:
            found = re.match(r"(?:(\S+) +)?(http://\S+)$", line.strip())
            if not found:
                break
            self.places[found[1] or ""] = found[2]
            if not found[1]:
                break

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.stdout.close()
        self.status = self.process.wait(20)


def stand_in(*words):
    return Served(BALCAO, "stand-in", "--listen", "127.0.0.1:0", *words)


class TheStandIn(unittest.TestCase):
    def test_it_plays_five_entities_until_it_is_stopped(self):
        with stand_in() as town:
            self.assertEqual(list(town.places), ["keys", "no-keys", "slow", "mail", "club"])
            base = town.places["keys"].rsplit("/", 1)[0]
            status, headers, body = ask(town.places["keys"], b'{"name": "Ana"}', **{"Idempotency-Key": "k1"})
            self.assertEqual((status, json.loads(body)["reference"]), (201, "keys-1"))
            self.assertIn("Balcao-Stand-In", headers)
            ledger = json.loads(ask(base + "/ledger")[2])
            self.assertEqual([(line["kind"], line["key"], line["times"]) for line in ledger["effects"]], [("keys", "k1", 1)])
            self.assertEqual(ask(base + "/control/keys", b'{"fails_for": 60}')[0], 204)
            status, headers, _ = ask(town.places["keys"], b"{}", **{"Idempotency-Key": "k2"})
            self.assertEqual((status, headers["Retry-After"]), (503, "60"))
            self.assertIn("keys-1", ask(base + "/")[2])
        self.assertEqual(town.status, 0)

    def test_only_some_of_them(self):
        with stand_in("--kinds", "slow,club", "--seed", 7) as town:
            self.assertEqual(list(town.places), ["slow", "club"])

    def test_a_wrong_command_line_is_told_with_the_cure(self):
        for words, sentence in ((["--listen", "9100"], "write 127.0.0.1:9100"), (["--kinds", "fast"], "fast"),
                                (["--city", "https://city.example"], "speaks no TLS"),
                                (["--city", "http://127.0.0.1:1"], "signed with --token")):
            run = subprocess.run([BALCAO, "stand-in", *words], capture_output=True, text=True, timeout=20)
            self.assertEqual(run.returncode, 2, run.stderr)
            self.assertIn(sentence, run.stderr)


class TheCheck(unittest.TestCase):
    def test_it_passes_where_every_promise_is_kept(self):
        with stand_in() as town:
            for kind, words in (("keys", ["--takes-back"]), ("club", ["--takes-back", "--events"]), ("no-keys", ["--kind", "none"])):
                run = check(town.places[kind], *words)
                self.assertEqual(run.returncode, 0, run.stdout + run.stderr)
                self.assertIn(" 0 broken", run.stdout)
                self.assertNotIn("failed", run.stdout)

    def test_it_fails_where_one_is_not_and_says_what_to_mend(self):
        with stand_in() as town:
            run = check(town.places["no-keys"])
            self.assertEqual(run.returncode, 1, run.stdout + run.stderr)
            self.assertRegex(run.stdout, r"failed  The same request under the same key is done once\.\n +came: .+\n +mend: .+")
            run = check(town.places["keys"])
            self.assertEqual(run.returncode, 1)
            self.assertIn("failed  It refuses to take back what it did.", run.stdout)

    def test_an_entity_that_was_written_after_the_contract_alone_passes(self):
        with tempfile.TemporaryDirectory() as folder, \
                Served(sys.executable, HERE / "afternoon.py", Path(folder) / "taken.db", 0, "T") as entity:
            example = Path(folder) / "example.json"
            example.write_text('{"applicant": {"name": "Ana Exemplo", "card": "12345678"}, "speed": "urgent"}')
            for kind in ("by_key", "look_up"):
                run = check(entity.places[""], "--kind", kind, "--takes-back", "--token", "T", "--example", example)
                self.assertEqual(run.returncode, 0, run.stdout + run.stderr)
            self.assertIn(" 0 broken, 3 not asked", run.stdout)
            run = check(entity.places[""], "--takes-back", "--token", "wrong")
            self.assertEqual(run.returncode, 1)

    def test_where_nobody_is_that_is_said(self):
        with stand_in("--kinds", "keys") as town:
            pass
        run = check(town.places["keys"])
        self.assertEqual(run.returncode, 1)
        self.assertIn("came: no answer (no-answer)", run.stdout)

    def test_a_wrong_command_line_exits_with_two(self):
        for words, sentence in (([], "address"), (["entity.example"], "https://entity.example/requests"),
                                (["http://127.0.0.1:1/", "--kind", "magic"], "magic"),
                                (["http://127.0.0.1:1/", "--example", "nowhere.json"], "nowhere.json")):
            run = subprocess.run([BALCAO, "entity-check", *words], capture_output=True, text=True, timeout=20)
            self.assertEqual(run.returncode, 2, run.stdout + run.stderr)
            self.assertIn(sentence, run.stderr)


if __name__ == "__main__":
    BALCAO = sys.argv.pop(1)
    unittest.main()
