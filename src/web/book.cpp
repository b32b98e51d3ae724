// The way to an appointment: which services and how (at the site, by telephone, by video), which day and
// time, and the place is kept.
#include <algorithm>
#include <map>

#include "web/book_words.hpp"
#include "web/booking_pages.hpp"
#include "web/forms.hpp"
#include "web/ways.hpp"

namespace balcao::web {
namespace {

using html::Content;
using html::with;

constexpr int days_shown = 14;
constexpr std::size_t days_open = 2;  // the others open when they are asked for

// What was chosen up to now.
struct Choice {
    std::vector<model::ServiceKey> services{};
    model::ChannelKey way{};
    Date first{};
    std::string complaint{};
    std::string moved{};  // the link of the appointment that is to be moved; empty: a new one
};

html::Url action_of(const Words& words, const model::Site& site, const Choice& choice) {
    return choice.moved.empty() ? url(words, {"sites", site.key.text(), "book"})
                                : url(words, {"appointments", choice.moved, "move"});
}

// The first way on which all that was chosen can be had, where none was said.
model::ChannelKey way_for(const Shared& shared,
                          const model::Site& site,
                          const std::vector<model::ServiceKey>& services,
                          std::string_view said) {
    const auto ways = ways_of(shared, site);
    for (const auto& way : ways)
        if (way.text() == said) return way;
    for (const auto& way : ways) {
        const auto offered = bookable(shared, site, way);
        if (std::ranges::all_of(services, [&](const model::ServiceKey& one) {
                return std::ranges::count(offered, one, &model::Service::key) > 0;
            }))
            return way;
    }
    return ways.empty() ? model::ChannelKey{"counter"} : ways.front();
}

struct Offer {
    const model::Service* service = nullptr;
    std::vector<model::ChannelKey> ways{};
};

// What can be booked there on any way, in the order of the model.
std::vector<Offer> offers_of(const Shared& shared, const model::Site& site) {
    std::vector<Offer> offers;
    for (const auto& service : shared.office.model().services)
        offers.push_back({&service});
    for (const auto& way : ways_of(shared, site))
        for (const auto* service : bookable(shared, site, way))
            std::ranges::find(offers, service, &Offer::service)->ways.push_back(way);
    std::erase_if(offers, [](const Offer& offer) { return offer.ways.empty(); });
    return offers;
}

// "Municipal rent review (in person, at the site; by video)" where not all ways are open to it.
std::string offer_text(const Offer& offer, std::size_t ways, const Words& words) {
    std::string text = model::name_of(*offer.service, words.code());
    if (offer.ways.size() == ways) return text;
    std::string how;
    for (const auto& way : offer.ways)
        how += (how.empty() ? "" : "; ") + way_text(way, words);
    return text + " (" + how + ")";
}

void write_ways(Content& form,
                const Words& words,
                const std::vector<model::ChannelKey>& ways,
                const model::ChannelKey& chosen) {
    if (ways.size() < 2) return;
    form.element<"fieldset">({with<"class">("services")}, [&](Content& set) {
        set.element<"legend">(words("How would you like it?"));
        for (const auto& way : ways)
            set.element<"label">([&](Content& label) {
                label.empty<"input">({with<"type">("radio"), with<"name">("channel"),
                                      with<"value">(way.text()), when(way == chosen, with<"checked">())});
                label.text(way_text(way, words));
            });
    });
}

void write_choice(Content& main,
                  const Words& words,
                  const std::vector<Offer>& offers,
                  const std::vector<model::ChannelKey>& ways,
                  const Choice& choice) {
    main.element<"form">({with<"method">("get")}, [&](Content& form) {
        form.element<"fieldset">({with<"class">("services")}, [&](Content& set) {
            set.element<"legend">(words("What is it about? Choose one service or several."));
            for (const auto& offer : offers)
                set.element<"label">([&](Content& label) {
                    const auto& key = offer.service->key;
                    label.empty<"input">(
                        {with<"type">("checkbox"), with<"name">("service"), with<"value">(key.text()),
                         when(std::ranges::count(choice.services, key) > 0, with<"checked">())});
                    label.text(offer_text(offer, ways.size(), words));
                });
        });
        write_ways(form, words, ways, choice.way);
        form.element<"button">({with<"class">("main")}, words("Show free times"));
    });
}

// The free times of one day, each a button; of the later days shown when they are asked for.
void write_day(Content& list,
               const Words& words,
               const Zone& zone,
               const std::pair<const Date, std::vector<Instant>>& day,
               bool is_open) {
    list.element<"li">([&](Content& item) {
        item.element<"details">({when(is_open, with<"open">())}, [&](Content& part) {
            part.element<"summary">(
                words("{day}: {count} free",
                      {{"day", day_text(day.first, words)}, {"count", std::to_string(day.second.size())}}));
            part.element<"div">({with<"class">("times")}, [&](Content& times) {
                for (const Instant start : day.second)
                    times.element<"button">({with<"name">("start"),
                                             with<"value">(std::to_string(start.time_since_epoch().count()))},
                                            time_text(zone, start));
            });
        });
    });
}

void write_times(
    Content& main, const Shared& shared, const Words& words, const model::Site& site, const Choice& choice) {
    const Date last = choice.first + std::chrono::days{days_shown - 1};
    const auto found = shared.bookings.free_starts({.sites = {site.key},
                                                    .services = choice.services,
                                                    .channel = choice.way,
                                                    .first = choice.first,
                                                    .last = last});
    if (!found) {
        main.element<"p">(words("This cannot be done right now. Nothing was lost; try again in a moment."));
        return;
    }
    const Zone& zone = shared.office.zone();
    std::map<Date, std::vector<Instant>> days;
    for (const auto& at : *found) {
        for (const auto& free : at.starts) {
            auto& of_day = days[zone.at(free.start).date];
            // Several windows may offer the same time.
            if (of_day.empty() || of_day.back() != free.start) of_day.push_back(free.start);
        }
    }
    main.element<"h2">(words("Free times") +
                       (choice.way.text() == "counter" ? "" : " · " + way_text(choice.way, words)));
    if (days.empty())
        main.element<"p">({with<"role">("status")},
                          words("Nothing is free from {first} to {last}.",
                                {{"first", day_text(choice.first, words)}, {"last", day_text(last, words)}}));
    main.element<"form">({with<"method">("post"), with<"action">(action_of(words, site, choice))},
                         [&](Content& form) {
                             write_hidden(form, "key", new_form_key());
                             write_hidden(form, "channel", choice.way.text());
                             for (const auto& service : choice.services)
                                 write_hidden(form, "service", service.text());
                             form.element<"ul">({with<"class">("days")}, [&](Content& list) {
                                 std::size_t place = 0;
                                 for (const auto& day : days)
                                     write_day(list, words, zone, day, place++ < days_open);
                             });
                         });
}

// Says which of the chosen services cannot be had on the chosen way; whether all can.
bool write_what_is_not_had(Content& main,
                           const Words& words,
                           const std::vector<Offer>& offers,
                           const Choice& choice) {
    bool is_had = true;
    for (const auto& offer : offers) {
        if (std::ranges::count(choice.services, offer.service->key) == 0 ||
            std::ranges::count(offer.ways, choice.way) > 0)
            continue;
        is_had = false;
        main.element<"p">({with<"role">("status")},
                          words("{service} cannot be had that way ({way}). Choose another way.",
                                {{"service", model::name_of(*offer.service, words.code())},
                                 {"way", way_text(choice.way, words)}}));
    }
    return is_had;
}

// To the days before and after.
void write_turning(Content& main, const Shared& shared, const Words& words, const Choice& choice) {
    const auto link = [&](Content& nav, Date first, const std::string& label) {
        nav.element<"form">({with<"method">("get")}, [&](Content& form) {
            write_hidden(form, "channel", choice.way.text());
            for (const auto& service : choice.services)
                write_hidden(form, "service", service.text());
            write_hidden(form, "from", format_date(first));
            form.element<"button">(label);
        });
    };
    main.element<"div">({with<"class">("verbs")}, [&](Content& nav) {
        if (choice.first > shared.now().date)
            link(nav, choice.first - std::chrono::days{days_shown}, words("Earlier days"));
        link(nav, choice.first + std::chrono::days{days_shown}, words("Later days"));
    });
}

http::Response book_page(const http::Request& request,
                         const Shared& shared,
                         const model::Site& site,
                         const Choice& choice,
                         int status) {
    const Words words = shared.words_of(request);
    const auto offers = offers_of(shared, site);
    const auto ways = ways_of(shared, site);
    if (offers.empty()) return shared.failure(request, 404);
    const Frame frame{.words = words,
                      .title = words("Book an appointment"),
                      .path = choice.moved.empty() ? "/sites/" + site.key.text() + "/book"
                                                   : "/appointments/" + choice.moved + "/move"};
    return http::Response::html(
        page(shared.city(words), frame,
             [&](Content& main) {
                 main.element<"h1">(
                     words("An appointment at {site}", {{"site", model::name_of(site, words.code())}}));
                 write_complaint(main, choice.complaint);
                 if (!shared.writes_letters() && choice.moved.empty()) {
                     main.element<"p">(words("Appointments are made at the site or by telephone."));
                     return;
                 }
                 if (choice.moved.empty())
                     main.element<"p">({with<"class">("quiet")}, [&](Content& line) {
                         line.element<"a">({with<"href">(url(words, {"appointments"}))},
                                           words("Lost the link of your appointment?"));
                     });
                 if (choice.moved.empty()) write_choice(main, words, offers, ways, choice);
                 if (choice.services.empty()) return;
                 if (choice.moved.empty() && !write_what_is_not_had(main, words, offers, choice)) return;
                 write_times(main, shared, words, site, choice);
                 write_turning(main, shared, words, choice);
             }),
        status);
}

Choice choice_of(const http::Fields& fields, const Shared& shared, const model::Site& site) {
    Choice choice;
    for (const auto service : fields.all("service"))
        choice.services.emplace_back(std::string{service});
    choice.way = way_for(shared, site, choice.services, fields.text("channel"));
    const Date today = shared.now().date;
    choice.first = std::max(today, parse_date(fields.text("from")).value_or(today));
    return choice;
}

http::Response hold(const http::Request& request, const Shared& shared, const model::Site& site) {
    const Words words = shared.words_of(request);
    Choice choice = choice_of(request.form, shared, site);
    const auto start = instant_in(request.form.text("start"));
    if (!start || !shared.writes_letters()) return shared.failure(request, 422);
    const auto held = shared.bookings.hold({.site = site.key,
                                            .services = choice.services,
                                            .channel = choice.way,
                                            .start = *start,
                                            .window = {},
                                            .by = {}},
                                           form_key(request));
    if (const auto* refusal = std::get_if<booking::Refusal>(&held)) {
        choice.complaint = refusal_text(*refusal, shared.office.zone(), words);
        return book_page(request, shared, site, choice, status_of(*refusal));
    }
    return http::Response::redirect(url(words, {"appointments", std::get<booking::Slip>(held).link}).text());
}

// The free times for an appointment that is to be moved, and the move.
http::Response move(const http::Request& request, const Shared& shared) {
    const Words words = shared.words_of(request);
    const std::string link{request.parameters.text("link")};
    const auto seen = shared.bookings.see(link);
    const auto told = [&](const booking::Refusal& refusal) {
        return shared.failure(words, status_of(refusal), refusal_text(refusal, shared.office.zone(), words));
    };
    if (const auto* refusal = std::get_if<booking::Refusal>(&seen)) return told(*refusal);
    const auto& appointment = std::get<booking::Appointment>(seen);
    const auto* site = shared.office.model().find(appointment.site);
    if (site == nullptr) return shared.failure(request, 404);
    Choice choice = choice_of(request.query, shared, *site);
    choice.services = appointment.services;
    choice.way = appointment.channel;
    choice.moved = link;
    const auto start = instant_in(request.form.text("start"));
    if (!start) return book_page(request, shared, *site, choice, 200);
    const auto moved = shared.bookings.move(
        booking::ByLink{link}, {.site = appointment.site, .start = *start, .window = {}}, form_key(request));
    if (const auto* refusal = std::get_if<booking::Refusal>(&moved)) {
        choice.complaint = refusal_text(*refusal, shared.office.zone(), words);
        return book_page(request, shared, *site, choice, status_of(*refusal));
    }
    return http::Response::redirect(url(words, {"appointments", std::get<booking::Slip>(moved).link}).text());
}

http::Response answer_for_site(const http::Request& request, const Shared& shared) {
    const auto* site = site_in(request, shared);
    if (site == nullptr) return shared.failure(request, 404);
    if (request.method == http::Method::post) return hold(request, shared, *site);
    return book_page(request, shared, *site, choice_of(request.query, shared, *site), 200);
}

}  // namespace

bool is_bookable(const Shared& shared, const model::Site& site) { return !ways_of(shared, site).empty(); }

void add_book_routes(http::Router& router, Shared& shared) {
    router.add(http::Method::get, "/{language}/sites/{site}/book", on_worker(shared, answer_for_site));
    add_post(router, shared, "/{language}/sites/{site}/book", on_worker(shared, answer_for_site));
    router.add(http::Method::get, "/{language}/appointments/{link}/move", on_worker(shared, move));
    add_post(router, shared, "/{language}/appointments/{link}/move", on_worker(shared, move));
}

}  // namespace balcao::web
