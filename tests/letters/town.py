"""A served city of one shop, with a mail server and a provider of messages to phones of its own: both small, and on
loopback."""
import base64
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
import threading
import time
import traceback
import urllib.error
import urllib.parse
import urllib.request

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

    def __init__(self, seal=None, is_sealed_at_once=False, accounts=None):
        """`seal`: its ssl.SSLContext, offered by STARTTLS, or `is_sealed_at_once`. `accounts`: who must sign in, as
        {name: password}; it would listen to that in clear, too."""
        super().__init__(("127.0.0.1", 0), MailConversation)
        self.seal, self.is_sealed_at_once, self.accounts = seal, is_sealed_at_once, accounts
        self.plan, self.seen, self.mails = [], [], []
        self.in_clear, self.how = [], []  # lines that anybody could have read; of each mail, whether sealed and whose
        self.conversations = 0
        threading.Thread(target=self.serve_forever, daemon=True).start()


class MailConversation(socketserver.StreamRequestHandler):
    timeout = 20

    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self):
        self.server.conversations += 1
        self.is_sealed, self.who = False, None
        try:
            if self.server.is_sealed_at_once:
                self.seal()
            if self.is_planned("greeting"):
                return self.refuse("554 no service for you")
            self.say("220 test")
            while self.command():
                pass
        except OSError:
            pass

    def seal(self):
        self.connection = self.server.seal.wrap_socket(self.connection, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", buffering=0)
        self.is_sealed = True

    def is_planned(self, step):
        return self.server.plan[:1] == [step]

    def refuse(self, line):
        self.server.seen.append((self.server.plan.pop(0), time.monotonic(), line))
        self.say(line)

    def command(self):
        line = self.rfile.readline().decode().strip()
        if not self.is_sealed:
            self.server.in_clear.append(line)
        verb = line.upper().split(" ")[0]
        if verb in ("", "QUIT"):
            return False
        if self.is_planned("greeting"):  # the next conversation begins with it
            return False
        if verb == "MAIL" and self.is_planned("sender"):
            self.refuse("550 not from you")
            return True
        if verb == "EHLO":
            return self.introduce()
        if verb == "STARTTLS":
            self.say("220 go on")
            self.seal()
            return True
        if verb == "AUTH":
            return self.sign_in(line)
        if verb == "MAIL" and self.server.accounts is not None and self.who is None:
            self.say("530 who are you")
            return True
        if verb == "DATA":
            return self.data()
        if verb == "RCPT" and self.server.plan and self.server.plan[0] in ("451", "550"):
            self.server.seen.append(("rcpt", time.monotonic(), line))
            self.say(self.server.plan.pop(0) + " not for ines@example.org")
            return True
        self.say("250 test" if verb in ("HELO", "MAIL", "RCPT", "RSET", "NOOP") else "502 no")
        return True

    def introduce(self):
        offers = ["test"]
        if self.server.seal is not None and not self.is_sealed:
            offers.append("STARTTLS")
        if self.server.accounts is not None:
            offers.append("AUTH PLAIN")
        for offer in offers[:-1]:
            self.say("250-" + offer)
        self.say("250 " + offers[-1])
        return True

    def sign_in(self, line):
        words = line.split(" ")
        if len(words) < 3:
            self.say("334 ")
            words.append(self.rfile.readline().decode().strip())
        _, name, password = base64.b64decode(words[2]).decode().split("\0")
        is_right = self.server.accounts.get(name) == password
        self.who = name if is_right else None
        self.server.seen.append(("sign-in", time.monotonic(), is_right))
        self.say("235 welcome" if is_right else "535 no")
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
            self.server.how.append((self.is_sealed, self.who))
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

    def __init__(self, balcao, folder, mail, phone, more):
        scheme = "smtps" if mail.is_sealed_at_once else "smtp"
        self.command = [balcao, "serve", str(folder / "town.yaml"), "--data", str(folder / "data"), "--listen",
                        "127.0.0.1:0", "--mail", f"{scheme}://localhost:{mail.server_address[1]}", "--mail-from",
                        "Câmara de Vila <no-reply@vila.example>", "--sms",
                        f"http://127.0.0.1:{phone.server_address[1]}/messages", "--secrets", str(folder / "secrets"),
                        "--address", "https://vila.example", *more]
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


def lay_out(folder, rights_to_secrets, more_secrets=""):
    folder.mkdir()
    (folder / "town.yaml").write_text(MODEL)
    (folder / "secrets").write_text("sms-token = a token\n" + more_secrets)
    os.chmod(folder / "secrets", rights_to_secrets)


def live(balcao, folder, check, mail=None, more=(), secrets=""):
    """A town of its own with its own servers for mail and messages."""
    mail, phone = mail or MailServer(), PhoneServer()
    lay_out(folder, 0o600, secrets)
    city = City(balcao, folder, mail, phone, more)
    try:
        check(city, mail, phone)
        assert city.stop() == 0
    finally:
        if city.process.poll() is None:
            city.kill()
    return len(mail.mails), len(phone.messages)


def live_all(lives):
    """The results of all of them, by title: most of the time is waited for the next try, so they wait at once. Ends the
    program with what was wrong in which town."""
    with concurrent.futures.ThreadPoolExecutor(len(lives)) as pool:
        lived = {title: pool.submit(one) for title, one in lives.items()}
    failed = {title: one.exception() for title, one in lived.items() if one.exception() is not None}
    for title, fault in failed.items():
        traceback.print_exception(fault)
        print(f"in the town “{title}”", file=sys.stderr)
    if failed:
        sys.exit(1)
    return [one.result() for one in lived.values()]
