#include "front/places.hpp"

#include <algorithm>
#include <array>

#include "front/hall_view.hpp"
#include "model/serving.hpp"

namespace balcao::front {
namespace {

constexpr std::chrono::days places_ahead{14};
const model::ChannelKey by_ticket{"counter"};
const model::ChannelKey by_video{"video"};

class Finder {
public:
    Finder(const model::Service& service, const PlaceRooms& rooms, Date first)
        : service_{service},
          rooms_{rooms},
          zone_{rooms.office.zone()},
          today_{zone_.at(rooms.now).date},
          first_{std::max(first, today_)} {}

    Result<std::vector<ServicePlace>> find() {
        for (const auto& site : city().sites) {
            if (const auto layout = rooms_.office.layout(site.key);
                layout != nullptr && layout->offers(service_.key))
                if (auto place = with_ticket(site)) found_.push_back(*std::move(place));
            add_open(site);
        }
        if (rooms_.gives_appointments)
            for (const char* way : {"counter", "phone", "video"})
                if (const auto added = add_appointments(model::ChannelKey{way}); !added) return added.error();
        std::ranges::stable_sort(found_, {}, [](const ServicePlace& place) {
            return std::pair{!place.at.has_value(), place.at.value_or(Instant{})};
        });
        return std::move(found_);
    }

private:
    [[nodiscard]] const model::Model& city() const { return rooms_.office.model(); }

    // The first moment from `first_` on at which the site is open: now, or an opening to come.
    [[nodiscard]] std::optional<Instant> opening(const model::Site& site) const {
        for (Date date = first_; date <= first_ + places_ahead; date += std::chrono::days{1})
            for (const TimeRange range : site.open.on(date)) {
                const auto at = [&](int minute) {
                    const auto found = zone_.instants_of({date, std::chrono::minutes{minute}});
                    return found.empty() ? zone_.midnight(date) + std::chrono::minutes{minute}
                                         : found.front();
                };
                if (at(range.end_minute) > rooms_.now) return std::max(at(range.begin_minute), rooms_.now);
            }
        return std::nullopt;
    }

    [[nodiscard]] std::optional<ServicePlace> with_ticket(const model::Site& site) const {
        ServicePlace place{site.key, by_ticket, How::ticket};
        std::optional<HallView> hall;
        if (first_ == today_)
            (void)rooms_.office.look(site.key, std::nullopt, [&](const office::Hall& seen) {
                hall = view_of(seen, zone_.at(rooms_.now));
            });
        const bool is_over = hall && (hall->has_ended || !hall->has_numbers);
        place.is_open = hall && hall->is_open && !is_over;
        if (place.is_open) {
            place.at = called_by(site);
            return place;
        }
        place.at =
            is_over ? Finder{service_, rooms_, today_ + std::chrono::days{1}}.opening(site) : opening(site);
        return place.at ? std::optional{place} : std::nullopt;
    }

    [[nodiscard]] std::optional<Instant> called_by(const model::Site& site) const {
        const auto outlook = rooms_.foresight != nullptr ? rooms_.foresight->of(site.key) : nullptr;
        if (outlook == nullptr || outlook->date != today_) return std::nullopt;
        const auto* answer = outlook->of_newcomer(service_.key);
        const auto* forecast = answer != nullptr ? std::get_if<rules::WaitForecast>(answer) : nullptr;
        if (forecast == nullptr) return std::nullopt;
        return std::max(rooms_.now, outlook->made + std::chrono::milliseconds{forecast->to / 1000});
    }

    // By whatever channel has neither tickets nor appointments: while the site is open.
    void add_open(const model::Site& site) {
        std::vector<model::ChannelKey> channels;
        for (const auto& desk : site.desks)
            for (const auto& channel : desk.channels)
                if (channel != by_ticket && channel != by_video && desk.takes != model::Takes::booked &&
                    std::ranges::count(channels, channel) == 0)
                    channels.push_back(channel);
        for (const auto& channel : channels) {
            if (!model::serves(site, service_, channel)) continue;
            const auto at = opening(site);
            if (at) found_.push_back({site.key, channel, How::open, at, *at == rooms_.now});
        }
    }

    Result<void> add_appointments(const model::ChannelKey& way) {
        booking::Search search{.sites = {},
                               .services = {service_.key},
                               .channel = way,
                               .first = first_,
                               .last = first_ + places_ahead};
        for (const auto& site : city().sites)
            if (!site.appointments.windows.empty()) search.sites.push_back(site.key);
        const auto free = rooms_.bookings.free_starts(search);
        if (!free) return free.error();
        for (const booking::FreeAt& at : *free)
            if (!at.starts.empty())
                found_.push_back({at.site, way, How::appointment, at.starts.front().start});
        return {};
    }

    const model::Service& service_;
    const PlaceRooms& rooms_;
    const Zone& zone_;
    Date today_;
    Date first_;
    std::vector<ServicePlace> found_;
};

}  // namespace

Result<std::vector<ServicePlace>> places_of(const model::ServiceKey& service,
                                            const PlaceRooms& rooms,
                                            Date first) {
    const auto* known = rooms.office.model().find(service);
    return known == nullptr ? std::vector<ServicePlace>{} : Finder{*known, rooms, first}.find();
}

}  // namespace balcao::front
