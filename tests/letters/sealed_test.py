#!/usr/bin/env python3
"""Letters over TLS (RFC 3207, RFC 8314) and with a password (RFC 4954): sealed where it can be, and a password said to
nobody but the server that was meant.

    sealed_test.py BALCAO      exit status 0: all of it held; 1: what did not was printed
"""
import functools
import os
import ssl
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from town import MailServer, live, live_all, wait_for

ACCOUNTS = {"vila": "correio seguro"}
SECRETS = "mail-user = vila\nmail-password = correio seguro\n"


class Certificate:
    """Of a server, vouched for by nobody but itself."""

    def __init__(self, folder, name):
        self.file, self.key = folder / f"{name}.pem", folder / f"{name}.key"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                        "-keyout", self.key, "-out", self.file, "-subj", f"/CN={name}", "-addext",
                        f"subjectAltName=DNS:{name}", "-days", "2"], check=True, capture_output=True, timeout=60)

    def context(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.file, self.key)
        return context

    def option(self):
        return ["--mail-authority", str(self.file)]


def check_arrives(who):
    def check(city, mail, _):
        city.book({"mail": "ines@example.org"})
        wait_for("the letter", lambda: len(mail.mails) == 1, 150)
        assert mail.how == [(True, who)], mail.how
        check_nothing_in_clear(mail)
    return check


def check_nothing_in_clear(mail):
    heard = "\n".join(mail.in_clear).upper()
    assert "AUTH" not in heard and "MAIL FROM" not in heard and "RCPT" not in heard, heard


def check_held_back(city, mail, _):
    """The server is asked, and hears neither who the city is nor for whom the letter is."""
    city.book({"mail": "ines@example.org"})
    wait_for("a first conversation", lambda: mail.conversations > 0)
    time.sleep(3)
    assert mail.mails == [] and mail.seen == []
    check_nothing_in_clear(mail)


def check_wrong_password(city, mail, _):
    right = dict(mail.accounts)
    mail.accounts["vila"] = "another"
    city.book({"mail": "ines@example.org"})
    wait_for("a sign-in that is refused", lambda: any(entry[0] == "sign-in" and not entry[2] for entry in mail.seen))
    assert mail.mails == []
    mail.accounts.update(right)
    wait_for("the letter after the password was put right", lambda: len(mail.mails) == 1, 150)
    assert mail.how == [(True, "vila")]


def scenarios(folder):
    ours, others = Certificate(folder, "localhost"), Certificate(folder, "elsewhere.example")
    known = {"secrets": SECRETS}
    server = MailServer
    return {
        "no password, a certificate of nobody": (check_arrives(None), server(others.context()), {}),
        "password": (check_arrives("vila"), server(ours.context(), accounts=dict(ACCOUNTS)), {**known, "more": ours.option()}),
        "from the first byte": (check_arrives("vila"), server(ours.context(), True, dict(ACCOUNTS)),
                                {**known, "more": ours.option()}),
        "wrong password": (check_wrong_password, server(ours.context(), accounts=dict(ACCOUNTS)),
                           {**known, "more": ours.option()}),
        "password, no seal offered": (check_held_back, server(accounts=dict(ACCOUNTS)), known),
        "password, a certificate of nobody": (check_held_back, server(ours.context(), accounts=dict(ACCOUNTS)), known),
        "password, a certificate of another": (check_held_back, server(others.context(), accounts=dict(ACCOUNTS)),
                                               {**known, "more": others.option()}),
        "from the first byte, a certificate of nobody": (check_held_back, server(ours.context(), True), {}),
    }


def main():
    balcao = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        towns = {title: functools.partial(live, balcao, folder / title, check, mail, **how)
                 for title, (check, mail, how) in scenarios(folder).items()}
        lived = live_all(towns)
    print(f"{sum(mails for mails, _ in lived)} letters, each sealed; {len(lived)} towns")


if __name__ == "__main__":
    main()
