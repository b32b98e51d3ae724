#include "record/reader.hpp"

#include <algorithm>
#include <map>
#include <mutex>

#include <fmt/format.h>

#include "booking/booking_event.hpp"

namespace balcao::record {
namespace {

using std::chrono::days;

// A hall's events are written on its day; a demonstration's up to a week later.
constexpr days around{8};

struct Booked {
    model::ServiceKey service;
    bool is_sure = false;
    bool is_inside = false;
    bool is_missed = false;
};

// Of one day: who was expected, and who did not come.
class BookReader {
public:
    void hear(const booking::BookEvent& event) {
        std::visit([this](const auto& one) { on(one); }, event);
    }

    [[nodiscard]] std::vector<std::pair<model::ServiceKey, BookedDay>> result() const {
        std::map<model::ServiceKey, BookedDay> by_service;
        for (const auto& [key, one] : booked_) {
            if (!one.is_sure || (!one.is_inside && !one.is_missed)) continue;
            ++by_service[one.service].due;
            by_service[one.service].missed += one.is_missed ? 1 : 0;
        }
        return {by_service.begin(), by_service.end()};
    }

private:
    static model::ServiceKey first_of(const booking::Placed& what) {
        return what.services.empty() ? model::ServiceKey{} : what.services.front();
    }

    // What staff books for somebody is confirmed at once; a hold is nobody's yet and has an end.
    void on(const booking::BookingHeld& event) {
        const bool is_sure = !event.what.person.empty() && event.until == Instant{};
        booked_[event.booking] = {first_of(event.what), is_sure};
    }

    void on(const booking::BookingConfirmed& event) { booked_[event.booking].is_sure = true; }

    void on(const booking::BookingMovedHere& event) { booked_[event.booking] = {first_of(event.what), true}; }

    void on(const booking::BookingMovedAway& event) { booked_.erase(event.booking); }

    void on(const booking::BookingCancelled& event) { booked_.erase(event.booking); }

    void on(const booking::CheckedIn& event) { booked_[event.booking].is_inside = true; }

    void on(const booking::CheckInUndone& event) { booked_[event.booking].is_inside = false; }

    void on(const booking::BookingMissed& event) { booked_[event.booking].is_missed = true; }

    template <class Event>
    void on(const Event&) {}

    std::map<booking::BookingKey, Booked> booked_;
};

}  // namespace

// The editions that were found, so that each is read once.
struct Reader::Found {
    std::mutex mutex;
    std::map<office::Edition, std::shared_ptr<const model::Model>> models;
};

Result<Reader> Reader::of(const journal::Store& store, const model::Model& model, const Clock& clock) {
    std::shared_ptr<const model::Model> only{std::shared_ptr<const model::Model>{}, &model};
    return of(store,
              {[only] {
                   return office::NumberedModel{only, office::first_edition};
               },
               [only](office::Edition) -> Result<std::shared_ptr<const model::Model>> { return only; }},
              clock);
}

Result<Reader> Reader::of(const journal::Store& store, Models models, const Clock& clock) {
    BALCAO_TRY(auto zone, Zone::find(models.now().model->time_zone));
    return Reader{store, std::move(models), clock, std::move(zone)};
}

Reader::Reader(const journal::Store& store, Models models, const Clock& clock, Zone zone)
    : store_{&store},
      models_{std::move(models)},
      clock_{&clock},
      zone_{std::move(zone)},
      found_{std::make_shared<Found>()} {}

Result<std::shared_ptr<const model::Model>> Reader::model_of(office::Edition edition) const {
    {
        const std::lock_guard lock{found_->mutex};
        const auto known = found_->models.find(edition);
        if (known != found_->models.end()) return known->second;
    }
    BALCAO_TRY(auto model, models_.find(edition));
    const std::lock_guard lock{found_->mutex};
    return found_->models.emplace(edition, std::move(model)).first->second;
}

// Those of the model in force, and then those that earlier editions had.
Result<std::vector<model::SiteKey>> Reader::sites() const {
    const auto now = models_.now();
    std::vector<model::SiteKey> sites;
    for (const auto& site : now.model->sites)
        sites.push_back(site.key);
    for (office::Edition edition = now.edition; edition-- > office::first_edition;) {
        BALCAO_TRY(const auto model, model_of(edition));
        for (const auto& site : model->sites)
            if (std::ranges::find(sites, site.key) == sites.end()) sites.push_back(site.key);
    }
    return sites;
}

Result<HallDay> Reader::day(const model::SiteKey& site, Date date) const {
    BALCAO_TRY(const auto halls, store_->read(office::stream_of(site, date), 0));
    HallEvents events;
    events.reserve(halls.size());
    for (const auto& event : halls) {
        BALCAO_TRY(auto decoded, office::decode(event));
        events.emplace_back(std::move(decoded), event.at);
    }
    HallDay day = hall_day(site, date, events, zone_, clock_->now());
    BALCAO_TRY(const auto books, store_->read(fmt::format("book/{}/{}", site.text(), format_date(date)), 0));
    BookReader reader;
    for (const auto& event : books) {
        BALCAO_TRY(const auto decoded, booking::decode_book(event));
        reader.hear(decoded);
    }
    day.booked = reader.result();
    day.model = model();
    if (day.edition) {
        BALCAO_TRY(day.model, model_of(*day.edition));
    }
    return day;
}

// The first event that became visible tells when the journal began; nobody writes far ahead of the clock.
Result<Span> Reader::span_of(const Wanted& wanted) const {
    Span span{wanted.from.value_or(today()), wanted.to.value_or(today() + around)};
    if (wanted.from) return span;
    BALCAO_TRY(const auto first, store_->follow({}, 1));
    if (!first.events.empty()) span.from = zone_.at(first.events.front().at).date - around;
    if (first.events.empty() || span.from > span.to) span.from = std::min(span.from, span.to);
    return span;
}

Result<Span> Reader::each(const Wanted& wanted, const std::function<bool(const HallDay&)>& visit) const {
    BALCAO_TRY(const auto sites, this->sites());
    if (wanted.site && std::ranges::find(sites, *wanted.site) == sites.end())
        return Error{Errc::not_found,
                     fmt::format("there is no site {} in the model {}", wanted.site->text(), model()->key),
                     "--site"};
    BALCAO_TRY(const auto span, span_of(wanted));
    std::optional<Span> found;
    for (Date date = span.from; date <= span.to; date += days{1})
        for (const auto& site : sites) {
            if (wanted.site && site != *wanted.site) continue;
            BALCAO_TRY(const auto day, this->day(site, date));
            if (day.is_empty()) continue;
            if (!found) found = Span{date, date};
            found->to = date;
            if (!visit(day)) return Error{Errc::unavailable, "stopped"};
        }
    if (!found)
        return Error{Errc::not_found,
                     "the journal has nothing of these sites on these days; see --data, --from and --to"};
    if (wanted.from) found->from = *wanted.from;
    if (wanted.to) found->to = std::max(found->to, std::min(*wanted.to, today()));
    return *found;
}

}  // namespace balcao::record
