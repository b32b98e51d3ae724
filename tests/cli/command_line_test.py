#!/usr/bin/env python3
"""The program as a person meets it: exit statuses, outputs that are whole or not there, the same bytes again.

    command_line_test.py PROGRAM
"""
import csv
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHOP = "models/examples/five-class-shop.yaml"
PASSPORT = "models/examples/passport-two-desks"
PROGRAM = ""


def balcao(*words, **more):
    return subprocess.run([PROGRAM, *map(str, words)], cwd=ROOT, capture_output=True, text=True, timeout=300, **more)


class TheCommandLine(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.here = Path(self.folder.name)

    def tearDown(self):
        self.folder.cleanup()

    def write(self, name, text):
        path = self.here / name
        path.write_text(text, encoding="utf-8")
        return path

    def test_results_are_the_same_bytes_for_one_thread_and_for_three(self):
        for model in (SHOP, PASSPORT, "models/examples/kiosks-and-mediators"):
            runs = [balcao("simulate", model, "--days", 6, "--replications", 6, "--threads", threads, "--json", "-")
                    for threads in (1, 3)]
            self.assertEqual(runs[0].returncode, 0, runs[0].stderr)
            self.assertEqual(runs[0].stdout, runs[1].stdout)

    def test_another_seed_gives_other_results(self):
        a, b = (balcao("simulate", SHOP, "--days", 2, "--replications", 2, "--seed", seed, "--json", "-").stdout
                for seed in (1, 2))
        self.assertNotEqual(json.loads(a)["measures"], json.loads(b)["measures"])

    def test_every_mistake_of_a_model_is_told_at_once_with_its_place(self):
        text = (ROOT / SHOP).read_text(encoding="utf-8")
        path = self.write("wrong.yaml", text.replace("serves: [social, tax]", "serves: [social, taxi]")
                          .replace("patience:", "patiense:", 1))
        run = balcao("check", path)
        self.assertEqual(run.returncode, 1)
        self.assertRegex(run.stderr, r"wrong\.yaml:\d+:\d+: .*taxi")
        self.assertRegex(run.stderr, r"wrong\.yaml:\d+:\d+: .*patiense")
        self.assertIn("patience", run.stderr)

    def test_a_model_that_is_not_there_is_said_so(self):
        run = balcao("simulate", self.here / "nowhere.yaml")
        self.assertEqual(run.returncode, 1)
        self.assertIn("nowhere.yaml", run.stderr)

    def test_a_wrong_command_line_exits_with_two(self):
        for words in (["simulate"], ["simulate", SHOP, "--days", "many"], ["simulate", SHOP, "--colour"],
                      ["simulate", SHOP, "--days", "0"], ["simulate", SHOP, "--precision", "lots"],
                      ["simulate", SHOP, "--warm-up", "3"], ["simulate", SHOP, "--trace", "trace.txt"],
                      ["score", ".", ".", "--from", "soon", "--to", "2025-12-31"], ["dance"], []):
            run = balcao(*words)
            self.assertEqual(run.returncode, 2, f"{words}: {run.stdout}{run.stderr}")
            self.assertTrue(run.stderr.strip(), words)

    def test_nothing_is_left_behind_where_an_output_cannot_be_written(self):
        run = balcao("simulate", SHOP, "--days", 1, "--replications", 2, "--json", self.here / "no" / "out.json")
        self.assertEqual(run.returncode, 1)
        self.assertEqual(list(self.here.iterdir()), [])

    def test_a_missed_target_fails_only_who_asks_for_it(self):
        text = (ROOT / SHOP).read_text(encoding="utf-8")
        path = self.write("strict.yaml", text + "\ntargets: [{measure: abandoned_share, at_most: 1 %}]\n")
        words = ["simulate", path, "--days", 5, "--replications", 5]
        self.assertEqual(balcao(*words).returncode, 0)
        self.assertEqual(balcao(*words, "--require-targets").returncode, 3)

    def test_a_trace_has_a_row_for_each_leg_and_adds_up_to_the_results(self):
        path = self.here / "trace.csv"
        run = balcao("simulate", PASSPORT, "--days", 3, "--replications", 2, "--trace", path, "--json", "-")
        self.assertEqual(run.returncode, 0, run.stderr)
        with path.open(encoding="utf-8") as file:
            visits = {}
            for row in csv.DictReader(file):
                visits.setdefault((row["visit"], row["arrived"]), []).append(row)
        self.assertEqual(len(visits), json.loads(run.stdout)["customers"])
        for legs in visits.values():
            self.assertTrue(all(a["ended"] <= b["joined"] for a, b in zip(legs, legs[1:]) if a["ended"]))

    def test_the_ocel_log_keeps_to_the_shape_of_its_standard(self):
        path = self.here / "trace.json"
        self.assertEqual(balcao("simulate", PASSPORT, "--days", 1, "--replications", 1, "--trace", path).returncode, 0)
        log = json.loads(path.read_text(encoding="utf-8"))
        self.assertEqual(set(log), {"objectTypes", "eventTypes", "events", "objects"})
        types = {each["name"] for each in log["eventTypes"]}
        objects = {each["id"]: each for each in log["objects"]}
        self.assertGreater(len(log["events"]), 10)
        for event in log["events"]:
            self.assertIn(event["type"], types)
            for relation in event["relationships"]:
                self.assertIn(relation["objectId"], objects)
        for each in objects.values():
            for attribute in each["attributes"]:
                self.assertEqual(set(attribute), {"name", "time", "value"})

    def test_compare_pairs_the_same_people_and_ranks_more_than_two(self):
        more = self.write("more.yaml", "about: one desk more\nchanges: [{set: sites.shop.desks.c.count, to: 5}]\n")
        same = self.write("same.yaml", "about: nothing changes\nchanges: [{scale: demand, by: 1}]\n")
        run = balcao("compare", SHOP, more, same, "--days", 5, "--replications", 10, "--json", "-")
        self.assertEqual(run.returncode, 0, run.stderr)
        found = json.loads(run.stdout)
        overall = {row["scenario"]: row for row in found["differences"]
                   if row["measure"] == "wait" and not {"site", "service", "hour", "desk"} & set(row)}
        self.assertEqual(overall["same"]["difference"], 0)
        self.assertIsNone(overall["same"]["better"])
        self.assertTrue(overall["more"]["better"])
        self.assertEqual(found["ranking"]["best"], "more")

    def test_a_precision_is_reached_and_how_many_replications_it_took_is_said(self):
        run = balcao("simulate", SHOP, "--days", 10, "--precision", "10%", "--json", "-")
        self.assertEqual(run.returncode, 0, run.stderr)
        found = json.loads(run.stdout)
        wait = next(row for row in found["measures"] if row["measure"] == "wait"
                    and not {"site", "service", "hour"} & set(row))
        self.assertLessEqual(wait["half_width"], 0.1 * wait["mean"])
        self.assertGreaterEqual(found["replications"], 10)

    def test_control_c_prints_what_is_known_so_far(self):
        with subprocess.Popen([PROGRAM, "simulate", SHOP, "--days", "300", "--replications", "100000", "--threads", "1"],
                              cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
            time.sleep(3)
            run.send_signal(signal.SIGINT)
            out, _ = run.communicate(timeout=60)
        self.assertIn("Stopped early", out)
        self.assertIn("wait (min)", out)

    def test_a_situation_is_walked_and_stress_finds_a_breaking_point(self):
        walked = balcao("situations", PASSPORT, "--replications", 3, "--weeks", 2, "--json", "-")
        self.assertEqual(walked.returncode, 0, walked.stderr)
        for situation in json.loads(walked.stdout)["situations"]:
            self.assertEqual(situation["walks"], 6)
            self.assertGreater(situation["share"], 0)
        text = (ROOT / SHOP).read_text(encoding="utf-8")
        path = self.write("target.yaml", text + "\ntargets: [{measure: abandoned_share, at_most: 18 %}]\n")
        pressed = balcao("stress", path, "--replications", 4, "--days", 5, "--json", "-")
        self.assertEqual(pressed.returncode, 0, pressed.stderr)
        points = [row for row in json.loads(pressed.stdout)["points"] if row["axis"] == "demand"]
        self.assertEqual([row["mean"] for row in points], sorted(row["mean"] for row in points))
        self.assertIsNotNone(points[0]["breaks_at"])

    def test_canonical_print_and_diff_agree_that_nothing_changed(self):
        printed = balcao("check", SHOP, "--print")
        self.assertEqual(printed.returncode, 0, printed.stderr)
        path = self.write("five-class-shop.yaml", printed.stdout)
        self.assertIn("say the same", balcao("diff", SHOP, path).stdout)
        changed = self.write("changed.yaml", printed.stdout.replace("count: 4", "count: 6", 1))
        self.assertIn("6", balcao("diff", SHOP, changed).stdout)


if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main()
