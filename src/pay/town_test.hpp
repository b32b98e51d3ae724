#pragma once
// A shop with a till, a provider of references and a card terminal that are none, and a clock that is set, on
// a journal in memory: for the tests of `pay`. All amounts are made up.
#include <atomic>
#include <string>
#include <variant>
#include <vector>

#include <doctest/doctest.h>

#include "base/set_clock.hpp"
#include "journal/memory_store.hpp"
#include "pay/payments.hpp"
#include "pay/receipt.hpp"
#include "pay/stand_in_provider.hpp"
#include "pay/tills.hpp"

namespace balcao::pay::town {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

inline const ClerkKey ana{"ana"};
inline const ClerkKey rui{"rui"};
inline const ProviderKey bank{"bank"};
inline const ProviderKey terminal{"terminal"};
inline const model::SiteKey shop{"shop"};
inline const model::ServiceKey card{"card"};
inline const model::ServiceKey licence{"licence"};
inline const model::ServiceKey advice{"advice"};
inline const model::ServiceKey riddle{"riddle"};
inline const model::EntityKey registry{"registry"};
inline const model::EntityKey roads{"roads"};
inline const model::ChannelKey counter{"counter"};
inline const model::ChannelKey spot{"spot"};
inline const model::ChannelKey online{"online"};

// Nine in the morning in Lisbon.
inline const Instant morning{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24} + hours{9}};

class SetStopwatch final : public Stopwatch {
public:
    [[nodiscard]] Milliseconds elapsed() const override { return Milliseconds{elapsed_.load()}; }

    void pass(Milliseconds length) { elapsed_ += length.count(); }

private:
    std::atomic<std::int64_t> elapsed_{0};
};

// A card costs 18 at the counter, 15 at a spot and online 20 by mistake; a licence 30 everywhere; advice
// nothing; nobody has said what a riddle costs.
inline model::Model city() {
    model::Model made;
    made.languages = {"en"};
    made.entities.push_back({registry, {{{"", "The registry"}}}, {}, {}, {}, {}});
    made.entities.push_back({roads, {{{"", "The roads"}}}, {}, {}, {}, {}});
    const auto add = [&](const model::ServiceKey& key, const char* name, const model::EntityKey& entity) {
        auto& service = made.services.emplace_back();
        service.key = key;
        service.name = {{{"", name}}};
        service.entity = entity;
        return &service;
    };
    add(card, "A card", registry)->fee.by_channel = {
        {counter, Money{1800}}, {spot, Money{1500}}, {online, Money{2000}}};
    add(licence, "A licence", roads)->fee.all = Money{3000};
    add(advice, "Advice", registry)->simple = true;
    add(riddle, "A riddle", registry);
    return made;
}

inline Zone lisbon() {
    auto zone = Zone::find("Europe/Lisbon");
    REQUIRE(zone.has_value());
    return *zone;
}

inline Settings agreed() {
    Settings settings{lisbon(), model::SiteKey{"city"}};
    settings.payable_for = hours{48};
    return settings;
}

template <class T>
T good(const Answer<T>& answer) {
    if (const auto* refusal = std::get_if<Refusal>(&answer))
        FAIL((std::string{name_of(refusal->reason)} + " " + refusal->what));
    return std::get<0>(answer);
}

template <class T>
std::string refused(const Answer<T>& answer) {
    const auto* refusal = std::get_if<Refusal>(&answer);
    return refusal == nullptr ? "nothing" : std::string{name_of(refusal->reason)};
}

// One server: what it decides on its own line to the journal, with its own stopwatch.
struct Server {
    Server(journal::Store& store, const Clock& clock, const Settings& settings, const Providers& providers)
        : room{store, clock, settings, providers} {}

    void settle() {
        for (int things = 0; things < 1'000 && payments.work(); ++things) {
        }
    }

    // Time goes on, and what is due is done.
    void go_on(int steps, Milliseconds step) {
        for (int one = 0; one < steps; ++one) {
            stopwatch.pass(step);
            settle();
        }
    }

    Room room;
    SetStopwatch stopwatch;
    Payments payments{room, stopwatch};
    Tills tills{room};
};

struct Town {
    Town() { clock.set(morning); }

    [[nodiscard]] Quote quote(const std::vector<model::ServiceKey>& services,
                              const model::ChannelKey& channel = counter) const {
        const auto made = quote_of(model, {channel, services, "7", clock.now(), clock.now() + hours{24}}, {});
        REQUIRE(made.has_value());
        return *made;
    }

    PaymentNumber asked(const std::vector<model::ServiceKey>& services = {card, licence}) {
        return good(server.payments.ask({quote(services), "case/2026-000001", shop}, ""));
    }

    // The reference with which it can be paid.
    std::string reference(const PaymentNumber& number) {
        good(server.payments.begin({number, bank}, ""));
        server.settle();
        const auto slip = good(server.payments.begin({number, bank}, ""));
        const auto* given = std::get_if<Given>(&slip.state);
        REQUIRE(given != nullptr);
        return given->reference;
    }

    void tell() {
        for (const auto& notice : at_bank.notices())
            good(server.payments.hear(bank, notice));
    }

    // Paid by reference, with that many cents.
    PaymentNumber paid(std::int64_t cents = 4800) {
        const auto number = asked();
        REQUIRE(at_bank.pay(reference(number), Money{cents}, StandInProvider::Machine::looks_away));
        tell();
        return number;
    }

    TillKey till(const char* desk = "1") const {
        return {shop, TillDeskKey{desk}, settings.zone.at(clock.now()).date};
    }

    TillKey opened(std::int64_t cents = 10'000) {
        good(server.tills.open({till(), ana}, cents));
        return till();
    }

    [[nodiscard]] Payment find(const PaymentNumber& number) const { return good(server.room.find(number)); }

    [[nodiscard]] Totals totals(const PaymentNumber& number) const { return totals_of(find(number)); }

    [[nodiscard]] State state(const PaymentNumber& number) const { return state_of(find(number)); }

    SetClock clock;
    journal::MemoryStore store;
    model::Model model = city();
    Settings settings = agreed();
    StandInProvider at_bank{Means::reference, "99999", clock};
    StandInProvider at_terminal{Means::card, "99999", clock};
    Providers providers{{bank, {at_bank, {Means::reference, seconds{10}, minutes{2}, true, "a secret"}}},
                        {terminal, {at_terminal, {Means::card, seconds{60}, minutes{2}, true, {}}}}};
    Server server{store, clock, settings, providers};
};

}  // namespace balcao::pay::town
