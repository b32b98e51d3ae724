// What belongs to a citizen who signed in by a provider: the appointments of the mail address and phone
// number that it has verified, as a letter with lost links would tell them. Nobody has an account for it: the
// browser keeps marks of the address, sealed, for half an hour.
#include <algorithm>

#include "text/json.hpp"
#include "web/book_words.hpp"
#include "web/forms.hpp"
#include "web/providers.hpp"
#include "web/sign_in_pages.hpp"

namespace balcao::web {
namespace {

using html::Content;
using html::with;
using text::Json;
using text::JsonWriter;

constexpr std::string_view mine_cookie = "mine";
constexpr std::chrono::minutes length{30};

// Whose things: marks, never an address.
struct Visitor {
    std::string provider;
    std::vector<std::string> calendars;  // booking::Bookings::calendar_link
    Instant until{};
};

http::Cookie cookie_of(std::string value, const http::Request& request) {
    return {.name = std::string{mine_cookie},
            .value = std::move(value),
            .max_age = length,
            .same_site = http::SameSite::lax,
            .http_only = true,
            .secure = request.scheme == "https"};
}

std::string seal(const Providers& providers, const Visitor& visitor) {
    std::string text;
    {
        JsonWriter json{text};
        json.begin_object();
        json.member("provider", visitor.provider);
        json.member("until", static_cast<std::int64_t>(visitor.until.time_since_epoch().count()));
        json.key("calendars").begin_array();
        for (const auto& calendar : visitor.calendars)
            json.value(calendar);
        json.end().end();
    }
    return providers.seal("mine", text);
}

std::optional<Visitor> visitor_of(const http::Request& request, const Shared& shared) {
    const auto text = shared.providers->open("mine", request.cookies.text(mine_cookie));
    if (!text) return std::nullopt;
    const auto json = Json::parse(*text, "mine");
    if (!json) return std::nullopt;
    const auto root = json->root();
    Visitor visitor{std::string{root["provider"].as_text().value_or("")},
                    {},
                    Instant{std::chrono::milliseconds{root["until"].as_whole_number().value_or(0)}}};
    const auto* provider = shared.providers->find(visitor.provider);
    if (provider == nullptr || !provider->settings().is_for_citizens || provider->now() >= visitor.until)
        return std::nullopt;
    for (std::size_t place = 0; place < root["calendars"].size(); ++place)
        visitor.calendars.emplace_back(root["calendars"].at(place).as_text().value_or(""));
    return visitor;
}

void write_door(Content& main, const Shared& shared, const Words& words) {
    if (shared.providers->for_citizens().empty()) {
        main.element<"p">(words("Nobody signs in here. Each appointment has a link of its own."));
    } else {
        main.element<"p">(
            words("Sign in to see the appointments that were made with your mail address or phone number. No "
                  "account is made here."));
        write_ways_to_mine(main, shared, words);
    }
    main.element<"p">([&](Content& line) {
        line.element<"a">({with<"href">(url(words, {"appointments"}))},
                          words("Get the links of your appointments again"));
    });
}

void write_appointment(Content& list,
                       const booking::Appointment& appointment,
                       const Shared& shared,
                       const Words& words) {
    list.element<"li">([&](Content& item) {
        item.element<"p">([&](Content& line) {
            line.element<"a">({with<"href">(url(words, {"appointments", appointment.link}))},
                              line_of(appointment, shared, words));
        });
        item.element<"p">([&](Content& line) {
            line.element<"a">({with<"href">(url(words, {"appointments", appointment.link, "data.json"})),
                               with<"aria-label">(words("All that is kept, as a file") + ": " +
                                                  line_of(appointment, shared, words))},
                              words("All that is kept, as a file"));
        });
    });
}

// Of all of them once, in order of time. Nothing when the journal cannot be read.
std::optional<std::vector<booking::Appointment>> appointments_of(const Visitor& visitor,
                                                                 const Shared& shared) {
    std::vector<booking::Appointment> all;
    for (const auto& calendar : visitor.calendars) {
        auto found = shared.bookings.of_calendar(calendar);
        if (std::holds_alternative<booking::Refusal>(found)) return std::nullopt;
        for (auto& one : std::get<0>(found))
            if (std::ranges::none_of(all, [&](const auto& other) { return other.booking == one.booking; }))
                all.push_back(std::move(one));
    }
    std::ranges::sort(all, {}, &booking::Appointment::start);
    return all;
}

http::Response mine_page(const http::Request& request, const Shared& shared) {
    const Words words = shared.words_of(request);
    const auto visitor = visitor_of(request, shared);
    const auto found =
        visitor ? appointments_of(*visitor, shared) : std::optional{std::vector<booking::Appointment>{}};
    if (!found) return shared.failure(request, 503);
    const Frame frame{.words = words, .title = words("Your appointments"), .path = "/mine"};
    auto response = http::Response::html(page(shared.city(words), frame, [&](Content& main) {
        main.element<"h1">(frame.title);
        if (!visitor) {
            write_way_out(main, shared, words, request.query.text("out"));
            return write_door(main, shared, words);
        }
        const std::string provider = name_of(*shared.providers->find(visitor->provider), words);
        main.element<"p">(words("Those of the mail address or phone number that {provider} has verified.",
                                {{"provider", provider}}));
        if (found->empty())
            main.element<"p">({with<"role">("status")}, words("There are none that are still to come."));
        else
            main.element<"ul">({with<"class">("found")}, [&](Content& list) {
                for (const auto& appointment : *found)
                    write_appointment(list, appointment, shared, words);
            });
        main.element<"form">({with<"method">("post"), with<"action">(url(words, {"mine", "end"}))},
                             [&](Content& form) { form.element<"button">(words("Sign out")); });
    }));
    response.compression = http::Compression::never;  // links beside texts of others
    return response;
}

http::Response end(const http::Request& request, const Shared& shared) {
    const Words words = shared.words_of(request);
    const auto visitor = visitor_of(request, shared);
    auto response = http::Response::redirect(
        visitor ? url(words, {"mine"}, {{"out", visitor->provider}}).text() : url(words, {"mine"}).text());
    auto cookie = cookie_of({}, request);
    cookie.max_age = std::chrono::seconds{0};
    response.set_cookie(cookie);
    return response;
}

}  // namespace

http::Response begin_mine(const http::Request& request,
                          const Shared& shared,
                          const openid::Identity& identity,
                          const openid::Provider& provider) {
    const Words words = shared.words_of(request);
    Visitor visitor{provider.settings().key, {}, provider.now() + length};
    for (const auto& reach : {identity.mail, identity.phone})
        if (auto calendar = shared.bookings.calendar_link(reach); !calendar.empty())
            visitor.calendars.push_back(std::move(calendar));
    if (!visitor.calendars.empty()) {
        auto response = http::Response::redirect(url(words, {"mine"}).text());
        response.set_cookie(cookie_of(seal(*shared.providers, visitor), request));
        return response;
    }
    const Frame frame{.words = words, .title = words("Your appointments"), .path = "/mine"};
    return http::Response::html(
        page(shared.city(words), frame,
             [&](Content& main) {
                 main.element<"h1">(frame.title);
                 write_complaint(main,
                                 words("{provider} told no mail address or phone number of yours that it has "
                                       "verified. Have one verified there, or have your links sent to you.",
                                       {{"provider", name_of(provider, words)}}));
                 main.element<"p">([&](Content& line) {
                     line.element<"a">({with<"href">(url(words, {"appointments"}))},
                                       words("Get the links of your appointments again"));
                 });
             }),
        403);
}

void add_mine_routes(http::Router& router, Shared& shared) {
    router.add(http::Method::get, "/{language}/mine", on_worker(shared, mine_page));
    add_post(router, shared, "/{language}/mine/end", on_worker(shared, end));
}

}  // namespace balcao::web
