#pragma once
// A spot with a mediator, a citizen and a clock that is set, on a journal in memory: for the tests of
// `assist`.
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "assist/sessions.hpp"
#include "base/set_clock.hpp"
#include "journal/memory_store.hpp"

namespace balcao::assist::town {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

inline const MediatorKey rita{"rita"};
inline const MediatorKey joao{"joao"};
inline const MediatorKey trainee{"trainee"};  // certified for nothing
inline const model::SiteKey spot{"spot"};
inline const model::SiteKey other_spot{"other-spot"};
inline const Subject card{model::ServiceKey{"health-card"}, {}};
inline const Subject licence{model::ServiceKey{"licence"}, {}};
inline const StepKey address{"address"};
inline const StepKey review{"review"};
inline constexpr Lesson trying{Mode::let_me_try, Side::citizen};
inline const ReceiverKey registry{"registry"};

inline crypto::SecretKey installation() { return *crypto::SecretKey::from(std::string(32, 'i')); }

inline Settings agreed() {
    const auto zone = Zone::find("Europe/Lisbon");
    REQUIRE(zone.has_value());
    return {*zone, [](const MediatorKey& mediator, const Subject&) { return mediator != trainee; }};
}

// Nine in the morning in Lisbon.
inline const Instant morning{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24} + hours{9}};

template <class T>
T good(const Answer<T>& answer) {
    if (const auto* refusal = std::get_if<Refusal>(&answer)) FAIL(name_of(refusal->reason));
    return std::get<0>(answer);
}

template <class T>
std::string refused(const Answer<T>& answer) {
    const auto* refusal = std::get_if<Refusal>(&answer);
    return refusal == nullptr ? "nothing" : std::string{name_of(refusal->reason)};
}

// A sheet of that step with a street, a secret and a consent that is asked for.
inline Sheet sheet(const StepKey& step, const std::string& street) {
    return {step,
            "pt",
            "A sua morada",
            {{FieldKey{"street"}, "Rua", street, false}, {FieldKey{"pin"}, "Código", "4711-" + street, true}},
            {{registry, "street", "A Conservatória recebe a sua rua"}}};
}

struct Town {
    Town() { clock.set(morning); }

    // Opened by Rita for a health card of two steps, with a screen that joined.
    SessionKey opened(Lesson lesson = {}, Purpose purpose = Purpose::real) {
        const auto slip = good(sessions.open(opening(lesson, purpose), ""));
        secret = Sessions::new_secret();
        return good(sessions.join(slip.text, {secret, kind}, ""));
    }

    [[nodiscard]] static Opening opening(Lesson lesson = {}, Purpose purpose = Purpose::real) {
        return {rita, spot, card, "7", {address, review}, lesson, purpose};
    }

    // The citizen's screen and the mediator.
    [[nodiscard]] ScreenCall screen(const SessionKey& session, const std::string& key = {}) const {
        return {session, {secret}, key};
    }

    [[nodiscard]] Call citizen(const SessionKey& session, const std::string& key = {}) const {
        return {session, ByScreen{secret}, key};
    }

    static Call mediator(const SessionKey& session,
                         const MediatorKey& who = rita,
                         const std::string& key = {}) {
        return {session, ByMediator{who}, key};
    }

    static MediatorCall desk(const SessionKey& session, const MediatorKey& who = rita) {
        return {session, {who}, {}};
    }

    // Shown by whoever drives, and confirmed.
    void go_through(const SessionKey& session, const StepKey& step, const std::string& street = "Rua A") {
        const bool is_mediator = good(sessions.outline(session)).lesson.driver == Side::mediator;
        const auto shown =
            good(sessions.show(is_mediator ? mediator(session) : citizen(session), sheet(step, street)));
        good(sessions.confirm(screen(session), {shown.hash}));
    }

    // Both steps.
    void go_through(const SessionKey& session) {
        go_through(session, address);
        go_through(session, review);
    }

    [[nodiscard]] Session fold_of(const SessionKey& session) const {
        const auto events = store.read(stream_of(session), 0);
        REQUIRE(events.has_value());
        const auto found = fold(session, *events);
        REQUIRE(found.has_value());
        return *found;
    }

    [[nodiscard]] State state(const SessionKey& session) const { return state_of(fold_of(session)); }

    // Everything that the journal keeps, as bytes: events, answers, names of commands and keys.
    [[nodiscard]] std::string bytes() const {
        std::string all;
        const auto out = store.write_out([&](const journal::Kept& kept) -> Result<void> {
            if (const auto* event = std::get_if<journal::Event>(&kept))
                all += journal::entry_of(*event) + "\n";
            if (const auto* answer = std::get_if<journal::Answer>(&kept))
                all += answer->command + " " + answer->text + "\n";
            if (const auto* key = std::get_if<journal::PersonKey>(&kept)) all += key->person + "\n";
            return {};
        });
        REQUIRE(out.has_value());
        return all;
    }

    // How many events of that type a session has.
    [[nodiscard]] int count(const SessionKey& session, std::string_view type) const {
        int found = 0;
        const auto events = store.read(stream_of(session), 0);
        REQUIRE(events.has_value());
        for (const auto& event : *events)
            found += event.type == type ? 1 : 0;
        return found;
    }

    SetClock clock;
    journal::MemoryStore store;
    Settings settings = agreed();
    crypto::SecretKey key = installation();
    Sessions sessions{store, clock, key, settings};
    ScreenKind kind = ScreenKind::desk;
    std::string secret;
};

}  // namespace balcao::assist::town
