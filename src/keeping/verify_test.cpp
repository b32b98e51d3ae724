#include "keeping/verify.hpp"

#include <algorithm>
#include <rapidcheck.h>

#include <doctest/doctest.h>

#include "base/temporary_folder.hpp"
#include "keeping/journal_test.hpp"

using namespace balcao;
using namespace balcao::keeping;

namespace {

std::vector<std::string> places(const Report& report) {
    std::vector<std::string> found;
    for (const auto& finding : report.findings)
        found.push_back(finding.where + ": " + finding.what);
    return found;
}

// A journal of thirty tickets whose notary came three times.
struct ThreeHeads : Journal {
    ThreeHeads() {
        give_out(1, 10);
        take();
        give_out(11, 20);
        take();
        give_out(21, 30);
        take();
    }

    [[nodiscard]] Report tampered(const std::function<void(std::vector<journal::Event>&)>& spoil) const {
        const Tampered spoilt{store, spoil};
        const auto report = verify({store, spoilt, log.verifier()}, {}, *known_kinds());
        REQUIRE(report);
        return *report;
    }
};

}  // namespace

TEST_CASE("a journal in order is verified whole: events, heads, halls, and what the notary has not seen") {
    ThreeHeads journal;
    journal.give_out(31, 32);
    const auto report = journal.checked();
    CHECK_MESSAGE(report.is_sound(), told(report));
    CHECK(report.logged == 30);
    CHECK(report.not_logged == 2);
    CHECK(report.heads == 3);
    CHECK(tells(report, "32 events in 1 stream\n"));
    CHECK(tells(report, "3 signed heads of the journal hold; the last is of 30 events"));
    CHECK(tells(report, "1 hall read event by event"));
    CHECK(tells(report, "Nothing is wrong."));
}

TEST_CASE("a journal without any event, and one that no notary has seen, are verified too") {
    Journal journal;
    CHECK(journal.checked().is_sound());
    journal.give_out(1, 2);
    CHECK(journal.checked().is_sound());
    CHECK(journal.checked().not_logged == 2);
}

TEST_CASE("a changed event is found, by its number and between the two heads that it stands between") {
    const ThreeHeads journal;
    const auto report = journal.tampered([](auto& events) { events[14].body = R"({"number": 99})"; });
    CHECK(report.heads == 1);
    const auto found = places(report);
    REQUIRE(found.size() == 2);
    CHECK(found[0].starts_with("events 11 to 20 of the log: they are not those that were signed"));
    CHECK(found[1] ==
          "event 15 of the log (site/shop/2026-01-05, its event 15): its text is not the one that the "
          "notary took into the log");
    CHECK(tells(report, "balcao restore"));
}

TEST_CASE(
    "TR-02 whatever is changed in whatever event of a journal is found, with the number of that event") {
    rc::check([] {
        Journal journal;
        std::uint32_t last = 0;
        const auto heads = *rc::gen::inRange(1, 6);
        for (int head = 0; head < heads; ++head) {
            const auto count = static_cast<std::uint32_t>(*rc::gen::inRange(1, 40));
            journal.give_out(last + 1, last + count);
            last += count;
            journal.take();
        }
        const auto place = static_cast<std::size_t>(*rc::gen::inRange(0, static_cast<int>(last)));
        const auto how = *rc::gen::inRange(0, 5);
        const Tampered spoilt{journal.store, [&](std::vector<journal::Event>& events) {
                                  journal::Event& event = events.at(place);
                                  if (how == 0) event.body.insert(event.body.size() - 1, " ");
                                  if (how == 1) event.at += std::chrono::milliseconds{1};
                                  if (how == 2) event.type += "x";
                                  if (how == 3)
                                      event.salt.front() = static_cast<char>(event.salt.front() ^ 1);
                                  if (how == 4)
                                      events.erase(events.begin() + static_cast<std::ptrdiff_t>(place));
                              }};
        const auto report = verify({journal.store, spoilt, journal.log.verifier()}, {}, *known_kinds());
        RC_ASSERT(report.has_value());
        RC_ASSERT(!report->is_sound());
        const std::string told_of = how == 4 && place + 1 == last
                                        ? "speaks of " + std::to_string(last) +
                                              " events, the journal holds " + std::to_string(last - 1)
                                        : "event " + std::to_string(place + 1);
        const auto found = places(*report);
        RC_ASSERT(std::ranges::any_of(
            found, [&](const std::string& one) { return one.find(told_of) != std::string::npos; }));
    });
}

TEST_CASE("an event that was taken out, and one that was put in, are found") {
    const ThreeHeads journal;
    const auto less = journal.tampered([](auto& events) { events.erase(events.begin() + 3); });
    CHECK(tells(less, "event 4 should come next, and 5 does"));
    CHECK(tells(less, "its last signed head speaks of 30 events, the journal holds 29"));
    const auto more = journal.tampered([](auto& events) { events.insert(events.begin() + 3, events[3]); });
    CHECK(tells(more, "event 5 should come next, and 4 does"));
    CHECK_FALSE(more.is_sound());
}

TEST_CASE("a hash that somebody changed is no changed event: it is told apart, and can be made anew") {
    ThreeHeads journal;
    const auto right = journal.store.at({2, 1});
    REQUIRE(journal.store.mend({{{2, 1}, merkle::leaf_hash("other")}}));
    const auto report = journal.checked();
    REQUIRE(report.findings.size() == 1);
    CHECK(tells(report, "1 of them do not fit the events, the first at level 2, number 1"));
    CHECK(tells(report, "balcao rebuild"));
    REQUIRE(report.wrong_hashes.size() == 1);
    REQUIRE(journal.store.mend(report.wrong_hashes));
    CHECK(journal.store.at({2, 1}) == right);
    CHECK(journal.checked().is_sound());
}

TEST_CASE("what a witness kept shows a log that was signed anew") {
    const TemporaryFolder folder;
    const auto file = folder.file("heads.txt");
    ThreeHeads journal;
    const auto heads = *journal.store.heads_after(0, 10);
    for (const auto& head : heads)
        CHECK(*add_to_witness(file, head));
    CHECK_FALSE(*add_to_witness(file, *journal.store.last_checkpoint()));
    const auto witnessed = read_witness(file);
    REQUIRE(witnessed);
    CHECK(witnessed->size() == 3);
    CHECK(witnessed->at(1).text == journal.store.heads_after(10, 1)->front());
    CHECK(journal.checked(*witnessed).witnessed == 3);

    // The keeper of the key writes history anew, with heads of its own.
    Journal other;
    other.give_out(1, 10);
    other.take();
    const auto report = other.checked(*witnessed);
    CHECK(report.heads == 1);
    CHECK(tells(report,
                "heads.txt, head 1: the first 10 events of the log are not those that this witness "
                "was shown"));
    CHECK(tells(report, "heads.txt, head 3: it speaks of 30 events, the log has 10: later events are gone"));
}

TEST_CASE("a folder of heads is a witness, too, and what is no head of this log is told") {
    const TemporaryFolder folder;
    ThreeHeads journal;
    const auto heads = folder.file("heads/");
    CHECK(*add_to_witness(heads, *journal.store.last_checkpoint()));
    CHECK(read_witness(heads)->size() == 1);
    CHECK(read_witness(heads)->front().where.ends_with("heads/head-30.txt, head 1"));
    const journal::Log of_others{journal.store, "balcao/other", signing_key_of(crypto::SecretKey::random())};
    const auto report =
        verify({journal.store, journal.store, of_others.verifier()}, *read_witness(heads), {});
    REQUIRE(report);
    CHECK(report->findings.size() == 2);
    CHECK(tells(*report, "The checkpoint is of the log \"balcao/town\"."));
}

TEST_CASE("what cannot have happened in a hall is found, also when every signature holds") {
    Journal journal;
    journal.give_out(1, 2);
    journal.give_out(2, 2);
    journal.take();
    const auto report = journal.checked();
    CHECK(report.heads == 1);
    CHECK(tells(report, "stream site/shop/2026-01-05: site/shop/2026-01-05 3: number 2 was given twice"));
}
