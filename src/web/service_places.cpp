// Where a service can be had, the soonest first: with a ticket, by appointment, or from home.
#include <algorithm>
#include <vector>

#include "front/moment.hpp"
#include "front/places.hpp"
#include "web/service_words.hpp"
#include "web/waits.hpp"
#include "web/ways.hpp"

namespace balcao::web {
namespace {

using front::How;
using front::ServicePlace;
using html::Content;
using html::with;

constexpr std::size_t places_shown = 3;  // the others open when they are asked for

class PlacesWriter {
public:
    PlacesWriter(const Shared& shared, const Words& words, const Soonest& wanted)
        : shared_{shared}, words_{words}, wanted_{wanted} {}

    void write(Content& into) const {
        const auto places = front::places_of(wanted_.service,
                                             {.office = shared_.office,
                                              .bookings = shared_.bookings,
                                              .foresight = shared_.foresight,
                                              .gives_appointments = shared_.writes_letters(),
                                              .now = shared_.clock.now()},
                                             wanted_.from);
        if (!places) {
            into.element<"p">(words_("Where it can be had cannot be said right now. Try again in a moment."));
            return;
        }
        if (places->empty()) return;
        // The soonest by each way stand first: nobody wants to read of eleven spots before the web.
        std::vector<ServicePlace> shown;
        std::vector<ServicePlace> others;
        for (const auto& place : *places) {
            const bool is_first = std::ranges::none_of(shown, [&](const ServicePlace& one) {
                return one.how == place.how && one.channel == place.channel;
            });
            (is_first && shown.size() < places_shown ? shown : others).push_back(place);
        }
        into.element<"p">({with<"class">("quiet")}, words_("Soonest:"));
        write_list(into, shown);
        if (others.empty()) return;
        into.element<"details">([&](Content& more) {
            more.element<"summary">(
                words_("{count} other places and ways", {{"count", std::to_string(others.size())}}));
            write_list(more, others);
        });
    }

private:
    void write_list(Content& into, const std::vector<ServicePlace>& places) const {
        into.element<"ul">({with<"class">("places")}, [&](Content& list) {
            for (const auto& place : places)
                list.element<"li">([&](Content& line) { write_place(line, place); });
        });
    }

    void write_place(Content& line, const ServicePlace& place) const {
        const std::string site = model::name_of(*shared_.office.model().find(place.site), words_.code());
        if (place.how == How::ticket)
            line.element<"a">({with<"href">(url(words_, {"sites", place.site.text()},
                                                {{"service", wanted_.service.text()}}))},
                              words_("With a ticket: {site}", {{"site", site}}));
        else if (place.how == How::appointment)
            line.element<"a">({with<"href">(url(words_, {"sites", place.site.text(), "book"},
                                                {{"service", wanted_.service.text()},
                                                 {"channel", place.channel.text()},
                                                 {"from", format_date(wanted_.from)}}))},
                              appointment_at(place, site));
        else
            line.text(channel_text(place.channel, words_) + ": " + site);
        line.text(" · ").element<"strong">(time_of(place));
    }

    [[nodiscard]] std::string appointment_at(const ServicePlace& place, const std::string& site) const {
        if (place.channel.text() == "phone")
            return words_("An appointment by telephone: {site}", {{"site", site}});
        if (place.channel.text() == "video")
            return words_("An appointment by video: {site}", {{"site", site}});
        return words_("With an appointment: {site}", {{"site", site}});
    }

    [[nodiscard]] std::string time_of(const ServicePlace& place) const {
        if (!place.is_open) {
            const std::string moment = front::moment_text(shared_.office.zone(), *place.at, words_);
            return place.how == How::appointment ? moment : words_("opens {moment}", {{"moment", moment}});
        }
        const std::string wait =
            place.how == How::ticket ? wait_of_service(shared_, words_, place.site, wanted_.service) : "";
        if (wait.empty()) return words_("open now");
        if (wait == words_("no wait")) return words_("open now, no wait");
        return words_("open now, wait {wait}", {{"wait", wait}});
    }

    const Shared& shared_;
    const Words& words_;
    const Soonest& wanted_;
};

}  // namespace

void write_places(Content& into, const Shared& shared, const Words& words, const Soonest& wanted) {
    PlacesWriter{shared, words, wanted}.write(into);
}

}  // namespace balcao::web
