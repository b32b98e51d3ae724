#!/usr/bin/env python3
"""Copies of sources with bugs in them that a rehearsal must catch, each asleep until it is asked for by name.

    planted.py names                  the names, one a line
    planted.py files                  the sources that get bugs, one a line
    planted.py write SOURCE COPY      that copy

A bug whose place is not found exactly once fails the build: it is to be planted anew where the code went.
"""
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ASK = 'balcao::rehearsal::is_planted("{}")'

# name, source, what stands there, what stands there with the bug (PLANTED is true when it is awake)
BUGS = [
    ("version-not-checked", "src/journal/memory_store.cpp",
     "if (version != writing.expected) return true;",
     "if (!PLANTED && version != writing.expected) return true;"),
    ("commits-half-written", "src/journal/memory_store.cpp",
     "    for (const auto& writing : commit.writings) {\n        for (const auto& event : writing.events) {",
     "    for (const auto& writing : commit.writings) {\n"
     "        if (PLANTED && &writing != &commit.writings.front()) break;\n"
     "        for (const auto& event : writing.events) {"),
    ("built-on-what-failed", "src/office/room.cpp",
     "writing.after = ahead_salt_;",
     "if (!PLANTED) writing.after = ahead_salt_;"),
    ("answer-before-durable", "src/office/room.cpp",
     "    submit(flight);\n}",
     "    auto early = PLANTED ? std::exchange(flight->answered, {}) : std::vector<Answered>{};\n"
     "    for (auto& one : early)\n"
     "        outbox_.push_back([reply = flight->reply, one = std::move(one)] { one(reply); });\n"
     "    submit(flight);\n}"),
    ("conflict-taken-for-written", "src/office/room.cpp",
     "                must_recover_ = true;\n                again_.push_back(flight);",
     "                must_recover_ = true;\n"
     "                if (PLANTED) {\n"
     "                    finish(flight);\n"
     "                    break;\n"
     "                }\n"
     "                again_.push_back(flight);"),
    ("failure-taken-for-written", "src/office/room.cpp",
     "                must_recover_ = true;\n                flight->reply = Unavailable{};\n                finish(flight);",
     "                must_recover_ = true;\n"
     "                if (!PLANTED) flight->reply = Unavailable{};\n"
     "                finish(flight);"),
    ("key-of-command-forgotten", "src/office/room.cpp",
     "commit.command = flight->key;",
     "if (!PLANTED) commit.command = flight->key;"),
    ("repeated-answered-anew", "src/office/room.cpp",
     "                flight->reply = Unavailable{};\n                if (answer && *answer)",
     "                if (!PLANTED) flight->reply = Unavailable{};\n                if (!PLANTED && answer && *answer)"),
    ("decided-on-what-is-durable-only", "src/office/room.cpp",
     "return decide(ahead_,",
     "return decide(PLANTED ? known_ : ahead_,"),
    ("time-goes-back", "src/office/room.cpp",
     "const Instant at = std::max(clock_.now(), ahead_.last_at());",
     "const Instant at = PLANTED ? clock_.now() : std::max(clock_.now(), ahead_.last_at());"),
    ("news-not-read", "src/office/room.cpp",
     "if (!flying_.empty()) return {};  // what others wrote",
     "if (PLANTED || !flying_.empty()) return {};  // what others wrote"),
    ("desk-calls-while-it-serves", "src/office/call.cpp",
     "    if (auto refusal = refuse_unless_free(hall, command.desk)) return *refusal;\n    // Who was sent",
     "    if (auto refusal = refuse_unless_free(hall, command.desk); refusal && !PLANTED) return *refusal;\n"
     "    // Who was sent"),
    ("holds-lapse-by-ones-own-clock", "src/booking/commit.cpp",
     "draft.set_time(clock_.now(), scope.days);",
     "draft.set_time(clock_.now(), PLANTED ? std::vector<DayName>{} : scope.days);"),
    ("place-sold-though-taken", "src/booking/place.cpp",
     "auto decision = rules::may_book(there.plan(), days, there.taken_on(date), asked, wish);",
     "auto decision = rules::may_book(\n"
     "        there.plan(), days,\n"
     "        PLANTED ? std::decay_t<decltype(there.taken_on(date))>{} : there.taken_on(date), asked, wish);"),
    ("every-form-is-a-new-one", "src/web/shared.cpp",
     'return is_ours ? "form/" + std::string{key}',
     'return is_ours && !PLANTED ? "form/" + std::string{key}'),
]


def planted(source):
    text = (ROOT / source).read_text()
    for name, where, before, after in BUGS:
        if where != source:
            continue
        if text.count(before) != 1:
            sys.exit(f"{source}: the place of '{name}' is found {text.count(before)} times")
        text = text.replace(before, after.replace("PLANTED", ASK.format(name)))
    return text


def main():
    if sys.argv[1:] == ["names"]:
        print("\n".join(bug[0] for bug in BUGS))
    elif sys.argv[1:] == ["files"]:
        print("\n".join(sorted({bug[1] for bug in BUGS})))
    elif sys.argv[1:2] == ["write"] and len(sys.argv) == 4:
        Path(sys.argv[3]).parent.mkdir(parents=True, exist_ok=True)
        Path(sys.argv[3]).write_text(planted(sys.argv[2]))
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
