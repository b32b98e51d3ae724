#pragma once
// Statistics of the live office, found from its journal alone, in the form of a simulated run's results: the
// same measures of the same parts with the same intervals, so that the two can stand side by side. Days go in
// one at a time, in order; what is kept of each is a row of counters a part. Used by `main` and the pages.
#include <optional>
#include <string>
#include <vector>

#include "record/sums.hpp"

namespace balcao::record {

// A measure that a simulated run does not have.
struct OwnRow {
    std::string measure;  // "service_time", "way_time", "promise_kept", "promise_width"; of ways also
                          // "arrivals" and "wait"
    std::string unit;     // "min", "share", "per day"
    sim::Breakdown of;
    std::optional<std::string> taken_by;  // how the ticket was taken
    double mean = 0;
    std::optional<double> half_width;
    std::optional<sim::Quantiles> quantiles;
    std::int64_t count = 0;
};

struct Statistics {
    Date from{};
    Date to{};
    std::optional<std::string> site;
    sim::Results results;  // `replications` is 1, `seed` 0: it was not drawn but happened
    std::vector<OwnRow> own;
    std::int64_t tickets = 0;
    std::int64_t left_out = 0;    // of averages: finished on another day, or by nobody's hand
    std::int64_t still_open = 0;  // when the journal was read
    bool is_today_in_it = false;
    std::optional<sim::Results> beside;  // a simulation, for the same rows
};

class Tally {
public:
    // Model and zone must outlive it. Without `from`, from the first day that is added.
    Tally(const model::Model& model, const Zone& zone, std::optional<Date> from);

    // Days in order of their dates, none before `from`; of one date, sites in any order. A day that names its
    // model is counted by it, with the limits of the targets of the model that all is judged by.
    void add(const HallDay& day);

    // Up to and with that date; days of which nothing was added had nobody.
    [[nodiscard]] Statistics finish(Date to);

private:
    struct Column {
        std::vector<std::pair<int, Sums>>
            days;  // days from `from_`, in order; those without anything left out
        std::unique_ptr<Spread> spread;
    };

    void close_day();
    void add_rows(Statistics& to, const sim::Breakdown& of, const Column& column, int days) const;
    void add_own(Statistics& to, const sim::Breakdown& of, const Column& column, int days) const;

    City city_;
    std::optional<Date> from_;
    Date day_{};
    DaySums today_;
    bool is_any_open_ = false;
    std::map<sim::Breakdown, Column> columns_;
    std::map<std::string, Column> ways_;
};

}  // namespace balcao::record
