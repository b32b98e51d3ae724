#pragma once
// Carries effects to entities: each by one server at a time, for a time that ends by itself; what is not
// known to have been done is looked up or goes to a person, never sent blindly. Any number of threads and of
// servers may carry; each call does one piece of work and comes back. `main` runs it. It words nothing and
// decides nothing by itself: what an outcome means is said by the decisions on a case.
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <vector>

#include "cases/connector.hpp"
#include "cases/decide.hpp"
#include "cases/ledger.hpp"
#include "cases/retry.hpp"
#include "journal/persons.hpp"

namespace balcao::cases {

using Connectors = std::map<model::EntityKey, std::reference_wrapper<Connector>>;

class Carrier {
public:
    // All must outlive it.
    Carrier(Ledger& ledger,
            const journal::Persons& persons,
            const Stopwatch& stopwatch,
            const Settings& settings,
            const Connectors& connectors);

    // Does one thing that is due; false when nothing is. Waits for the entity and for the journal.
    bool work();

    // When there may be something to do, on the stopwatch; nothing: not before something else happens.
    [[nodiscard]] std::optional<Milliseconds> next() const;

private:
    struct Carried {
        Effect effect;
        Doing doing = Doing::send;
        std::string person;
        std::string data;        // sealed
        Milliseconds settles{};  // so long an absence may still turn out otherwise
        bool is_person_erased = false;
    };

    bool record_late();
    void carry(const Agenda::Work& work);
    std::optional<Carried> take(const Agenda::Work& work);
    std::variant<Outcome, Looked> ask(Carried& carried, const EntityTerms& terms, Milliseconds began);
    [[nodiscard]] std::optional<Outcome> open_data(Carried& carried) const;
    void record(const CaseNumber& number, Came came);
    [[nodiscard]] EntityTerms terms_of(const model::EntityKey& entity) const;

    Ledger& ledger_;
    const journal::Persons& persons_;
    const Stopwatch& stopwatch_;
    const Settings& settings_;
    const Connectors& connectors_;
    mutable std::mutex mutex_;
    std::vector<std::pair<CaseNumber, Came>> late_;  // what came of it, not written yet
    Milliseconds late_again_{};
};

}  // namespace balcao::cases
