// Booking for somebody on the telephone or at the counter, and moving for them: what is free for staff, by
// their places and days, and the name and contact of who it is for.
#include <algorithm>
#include <charconv>
#include <map>

#include "model/offering.hpp"
#include "web/booking_pages.hpp"
#include "web/looks.hpp"
#include "web/ways.hpp"

namespace balcao::web {
namespace {

using booking::Appointment;
using html::Content;
using html::with;

constexpr int days_shown = 14;
constexpr std::size_t days_open = 3;

// What was chosen up to now.
struct Choice {
    model::ChannelKey channel;
    std::vector<model::ServiceKey> services{};
    Date first{};
};

// A form whose buttons are free times; what it sends beside the time.
struct TimesForm {
    std::string_view method;
    html::Url action;
    std::vector<std::pair<std::string_view, std::string>> hidden{};
};

std::vector<model::ChannelKey> channels_of(const model::Site& site) {
    std::vector<model::ChannelKey> found;
    for (const auto& window : site.appointments.windows)
        for (const auto& channel : model::channels_of_window(window))
            if (std::ranges::count(found, channel) == 0) found.push_back(channel);
    return found;
}

// What can be booked there, by whatever channel.
std::vector<const model::Service*> services_of(const Shared& shared, const model::Site& site) {
    std::vector<const model::Service*> found;
    const auto& city = shared.office.model();
    for (const auto& window : site.appointments.windows)
        for (const auto& offered : model::services_of_window(city, site, window)) {
            const auto* service = city.find(offered.service);
            if (service != nullptr && std::ranges::count(found, service) == 0) found.push_back(service);
        }
    return found;
}

Date first_in(const http::Fields& fields, const Shared& shared) {
    const Date today = shared.now().date;
    return std::max(today, parse_date(fields.text("from")).value_or(today));
}

Choice choice_of(const http::Fields& fields, const Shared& shared, const model::Site& site) {
    Choice choice;
    const auto channels = channels_of(site);
    choice.channel = model::ChannelKey{std::string{fields.text("channel")}};
    if (std::ranges::count(channels, choice.channel) == 0 && !channels.empty())
        choice.channel = channels.front();
    for (const auto service : fields.all("service"))
        choice.services.emplace_back(std::string{service});
    choice.first = first_in(fields, shared);
    return choice;
}

std::optional<Instant> instant_in(const http::Fields& fields) {
    const auto text = fields.text("start");
    std::int64_t count = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), count);
    constexpr std::int64_t far = 100'000'000'000'000;
    if (text.empty() || read.ec != std::errc{} || read.ptr != text.data() + text.size() || count < 0 ||
        count > far)
        return std::nullopt;
    return Instant{std::chrono::milliseconds{count}};
}

void write_option(Content& set,
                  std::string_view type,
                  std::string_view name,
                  const std::pair<std::string, std::string>& option,
                  bool is_chosen) {
    set.element<"label">([&](Content& label) {
        label.empty<"input">({with<"type">(type), with<"name">(name), with<"value">(option.first),
                              when(is_chosen, with<"checked">())});
        label.text(option.second);
    });
}

void write_choice(
    Content& main, const Shared& shared, const Words& words, const model::Site& site, const Choice& choice) {
    main.element<"form">({with<"method">("get")}, [&](Content& form) {
        const auto channels = channels_of(site);
        if (channels.size() > 1)
            form.element<"fieldset">({with<"class">("services")}, [&](Content& set) {
                set.element<"legend">(words("How does the person come?"));
                for (const auto& channel : channels)
                    write_option(set, "radio", "channel", {channel.text(), channel_text(channel, words)},
                                 channel == choice.channel);
            });
        form.element<"fieldset">({with<"class">("services")}, [&](Content& set) {
            set.element<"legend">(words("What is it about? Choose one service or several."));
            for (const auto* service : services_of(shared, site))
                write_option(set, "checkbox", "service",
                             {service->key.text(), model::name_of(*service, words.code())},
                             std::ranges::count(choice.services, service->key) > 0);
        });
        form.element<"div">({with<"class">("sheet")}, [&](Content& part) {
            write_field(part,
                        {"from", words("From which day on?"), "date", format_date(choice.first), "off"});
        });
        form.element<"button">({with<"class">("main")}, words("Show free times"));
    });
}

// By day; a time that several windows have stands once.
std::optional<std::map<Date, std::vector<Instant>>> free_days(const Shared& shared,
                                                              const model::Site& site,
                                                              const Choice& choice) {
    const auto found =
        shared.bookings.free_starts({.sites = {site.key},
                                     .services = choice.services,
                                     .channel = choice.channel,
                                     .who = rules::Who::staff,
                                     .first = choice.first,
                                     .last = choice.first + std::chrono::days{days_shown - 1}});
    if (!found) return std::nullopt;
    std::map<Date, std::vector<Instant>> days;
    for (const auto& at : *found)
        for (const auto& free : at.starts) {
            auto& of_day = days[shared.office.zone().at(free.start).date];
            if (of_day.empty() || of_day.back() != free.start) of_day.push_back(free.start);
        }
    return days;
}

void write_day(Content& list,
               const Zone& zone,
               const Words& words,
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

void write_times(Content& main,
                 const Shared& shared,
                 const Words& words,
                 const std::optional<std::map<Date, std::vector<Instant>>>& days,
                 const TimesForm& times) {
    main.element<"h2">(words("Free times"));
    if (!days) {
        main.element<"p">(words("This cannot be done right now. Nothing was lost; try again in a moment."));
        return;
    }
    if (days->empty()) {
        main.element<"p">({with<"role">("status")},
                          words("Nothing is free in these two weeks. Choose a later day."));
        return;
    }
    main.element<"form">({with<"method">(times.method), with<"action">(times.action)}, [&](Content& form) {
        for (const auto& [name, value] : times.hidden)
            write_hidden(form, name, value);
        form.element<"ul">({with<"class">("days")}, [&](Content& list) {
            std::size_t place = 0;
            for (const auto& day : *days)
                write_day(list, shared.office.zone(), words, day, place++ < days_open);
        });
    });
}

// To the days before and after.
void write_turning(Content& main, const Words& words, const TimesForm& times, Date first, Date today) {
    main.element<"div">({with<"class">("verbs")}, [&](Content& nav) {
        const auto turn = [&](Date to, const std::string& label) {
            nav.element<"form">({with<"method">("get"), with<"action">(times.action)}, [&](Content& form) {
                for (const auto& [name, value] : times.hidden)
                    if (name != "key") write_hidden(form, name, value);
                write_hidden(form, "from", format_date(to));
                form.element<"button">(label);
            });
        };
        if (first > today) turn(first - std::chrono::days{days_shown}, words("Earlier days"));
        turn(first + std::chrono::days{days_shown}, words("Later days"));
    });
}

std::vector<std::pair<std::string_view, std::string>> hidden_of(const Choice& choice) {
    std::vector<std::pair<std::string_view, std::string>> hidden{{"channel", choice.channel.text()}};
    for (const auto& service : choice.services)
        hidden.emplace_back("service", service.text());
    return hidden;
}

http::Response times_page(const http::Request& request,
                          const Shared& shared,
                          const staff::Session& session,
                          const model::Site& site,
                          const AgendaTold& told) {
    const Words words = shared.words_of(request);
    const auto& fields = request.method == http::Method::post ? request.form : request.query;
    const Choice choice = choice_of(fields, shared, site);
    const TimesForm times{"get", url(words, {"hall", site.key.text(), "appointments", "new"}),
                          hidden_of(choice)};
    const Frame frame{.words = words,
                      .title = words("Book for somebody"),
                      .path = "/hall/" + site.key.text() + "/appointments/new"};
    return http::Response::html(page(shared.city(words), frame,
                                     [&](Content& main) {
                                         write_way_back(main, words, session, site, choice.first);
                                         main.element<"h1">(frame.title);
                                         write_complaint(main, told.complaint);
                                         if (site.appointments.windows.empty()) {
                                             main.element<"p">(words("Nothing can be booked at this site."));
                                             return;
                                         }
                                         write_choice(main, shared, words, site, choice);
                                         if (choice.services.empty()) return;
                                         write_times(main, shared, words, free_days(shared, site, choice),
                                                     times);
                                         write_turning(main, words, times, choice.first, shared.now().date);
                                     }),
                                told.status);
}

void write_languages(Content& form, const Shared& shared, const Words& words, const std::string& chosen) {
    form.element<"p">([&](Content& line) {
        line.element<"label">({with<"for">("language")}, words("Language of the letters"));
        line.element<"select">({with<"id">("language"), with<"name">("language")}, [&](Content& select) {
            for (const Language language : text::spoken_languages) {
                const auto code = std::string{text::code_of(language)};
                const auto& spoken = shared.office.model().languages;
                if (std::ranges::count(spoken, code) == 0 && code != chosen) continue;
                select.element<"option">({with<"value">(code), when(code == chosen, with<"selected">())},
                                         text::own_name_of(language));
            }
        });
    });
}

// Who it is for. What was typed stays.
http::Response person_page(const http::Request& request,
                           const Shared& shared,
                           const staff::Session& session,
                           const model::Site& site,
                           const AgendaTold& told) {
    const Words words = shared.words_of(request);
    const auto& fields = request.method == http::Method::post ? request.form : request.query;
    const Choice choice = choice_of(fields, shared, site);
    const auto start = instant_in(fields);
    if (!start || choice.services.empty()) return times_page(request, shared, session, site, told);
    const Zone& zone = shared.office.zone();
    const auto typed = [&](std::string_view name) { return std::string{fields.text(name)}; };
    const Frame frame{.words = words,
                      .title = words("Who is it for?"),
                      .path = "/hall/" + site.key.text() + "/appointments/new"};
    return http::Response::html(
        page(shared.city(words), frame,
             [&](Content& main) {
                 const Date date = zone.at(*start).date;
                 write_way_back(main, words, session, site, date);
                 main.element<"h1">(frame.title);
                 write_complaint(main, told.complaint);
                 main.element<"p">(services_text(choice.services, shared, words) + ", " +
                                   moment_text(zone, *start, words) + ", " +
                                   channel_text(choice.channel, words));
                 main.element<"form">(
                     {with<"method">("post"), with<"class">("sheet"),
                      with<"action">(url(words, {"hall", site.key.text(), "appointments", "new"}))},
                     [&](Content& form) {
                         write_hidden(form, "key", new_form_key());
                         for (const auto& [name, value] : hidden_of(choice))
                             write_hidden(form, name, value);
                         write_hidden(form, "start", typed("start"));
                         write_field(form,
                                     {"name", words("Name of the person"), "text", typed("name"), "off"});
                         write_field(form, {"mail", words("Mail address, if there is one"), "email",
                                            typed("mail"), "off"});
                         write_field(form, {"phone",
                                            booking::is_call(choice.channel)
                                                ? words("Telephone: the person is called there")
                                                : words("Telephone, if there is one"),
                                            "tel", typed("phone"), "off"});
                         write_field(form, {"note", words("What the person asks for, if anything"), "text",
                                            typed("note"), "off"});
                         const auto language = typed("language");
                         write_languages(form, shared, words,
                                         language.empty() ? std::string{words.code()} : language);
                         form.element<"button">({with<"class">("main")}, words("Book"));
                     });
                 main.element<"p">([&](Content& line) {
                     line.element<"a">(
                         {with<"href">(url(words, {"hall", site.key.text(), "appointments", "new"}))},
                         words("Choose another time"));
                 });
             }),
        told.status);
}

http::Response show_new(const http::Request& request,
                        Shared& shared,
                        const staff::Session& session,
                        const model::Site& site) {
    if (instant_in(request.query)) return person_page(request, shared, session, site, {});
    return times_page(request, shared, session, site, {});
}

http::Response book(const http::Request& request,
                    Shared& shared,
                    const staff::Session& session,
                    const model::Site& site) {
    const Words words = shared.words_of(request);
    const Choice choice = choice_of(request.form, shared, site);
    const auto start = instant_in(request.form);
    if (!start) return times_page(request, shared, session, site, {words("Choose a time."), 422});
    const auto typed = [&](std::string_view name) { return std::string{request.form.text(name)}; };
    const auto booked = shared.bookings.book({.site = site.key,
                                              .services = choice.services,
                                              .channel = choice.channel,
                                              .start = *start,
                                              .window = {},
                                              .by = booking::ClerkKey{session.account.text()}},
                                             {.name = typed("name"),
                                              .mail = typed("mail"),
                                              .phone = typed("phone"),
                                              .note = typed("note"),
                                              .language = typed("language")},
                                             form_key(request));
    if (const auto* refusal = std::get_if<booking::Refusal>(&booked))
        return person_page(request, shared, session, site, told_of(*refusal, shared, words));
    return http::Response::redirect(
        url(words, {"hall", site.key.text(), "appointments", std::get<booking::Slip>(booked).booking.text()},
            {{"done", "booked"}})
            .text());
}

http::Response move_page(const http::Request& request,
                         Shared& shared,
                         const staff::Session& session,
                         const model::Site& site,
                         const AgendaTold& told) {
    const Words words = shared.words_of(request);
    const auto found = appointment_at(shared, site, request.parameters.text("booking"));
    if (const auto* refusal = std::get_if<booking::Refusal>(&found)) {
        const auto [sentence, status] = told_of(*refusal, shared, words);
        return shared.failure(words, status, sentence);
    }
    const auto& appointment = std::get<Appointment>(found);
    const auto& fields = request.method == http::Method::post ? request.form : request.query;
    const Choice choice{appointment.channel, appointment.services, first_in(fields, shared)};
    const TimesForm times{
        "post",
        url(words, {"hall", site.key.text(), "appointments", appointment.booking.text(), "move"}),
        {{"key", new_form_key()}, {"from", format_date(choice.first)}}};
    TimesForm turning{"get", times.action, {}};
    const Frame frame{
        .words = words,
        .title = words("Another time for {code}", {{"code", appointment.code}}),
        .path = "/hall/" + site.key.text() + "/appointments/" + appointment.booking.text() + "/move"};
    return http::Response::html(
        page(shared.city(words), frame,
             [&](Content& main) {
                 write_way_back(main, words, session, site, shared.office.zone().at(appointment.start).date);
                 main.element<"h1">(frame.title);
                 write_complaint(main, told.complaint);
                 main.element<"p">(words("Now: {what}", {{"what", line_of(appointment, shared, words)}}));
                 write_times(main, shared, words, free_days(shared, site, choice), times);
                 write_turning(main, words, turning, choice.first, shared.now().date);
             }),
        told.status);
}

http::Response show_move(const http::Request& request,
                         Shared& shared,
                         const staff::Session& session,
                         const model::Site& site) {
    return move_page(request, shared, session, site, {});
}

http::Response move(const http::Request& request,
                    Shared& shared,
                    const staff::Session& session,
                    const model::Site& site) {
    const Words words = shared.words_of(request);
    const auto start = instant_in(request.form);
    if (!start) return move_page(request, shared, session, site, {words("Choose a time."), 422});
    const auto by = clerk_of(request, session);
    const auto here = appointment_at(shared, site, by.booking.text());
    if (std::holds_alternative<booking::Refusal>(here)) return move_page(request, shared, session, site, {});
    const auto moved =
        shared.bookings.move(by, {.site = site.key, .start = *start, .window = {}}, form_key(request));
    if (const auto* refusal = std::get_if<booking::Refusal>(&moved))
        return move_page(request, shared, session, site, told_of(*refusal, shared, words));
    return http::Response::redirect(
        url(words, {"hall", site.key.text(), "appointments", by.booking.text()}, {{"done", "moved"}}).text());
}

}  // namespace

void add_staff_times_routes(http::Router& router, Shared& shared) {
    const auto bind = [&shared](auto work) {
        return for_site_staff(
            shared, staff::Permission::run_desk,
            [&shared, work](const http::Request& request, const staff::Session& session,
                            const model::Site& site) { return work(request, shared, session, site); });
    };
    router.add(http::Method::get, "/{language}/hall/{site}/appointments/new", bind(show_new));
    add_post(router, shared, "/{language}/hall/{site}/appointments/new", bind(book));
    router.add(http::Method::get, "/{language}/hall/{site}/appointments/{booking}/move", bind(show_move));
    add_post(router, shared, "/{language}/hall/{site}/appointments/{booking}/move", bind(move));
}

}  // namespace balcao::web
