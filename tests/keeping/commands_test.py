#!/usr/bin/env python3
"""The commands that keep a journal, as its keeper meets them, while a server works on it.

    commands_test.py BALCAO
"""
import base64
import hashlib
import hmac
import html
import json
import re
import shutil
import sqlite3
import struct
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

import kill_test

PROGRAM = ""


class TheKeeper(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="balcao-keeping-")
        self.here = Path(self.folder.name)
        (self.here / "town.yaml").write_text(kill_test.MODEL)
        self.server = None

    def tearDown(self):
        self.stop()
        self.folder.cleanup()

    def serve(self, data="data"):
        self.server = kill_test.Server(PROGRAM, self.here / "town.yaml", self.here / data, "")
        return kill_test.Client([self.server])

    def stop(self):
        if self.server:
            self.assertEqual(self.server.stop(), (0, ""))
            self.server = None

    def balcao(self, *words, status=0):
        run = subprocess.run([PROGRAM, *map(str, words)], cwd=self.here, capture_output=True, text=True, timeout=120)
        self.assertEqual(run.returncode, status, f"{words}: {run.stdout}{run.stderr}")
        return run.stdout + run.stderr

    def take(self, client, count):
        """The addresses of tickets."""
        pages = []
        for _ in range(count):
            status, page, _ = client.send("POST", "/pt/sites/shop/tickets", {"service": "tax"})
            self.assertEqual(status, 303)
            pages.append(page)
        return pages

    def until_logged(self, count):
        for _ in range(100):
            said = self.balcao("verify", "--data", "data")
            found = re.search(r"  (\d+) in the log, 0 not yet", said)
            if found and int(found[1]) >= count:  # promises of waits are events too
                return said
            time.sleep(0.1)
        self.fail(said)

    def test_a_receipt_is_got_with_the_link_of_a_ticket_and_checked_with_the_city_s_key_alone(self):
        client = self.serve()
        page = self.take(client, 3)[1]
        self.until_logged(3)
        self.assertIn("Recibo", client.send("GET", page)[2])
        status, _, receipt = client.send("GET", page + "/receipt")
        self.assertEqual(status, 200)
        (self.here / "receipt.json").write_text(receipt)
        (self.here / "key.txt").write_text(client.send("GET", "/.well-known/balcao-log")[2])
        self.assertEqual(client.send("GET", page[:-1] + ("A" if page[-1] != "A" else "B") + "/receipt")[0], 404)
        self.stop()
        shutil.rmtree(self.here / "data")
        said = self.balcao("verify", "--receipt", "receipt.json", "--key", "key.txt")
        self.assertIn('visit-begun {"number": 2, "legs": [{"service": "tax"}]', said)
        self.assertIn("checked with the key that it names itself", self.balcao("verify", "--receipt", "receipt.json"))
        (self.here / "receipt.json").write_text(receipt.replace("tax", "tux"))
        self.assertIn("the receipt does not hold: Event 1 of it",
                      self.balcao("verify", "--receipt", "receipt.json", "--key", "key.txt", status=1))

    def test_a_script_of_forty_lines_checks_what_balcao_checks(self):
        script = Path(__file__).resolve().parents[2] / "docs/verify-receipt.mjs"
        self.assertLessEqual(len(script.read_text().splitlines()), 40)

        def script_says(receipt, key):
            (self.here / "one.json").write_text(json.dumps(receipt))
            run = subprocess.run(["node", script, "one.json", *key], cwd=self.here, capture_output=True, text=True, timeout=60)
            return run.returncode, run.stdout + run.stderr

        client = self.serve()
        pages = self.take(client, 9)
        self.until_logged(9)
        key = [client.send("GET", "/.well-known/balcao-log")[2].strip()]
        receipts = [json.loads(client.send("GET", page + "/receipt")[2]) for page in pages]
        for number, receipt in enumerate(receipts, 1):
            status, said = script_says(receipt, key)
            self.assertEqual(status, 0, said)
            self.assertIn(f'visit-begun {{"number": {number}, ', said)
            self.assertIn("It holds.", said)
        self.assertIn("all of one piece", script_says(receipts[3], [])[1])
        changed = json.loads(json.dumps(receipts[3]).replace("tax", "tux"))
        self.assertIn("is not in the record", script_says(changed, key)[1])
        turned = receipts[3]
        turned["events"][0]["index"] += 1
        self.assertEqual(script_says(turned, key)[0], 1)
        other = base64.b64encode(b"\1" + bytes(32)).decode()
        name = key[0].split("+")[0]
        mark = hashlib.sha256(name.encode() + b"\n\1" + bytes(32)).hexdigest()[:8]
        self.assertIn("did not sign", script_says(receipts[4], [f"{name}+{mark}+{other}"])[1])

    def test_a_witness_and_the_log_s_last_head_at_its_address_fit_each_other(self):
        client = self.serve()
        self.take(client, 2)
        self.until_logged(5)  # the model, and each ticket with its promise
        head = client.send("GET", "/.well-known/balcao-log/head")[2]
        (self.here / "theirs.txt").write_text(head)
        said = self.balcao("verify", "--data", "data", "--witness", "theirs.txt")
        self.assertIn("1 head of witnesses fits this log", said)
        self.assertIn("is in theirs.txt already", said)
        self.take(client, 1)
        self.until_logged(7)
        self.assertIn("was added to theirs.txt", self.balcao("verify", "--data", "data", "--witness", "theirs.txt"))
        self.assertIn("2 heads of witnesses fit", self.balcao("verify", "--data", "data", "--witness", "theirs.txt"))

    def test_an_event_that_somebody_changed_in_the_database_is_found_with_its_place_and_cure(self):
        self.take(self.serve(), 5)
        self.until_logged(5)
        self.stop()
        with sqlite3.connect(self.here / "data/journal.db") as journal:
            place = journal.execute("SELECT position FROM events WHERE type = 'visit-begun' ORDER BY position").fetchall()[2][0]
            journal.execute("UPDATE events SET body = replace(body, 'tax', 'tex') WHERE position = ?", (place,))
        journal.close()
        said = self.balcao("verify", "--data", "data", status=1)
        self.assertRegex(said, rf"wrong: event {place} of the log \(site/shop/[0-9-]+, its event {place - 1}\): its text is not the one")
        self.assertIn("balcao restore", said)
        self.assertIn("nothing is made anew", self.balcao("rebuild", "--data", "data", status=1))

    def test_a_hash_that_somebody_changed_is_made_anew_from_the_events(self):
        self.take(self.serve(), 5)
        self.until_logged(5)
        self.stop()
        self.assertIn("Nothing differed", self.balcao("rebuild", "--data", "data"))
        with sqlite3.connect(self.here / "data/journal.db") as journal:
            journal.execute("UPDATE nodes SET hash = zeroblob(32) WHERE level = 1 AND number = 1")
            journal.execute("DELETE FROM nodes WHERE level = 0 AND number = 4")
        journal.close()
        self.assertIn("balcao rebuild", self.balcao("verify", "--data", "data", status=1))
        said = self.balcao("rebuild", "--data", "data", status=1)
        self.assertIn("made anew: level 1, number 1", said)
        self.assertIn("made anew: level 0, number 4", said)
        self.assertIn("Nothing is wrong.", said)
        self.assertIn("Nothing differed", self.balcao("rebuild", "--data", "data"))

    def test_who_was_erased_after_a_backup_stays_erased_when_it_is_restored(self):
        client = self.serve()
        cookie = kill_test.found_account(self.server)
        administrator = kill_test.Client([self.server], cookie)
        self.take(client, 2)
        # A second account, made as the pages do; the administrator may not be the last.
        self.assertIn("the last account that may manage people", self.balcao("erase", "ana", "--data", "data", status=1))
        self.assertEqual((self.here / "data.erased").read_text().count("\n"), 1)
        self.add_account(administrator, "rui")
        said = self.balcao("backup", "--data", "data", "--out", "monday")
        self.assertIn("2 wrapped keys of persons", said)
        self.assertEqual((self.here / "monday").stat().st_mode & 0o777, 0o600)
        lines = [json.loads(line) for line in (self.here / "monday").read_text().splitlines()]
        keys = [base64.b64decode(line[2]) for line in lines if isinstance(line, list) and line[0] == "key"]
        self.assertEqual(self.on_disk(keys), 2)
        said = self.balcao("erase", "rui", "--data", "data")
        self.assertEqual(self.on_disk(keys), 1)  # on no page of the files, while the server has them open
        self.assertIn("The key of the account rui is destroyed", said)
        self.assertIn("Nothing is wrong.", said)
        self.assertEqual((self.here / "data.erased").read_text().count("\n"), 2)
        self.assertNotIn("rui", (self.here / "data.erased").read_text())
        self.take(client, 1)  # the server goes on, whoever else wrote
        self.stop()
        shutil.move(self.here / "data", self.here / "lost")

        (self.here / "data").mkdir()
        self.assertIn("there is no key", self.balcao("restore", "monday", "--data", "data", status=1))
        shutil.copy(self.here / "lost/installation.key", self.here / "data/installation.key")
        self.assertIn("the ledger of erased persons is not there",
                      self.balcao("restore", "monday", "--data", "data", "--erased", "none-such", status=1))
        said = self.balcao("restore", "monday", "--data", "data")
        self.assertIn("Left out: the key of one person", said)
        self.assertIn("Nothing is wrong.", said)
        self.assertIn("there is a journal already", self.balcao("restore", "monday", "--data", "data", status=1))
        self.assertIn("nobody here is called rui", self.balcao("erase", "rui", "--data", "data", status=1))

        # The restored office goes on: who is signed in is so, numbers go on, and the log grows.
        client = self.serve()
        self.assertIn(".3.", self.take(client, 1)[0])
        self.stop()
        self.assertIn("Nothing is wrong.", self.balcao("verify", "--data", "data"))

    def on_disk(self, keys):
        """How many of these stand anywhere in the journal's files."""
        content = b"".join(path.read_bytes() for path in (self.here / "data").glob("journal.db*"))
        return sum(key in content for key in keys)

    def add_account(self, administrator, name):
        """Who manages people needs a second factor: it is set up first, as an authenticator does (RFC 6238)."""
        page = administrator.send("POST", "/pt/account/propose", {"key": kill_test.new_key()})[2]
        ticket = html.unescape(re.search(r'name="ticket" value="([^"]+)"', page)[1])
        secret = re.search(r"secret=([A-Z2-7]+)|>([A-Z2-7 ]{32,})<", page)
        text = (secret[1] or secret[2]).replace(" ", "")
        key = base64.b32decode(text + "=" * (-len(text) % 8))
        mac = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), "sha1").digest()
        place = mac[-1] & 15
        code = f"{(struct.unpack('>I', mac[place:place + 4])[0] & 0x7FFFFFFF) % 1000000:06}"
        enrolled = administrator.send("POST", "/pt/account/enrol",
                                      {"key": kill_test.new_key(), "ticket": ticket, "code": code})
        self.assertIn(enrolled[0], (200, 303), enrolled[2][:2000])
        added = administrator.send("POST", "/pt/people/add", {"key": kill_test.new_key(), "name": "Rui",
                                                              "sign-in-name": name, "role": "attendant",
                                                              "site": "shop"})
        self.assertIn(added[0], (200, 303), added[2][:2000])

    def test_a_backup_that_was_cut_off_or_is_of_another_city_restores_nothing(self):
        self.take(self.serve(), 3)
        self.balcao("backup", "--data", "data", "--out", "whole")
        self.stop()
        text = (self.here / "whole").read_text()
        (self.here / "torn").write_text(text[:-40])
        (self.here / "new").mkdir()
        shutil.copy(self.here / "data/installation.key", self.here / "new/installation.key")
        self.assertIn("the file ends in the middle of it",
                      self.balcao("restore", "torn", "--data", "new", "--erased", "none", status=1))
        self.assertEqual([path.name for path in (self.here / "new").iterdir()], ["installation.key"])
        (self.here / "new/installation.key").write_text("ab" * 32 + "\n")
        self.assertIn("was made by another installation",
                      self.balcao("restore", "whole", "--data", "new", "--erased", "none", status=1))
        self.assertEqual([path.name for path in (self.here / "new").iterdir()], ["installation.key"])

    def test_what_is_not_there_is_told_and_nothing_is_made(self):
        for command in (["verify"], ["rebuild"], ["receipt", "shop/2026-01-05/1"], ["erase", "ana"],
                        ["backup", "--out", "b"]):
            said = self.balcao(*command, "--data", "nowhere", status=1)
            self.assertIn("nowhere/installation.key: there is no key of an installation", said)
        self.assertEqual([path.name for path in self.here.iterdir()], ["town.yaml"])
        self.assertIn("write SITE/DATE/NUMBER", self.balcao("receipt", "ticket", status=2))
        self.assertIn("goes with --receipt", self.balcao("verify", "--key", "k", status=2))
        self.take(self.serve(), 1)
        self.assertIn("There is no ticket 7 of shop",
                      self.balcao("receipt", "shop/2026-01-05/7", "--data", "data", status=1))
        page = self.take(kill_test.Client([self.server]), 1)[0]
        self.assertIn("holds no personal data", self.balcao("erase", page, "--data", "data"))
        self.until_logged(2)
        receipt = json.loads(self.balcao("receipt", page, "--data", "data"))
        self.assertGreaterEqual(len(receipt["events"]), 1)


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1)
    unittest.main(verbosity=1, warnings="ignore")
