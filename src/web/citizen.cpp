// The citizen's way to a ticket: the sites and what happens there now, and one site with its services.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "front/moment.hpp"
#include "front/refusal.hpp"
#include "web/booking_pages.hpp"
#include "web/event_plan.hpp"
#include "web/forms.hpp"
#include "web/providers.hpp"
#include "web/service_words.hpp"
#include "web/shared.hpp"
#include "web/waits.hpp"
#include "web/ways.hpp"

namespace balcao::web {
namespace {

using html::Content;
using html::with;

// What a person had chosen when the page is shown again, and why it is.
struct Chosen {
    std::vector<std::string> services{};
    bool has_priority = false;
    std::string key{};
    std::string complaint{};
};

bool gives_tickets(const Shared& shared, const model::Site& site) {
    const auto layout = shared.office.layout(site.key);
    return layout != nullptr && !layout->services().empty();
}

void write_hall(Content& into, const Words& words, const HallView& hall, const office::Layout& layout) {
    if (!hall.is_open || hall.has_ended) {
        into.element<"p">({with<"class">("closed")}, words("Closed now"));
        return;
    }
    into.element<"p">({with<"class">("now")}, [&](Content& line) {
        line.element<"strong">(std::to_string(hall.waiting));
        line.text(" ").text(hall.waiting == 1 ? words("person is waiting") : words("people are waiting"));
        line.text(" · ");
        line.element<"strong">(std::to_string(hall.desks_open));
        line.text(" ").text(hall.desks_open == 1 ? words("desk is open") : words("desks are open"));
    });
    if (!hall.calls.empty())
        into.element<"p">({with<"class">("last")},
                          words("Last called: {number}, {desk}",
                                {{"number", std::to_string(hall.calls.front().number.value)},
                                 {"desk", desk_name(layout, hall.calls.front().desk, words.code())}}));
    if (!hall.has_numbers) into.element<"p">(words("All of today's tickets are given out."));
}

std::string draw_hall(const Shared& shared, const Words& words, const model::Site& site) {
    const auto hall = shared.hall(site.key);
    if (!hall) return {};
    return html::fragment([&](Content& into) {
               write_hall(into, words, *hall, *shared.office.layout(site.key));
               write_waits_now(into, shared, words, site);
               write_times(into, shared, words, *hall);
               write_record(into, shared, words, site.key);
           })
        .text();
}

void write_site_card(Content& list, const Shared& shared, const Words& words, const model::Site& site) {
    const auto hall = shared.hall(site.key);
    list.element<"li">([&](Content& card) {
        card.element<"h2">([&](Content& heading) {
            heading.element<"a">({with<"href">(url(words, {"sites", site.key.text()}))},
                                 model::name_of(site, words.code()));
        });
        if (hall) write_hall(card, words, *hall, *shared.office.layout(site.key));
        write_wait_of_site(card, shared, words, site.key);
        const std::string hours = hours_on(site, shared.now().date, words.code());
        card.element<"p">({with<"class">("hours")},
                          hours.empty() ? words("Closed today") : words("Today {hours}", {{"hours", hours}}));
    });
}

// The way to an appointment for that service where nobody takes a ticket for it: by what it can be had.
void write_booking_of(Content& list,
                      const Shared& shared,
                      const Words& words,
                      const model::Site& site,
                      const model::Service& service) {
    std::string how;
    for (const auto& way : all_ways())
        if (can_book(shared, site, way, service)) how += (how.empty() ? "" : "; ") + way_text(way, words);
    if (how.empty()) return;
    list.element<"li">([&](Content& at) {
        at.element<"a">(
            {with<"href">(url(words, {"sites", site.key.text(), "book"}, {{"service", service.key.text()}}))},
            words("An appointment at {site}", {{"site", model::name_of(site, words.code())}}));
        at.text(" (" + how + ")");
    });
}

void write_found(Content& main, const Shared& shared, const Words& words, std::string_view typed) {
    write_events(main, shared, words, {.typed = typed});
    const auto city = shared.office.in_force().model;
    const auto found = shared.finder.services(city, words.code(), typed);
    if (found.empty()) {
        main.element<"p">({with<"role">("status")},
                          words("Nothing was found for these words. Try other words."));
        return;
    }
    main.element<"ul">({with<"class">("found")}, [&](Content& list) {
        for (const auto* service : found) {
            list.element<"li">([&](Content& item) {
                item.element<"h2">([&](Content& heading) {
                    heading.element<"a">({with<"href">(service_url(words, service->key))},
                                         model::name_of(*service, words.code()));
                });
                item.element<"ul">([&](Content& sites) {
                    for (const auto& site : shared.office.model().sites) {
                        write_booking_of(sites, shared, words, site, *service);
                        const auto layout = shared.office.layout(site.key);
                        if (!layout->offers(service->key)) continue;
                        sites.element<"li">([&](Content& at) {
                            at.element<"a">({with<"href">(url(words, {"sites", site.key.text()},
                                                              {{"service", service->key.text()}}))},
                                            model::name_of(site, words.code()));
                        });
                    }
                });
            });
        }
    });
}

void write_cards(Content& list, const Shared& shared, const Words& words) {
    for (const auto& site : shared.office.model().sites)
        if (gives_tickets(shared, site)) write_site_card(list, shared, words, site);
}

// Where nobody takes a ticket, but calls and meetings by video are booked.
void write_from_home(Content& main, const Shared& shared, const Words& words) {
    std::vector<const model::Site*> sites;
    for (const auto& site : shared.office.model().sites)
        if (!gives_tickets(shared, site) && is_bookable(shared, site)) sites.push_back(&site);
    if (sites.empty()) return;
    main.element<"h2">(words("By telephone and by video"));
    main.element<"ul">([&](Content& list) {
        for (const auto* site : sites)
            list.element<"li">([&](Content& item) {
                item.element<"a">(
                    {with<"href">(url(words, {"sites", site->key.text(), "book"}))},
                    words("An appointment at {site}", {{"site", model::name_of(*site, words.code())}}));
            });
    });
}

// Of what was asked for without going there, where the city has such services.
void write_requests(Content& main, const Shared& shared, const Words& words) {
    const auto& services = shared.office.model().services;
    if (std::ranges::none_of(services, [](const auto& one) { return one.request.has_value(); })) return;
    main.element<"h2">(words("What was asked for"));
    main.element<"ul">([&](Content& list) {
        list.element<"li">([&](Content& item) {
            item.element<"a">({with<"href">(url(words, {"cases"}))}, words("How is my request?"));
        });
        if (shared.outcomes != nullptr)
            list.element<"li">([&](Content& item) {
                item.element<"a">({with<"href">(url(words, {"outcomes"}))},
                                  words("How long it really takes"));
            });
    });
}

http::Response home(const http::Request& request, const Shared& shared) {
    const Words words = shared.words_of(request);
    const std::string_view typed = request.query.text("q");
    return http::Response::html(
        page(shared.city(words), {.words = words, .path = "/", .refresh_seconds = 60}, [&](Content& main) {
            main.element<"h1">(words("What do you need?"));
            main.element<"form">(
                {with<"method">("get"), with<"action">(url(words, {})), with<"role">("search")},
                [&](Content& form) {
                    form.element<"label">({with<"for">("q")}, words("Service"));
                    form.empty<"input">(
                        {with<"id">("q"), with<"name">("q"), with<"type">("search"), with<"value">(typed)});
                    form.element<"button">(words("Search"));
                });
            if (!typed.empty()) write_found(main, shared, words, typed);
            if (typed.empty() && !shared.office.model().life_events.empty()) {
                main.element<"h2">(words("What happened?"));
                write_events(main, shared, words, {.most = 6});
            }
            main.element<"h2">(words("Where you are served"));
            main.element<"ul">(
                {with<"class">("cards"), with<"data-live">(url(words, {"live", "sites"}).text())},
                [&](Content& list) { write_cards(list, shared, words); });
            write_way_to_mine(main, shared, words);
            write_from_home(main, shared, words);
            write_requests(main, shared, words);
        }));
}

void write_services(
    Content& form, const Shared& shared, const Words& words, const model::Site& site, const Chosen& chosen) {
    form.element<"fieldset">({with<"class">("services")}, [&](Content& set) {
        set.element<"legend">(words("What is it about? Choose one service or several."));
        const auto layout = shared.office.layout(site.key);
        for (const auto& key : layout->services()) {
            const auto* service = layout->city().find(key);
            set.element<"label">([&](Content& label) {
                label.empty<"input">(
                    {with<"type">("checkbox"), with<"name">("service"), with<"value">(key.text()),
                     when(std::ranges::count(chosen.services, key.text()) > 0, with<"checked">())});
                label.text(model::name_of(*service, words.code()));
            });
        }
    });
    form.element<"label">({with<"class">("priority")}, [&](Content& label) {
        label.empty<"input">({with<"type">("checkbox"), with<"name">("priority"), with<"value">("yes"),
                              when(chosen.has_priority, with<"checked">())});
        label.text(words("I have priority by law. Nobody asks why, and it is not kept why."));
    });
}

// The days after this week on which the site is open at other hours, or closed.
void write_days_of_their_own(Content& main,
                             const Shared& shared,
                             const Words& words,
                             const model::Site& site) {
    constexpr std::chrono::days shown_from{7};
    constexpr std::chrono::days shown_until{90};
    const Date today = shared.now().date;
    std::map<Date, std::string> days;
    for (const auto& said : site.open.dates)
        days[said.date] = hours_on(site, said.date, words.code());
    for (const Date date : site.open.closed)
        days[date] = words("closed");
    std::erase_if(days, [&](const auto& day) {
        return day.first < today + shown_from || day.first > today + shown_until;
    });
    if (days.empty()) return;
    main.element<"h3">(words("Other hours on single days"));
    main.element<"ul">([&](Content& list) {
        for (const auto& [date, hours] : days)
            list.element<"li">(front::day_text(date, words) + ": " + hours);
    });
}

http::Response site_page(const http::Request& request,
                         const Shared& shared,
                         const model::Site& site,
                         Chosen chosen,
                         int status = 200) {
    const Words words = shared.words_of(request);
    const auto hall = shared.hall(site.key);
    if (!hall) return shared.failure(request, 503);
    if (chosen.key.empty()) chosen.key = new_form_key();
    const bool gives = hall->is_open && !hall->has_ended && hall->has_numbers;
    const Frame frame{
        .words = words, .title = model::name_of(site, words.code()), .path = "/sites/" + site.key.text()};
    return http::Response::html(
        page(shared.city(words), frame,
             [&](Content& main) {
                 main.element<"h1">(frame.title);
                 main.element<"div">(
                     {with<"data-live">(url(words, {"live", "sites", site.key.text()}).text()),
                      with<"aria-live">("polite")},
                     [&](Content& now) {
                         write_hall(now, words, *hall, *shared.office.layout(site.key));
                         write_waits_now(now, shared, words, site);
                         write_times(now, shared, words, *hall);
                         write_record(now, shared, words, site.key);
                     });
                 if (!chosen.complaint.empty())
                     main.element<"p">({with<"class">("complaint"), with<"role">("alert")}, chosen.complaint);
                 if (gives || !chosen.complaint.empty())
                     main.element<"form">(
                         {with<"method">("post"),
                          with<"action">(url(words, {"sites", site.key.text(), "tickets"}))},
                         [&](Content& form) {
                             form.empty<"input">(
                                 {with<"type">("hidden"), with<"name">("key"), with<"value">(chosen.key)});
                             write_services(form, shared, words, site, chosen);
                             form.element<"button">({with<"class">("main")}, words("Take a ticket"));
                         });
                 if (is_bookable(shared, site))
                     main.element<"p">([&](Content& line) {
                         line.element<"a">({with<"href">(url(words, {"sites", site.key.text(), "book"}))},
                                           words("Book an appointment"));
                     });
                 main.element<"h2">(words("Opening hours"));
                 main.element<"table">({with<"class">("hours")}, [&](Content& table) {
                     constexpr std::array<const char*, 7> days{"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                               "Friday", "Saturday", "Sunday"};
                     const Date today = shared.now().date;
                     for (int ahead = 0; ahead < 7; ++ahead) {
                         const Date date = today + std::chrono::days{ahead};
                         const std::string hours = hours_on(site, date, words.code());
                         table.element<"tr">([&](Content& row) {
                             row.element<"th">({with<"scope">("row")},
                                               words(days.at(static_cast<std::size_t>(weekday_index(date)))));
                             row.element<"td">(hours.empty() ? words("closed") : hours);
                         });
                     }
                 });
                 write_days_of_their_own(main, shared, words, site);
                 main.element<"p">([&](Content& line) {
                     line.element<"a">({with<"href">(url(words, {"sites", site.key.text(), "board"}))},
                                       words("The board of the waiting room"));
                     if (shared.records != nullptr)
                         line.text(" · ").element<"a">(
                             {with<"href">(url(words, {"sites", site.key.text(), "record"}))},
                             words("How {site} kept its word", {{"site", frame.title}}));
                 });
             }),
        status);
}

void take_ticket(const http::Request& request, http::Reply reply, Shared& shared, const model::Site& site) {
    office::TakeTicket command;
    Chosen chosen;
    for (const auto service : request.form.all("service")) {
        command.services.emplace_back(std::string{service});
        chosen.services.emplace_back(service);
    }
    chosen.has_priority = request.form.has("priority");
    if (chosen.has_priority) command.standing = office::Standing::priority;
    command.channel = "phone";
    const std::string key = form_key(request);
    const auto answer = std::make_shared<http::Reply>(std::move(reply));
    const auto answered = [answer, chosen, &shared, &site](const office::Reply& result) mutable {
        const http::Request& asked = answer->request();
        const Words words = shared.words_of(asked);
        if (const auto* refusal = std::get_if<office::Refusal>(&result)) {
            chosen.complaint = refusal_text(*refusal, *shared.office.layout(site.key), words);
            return answer->send(site_page(asked, shared, site, std::move(chosen), status_of(*refusal)));
        }
        const auto* accepted = std::get_if<office::Accepted>(&result);
        const auto ticket = accepted != nullptr ? ticket_in(accepted->json) : std::nullopt;
        if (!ticket) return answer->send(shared.failure(asked, 503));
        answer->send(http::Response::redirect(url(words, {"tickets", shared.links.write(*ticket)}).text()));
    };
    const auto handled =
        shared.office.handle({.site = site.key, .key = key, .command = std::move(command)}, answered);
    if (!handled) answer->send(shared.failure(answer->request(), 404));
}

}  // namespace

void add_citizen_routes(http::Router& router, Shared& shared) {
    router.add(
        http::Method::get, "/{language}/live/sites",
        [&shared](const http::Request& request, http::Reply reply) {
            const Words words = shared.words_of(request);
            shared.live.follow(
                model::SiteKey{}, "cards " + std::string{words.code()}, reply.stream(),
                [&shared, words]() -> std::optional<std::string> {
                    return html::fragment([&](Content& list) { write_cards(list, shared, words); }).text();
                });
        });
    // A search takes a moment; the page itself does not.
    router.add(http::Method::get, "/{language}", [&shared](const http::Request& request, http::Reply reply) {
        if (!language_in(request.path)) return reply.send(shared.failure(request, 404));
        if (request.query.text("q").empty()) return reply.send(home(request, shared));
        in_background(shared, std::move(reply),
                      [&shared](const http::Request& asked) { return home(asked, shared); });
    });
    router.add(http::Method::get, "/{language}/sites/{site}",
               [&shared](const http::Request& request, http::Reply reply) {
                   const auto* site = site_in(request, shared);
                   if (site == nullptr || !gives_tickets(shared, *site))
                       return reply.send(shared.failure(request, 404));
                   Chosen chosen;
                   for (const auto service : request.query.all("service"))
                       chosen.services.emplace_back(service);
                   reply.send(site_page(request, shared, *site, std::move(chosen)));
               });
    add_post(router, shared, "/{language}/sites/{site}/tickets",
             [&shared](const http::Request& request, http::Reply reply) {
                 const auto* site = site_in(request, shared);
                 if (site == nullptr || !gives_tickets(shared, *site))
                     return reply.send(shared.failure(request, 404));
                 take_ticket(request, std::move(reply), shared, *site);
             });
    router.add(http::Method::get, "/{language}/live/sites/{site}",
               [&shared](const http::Request& request, http::Reply reply) {
                   const auto* site = site_in(request, shared);
                   if (site == nullptr || !gives_tickets(shared, *site))
                       return reply.send(shared.failure(request, 404));
                   const Words words = shared.words_of(request);
                   shared.live.follow(site->key, "hall " + std::string{words.code()}, reply.stream(),
                                      [&shared, words, site]() -> std::optional<std::string> {
                                          return draw_hall(shared, words, *site);
                                      });
               });
}

}  // namespace balcao::web
