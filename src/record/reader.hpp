#pragma once
// Reads the halls of a city out of its journal, one day of one site at a time, so that a year of a city never
// stands in memory. Used by every statistic, export and report; it writes nothing.
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "base/zone.hpp"
#include "journal/store.hpp"
#include "model/model.hpp"
#include "office/layouts.hpp"
#include "record/hall_day.hpp"

namespace balcao::record {

// Days that are asked for; what is left open is found in the journal.
struct Wanted {
    std::optional<Date> from{};
    std::optional<Date> to{};
    std::optional<model::SiteKey> site{};
};

struct Span {
    Date from{};
    Date to{};
    friend bool operator==(const Span&, const Span&) = default;
};

// The model in force, which may be another one the next time, and the editions up to it.
struct Models {
    std::function<office::NumberedModel()> now;
    office::FindModel find;
};

class Reader {
public:
    // Each day is judged by the last edition that its hall went by. Store, clock and what the functions speak
    // of must outlive it. Error: not_found for a time zone that is not known.
    static Result<Reader> of(const journal::Store& store, Models models, const Clock& clock);
    // Of a journal without editions: one model, which must outlive it, for all days.
    static Result<Reader> of(const journal::Store& store, const model::Model& model, const Clock& clock);

    // One day of one site. Errors: unavailable; invalid for what no version has written; as
    // office::FindModel.
    [[nodiscard]] Result<HallDay> day(const model::SiteKey& site, Date date) const;

    // Every day that has something, in order of dates and then of the sites of all editions; gives the first
    // and the last of them, cut to what was asked. Errors: as above, not_found where there is nothing or no
    // such site, unavailable with "stopped" when `visit` says false.
    [[nodiscard]] Result<Span> each(const Wanted& wanted,
                                    const std::function<bool(const HallDay&)>& visit) const;

    // The one in force.
    [[nodiscard]] std::shared_ptr<const model::Model> model() const { return models_.now().model; }

    [[nodiscard]] const Zone& zone() const { return zone_; }

    [[nodiscard]] Instant now() const { return clock_->now(); }

    [[nodiscard]] Date today() const { return zone_.at(now()).date; }

private:
    struct Found;

    Reader(const journal::Store& store, Models models, const Clock& clock, Zone zone);

    [[nodiscard]] Result<std::shared_ptr<const model::Model>> model_of(office::Edition edition) const;
    [[nodiscard]] Result<std::vector<model::SiteKey>> sites() const;
    [[nodiscard]] Result<Span> span_of(const Wanted& wanted) const;

    const journal::Store* store_;
    Models models_;
    const Clock* clock_;
    Zone zone_;
    std::shared_ptr<Found> found_;
};

}  // namespace balcao::record
