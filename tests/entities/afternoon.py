#!/usr/bin/env python3
"""An entity that joins a city, by docs/entities.md and nothing else: what one has to write in an afternoon. It keeps what it
takes in one file, so that a key and its effect are written together or not at all.

    afternoon.py FILE [PORT] [TOKEN]      serves http://127.0.0.1:PORT/requests until it is stopped; says where
"""
import hashlib
import json
import sqlite3
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

FILE, PORT, TOKEN = sys.argv[1], int((sys.argv[2:] or [0])[0]), (sys.argv[3:] or [""])[0]
TABLE = """create table if not exists taken (key text primary key, reference integer unique, undoes integer, hash text,
           state text, at text default (strftime('%Y-%m-%dT%H:%M:%SZ')), body text)"""


class Entity(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self, code, **members):
        body = json.dumps(members).encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/json" if code < 400 else "application/problem+json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def refuse(self, status, detail, **members):
        self.close_connection = True
        self.answer(status, status=status, detail=detail, **members)

    def row(self, taken, status):
        self.answer(status, key=taken[0], reference=str(taken[1]), state=taken[2])

    def do_POST(self):
        length = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(length)
        if len(body) < length:
            return  # cut off in the middle: nothing is done
        key = self.headers.get("Idempotency-Key", "")
        if TOKEN and self.headers.get("Authorization") != f"Bearer {TOKEN}":
            return self.refuse(401, "The token is not known.")
        try:
            data = json.loads(body)
        except ValueError:
            data = None
        if not key or not isinstance(data, dict):
            return self.refuse(400, "An Idempotency-Key and an object of JSON are needed.")
        path = urlsplit(self.path).path.split("/")
        undoes = int(path[2]) if len(path) == 4 and path[3] == "undo" and path[2].isdigit() else None
        if len(path) != 2 and undoes is None:
            return self.refuse(404, "Nothing has that reference.", key=key)
        with sqlite3.connect(FILE, isolation_level=None) as db:
            db.execute("begin immediate")  # one at a time, from looking to writing
            db.execute(TABLE)
            digest = hashlib.sha256(self.path.encode() + body).hexdigest()
            before = db.execute("select key, reference, state, hash from taken where key = ?", (key,)).fetchone()
            if before:
                return self.row(before, 200) if before[3] == digest else self.refuse(409, "That key had another body.")
            if undoes is not None and not db.execute("update taken set state = 'undone' where reference = ?",
                                                     (undoes,)).rowcount:
                return self.refuse(404, "Nothing has that reference.", key=key)
            db.execute("insert into taken (key, reference, undoes, hash, state, body) values (?, (select "
                       "coalesce(max(reference), 0) + 1 from taken), ?, ?, ?, ?)",
                       (key, undoes, digest, "concluded" if undoes else "accepted", body.decode()))
            taken = db.execute("select key, reference, state from taken where key = ?", (key,)).fetchone()
        self.row(taken, 201)

    def do_GET(self):
        query = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        with sqlite3.connect(FILE) as db:
            db.execute(TABLE)
            if "key" in query:
                taken = db.execute("select key, reference, state from taken where key = ?", (query["key"],)).fetchone()
                return self.row(taken, 200) if taken else self.refuse(404, "Not here.", key=query["key"])
            rows = db.execute("select key, reference, state from taken where undoes is null and at >= ? order by at",
                              (query.get("since", ""),)).fetchall()
        self.answer(200, requests=[{"key": key, "reference": str(number), "state": state} for key, number, state in rows])

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", PORT), Entity)
    print(f"http://127.0.0.1:{server.server_port}/requests", flush=True)
    server.serve_forever()
