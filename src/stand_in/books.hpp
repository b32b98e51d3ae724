#pragma once
// What one entity of the stand-in has taken, in memory: each effect as often as it was done, so that who
// sends twice is found out. Plain values, no line and no thread: the server locks it and asks it.
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/instant.hpp"
#include "stand_in/habits.hpp"

namespace balcao::stand_in {

enum class Errand : std::uint8_t { deliver, undo };
enum class State : std::uint8_t { accepted, concluded, denied, undone };

std::string_view name_of(State state);

// One request as it came.
struct Asked {
    std::string key;  // empty: it had none
    Errand errand = Errand::deliver;
    std::string undoes{};   // the reference of what is to be undone
    std::string content{};  // what must be the same under the same key; empty: not compared
    std::string entity{};   // as the city calls it
    std::string number{};   // of the case
    std::string step{};
    std::string service{};
};

// What was done once.
struct Effect {
    std::string key;
    std::string reference;
    Errand errand = Errand::deliver;
    State state = State::accepted;
    std::string content{};
    std::string entity{};
    std::string number{};
    std::string step{};
    std::string service{};
    Instant at{};
};

// Why something is not done.
enum class No : std::uint8_t {
    other_content,   // the same key came with something else
    not_here,        // nothing has that reference
    not_taken_back,  // nothing is ever undone here
};

class Books {
public:
    Books(Kind kind, const Habits& habits) : kind_{kind}, habits_{habits} {}

    // Does it, or finds that it was done. `concludes`: at once.
    std::variant<Effect, No> take(const Asked& asked, Instant now, bool concludes);

    // The first that was done under that key.
    [[nodiscard]] const Effect* find(const std::string& key) const;
    [[nodiscard]] std::size_t times(const std::string& key) const;

    // Deliveries taken since then, from that place on, at most `most`.
    struct Page {
        std::vector<Effect> effects;
        std::optional<std::size_t> next{};  // place of the first that is left
    };

    [[nodiscard]] Page list(Instant since, std::size_t from, std::size_t most) const;

    // From accepted to concluded; nothing where it is not accepted any more.
    std::optional<Effect> conclude(const std::string& reference);

    [[nodiscard]] const std::vector<Effect>& effects() const { return effects_; }

    std::size_t requests = 0;  // all that came, whatever became of them

private:
    std::optional<No> undo(const std::string& reference);

    Kind kind_;
    Habits habits_;
    std::vector<Effect> effects_;
    std::map<std::string, std::vector<std::size_t>> places_;  // by key
    std::map<std::string, std::size_t> deliveries_;           // by reference
};

}  // namespace balcao::stand_in
