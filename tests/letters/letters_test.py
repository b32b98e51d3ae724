#!/usr/bin/env python3
"""Letters of a served city, by a real conversation with a mail server and with a provider of messages to phones, both
small and on loopback: what arrives, what is put off and comes again under the same name, what survives kill -9.

    letters_test.py BALCAO      exit status 0: all of it held; 1: what did not was printed
"""
import concurrent.futures
import email
import email.policy
import http.server
import json
import os
import re
import signal
import socketserver
import subprocess
import sys
import tempfile
import threading
import time
import traceback
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

MODEL = """balcao: 1
name: {pt: Vila, en: Town, es: Villa}
languages: [en, pt, es]
time_zone: Europe/Lisbon
services:
  identity: {name: {pt: Cartão, en: Identity card, es: Documento}, duration: 6 min}
sites:
  shop:
    name: {pt: Loja, en: Shop, es: Tienda}
    open: {every day: "00:00-24:00"}
    appointments: {windows: {every: {hours: "09-17", slot: 30 min, places: 2, services: [identity]}}}
    desks: {both: {count: 2, serves: [identity]}}
demand:
  - {site: shop, service: identity, arrivals: {poisson: 10 per hour}}
"""


class MailServer(socketserver.ThreadingTCPServer):
    """Takes mails (RFC 5321). `plan`: what it does to the next ones, in order; then it takes them."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), MailConversation)
        self.plan, self.seen, self.mails = [], [], []
        threading.Thread(target=self.serve_forever, daemon=True).start()


class MailConversation(socketserver.StreamRequestHandler):
    timeout = 20

    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self):
        try:
            if self.is_planned("greeting"):
                return self.refuse("554 no service for you")
            self.say("220 test")
            while self.command():
                pass
        except OSError:
            pass

    def is_planned(self, step):
        return self.server.plan[:1] == [step]

    def refuse(self, line):
        self.server.seen.append((self.server.plan.pop(0), time.monotonic(), line))
        self.say(line)

    def command(self):
        line = self.rfile.readline().decode().strip()
        verb = line.upper().split(" ")[0]
        if verb in ("", "QUIT"):
            return False
        if self.is_planned("greeting"):  # the next conversation begins with it
            return False
        if verb == "MAIL" and self.is_planned("sender"):
            self.refuse("550 not from you")
            return True
        if verb == "DATA":
            return self.data()
        if verb == "RCPT" and self.server.plan and self.server.plan[0] in ("451", "550"):
            self.server.seen.append(("rcpt", time.monotonic(), line))
            self.say(self.server.plan.pop(0) + " not for ines@example.org")
            return True
        self.say("250 test" if verb in ("EHLO", "HELO", "MAIL", "RCPT", "RSET", "NOOP") else "502 no")
        return True

    def data(self):
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        mail = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
        self.server.seen.append(("data", time.monotonic(), mail["Message-ID"]))
        step = self.server.plan.pop(0) if self.server.plan else "250"
        if step == "cut":  # it may have the mail or not: nobody knows
            return False
        if step == "250":
            self.server.mails.append(mail)
        self.say(step + " so be it")
        return True


class PhoneServer(http.server.ThreadingHTTPServer):
    def __init__(self):
        super().__init__(("127.0.0.1", 0), PhoneConversation)
        self.plan, self.messages = [], []
        threading.Thread(target=self.serve_forever, daemon=True).start()


class PhoneConversation(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        status = self.server.plan.pop(0) if self.server.plan else 202
        self.server.messages.append((status, self.headers["Authorization"], self.headers["Idempotency-Key"], body))
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


class City:
    """A served model, and a browser without scripts."""

    def __init__(self, balcao, folder, mail, phone):
        self.command = [balcao, "serve", str(folder / "town.yaml"), "--data", str(folder / "data"), "--listen",
                        "127.0.0.1:0", "--mail", f"smtp://127.0.0.1:{mail.server_address[1]}", "--mail-from",
                        "Câmara de Vila <no-reply@vila.example>", "--sms",
                        f"http://127.0.0.1:{phone.server_address[1]}/messages", "--secrets", str(folder / "secrets"),
                        "--address", "https://vila.example"]
        self.open = urllib.request.build_opener(Stay)
        self.start()

    def start(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, text=True)
        self.base = re.search(r"http://\S+?(?=/ )", self.process.stdout.readline())[0]

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=20)

    def ask(self, path, form=None):
        data = urllib.parse.urlencode(form).encode() if form is not None else None
        try:
            answer = self.open.open(self.base + path, data, timeout=20)
        except urllib.error.HTTPError as error:
            answer = error
        return answer.status, answer.headers.get("Location"), answer.read().decode()

    def book(self, contact):
        """Holds the first free time and names somebody; the letter to confirm is owed then."""
        _, _, page = self.ask("/en/sites/shop/book?service=identity")
        start = re.search(r'name="start" value="(\d+)"', page)
        start = start or re.search(r'value="(\d{13})"', page)
        status, held, _ = self.ask("/en/sites/shop/book", {"service": "identity", "start": start[1]})
        assert status == 303, status
        status, _, page = self.ask(held + "/contact", {"name": "Inês", **contact})
        assert status == 303, page


def wait_for(what, truth, seconds=60):
    end = time.monotonic() + seconds
    while not truth():
        assert time.monotonic() < end, f"not within {seconds} s: {what}"
        time.sleep(0.1)


def text_of(mail):
    return mail.get_body(("plain",)).get_content()


def path_in(text, room):
    return re.search(r"https://vila\.example(/en/" + room + r"/\S+)", text)[1]


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


def lay_out(folder, rights_to_secrets):
    folder.mkdir()
    (folder / "town.yaml").write_text(MODEL)
    (folder / "secrets").write_text("sms-token = a token\n")
    os.chmod(folder / "secrets", rights_to_secrets)


def live(balcao, folder, check):
    """A town of its own with its own servers for mail and messages."""
    mail, phone = MailServer(), PhoneServer()
    lay_out(folder, 0o600)
    city = City(balcao, folder, mail, phone)
    try:
        check(city, mail, phone)
        assert city.stop() == 0
    finally:
        if city.process.poll() is None:
            city.kill()
    return len(mail.mails), len(phone.messages)


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
        # Most of the time is waited for the next try, so all towns wait at once.
        with concurrent.futures.ThreadPoolExecutor(len(SCENARIOS)) as pool:
            lives = {title: pool.submit(live, balcao, folder / title, check) for title, check in SCENARIOS}
        failed = {title: one.exception() for title, one in lives.items() if one.exception() is not None}
        for title, fault in failed.items():
            traceback.print_exception(fault)
            print(f"in the town “{title}”", file=sys.stderr)
        if failed:
            sys.exit(1)
        mails, messages = (sum(count) for count in zip(*(one.result() for one in lives.values())))
    print(f"{mails} letters and {messages} messages: all as they should be")


if __name__ == "__main__":
    main()
