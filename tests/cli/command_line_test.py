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
                      ["score", ".", ".", "--from", "soon", "--to", "2025-12-31"],
                      ["score", ".", ".", "--from", "2025-12-31", "--to", "2025-12-01"], ["dance"], []):
            run = balcao(*words)
            self.assertEqual(run.returncode, 2, f"{words}: {run.stdout}{run.stderr}")
            self.assertTrue(run.stderr.strip(), words)

    def test_a_wrong_option_is_told_in_a_sentence_with_the_cure(self):
        for words, sentence in (
                (["simulat", SHOP], "there is no command simulat; did you mean simulate?"),
                (["help", "stres"], "there is no command stres; did you mean stress?"),
                (["simulate", SHOP, "--replication", "3"], "there is no option --replication; did you mean --replications?"),
                (["simulate", SHOP, "--days", "1.5"], "--days: '1.5' is not a whole number from 1 to"),
                (["simulate", SHOP, "--days", "1", "--days", "2"], "--days is given more than once; give it once"),
                (["simulate", SHOP, "--threads", "-1"], "--threads: '-1' is not a whole number from 0 to 1024"),
                (["simulate", SHOP, "--threads", "100000"], "--threads: '100000' is not a whole number"),
                (["simulate", SHOP, "--seed", "-1"], "--seed: '-1' is not a whole number"),
                (["simulate", SHOP, "--seed", "9" * 30], "is not a whole number"),
                (["simulate", SHOP, "--warm-up", "nan"], "--warm-up: 'nan' is not a number from 0"),
                (["simulate", SHOP, "--language", "fr"], "--language: 'fr' is not one of pt, en, es"),
                (["simulate", SHOP, "--precision", "0"], "a precision lies between 0 % and 100 %"),
                (["simulate", SHOP, "--json"], "--json: the value is missing"),
                (["simulate", SHOP, "more"], "'more' is one word too many"),
                (["serve", "--limit", "tickets=5", SHOP], "--limit: 'tickets=5' is no limit; write off, or one of all, tickets"),
                (["serve", "--unlimited", "kiosks", SHOP], "--unlimited: 'kiosks' is no network; write 10.2.0.0/16"),
                (["compare", SHOP], "scenarios is missing; see balcao help compare"),
                (["-x"], "there is no option -x"), ([], "say what to do")):
            run = balcao(*words)
            self.assertEqual(run.returncode, 2, f"{words}: {run.stderr}")
            self.assertIn(sentence, run.stderr)
            self.assertIn("balcao: ", run.stderr)

    def test_help_tells_of_the_program_and_of_each_command(self):
        run = balcao("help")
        self.assertEqual(run.returncode, 0)
        for command in ("check", "diff", "schema", "simulate", "compare", "situations", "stress", "calibrate", "score"):
            self.assertIn(command, run.stdout)
            told = balcao("help", command)
            self.assertEqual(told.returncode, 0)
            self.assertIn(f"Usage: balcao {command}", told.stdout)

    def test_an_output_that_cannot_be_written_is_told_before_the_run_and_leaves_nothing(self):
        for option, name in (("--json", "out.json"), ("--report", "out.html"), ("--trace", "out.csv")):
            run = balcao("simulate", SHOP, option, self.here / "no" / name)
            self.assertEqual(run.returncode, 2)
            self.assertIn(f"there is no folder {self.here / 'no'}; make it first", run.stderr)
            self.assertNotIn("people", run.stdout + run.stderr)
        run = balcao("simulate", SHOP, "--json", self.here)
        self.assertEqual(run.returncode, 2)
        self.assertIn("it is a folder; name a file in it", run.stderr)
        run = balcao("simulate", SHOP, "--json", self.here / "same", "--report", self.here / "same")
        self.assertEqual(run.returncode, 2)
        self.assertIn("two outputs cannot be the same file", run.stderr)
        self.assertEqual(list(self.here.iterdir()), [])

    @unittest.skipUnless(Path("/dev/full").exists(), "there is no /dev/full here")
    def test_a_full_disk_is_told(self):
        words = ["simulate", SHOP, "--days", 1, "--replications", 2]
        run = balcao(*words, "--json", "/dev/full")
        self.assertEqual(run.returncode, 1)
        self.assertIn("No space left on device", run.stderr)
        for words in (words, ["check", SHOP, "--print"], ["check", SHOP], ["schema"]):
            with open("/dev/full", "wb") as full:
                run = subprocess.run([PROGRAM, *map(str, words)], cwd=ROOT, stdout=full, stderr=subprocess.PIPE,
                                     text=True, timeout=60, check=False)
            self.assertEqual(run.returncode, 1, words)
            self.assertIn("No space left on device", run.stderr)

    def test_a_file_that_is_not_there_is_told_with_what_may_be_meant(self):
        for words, sentence in (
                (["check", "models/lisbn"], "there is no such file; did you mean models/lisbon?"),
                (["check", "models/examples/five-clas-shop.yaml"], f"did you mean {SHOP}?"),
                (["check", "models"], "this folder has no model.yaml"),
                (["simulate", "models/lisbon", "--scenario", "models/lisbon/scenarios/new-spt.yaml"],
                 "did you mean models/lisbon/scenarios/new-spot.yaml?"),
                (["simulate", SHOP, "--scenario", SHOP], "this is a model, not a scenario"),
                (["check", "models/lisbon/scenarios/new-spot.yaml"], "this is a scenario, not a model")):
            run = balcao(*words)
            self.assertEqual(run.returncode, 1, run.stderr)
            self.assertIn(sentence, run.stderr)

    def test_check_counts_in_words_and_reads_the_scenarios_of_a_named_file_too(self):
        self.assertIn("5 services, 1 site, 5 demand entries, 0 scenarios", balcao("check", SHOP).stdout)
        folder = balcao("check", "models/lisbon").stdout
        self.assertIn("5 scenarios", folder)
        self.assertEqual(folder, balcao("check", "models/lisbon/model.yaml").stdout)

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
                visits.setdefault(row["visit"], []).append(row)
        self.assertEqual(len(visits), json.loads(run.stdout)["customers"])
        self.assertEqual({legs[0]["replication"] for legs in visits.values()}, {"1", "2"})
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

    def test_visits_of_sites_apart_have_numbers_of_their_own_and_times_of_their_zone(self):
        city = """balcao: 1
name: Three halls
first_day: {day}
time_zone: {zone}
services: {{x: {{duration: 5 min}}}}
sites:
{sites}
demand:
{demand}
"""
        names = ("a", "b", "c")
        sites = "\n".join(f'  {name}: {{open: {{every day: "08-10"}}, desks: {{d: {{serves: [x]}}}}}}' for name in names)
        demand = "\n".join(f"  - {{service: x, site: {name}, arrivals: {{renewal: 30 min}}}}" for name in names)
        for day, zone, offset in (("2026-01-05", "Europe/Lisbon", "+00:00"), ("2026-07-06", "Europe/Lisbon", "+01:00"),
                                  ("2026-01-05", "UTC", "+00:00")):
            model = self.write("halls.yaml", city.format(day=day, zone=zone, sites=sites, demand=demand))
            path = self.here / "halls.json"
            run = balcao("simulate", model, "--days", 1, "--replications", 2, "--trace", path, "--json", "-")
            self.assertEqual(run.returncode, 0, run.stderr)
            log = json.loads(path.read_text(encoding="utf-8"))
            visits = [each for each in log["objects"] if each["type"] == "visit"]
            self.assertEqual(len(visits), json.loads(run.stdout)["customers"])
            self.assertEqual(len({each["id"] for each in visits}), len(visits))
            self.assertEqual({attribute["value"] for each in visits for attribute in each["attributes"]
                              if attribute["name"] == "replication"}, {"1", "2"})
            self.assertEqual(min(event["time"] for event in log["events"]), f"{day}T08:30:00.000000{offset}")
        model = self.write("mars.yaml", city.format(day="2026-01-05", zone="Mars/Olympus", sites=sites, demand=demand))
        run = balcao("simulate", model, "--trace", self.here / "mars.json")
        self.assertEqual(run.returncode, 2)
        self.assertIn("does not know the time zone Mars/Olympus", run.stderr)

    def test_the_warm_up_is_no_part_of_a_trace(self):
        model = self.write("line.yaml", """balcao: 1
name: A line
services: {x: {duration: 5 min}}
sites: {s: {open: always, desks: {d: {serves: [x]}}}}
demand: [{service: x, site: s, arrivals: {renewal: 30 min}}]
""")
        path = self.here / "line.csv"
        run = balcao("simulate", model, "--days", 2, "--warm-up", 3, "--replications", 2, "--trace", path, "--json", "-")
        with path.open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        customers = json.loads(run.stdout)["customers"]
        self.assertLessEqual(len(rows), customers)
        self.assertGreaterEqual(len(rows), customers - 2)

    def test_scenarios_of_one_run_are_made_in_their_order(self):
        half = self.write("half.yaml", "changes: [{scale: demand, by: 0.5}]\n")
        none = self.write("closed.yaml", "changes: [{set: sites.shop.capacity, to: 1}]\n")
        room = self.write("room.yaml", "changes: [{add: sites.shop.capacity, value: 500}]\n")
        words = ["simulate", SHOP, "--days", 2, "--replications", 2, "--json", "-"]
        run = balcao(*words, "--scenario", room, "--scenario", none, "--scenario", half)
        self.assertEqual(run.returncode, 0, run.stderr)
        found = json.loads(run.stdout)
        self.assertEqual(found["scenario"], "room+closed+half")
        self.assertLess(found["customers"], 0.6 * json.loads(balcao(*words).stdout)["customers"])
        run = balcao(*words, "--scenario", none, "--scenario", room)
        self.assertEqual(run.returncode, 1)
        self.assertIn("closed.yaml:1:", run.stderr)

    def test_a_scenario_that_misses_a_target_fails_a_comparison_too(self):
        text = (ROOT / SHOP).read_text(encoding="utf-8")
        model = self.write("kept.yaml", text + "\ntargets: [{measure: abandoned_share, at_most: 60 %}]\n")
        worse = self.write("worse.yaml", "changes: [{set: targets.abandoned_share.at_most, to: 1 %}]\n")
        same = self.write("same.yaml", "changes: [{scale: demand, by: 1}]\n")
        words = ["--days", 3, "--replications", 5, "--require-targets"]
        self.assertEqual(balcao("compare", model, same, *words).returncode, 0)
        self.assertEqual(balcao("compare", model, worse, *words).returncode, 3)

    def test_situations_are_walked_by_the_week(self):
        run = balcao("situations", PASSPORT, "--days", 30)
        self.assertEqual(run.returncode, 2)
        self.assertIn("--days: situations are walked by the week: say how many with --weeks", run.stderr)
        self.assertNotIn("--days", balcao("help", "situations").stdout)

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
        self.assertEqual(run.returncode, 130)

    def test_control_c_before_anything_is_known_writes_nothing(self):
        with subprocess.Popen([PROGRAM, "simulate", "models/citizen-shops", "--days", "3000", "--report",
                               self.here / "report.html"],
                              cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
            time.sleep(1)
            run.send_signal(signal.SIGINT)
            out, error = run.communicate(timeout=60)
        self.assertEqual(run.returncode, 130)
        self.assertEqual(out, "")
        self.assertIn("nothing is known yet", error)
        self.assertEqual(list(self.here.iterdir()), [])

    def test_what_is_killed_leaves_no_file_behind(self):
        path = self.here / "trace.csv"
        with subprocess.Popen([PROGRAM, "simulate", SHOP, "--days", "300", "--replications", "100000", "--trace", path],
                              cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
            time.sleep(1)
            run.send_signal(signal.SIGINT)
            run.send_signal(signal.SIGKILL)
            run.communicate(timeout=60)
        self.assertEqual(list(self.here.iterdir()), [])

    def test_a_queue_that_cannot_drain_is_warned_of_and_the_run_ends(self):
        path = self.write("hall.yaml", "balcao: 1\nname: Hall\nfirst_day: 2026-01-05\nservices: {a: {duration: 6 min}}\n"
                          "sites: {hall: {open: always, desks: {desk: {count: 2, serves: [a]}}}}\n"
                          "demand: [{service: a, site: hall, arrivals: {poisson: 25 per hour}}]\n")
        run = balcao("simulate", path, "--days", 2, "--replications", 2)
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertIn("hall.yaml:5:9: warning: the load of desk at hall is 1.25: 2.50 desk-hours of work an hour come with a", run.stderr)
        self.assertIn("No end of the warm-up was found within", run.stdout)

    def test_a_fitted_model_that_somebody_changed_is_not_written_over(self):
        log = self.write("log.csv", "taken,called,ended\n2026-01-05 09:00:00,2026-01-05 09:02:00,2026-01-05 09:05:00\n"
                         "2026-01-05 09:01:00,2026-01-05 09:05:00,2026-01-05 09:09:00\n")
        words = ["calibrate", log, "--until", "2026-01-31", "--out", self.here / "fit"]
        self.assertEqual(balcao(*words).returncode, 0)
        self.assertEqual(balcao("check", self.here / "fit").returncode, 0)
        self.assertEqual(balcao(*words).returncode, 0)
        model = self.here / "fit" / "model.yaml"
        model.write_text("# By hand\n" + model.read_text(encoding="utf-8"), encoding="utf-8")
        refused = balcao(*words)
        self.assertEqual(refused.returncode, 1)
        self.assertIn("choose another folder, or --overwrite", refused.stderr)
        self.assertTrue(model.read_text(encoding="utf-8").startswith("# By hand"))
        self.assertEqual(balcao(*words, "--overwrite").returncode, 0)

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


    def test_data_that_calibrate_cannot_read_is_told_with_the_cure(self):
        empty = self.here / "empty"
        empty.mkdir()
        wrong = self.write("wrong.csv", "taken,called,ended\nnonsense,2,3\n")
        for words, sentence, status in (
                (["nowhere", "--until", "2025-07-31"], "nowhere: there is no such file or folder; name a folder", 1),
                ([empty, "--until", "2025-07-31"], "has no daily.csv; name a folder with one", 1),
                ([wrong, "--until", "2025-07-31"], "'nonsense' is not a date and time", 1),
                ([wrong, "--until", "yesterday"], "--until: 'yesterday' is not a date; write 2025-07-31", 2)):
            run = balcao("calibrate", *words, "--out", self.here / "fit")
            self.assertEqual(run.returncode, status, run.stderr)
            self.assertIn(sentence, run.stderr)
            self.assertFalse((self.here / "fit").exists())
        run = balcao("calibrate", wrong, "--until", "2025-07-31", "--out", wrong)
        self.assertEqual(run.returncode, 1)
        self.assertIn("is a file; name a folder", run.stderr)
        run = balcao("score", empty, empty, "--from", "2025-08-01", "--to", "2025-12-31")
        self.assertEqual(run.returncode, 1)
        self.assertIn("has no fitted.json", run.stderr)


if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main()
