#!/usr/bin/env python3
"""Letters of a served city, by a real conversation with a mail server and with a provider of messages to phones, both
small and on loopback: what arrives, what is put off and comes again under the same name, what survives kill -9.

    carried_test.py BALCAO      exit status 0: all of it held; 1: what did not was printed
"""
import functools
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from town import lay_out, live, live_all, path_in, text_of, wait_for


def check_confirmation(city, mail):
    city.book({"mail": "ines@example.org"})
    wait_for("the letter to confirm", lambda: len(mail.mails) == 1)
    first = mail.mails[0]
    assert first["To"] == "ines@example.org" and first["From"].addresses[0].display_name == "Câmara de Vila"
    assert first["Subject"] == "Confirm your appointment" and first["Auto-Submitted"] == "auto-generated"
    assert city.ask(path_in(text_of(first), "confirm"), {"key": ""})[0] == 303
    wait_for("the letter that confirms", lambda: len(mail.mails) == 2)
    second = mail.mails[1]
    assert second["Message-ID"] != first["Message-ID"]
    files = list(second.iter_attachments())
    assert len(files) == 1 and files[0].get_content_type() == "text/calendar", files
    check_calendar(files[0].get_content())
    return path_in(text_of(second), "appointments")


# For Debian's own Python, which has python3-icalendar (scripts/setup test).
READER = """
import sys
import icalendar
calendar = icalendar.Calendar.from_ical(sys.stdin.read())
zones, events = calendar.walk("VTIMEZONE"), calendar.walk("VEVENT")
assert str(calendar["METHOD"]) == "PUBLISH" and len(zones) == 1 and len(events) == 1
zone, start = zones[0].to_tz(), events[0]["DTSTART"].dt
assert start.minute in (0, 30) and 9 <= start.hour < 17, start
assert zone.localize(start.replace(tzinfo=None)).utcoffset() == start.utcoffset(), start
assert str(events[0]["STATUS"]) == "CONFIRMED" and events[0].walk("VALARM")
"""


def check_calendar(text):
    """Read by a program that has nothing to do with libical."""
    read = subprocess.run(["/usr/bin/python3", "-c", READER], input=text, text=True, capture_output=True, timeout=60)
    assert read.returncode == 0, read.stderr


def check_put_off(city, mail, plan, what):
    """Whatever goes wrong once, the letter comes again under the same name, and arrives once."""
    before, seen = len(mail.mails), len(mail.seen)
    mail.plan[:] = [plan]
    city.book({"mail": f"rui.{plan}@example.org"})
    wait_for(what, lambda: len(mail.mails) == before + 1, 150)
    names = {entry[2] for entry in mail.seen[seen:] if entry[0] == "data"}
    assert names == {mail.mails[before]["Message-ID"]}, names
    assert mail.seen[-1][1] - mail.seen[seen][1] > 10, "not put off at all"


def check_refused(city, mail):
    before, seen = len(mail.mails), len(mail.seen)
    mail.plan[:] = ["550"]
    city.book({"mail": "nobody@example.org"})
    wait_for("the refusal", lambda: len(mail.seen) == seen + 1)
    time.sleep(3)
    assert len(mail.mails) == before and len(mail.seen) == seen + 1


def check_killed(city, mail):
    before, seen = len(mail.mails), len(mail.seen)
    mail.plan[:] = ["451", "451"]
    city.book({"mail": "ana@example.org"})
    wait_for("the first try", lambda: len(mail.seen) > seen)
    city.kill()
    city.start()
    wait_for("the letter after a kill", lambda: len(mail.mails) == before + 1, 150)
    assert mail.mails[before]["To"] == "ana@example.org"


def check_phone(city, phone):
    phone.plan[:] = [503]
    city.book({"phone": "912 345 678"})
    wait_for("the message to a phone", lambda: len(phone.messages) == 2)
    (first, token, name, body), (second, _, again, _) = phone.messages
    assert (first, second) == (503, 202) and name == again == body["id"]
    assert token == "Bearer a token" and body["to"] == "+351912345678"
    assert "https://vila.example/en/confirm/" in body["text"]


SCENARIOS = [
    ("confirmed", lambda city, mail, phone: check_confirmation(city, mail)),
    ("by phone", lambda city, mail, phone: check_phone(city, phone)),
    ("cut", lambda city, mail, phone: check_put_off(city, mail, "cut", "a letter after a line cut behind its end")),
    ("451", lambda city, mail, phone: check_put_off(city, mail, "451", "a letter after 451")),
    ("sender", lambda city, mail, phone: check_put_off(city, mail, "sender", "a letter after its sender was refused")),
    ("greeting", lambda city, mail, phone: check_put_off(city, mail, "greeting", "a letter after we were refused")),
    ("refused", lambda city, mail, phone: check_refused(city, mail)),
    ("killed", lambda city, mail, phone: check_killed(city, mail)),
]


def check_secrets(balcao, folder):
    lay_out(folder, 0o644)
    refused = subprocess.run([balcao, "serve", str(folder / "town.yaml"), "--data", str(folder / "data"),
                              "--secrets", str(folder / "secrets")], capture_output=True, text=True, timeout=60)
    if refused.returncode == 0 or "chmod 600" not in refused.stderr:
        sys.exit(f"a file of secrets that others can read was taken: {refused.stderr}")


def main():
    balcao = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        check_secrets(balcao, folder / "open secrets")
        lives = live_all({title: functools.partial(live, balcao, folder / title, check) for title, check in SCENARIOS})
        mails, messages = (sum(count) for count in zip(*lives))
    print(f"{mails} letters and {messages} messages: all as they should be")


if __name__ == "__main__":
    main()
