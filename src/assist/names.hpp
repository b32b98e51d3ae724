#pragma once
// The names and small words of `assist`: who sits there, what it is about, who drives, why somebody stops.
// Used by all of it, and by whoever draws a session.
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include "base/key.hpp"
#include "model/keys.hpp"

namespace balcao::assist {

using SessionKey = Key<struct AssistSessionTag>;  // 26 characters that nobody guesses
using MediatorKey = Key<struct MediatorTag>;      // the account of who works for the city or a host
using StepKey = Key<struct AssistStepTag>;        // within its session
using FieldKey = Key<struct AssistFieldTag>;      // within its step
using ReceiverKey = Key<struct ReceiverTag>;      // who would get what the citizen agrees to hand over
using PersonName = Key<struct AssistPersonTag>;   // whose key seals what is personal

// What a session is about: a service or a life event, never both.
struct Subject {
    model::ServiceKey service{};
    model::LifeEventKey life_event{};

    [[nodiscard]] bool is_one() const { return service.empty() != life_event.empty(); }

    // NOLINTNEXTLINE(modernize-use-nullptr): clang 14 means the 0 in what it compares by itself
    friend auto operator<=>(const Subject&, const Subject&) = default;
};

enum class Side : std::uint8_t { mediator, citizen };

// How a session teaches, in the words of its page. Who drives is said beside it.
enum class Mode : std::uint8_t {
    show_me,         // the mediator drives and explains
    let_me_try,      // the citizen drives, the mediator watches
    i_do_you_watch,  // one does it without stopping to explain: whoever drives
};

struct Lesson {
    Mode mode = Mode::show_me;
    Side driver = Side::mediator;

    [[nodiscard]] bool is_fit() const {
        if (mode == Mode::show_me) return driver == Side::mediator;
        return mode == Mode::i_do_you_watch || driver == Side::citizen;
    }

    friend bool operator==(const Lesson&, const Lesson&) = default;
};

enum class Purpose : std::uint8_t { real, practice };

// Whose screen the citizen looks at: one of the spot, which stays there, or the citizen's own.
enum class ScreenKind : std::uint8_t { desk, own };

// What a code is good for.
enum class CodeUse : std::uint8_t {
    screen,  // a screen becomes the citizen's
    desk,    // a mediator goes on with a session that was kept
};

// Whose hand confirms on the citizen's screen.
enum class Confirmer : std::uint8_t { citizen, proxy };

enum class ProxyKind : std::uint8_t {
    legal_guardian,
    power_of_attorney,
    companion,  // somebody whom the citizen wishes to have it done by
};

enum class DisputeReason : std::uint8_t { value_wrong, not_understood, not_wanted, feels_pressed, other };

// Why personal data is opened without its person.
enum class GlassReason : std::uint8_t {
    person_taken_ill,
    person_asked,  // by telephone or in writing
    somebody_in_danger,
    to_put_right,  // to clear up a mistake or a complaint
};

// Who did a step.
enum class Doer : std::uint8_t { citizen_alone, citizen_with_help, mediator };

// What a session is.
enum class State : std::uint8_t {
    under_way,
    disputed,      // the citizen stopped it
    kept,          // for this day, to be gone on with at a desk
    carried_home,  // to be gone on with by the citizen alone
    handed_over,
    practised,  // gone through, and nothing was sent
    abandoned,
    expired,
};

// One thing to one receiver.
struct Consent {
    ReceiverKey receiver;
    std::string item;
    friend bool operator==(const Consent&, const Consent&) = default;
};

// The words of the journal and of programs, in the order of the enumeration: "let-me-try".
std::span<const std::string_view> words_of(Side);
std::span<const std::string_view> words_of(Mode);
std::span<const std::string_view> words_of(Purpose);
std::span<const std::string_view> words_of(ScreenKind);
std::span<const std::string_view> words_of(CodeUse);
std::span<const std::string_view> words_of(Confirmer);
std::span<const std::string_view> words_of(ProxyKind);
std::span<const std::string_view> words_of(DisputeReason);
std::span<const std::string_view> words_of(GlassReason);
std::span<const std::string_view> words_of(Doer);
std::span<const std::string_view> words_of(State);

template <class Word>
concept AssistWord = std::is_enum_v<Word> && requires(Word word) {
    words_of(word);
};

template <AssistWord Word>
std::string_view name_of(Word word) {
    return words_of(word)[static_cast<std::size_t>(word)];
}

// Which of them it is; nothing when it is none.
template <AssistWord Word>
std::optional<Word> word_of(std::string_view name) {
    const auto words = words_of(Word{});
    for (std::size_t place = 0; place < words.size(); ++place)
        if (words[place] == name) return static_cast<Word>(place);
    return std::nullopt;
}

}  // namespace balcao::assist
