// Letters that are owed: each carried by one server at a time until it is delivered, whatever dies on the
// way.
#include "letters/outbox.hpp"

#include <deque>

#include <doctest/doctest.h>

#include "base/set_clock.hpp"
#include "journal/memory_store.hpp"

using namespace balcao;
using namespace balcao::letters;
using namespace std::chrono_literals;

namespace {

const Instant begin{std::chrono::sys_days{std::chrono::year{2026} / 11 / 20} + 9h};

const model::SiteKey shop{"shop"};

model::Model city() {
    model::Model model;
    model.time_zone = "Europe/Lisbon";
    model::Service service;
    service.key = model::ServiceKey{"identity"};
    model.services.push_back(service);
    auto& site = model.sites.emplace_back();
    site.key = shop;
    site.open.weekly = {{WeekdaySet::every_day(), {TimeRange{0, 1440}}}};
    model::DeskGroup desks;
    desks.key = model::DeskKey{"desks"};
    desks.count = 3;
    desks.serves = {{service.key}};
    site.desks.push_back(desks);
    auto& window = site.appointments.windows.emplace_back();
    window.key = model::WindowKey{"day"};
    window.hours = {TimeRange{540, 720}};
    window.slot = std::chrono::minutes{20};
    window.places = 2;
    return model;
}

// Takes letters and answers as it was told, at last "delivered".
class Hand final : public Carrier {
public:
    Delivery carry(const Message& message) override {
        carried.push_back(message);
        if (answers.empty()) return {};
        const Delivery answer = answers.front();
        answers.pop_front();
        return answer;
    }

    [[nodiscard]] bool is_open_for(const Message& message) const override {
        return is_open && (is_mail_open || message.mail.empty());
    }

    std::deque<Delivery> answers;
    std::vector<Message> carried;
    bool is_open = true;
    bool is_mail_open = true;
};

// Of which each answer "away" closes the way.
class Closing final : public Carrier {
public:
    explicit Closing(Hand& hand) : hand_{hand} {}

    [[nodiscard]] bool is_open_for(const Message& message) const override {
        return hand_.is_open_for(message);
    }

    Delivery carry(const Message& message) override {
        auto delivery = hand_.carry(message);
        if (delivery.outcome == Outcome::away)
            (message.mail.empty() ? hand_.is_open : hand_.is_mail_open) = false;
        return delivery;
    }

private:
    Hand& hand_;
};

struct Town {
    SetClock clock{begin};
    journal::MemoryStore store;
    crypto::SecretKey key = *crypto::SecretKey::from(std::string(32, 'i'));
    model::Model model = city();
    std::unique_ptr<booking::Bookings> bookings = open_bookings();
    Outbox outbox{store, clock, key};
    Hand hand;
    std::vector<Kind> kinds;

    std::unique_ptr<booking::Bookings> open_bookings() {
        booking::Settings settings;
        settings.tells_of_cancelling = true;
        auto opened = booking::Bookings::open(store, clock, key, model, settings);
        REQUIRE(opened.has_value());
        return *std::move(opened);
    }

    Written write(const Owed& owed, const std::optional<booking::Contact>& contact) {
        kinds.push_back(owed.kind);
        Message message;
        message.id = owed.id;
        if (contact) {
            message.mail = contact->mail;
            message.phone = contact->phone;
            return message;
        }
        const auto found = bookings->find(owed.booking, booking::People::with_links);
        const auto* appointment = std::get_if<booking::Appointment>(&found);
        if (appointment == nullptr) return NotNow{};
        if (!appointment->contact) return Unneeded{};
        message.mail = appointment->contact->mail;
        return message;
    }

    std::size_t carry(Outbox& by) {
        while (true) {
            const auto taken = by.catch_up(100);
            REQUIRE(taken.has_value());
            if (*taken == 0) break;
        }
        Closing closing{hand};
        const auto carried =
            by.carry_due([&](const Owed& owed,
                             const std::optional<booking::Contact>& contact) { return write(owed, contact); },
                         closing, [] { return false; });
        REQUIRE(carried.has_value());
        return *carried;
    }

    std::size_t carry() { return carry(outbox); }

    booking::Slip book(int day = 24) {
        booking::Wanted wanted;
        wanted.site = shop;
        wanted.services = {model::ServiceKey{"identity"}};
        wanted.start = std::chrono::sys_days{std::chrono::year{2026} / 11 / day} + 9h;
        const auto held = std::get<booking::Slip>(bookings->hold(wanted, ""));
        const auto named = std::get<booking::Slip>(bookings->give_contact(
            booking::ByLink{held.link}, {"Inês", "ines@example.org", "", "", "pt"}, ""));
        return named;
    }

    booking::Slip book_and_confirm(int day = 24) {
        const auto named = book(day);
        return std::get<booking::Slip>(bookings->confirm(booking::ByLink{named.confirmation}, ""));
    }
};

}  // namespace

TEST_CASE("naming, confirming, moving and cancelling an appointment each owe one letter, carried once") {
    Town town;
    const auto named = town.book();
    CHECK(town.carry() == 1);
    const auto confirmed =
        std::get<booking::Slip>(town.bookings->confirm(booking::ByLink{named.confirmation}, ""));
    CHECK(town.carry() == 1);
    const auto moved = std::get<booking::Slip>(
        town.bookings->move(booking::ByLink{confirmed.link}, {shop, confirmed.start + 20min, {}}, ""));
    CHECK(town.carry() == 1);
    REQUIRE(std::holds_alternative<booking::Slip>(
        town.bookings->cancel(booking::ByLink{moved.link}, booking::CancelReason{}, "")));
    CHECK(town.carry() == 1);
    CHECK(town.kinds == std::vector{Kind::confirm, Kind::confirmed, Kind::moved, Kind::cancelled});
    for (const auto& message : town.hand.carried)
        CHECK(message.mail == "ines@example.org");
    CHECK(town.carry() == 0);
    CHECK(town.outbox.waiting() == 0);
    // A server that starts now reads the same journal and owes nothing.
    Outbox fresh{town.store, town.clock, town.key};
    CHECK(town.carry(fresh) == 0);
    CHECK(fresh.waiting() == 0);
}

TEST_CASE("who a cancelled appointment was for is known no longer than the letter that tells of it") {
    Town town;
    const auto mine = town.book_and_confirm();
    town.carry();
    REQUIRE(std::holds_alternative<booking::Slip>(
        town.bookings->cancel(booking::ByLink{mine.link}, booking::CancelReason{}, "")));
    const auto read = town.store.read("book/shop/2026-11-24", 0);
    REQUIRE(read.has_value());
    const auto decoded = booking::decode_book(read->back());
    REQUIRE(decoded.has_value());
    const auto cancelled = std::get<booking::BookingCancelled>(*decoded);
    CHECK(read->back().body.find("ines@") == std::string::npos);
    CHECK((*town.store.key_of(cancelled.person.text())).has_value());
    CHECK(town.carry() == 1);
    CHECK_FALSE((*town.store.key_of(cancelled.person.text())).has_value());
}

TEST_CASE("a letter that cannot be carried now comes again later each time, under the same name") {
    Town town;
    town.book_and_confirm();
    town.hand.answers = {{Outcome::not_now, "451"}, {Outcome::not_now, "451"}};
    std::vector<Instant> tries;
    town.kinds.clear();
    for (int second = 0; second < 600; second += 5) {
        const auto before = town.hand.carried.size();
        town.carry();
        if (town.hand.carried.size() > before) tries.push_back(town.clock.now());
        town.clock.pass(5s);
    }
    // Two letters are owed; the first of them was the one to confirm and both were put off once.
    REQUIRE(town.hand.carried.size() == 4);
    CHECK(town.outbox.waiting() == 0);
    REQUIRE(tries.size() >= 2);
    CHECK(tries[1] - tries[0] >= 15s);
    CHECK(tries[1] - tries[0] <= 30s);
    std::map<std::string, int> names;
    for (const auto& message : town.hand.carried)
        ++names[message.id.text()];
    CHECK(names.size() == 2);
    for (const auto& [name, times] : names)
        CHECK(times == 2);
}

TEST_CASE("a letter that is refused waits for staff, who try again or set it aside") {
    Town town;
    town.book_and_confirm();
    town.hand.answers = {{Outcome::refused, "550"}, {Outcome::refused, "550"}};
    CHECK(town.carry() == 0);
    CHECK(town.carry() == 0);
    CHECK(town.hand.carried.size() == 2);  // no third try by itself
    const auto failed = town.outbox.undelivered();
    REQUIRE(failed.size() == 2);
    CHECK(failed[0].why == "550");
    CHECK(failed[0].owed.site == shop);
    const booking::ClerkKey clerk{"clerk-1"};
    CHECK(*town.outbox.try_again(failed[0].owed.id, clerk));
    CHECK(*town.outbox.set_aside(failed[1].owed.id, clerk));
    CHECK_FALSE(*town.outbox.set_aside(failed[1].owed.id, clerk));
    CHECK(town.carry() == 1);
    CHECK(town.outbox.undelivered().empty());
    CHECK(town.outbox.waiting() == 0);
}

TEST_CASE("two servers do not both carry a letter; when one dies while it does, the other carries it later") {
    Town town;
    town.book();
    Outbox other{town.store, town.clock, town.key};
    REQUIRE(town.outbox.catch_up(1000).has_value());
    REQUIRE(other.catch_up(1000).has_value());

    // Both know that it is owed; the first one has it in its hand while the second comes.
    class Slow final : public Carrier {
    public:
        Slow(Town& town, Outbox& second) : town_{town}, second_{second} {}

        Delivery carry(const Message&) override {
            CHECK(town_.carry(second_) == 0);
            return {Outcome::not_now, "killed"};
        }

    private:
        Town& town_;
        Outbox& second_;
    } slow{town, other};

    town.store.set_broken(false);
    const auto write = [&](const Owed& owed, const std::optional<booking::Contact>& contact) {
        const auto written = town.write(owed, contact);
        return written;
    };

    // The first dies before it can say what came of it: its disk takes nothing more.
    class Dying final : public Carrier {
    public:
        Dying(Town& town, Carrier& slow) : town_{town}, slow_{slow} {}

        Delivery carry(const Message& message) override {
            const auto answer = slow_.carry(message);
            town_.store.set_broken(true);
            return answer;
        }

    private:
        Town& town_;
        Carrier& slow_;
    } dying{town, slow};

    CHECK_FALSE(town.outbox.carry_due(write, dying, [] { return false; }).has_value());
    town.store.set_broken(false);
    CHECK(town.hand.carried.empty());
    CHECK(town.carry(other) == 0);
    town.clock.pass(6min);
    CHECK(town.carry(other) == 1);
    CHECK(town.hand.carried.size() == 1);
    CHECK(town.carry() == 0);
    CHECK(town.outbox.waiting() == 0);
}

TEST_CASE(
    "while nobody can be written to one letter is tried, not all; what comes too late is told to staff") {
    Town town;
    for (int day = 24; day < 28; ++day)
        town.book_and_confirm(day);
    town.hand.answers = {{Outcome::away, "7"}};
    town.carry();
    CHECK(town.hand.carried.size() == 1);
    town.clock.pass(5s);
    town.carry();
    CHECK(town.hand.carried.size() == 1);
    town.clock.pass(80h);
    town.carry();
    CHECK(town.hand.carried.size() == 1);
    CHECK(town.outbox.undelivered().size() == 8);
    town.clock.pass(15 * 24h);
    town.carry();
    CHECK(town.outbox.waiting() == 0);
}

TEST_CASE("while mail is away messages to phones go out, and mail follows once its way is open again") {
    Town town;
    for (int day = 24; day < 28; ++day)
        town.book(day);
    const booking::Contact rui{"-", "", "912 345 678", "", "pt"};
    town.clock.pass(1s);
    REQUIRE(town.outbox.ask_links(rui, town.bookings->address_mark_of(rui.phone)).has_value());
    town.hand.answers = {{Outcome::away, "timeout"}};
    CHECK(town.carry() == 1);
    REQUIRE(town.hand.carried.size() == 2);
    CHECK(town.hand.carried.back().phone == "912 345 678");
    town.clock.pass(30s);
    town.hand.is_mail_open = true;
    CHECK(town.carry() == 4);
    CHECK(town.outbox.waiting() == 0);
}

TEST_CASE("a request to confirm is tried until shortly before the place is given back") {
    Town town;
    const Instant until = town.book().until;
    for (int times = 0; times < 100; ++times)
        town.hand.answers.push_back({Outcome::not_now, "451"});
    Instant last{};
    for (; town.outbox.undelivered().empty() && town.clock.now() < until + 1h; town.clock.pass(1s)) {
        const auto before = town.hand.carried.size();
        town.carry();
        if (town.hand.carried.size() > before) last = town.clock.now();
    }
    CHECK(until - last <= 20s);
    CHECK(until - last > 0s);
    CHECK(town.outbox.undelivered().size() == 1);
}

TEST_CASE("who booked in time is reminded once, so long before as the model says") {
    Town town;
    const auto mine = town.book_and_confirm();
    town.carry();
    town.kinds.clear();
    const auto remind = [&] {
        REQUIRE(Outbox::remind(*town.bookings, town.model, town.clock.now()).has_value());
        return town.carry();
    };
    town.clock.set(mine.start - 25h);
    CHECK(remind() == 0);
    town.clock.set(mine.start - 24h);
    CHECK(remind() == 1);
    CHECK(remind() == 0);
    CHECK(town.kinds == std::vector{Kind::reminder});
    // Who books within that time is not reminded of what was just done.
    town.book_and_confirm(24);
    town.carry();
    CHECK(remind() == 0);
}

TEST_CASE("the links of an address are sent to it once in ten minutes, however often they are asked for") {
    Town town;
    const booking::Contact ines{"-", "ines@example.org", "", "", "pt"};
    const auto mark = town.bookings->mark_of("ines@example.org");
    for (int times = 0; times < 5; ++times)
        REQUIRE(town.outbox.ask_links(ines, mark).has_value());
    CHECK(town.carry() == 1);
    CHECK(town.kinds == std::vector{Kind::links});
    CHECK(town.hand.carried.front().mail == "ines@example.org");
    town.clock.pass(11min);
    REQUIRE(town.outbox.ask_links(ines, mark).has_value());
    CHECK(town.carry() == 1);
}

TEST_CASE("S131 S147 who asked to be told when N are before gets one message, and at most two in all") {
    Town town;
    const TicketName ticket{shop, *parse_date("2026-11-20"), 17};
    const booking::Contact ines{"-", "", "912 345 678", "", "pt"};
    int ahead = 9;
    const Position position = [&](const TicketName& asked) -> std::optional<int> {
        return asked == ticket && ahead >= 0 ? std::optional{ahead} : std::nullopt;
    };
    const auto ring = [&] {
        REQUIRE(town.outbox.ring(position).has_value());
        return town.carry();
    };
    CHECK(town.outbox.ask_notice(ticket, 3, ines) == NoticeAnswer::taken);
    CHECK(town.outbox.open_notice(ticket) == 3);
    CHECK(ring() == 0);
    ahead = 3;
    CHECK(ring() == 1);
    ahead = 2;
    CHECK(ring() == 0);
    CHECK_FALSE(town.outbox.open_notice(ticket).has_value());
    CHECK(town.outbox.ask_notice(ticket, 1, ines) == NoticeAnswer::taken);
    ahead = 1;
    CHECK(ring() == 1);
    CHECK(town.outbox.ask_notice(ticket, 0, ines) == NoticeAnswer::too_often);
    CHECK(town.kinds == std::vector{Kind::notice, Kind::notice});
}

TEST_CASE("S147 who wants to be told is forgotten when the message is sent and when the visit is over") {
    Town town;
    const TicketName sent{shop, *parse_date("2026-11-20"), 17};
    const TicketName left{shop, *parse_date("2026-11-20"), 18};
    const booking::Contact ines{"-", "ines@example.org", "", "", "pt"};
    REQUIRE(town.outbox.ask_notice(sent, 3, ines) == NoticeAnswer::taken);
    REQUIRE(town.outbox.ask_notice(left, 3, ines) == NoticeAnswer::taken);
    const auto person_of = [&](const TicketName& ticket) {
        const auto events = town.store.read(stream_of(ticket), 0);
        REQUIRE(events.has_value());
        REQUIRE_FALSE(events->empty());
        CHECK(events->front().body.find("ines@") == std::string::npos);
        return std::get<NoticeAsked>(*decode_notice(events->front())).person.text();
    };
    CHECK((*town.store.key_of(person_of(sent))).has_value());
    REQUIRE(
        town.outbox
            .ring([&](const TicketName& ticket) { return ticket == sent ? std::optional{2} : std::nullopt; })
            .has_value());
    CHECK_FALSE((*town.store.key_of(person_of(left))).has_value());
    CHECK((*town.store.key_of(person_of(sent))).has_value());
    CHECK(town.carry() == 1);
    CHECK_FALSE((*town.store.key_of(person_of(sent))).has_value());
}

TEST_CASE("S147 a notice that cannot be delivered, or comes too late, is forgotten with whom it was for") {
    Town town;
    const TicketName refused{shop, *parse_date("2026-11-20"), 17};
    const TicketName late{shop, *parse_date("2026-11-20"), 18};
    const booking::Contact ines{"-", "ines@example.org", "", "", "pt"};
    const auto person_of = [&](const TicketName& ticket) {
        const auto events = town.store.read(stream_of(ticket), 0);
        REQUIRE(events.has_value());
        return std::get<NoticeAsked>(*decode_notice(events->front())).person.text();
    };
    const auto ring = [&] {
        REQUIRE(town.outbox.ring([](const TicketName&) { return std::optional{1}; }).has_value());
    };
    REQUIRE(town.outbox.ask_notice(refused, 3, ines) == NoticeAnswer::taken);
    ring();
    town.hand.answers = {{Outcome::refused, "550"}};
    CHECK(town.carry() == 0);
    CHECK_FALSE((*town.store.key_of(person_of(refused))).has_value());
    REQUIRE(town.outbox.ask_notice(late, 3, ines) == NoticeAnswer::taken);
    ring();
    town.clock.pass(31min);
    CHECK(town.carry() == 0);
    CHECK_FALSE((*town.store.key_of(person_of(late))).has_value());
    CHECK(town.outbox.undelivered().empty());
    CHECK(town.outbox.waiting() == 0);
}
