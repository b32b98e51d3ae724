#pragma once
// How one site kept its word, week by week, for a page that anybody may read: waits, promises, who gave up,
// duties. Days that are over are read once and remembered, later ones
// for half a minute, one thread at a time for each site; any number of threads may ask. It writes nothing.
#include <map>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "record/law.hpp"
#include "record/reader.hpp"
#include "record/sums.hpp"

namespace balcao::record {

struct Mean {
    double mean = 0;
    std::optional<double> half_width;
};

struct DutyKept {
    model::DutyKey duty;
    int kept = 0;
    int broken = 0;
    int look = 0;
};

struct Week {
    Date monday{};
    int days = 0;  // with tickets
    Sums sums{};
    std::optional<Mean> wait{};        // minutes, of the served
    std::optional<Mean> left_share{};  // 0..1, gave up or were sent away
    std::optional<Mean> within{};      // 0..1, of that limit
    std::vector<DutyKept> duties{};
};

class SiteRecords {
public:
    explicit SiteRecords(Reader reader) : reader_{std::move(reader)} {}

    // The last `count` weeks, this one first; those without a ticket too. Error: as Reader::day.
    [[nodiscard]] Result<std::vector<Week>> weeks(const model::SiteKey& site, int count) const;

    // One day, as the duties see it. Error: as Reader::day.
    [[nodiscard]] Result<LawDay> law(const model::SiteKey& site, Date date) const;

    [[nodiscard]] const Reader& reader() const { return reader_; }

    // The limit in minutes of `Week::within`: that of the first target of `served_within` for everybody at
    // the site, else 20.
    [[nodiscard]] double limit_minutes(const model::SiteKey& site) const;

private:
    struct Day {
        Sums sums;
        std::vector<std::pair<model::DutyKey, Kept>> duties;
    };

    struct Known {
        std::shared_ptr<const Day> day;
        Instant until{};
    };

    // Of one site; whoever holds the lock reads.
    struct Site {
        std::mutex mutex;
        std::map<Date, Known> days;
    };

    [[nodiscard]] Site& site_of(const model::SiteKey& site) const;
    // While the site is locked.
    [[nodiscard]] Result<std::shared_ptr<const Day>> day(Site& there,
                                                         const model::SiteKey& site,
                                                         Date date) const;

    Reader reader_;
    mutable std::mutex mutex_;  // of the map; its sites stay
    mutable std::map<model::SiteKey, Site> sites_;
};

}  // namespace balcao::record
