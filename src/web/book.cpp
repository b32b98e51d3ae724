// The way to an appointment: which services, which day and time, and the place is kept.
#include <algorithm>
#include <map>

#include "web/book_words.hpp"
#include "web/booking_pages.hpp"
#include "web/forms.hpp"

namespace balcao::web {
namespace {

using html::Content;
using html::with;

constexpr int days_shown = 14;
constexpr std::size_t days_open = 2;  // the others open when they are asked for

// What was chosen up to now.
struct Choice {
    std::vector<model::ServiceKey> services{};
    Date first{};
    std::string complaint{};
    std::string moved{};  // the link of the appointment that is to be moved; empty: a new one
};

html::Url action_of(const Words& words, const model::Site& site, const Choice& choice) {
    return choice.moved.empty() ? url(words, {"sites", site.key.text(), "book"})
                                : url(words, {"appointments", choice.moved, "move"});
}

std::vector<const model::Service*> bookable(const Shared& shared, const model::Site& site) {
    std::vector<const model::Service*> found;
    if (site.appointments.windows.empty()) return found;
    for (const auto& service : shared.office.model().services) {
        const auto has = [&](const model::AppointmentWindow& window) {
            const bool is_counter = window.channels.empty() ||
                                    std::ranges::count(window.channels, model::ChannelKey{"counter"}) > 0;
            const bool is_named =
                window.services.empty() ||
                std::ranges::count(window.services, service.key, &model::AppointmentService::service) > 0;
            return is_counter && is_named;
        };
        const auto layout = shared.office.layout(site.key);
        if (layout->offers_booked(service.key) && std::ranges::any_of(site.appointments.windows, has))
            found.push_back(&service);
    }
    return found;
}

void write_choice(Content& main,
                  const Words& words,
                  const std::vector<const model::Service*>& services,
                  const Choice& choice) {
    main.element<"form">({with<"method">("get")}, [&](Content& form) {
        form.element<"fieldset">({with<"class">("services")}, [&](Content& set) {
            set.element<"legend">(words("What is it about? Choose one service or several."));
            for (const auto* service : services)
                set.element<"label">([&](Content& label) {
                    label.empty<"input">(
                        {with<"type">("checkbox"), with<"name">("service"),
                         with<"value">(service->key.text()),
                         when(std::ranges::count(choice.services, service->key) > 0, with<"checked">())});
                    label.text(model::name_of(*service, words.code()));
                });
        });
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
    const auto found = shared.bookings.free_starts(
        {.sites = {site.key}, .services = choice.services, .first = choice.first, .last = last});
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
    main.element<"h2">(words("Free times"));
    if (days.empty())
        main.element<"p">({with<"role">("status")},
                          words("Nothing is free from {first} to {last}.",
                                {{"first", day_text(choice.first, words)}, {"last", day_text(last, words)}}));
    main.element<"form">({with<"method">("post"), with<"action">(action_of(words, site, choice))},
                         [&](Content& form) {
                             write_hidden(form, "key", new_form_key());
                             for (const auto& service : choice.services)
                                 write_hidden(form, "service", service.text());
                             form.element<"ul">({with<"class">("days")}, [&](Content& list) {
                                 std::size_t place = 0;
                                 for (const auto& day : days)
                                     write_day(list, words, zone, day, place++ < days_open);
                             });
                         });
}

// To the days before and after.
void write_turning(Content& main, const Shared& shared, const Words& words, const Choice& choice) {
    const auto link = [&](Content& nav, Date first, const std::string& label) {
        nav.element<"form">({with<"method">("get")}, [&](Content& form) {
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
    const auto services = bookable(shared, site);
    if (services.empty()) return shared.failure(request, 404);
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
                 if (!shared.post && choice.moved.empty()) {
                     main.element<"p">(words("Appointments are made at the site or by telephone."));
                     return;
                 }
                 if (choice.moved.empty()) write_choice(main, words, services, choice);
                 if (choice.services.empty()) return;
                 write_times(main, shared, words, site, choice);
                 write_turning(main, shared, words, choice);
             }),
        status);
}

Choice choice_of(const http::Fields& fields, const Shared& shared) {
    Choice choice;
    for (const auto service : fields.all("service"))
        choice.services.emplace_back(std::string{service});
    const Date today = shared.now().date;
    choice.first = std::max(today, parse_date(fields.text("from")).value_or(today));
    return choice;
}

std::optional<Instant> instant_in(const http::Request& request) {
    const auto text = request.form.text("start");
    std::int64_t count = 0;
    for (const char digit : text) {
        if (digit < '0' || digit > '9' || count > 100'000'000'000'000) return std::nullopt;
        count = count * 10 + (digit - '0');
    }
    return text.empty() ? std::nullopt : std::optional{Instant{std::chrono::milliseconds{count}}};
}

http::Response hold(const http::Request& request, const Shared& shared, const model::Site& site) {
    const Words words = shared.words_of(request);
    Choice choice = choice_of(request.form, shared);
    const auto start = instant_in(request);
    if (!start || !shared.post) return shared.failure(request, 422);
    const auto held = shared.bookings.hold(
        {.site = site.key, .services = choice.services, .start = *start, .window = {}, .by = {}},
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
    Choice choice = choice_of(request.query, shared);
    choice.services = appointment.services;
    choice.moved = link;
    const auto start = instant_in(request);
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
    return book_page(request, shared, *site, choice_of(request.query, shared), 200);
}

}  // namespace

bool is_bookable(const Shared& shared, const model::Site& site) { return !bookable(shared, site).empty(); }

void add_book_routes(http::Router& router, Shared& shared) {
    router.add(http::Method::get, "/{language}/sites/{site}/book", on_worker(shared, answer_for_site));
    add_post(router, shared, "/{language}/sites/{site}/book", on_worker(shared, answer_for_site));
    router.add(http::Method::get, "/{language}/appointments/{link}/move", on_worker(shared, move));
    add_post(router, shared, "/{language}/appointments/{link}/move", on_worker(shared, move));
}

}  // namespace balcao::web
