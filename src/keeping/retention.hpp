#pragma once
// Forgets people by itself when the time that the model keeps them is over. It follows the journal and knows
// of each person the last moment at which anything still needs them: what was moved to a later day keeps its
// person. It remembers nothing on disk, so a restart begins anew and finds the same. Used by one server at a
// time, an hour apart; whoever erases is `erasure.hpp`.
#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/civil.hpp"
#include "base/instant.hpp"
#include "base/result.hpp"
#include "crypto/keys.hpp"
#include "journal/store.hpp"
#include "keeping/case_persons.hpp"
#include "keeping/erasure.hpp"

namespace balcao::keeping {

// How long after its day people of a kind of streams are kept; streams "PREFIX/…/DATE". Those of cases bear
// no day: people of theirs are kept for so long after the last event of a case that is over.
struct Period {
    std::string prefix;  // "site", "book", "case"
    std::chrono::milliseconds length{};
};

// Whose time is over.
struct Due {
    std::vector<std::string> persons;
    CasesOf cases;  // those whose persons are among them
};

class Retention {
public:
    // `end_of` is the moment at which a day is over for the city. The store must outlive it.
    Retention(const journal::Store& store, std::vector<Period> periods, std::function<Instant(Date)> end_of);

    // Reads on, at most `limit` events at a time until there are no more. Error: unavailable, invalid.
    Result<void> read_on(std::size_t limit = 10'000);

    // Who is due now and was not handed out before. Error: unavailable.
    [[nodiscard]] Result<Due> due(Instant now) const;

    // They were erased: they are not due again.
    void forget(const Due& due);

private:
    // A case whose person is not erased.
    struct KeptCase {
        std::string person;
        Instant last{};  // of its last event
    };

    void hear(const journal::Event& event);
    void hear_case(const cases::CaseNumber& number, const journal::Event& event);
    [[nodiscard]] const Period* period_of(std::string_view stream) const;
    [[nodiscard]] std::optional<Instant> kept_until(std::string_view stream) const;
    [[nodiscard]] Result<bool> is_due(const cases::CaseNumber& number, Instant now) const;

    const journal::Store& store_;
    std::vector<Period> periods_;
    std::function<Instant(Date)> end_of_;
    journal::Cursor cursor_;
    std::map<std::string, Instant, std::less<>> kept_until_;  // by person; of all that names them the latest
    std::map<cases::CaseNumber, KeptCase> cases_;
};

// The persons whom an event names, wherever in its body: members "person" and those that end so.
std::vector<std::string> persons_in(const journal::Event& event);

}  // namespace balcao::keeping
