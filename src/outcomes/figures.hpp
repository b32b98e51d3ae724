#pragma once
// How long it takes from the need to the solution, service by service, as requests really went: counted from
// the journal alone, event by event, in memory that grows with the open cases and not with those that are
// over. Used by the pages and the API; `main` lets it read. From any thread.
#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/zone.hpp"
#include "journal/store.hpp"
#include "outcomes/pseudonym.hpp"
#include "outcomes/spread.hpp"
#include "outcomes/trail.hpp"

namespace balcao::outcomes {

// Of fewer people nothing is told: who knows one of them could find out what became of that one (k-anonymity,
// Sweeney 2002).
constexpr std::uint64_t told_from = 10;

// Of one service over twelve months, that of `today` among them. A count that is not told is of fewer than
// `told_from`.
struct Figures {
    model::ServiceKey service;
    std::optional<std::uint64_t> had{};
    std::optional<std::uint64_t> denied{};
    std::optional<std::uint64_t> dropped{};
    // From the moment when it was asked for, of those that were had (Spread::within): of half, and of nine of
    // ten. Told where `had` is.
    std::optional<std::chrono::milliseconds> half{};
    std::optional<std::chrono::milliseconds> nine_of_ten{};
    // Of all that time, the share that waited for an answer of the person, 0 to 1. Told where `had` is.
    std::optional<double> with_citizen{};
    friend bool operator==(const Figures&, const Figures&) = default;
};

// A request for one service that has ended, of whomever.
struct Ended {
    std::string name;  // a pseudonym of its case
    Date opened{};
    Date ended{};
    Fate fate = Fate::had;
    std::chrono::milliseconds took{0};
    std::chrono::milliseconds with_citizen{0};
    friend bool operator==(const Ended&, const Ended&) = default;
};

class Outcomes {
public:
    static constexpr int months = 12;
    static constexpr std::size_t lately_most = 100;

    // Store and zone must outlive it.
    Outcomes(const journal::Store& store, const Zone& zone, const crypto::SecretKey& installation)
        : store_{store}, zone_{zone}, names_{installation} {}

    // Takes what is new in the journal, at most `limit` events; how many there were. Error: unavailable;
    // invalid, told once, for an event that no version has written: its case is counted no further, the
    // others are.
    Result<std::size_t> catch_up(std::size_t limit);

    // It has read as far as the journal went once; before that figures are of a part of it.
    [[nodiscard]] bool is_current() const;

    // Services of which anything is told.
    [[nodiscard]] std::vector<Figures> all(Date today) const;
    [[nodiscard]] Figures of(const model::ServiceKey& service, Date today) const;

    // The last that ended, the latest first, at most `lately_most`; none where they are fewer than
    // `told_from`.
    [[nodiscard]] std::vector<Ended> lately(const model::ServiceKey& service) const;

private:
    struct Month {
        Spread had;
        std::uint64_t denied = 0;
        std::uint64_t dropped = 0;
        std::chrono::milliseconds took{0};  // of those that were had
        std::chrono::milliseconds with_citizen{0};
    };

    struct Known {
        cases::CaseNumber number;
        Instant opened{};
        StepTrail step;
    };

    struct OfService {
        std::map<int, Month> by_month;
        std::deque<Known> lately;
    };

    Result<void> hear(const cases::CaseNumber& number, const journal::Event& event);
    void count(const Trail& trail, const StepTrail& step);
    void take_back(const Trail& trail, const StepTrail& step);
    Month& month_of(OfService& of, Instant ended);
    [[nodiscard]] Figures figures_of(const model::ServiceKey& service, Date today) const;

    const journal::Store& store_;
    const Zone& zone_;
    const Pseudonyms names_;
    std::mutex following_;
    journal::Cursor cursor_;
    mutable std::mutex mutex_;  // of what follows
    bool is_current_ = false;
    std::map<cases::CaseNumber, Trail> open_;
    std::map<model::ServiceKey, OfService> services_;
};

}  // namespace balcao::outcomes
