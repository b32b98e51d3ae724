#!/usr/bin/env python3
"""A server is killed again and again while citizens and an attendant work with it, and nothing acknowledged is lost.

    kill_test.py BALCAO [KILLS]          on a journal in SQLite
    kill_test.py BALCAO KILLS --postgres two servers on one PostgreSQL database, killed in turn; the database server is
                                         one of its own in a folder for the moment (Debian's postgresql-15)

Clients send forms as a browser does, each with a key of its own, and note what was acknowledged (303). A form without
an answer is sent again with the same key until there is one. Afterwards the journal is asked: every acknowledged
command and ticket is there, no number was given twice, none is left out, and `balcao verify` finds nothing wrong.
"""
import argparse
import http.client
import json
import os
import random
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from pathlib import Path

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PASSWORD = "quatro casas verdes hoje"
MODEL = """balcao: 1
name: Town
time_zone: UTC
first_day: 2026-01-05
services: {identity: {duration: 6 min}, tax: {duration: 6 min}}
sites:
  shop:
    open: always
    tickets: {first: 1, last: 99999}
    desks: {both: {count: 2, serves: [identity, tax]}}
demand: [{site: shop, service: identity, arrivals: {poisson: 5 per hour}}]
"""


class Database:
    """A PostgreSQL server that is reached by a socket in its folder only, and goes with it."""

    PROGRAMS = Path("/usr/lib/postgresql/15/bin")

    def __init__(self, folder):
        self.folder = folder / "postgres"
        self.folder.mkdir()
        folder.chmod(0o755)
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
        self.run("initdb", "-U", "balcao", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        self.run("pg_ctl", "-w", "-o", f"-c listen_addresses= -c unix_socket_directories={self.folder}",
                 "-l", f"{self.folder}/log", "start")
        self.url = f"postgresql://balcao@/postgres?host={self.folder}"

    def run(self, program, *words):
        as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"] if os.geteuid() == 0 else []
        command = as_user + [self.PROGRAMS / program, "-D", self.folder / "data", *words]
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd="/", text=True)
        if done.returncode != 0:
            sys.exit(f"{program}: {done.stderr}")

    def stop(self):
        self.run("pg_ctl", "-m", "immediate", "stop")


def new_key():
    return "".join(secrets.choice(LETTERS) for _ in range(26))


class Server:
    """One server process, which is killed and started anew on the same journal and port."""

    def __init__(self, balcao, model, data, database):
        self.command = [balcao, "serve", model, "--data", data, "--limit", "off"]  # one client here is a whole city
        if database:
            self.command += ["--database", database]
        self.port = 0
        self.founding = None
        self.starts = []
        self.start()

    def start(self):
        began = time.monotonic()
        self.process = subprocess.Popen(self.command + ["--listen", f"127.0.0.1:{self.port}"], stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
        if not found:
            sys.exit(f"the server did not start: {line}{self.process.stderr.read()}")
        self.port = int(found[1])
        self.starts.append(time.monotonic() - began)

    def read_founding(self):
        self.founding = re.search(r"(/\w\w/found/\S+)", self.process.stdout.readline())[1]

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        _, errors = self.process.communicate(timeout=20)
        return self.process.returncode, errors


class Client:
    """A browser without scripts, which goes on to the next server when one does not answer."""

    def __init__(self, servers, cookie=""):
        self.servers = servers
        self.cookie = cookie
        self.line = None

    def send(self, method, path, form=None):
        """Status, location and body; nothing when no answer came."""
        headers = {"Content-Type": "application/x-www-form-urlencoded"} if form is not None else {}
        if self.cookie:
            headers["Cookie"] = self.cookie
        try:
            if self.line is None:
                self.line = http.client.HTTPConnection("127.0.0.1", random.choice(self.servers).port, timeout=10)
            self.line.request(method, path, urllib.parse.urlencode(form) if form is not None else None, headers)
            answer = self.line.getresponse()
            body = answer.read().decode()
            found = answer.getheader("Set-Cookie")
            if found and "session" in found:
                self.cookie = found.split(";")[0]
            return answer.status, answer.getheader("Location") or "", body
        except (OSError, http.client.HTTPException):
            if self.line:
                self.line.close()
            self.line = None
            return None


class Load:
    """What clients do until they are told to stop, and what was acknowledged to them."""

    def __init__(self, servers, cookie):
        self.servers = servers
        self.cookie = cookie
        self.stops = threading.Event()
        self.lock = threading.Lock()
        self.commands = []    # acknowledged keys
        self.tickets = {}     # key: (site, date, number)
        self.repeated = 0     # answers that came only when the form was sent again
        self.wrong = []

    def until_answered(self, client, path, form):
        """Sends the same form until it is answered; 503 is an answer that says try again."""
        tries = 0
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            answer = client.send("POST", path, form)
            tries += 1
            if answer is None or answer[0] == 503:
                time.sleep(0.01)
                continue
            if tries > 1:
                with self.lock:
                    self.repeated += 1
            return answer
        self.wrong.append(f"{path} was not answered for 30 s")
        return None

    def citizen(self):
        client = Client(self.servers)
        while not self.stops.is_set():
            key = new_key()
            answer = self.until_answered(client, "/pt/sites/shop/tickets",
                                         {"key": key, "service": random.choice(["identity", "tax"])})
            if answer is None or answer[0] != 303:
                self.wrong.append(f"a ticket was answered with {answer and answer[0]}")
                return
            name = urllib.parse.unquote(answer[1].rsplit("/", 1)[1]).split(".")
            with self.lock:
                self.commands.append("form/" + key)
                self.tickets[key] = (name[0], name[1], int(name[2]))
            if random.random() < 0.2:
                self.command(client, f"{answer[1]}/leave")

    def command(self, client, path, form=None):
        key = new_key()
        answer = self.until_answered(client, path, {"key": key, **(form or {})})
        if answer is not None and answer[0] == 303 and "/sign-in" not in answer[1]:
            with self.lock:
                self.commands.append("form/" + key)
        return answer

    def attendant(self):
        client = Client(self.servers, self.cookie)
        verbs = ["open", "next", "start", "finish"]
        place = 0
        while not self.stops.is_set():
            verb = verbs[place]
            answer = self.command(client, f"/pt/desk/shop/both-1/{verb}")
            if answer is not None and answer[0] not in (303, 409, 404, 422):
                self.wrong.append(f"{verb} was answered with {answer[0]}")
            place = place % 3 + 1


def found_account(server):
    server.read_founding()
    client = Client([server])
    made = client.send("POST", server.founding, {"key": new_key(), "name": "Ana", "sign-in-name": "ana",
                                                 "password": PASSWORD})
    assert made and made[0] == 303, made
    signed_in = client.send("POST", "/pt/sign-in", {"sign-in-name": "ana", "password": PASSWORD})
    assert signed_in and signed_in[0] == 303 and client.cookie, signed_in
    return client.cookie


def lines_of_backup(balcao, where, folder):
    """Everything that the journal holds: the lines of a backup, by their kind."""
    out = folder / "all.backup"
    made = subprocess.run([balcao, "backup", *where, "--out", out], capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    lines = {}
    with out.open() as file:
        for line in file:
            values = json.loads(line)
            if isinstance(values, list):
                lines.setdefault(values[0], []).append(values[1:])
    return lines


def audit(balcao, where, folder, load):
    lines = lines_of_backup(balcao, where, folder)
    answers = {key for key, _ in lines["answer"]}
    lost = [key for key in load.commands if key not in answers]
    given = {}
    for stream, _, _, kind, body, _ in lines["event"]:
        if kind == "visit-begun":
            given.setdefault(stream, []).append(json.loads(body)["number"])
    for stream, numbers in given.items():
        if numbers != list(range(1, len(numbers) + 1)):
            load.wrong.append(f"{stream}: numbers are not 1 to {len(numbers)}, each once and in order")
    tickets = list(load.tickets.values())
    if len(set(tickets)) != len(tickets):
        load.wrong.append("two forms were given the same ticket")
    sets = {stream: set(numbers) for stream, numbers in given.items()}
    missing = [ticket for ticket in tickets if ticket[2] not in sets.get(f"site/{ticket[0]}/{ticket[1]}", ())]
    if lost or missing:
        load.wrong.append(f"acknowledged and lost: {len(lost)} commands, {len(missing)} tickets")
    return len(lines["event"])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("balcao")
    parser.add_argument("kills", nargs="?", type=int, default=20)
    parser.add_argument("--postgres", action="store_true", help="two servers on one PostgreSQL database")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="balcao-kill-") as name:
        folder = Path(name)
        model = folder / "town.yaml"
        model.write_text(MODEL)
        data = folder / "data"
        database = Database(folder) if options.postgres else None
        url = database.url if database else ""
        where = ["--data", data] + (["--database", url] if url else [])
        servers = []
        try:
            servers.append(Server(options.balcao, model, data, url))
            cookie = found_account(servers[0])
            if options.postgres:
                servers.append(Server(options.balcao, model, data, url))
            load = Load(servers, cookie)
            threads = [threading.Thread(target=load.citizen) for _ in range(6)]
            threads.append(threading.Thread(target=load.attendant))
            for thread in threads:
                thread.start()
            for count in range(options.kills):
                time.sleep(random.uniform(0.1, 0.5))
                server = servers[count % len(servers)]
                server.kill()
                server.start()
            time.sleep(0.3)
            load.stops.set()
            for thread in threads:
                thread.join()
            for server in servers:
                status, errors = server.stop()
                if status != 0 or errors:
                    load.wrong.append(f"the last server ended with {status}: {errors}")
            verified = subprocess.run([options.balcao, "verify", *where], capture_output=True, text=True)
            if verified.returncode != 0:
                load.wrong.append(verified.stdout + verified.stderr)
            events = audit(options.balcao, where, folder, load)
        finally:
            for server in servers:
                if server.process.poll() is None:
                    server.kill()
            if database:
                database.stop()
        starts = sorted(start for server in servers for start in server.starts)
        print(f"killed {options.kills} times; {len(load.commands)} commands acknowledged, of them "
              f"{len(load.tickets)} tickets, {load.repeated} only when sent again; {events} events; "
              f"a start took {starts[len(starts) // 2]:.2f} s, at most {starts[-1]:.2f} s")
        if len(load.commands) < options.kills or load.repeated == 0:
            load.wrong.append("there was too little load for the kills to hit anything")
        for wrong in load.wrong:
            print(f"failed: {wrong}", file=sys.stderr)
        sys.exit(1 if load.wrong else 0)


if __name__ == "__main__":
    main()
