// What a change of the model would do to waits, beside its preview: a table of the sites that change, and who
// gains and who loses. Drawn in the page and by its stream.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "crypto/hash.hpp"
#include "crypto/keys.hpp"
#include "model/print.hpp"
#include "text/number.hpp"
#include "web/administration.hpp"
#include "web/book_words.hpp"
#include "web/effects.hpp"

namespace balcao::web {
namespace {

using html::Content;
using html::with;

constexpr std::size_t name_letters = 32;
constexpr std::size_t gains_most = 12;

std::string number_text(double value, const Words& words) {
    return text::format_number(value, words.code(), 1);
}

bool is_share(const EffectRow& row) { return row.within_minutes.has_value(); }

std::string value_text(const EffectRow& row, double value, const Words& words) {
    if (is_share(row)) return number_text(value * 100, words) + (words.code() == "en" ? "%" : " %");
    return words("{minutes} min", {{"minutes", number_text(value, words)}});
}

// Too little to be written with the digits that there are.
bool is_hardly_any(const EffectRow& row) {
    constexpr double least = 0.05;  // of a minute, or of a point of a hundred
    return std::abs(row.after - row.before) * (is_share(row) ? 100 : 1) < least;
}

// "−2.3 min (−2.9 to −1.7), better".
std::string difference_text(const EffectRow& row, const Words& words) {
    if (is_hardly_any(row)) return words("hardly any");
    const double scale = is_share(row) ? 100 : 1;
    const auto signed_text = [&](double value) { return (value > 0 ? "+" : "") + number_text(value, words); };
    const double difference = (row.after - row.before) * scale;
    const std::string unit = is_share(row) ? words("points") : words("min");
    std::string text = signed_text(difference) + " " + unit;
    if (!row.half_width) return text + ", " + words("not known how sure");
    text += " (" +
            words("{low} to {high}", {{"low", signed_text(difference - *row.half_width * scale)},
                                      {"high", signed_text(difference + *row.half_width * scale)}}) +
            "), ";
    if (!row.is_better) return text + words("cannot be told apart");
    return text + (*row.is_better ? words("better") : words("worse"));
}

std::string measure_text(const EffectRow& row, const Words& words) {
    if (!row.within_minutes) return words("Mean wait");
    return words("Waits up to {minutes} min", {{"minutes", fmt::format("{:g}", *row.within_minutes)}});
}

std::string site_text(const model::Model& city, const model::SiteKey& key, const Words& words) {
    const auto* site = city.find(key);
    return site != nullptr ? model::name_of(*site, words.code()) : key.text();
}

std::string who_text(const model::Model& city, const EffectRow& row, const Words& words) {
    if (!row.group.empty()) {
        const auto* group = city.find(row.group);
        return words("People: {group}",
                     {{"group", group != nullptr ? model::name_of(*group, words.code()) : row.group.text()}});
    }
    const auto* service = city.find(row.service);
    const std::string name = service != nullptr ? model::name_of(*service, words.code()) : row.service.text();
    return row.site.empty() ? name : name + ", " + site_text(city, row.site, words);
}

void write_table(Content& into,
                 const Words& words,
                 const model::Model& city,
                 const std::vector<const EffectRow*>& rows) {
    into.element<"table">({with<"class">("queue effect")}, [&](Content& table) {
        table.element<"thead">([&](Content& head) {
            head.element<"tr">([&](Content& row) {
                for (const char* title : {"Where", "What", "Now", "After the change", "Difference"})
                    row.element<"th">({with<"scope">("col")}, words(title));
            });
        });
        table.element<"tbody">([&](Content& body) {
            for (const auto* one : rows)
                body.element<"tr">([&](Content& row) {
                    row.element<"th">({with<"scope">("row")}, one->site.empty()
                                                                  ? words("the whole city")
                                                                  : site_text(city, one->site, words));
                    row.element<"td">(measure_text(*one, words));
                    // Where there is no room for a head of columns, each says what it is.
                    const auto cell = [&](const char* title, const std::string& value) {
                        row.element<"td">({with<"data-title">(words(title))}, value);
                    };
                    cell("Now", value_text(*one, one->before, words));
                    cell("After the change", value_text(*one, one->after, words));
                    cell("Difference", difference_text(*one, words));
                });
        });
    });
}

// Those who would wait shorter, or longer, the largest difference first.
void write_who(Content& into,
               const Words& words,
               const model::Model& city,
               const std::vector<EffectRow>& rows,
               bool is_better) {
    std::vector<const EffectRow*> found;
    for (const auto& row : rows)
        if (!is_share(row) && !is_hardly_any(row) && (!row.group.empty() || !row.service.empty()) &&
            row.is_better == is_better)
            found.push_back(&row);
    std::ranges::stable_sort(found, [](const EffectRow* a, const EffectRow* b) {
        return std::abs(a->after - a->before) > std::abs(b->after - b->before);
    });
    into.element<"h3">(is_better ? words("Who would wait shorter") : words("Who would wait longer"));
    if (found.empty()) {
        into.element<"p">(words("Nobody, as far as can be told."));
        return;
    }
    into.element<"ul">([&](Content& list) {
        for (std::size_t place = 0; place < std::min(gains_most, found.size()); ++place)
            list.element<"li">(who_text(city, *found[place], words) + ": " +
                               difference_text(*found[place], words));
        if (found.size() > gains_most)
            list.element<"li">(
                words("And {count} more.", {{"count", std::to_string(found.size() - gains_most)}}));
    });
}

void write_effect(Content& into, const Words& words, const model::Model& city, const Effect& effect) {
    if (effect.replications == 0) {
        into.element<"p">({with<"role">("status")},
                          words("In {seconds} seconds too little could be simulated to say anything.",
                                {{"seconds", std::to_string(Simulator::seconds_most)}}));
        return;
    }
    std::vector<const EffectRow*> rows;
    for (const auto& row : effect.rows)
        if (row.group.empty() && row.service.empty()) rows.push_back(&row);
    into.element<"p">(
        {with<"role">("status")},
        words("Simulated: {days} days from {first} on, {runs} times, the same people before and "
              "after. In brackets: where the difference lies with 95 % confidence.",
              {{"days", std::to_string(effect.days)},
               {"first", day_text(effect.first_day, words)},
               {"runs", std::to_string(effect.replications)}}));
    // Fewer people wait less: without this the figures below would be taken for more than they are.
    if (std::round(effect.people_after) != std::round(effect.people_before))
        into.element<"p">(
            {with<"class">("people")},
            words("People who come, a day: {before} now, {after} after the change. Below, waits are "
                  "those of the people who come.",
                  {{"before", text::format_number(effect.people_before, words.code(), 0)},
                   {"after", text::format_number(effect.people_after, words.code(), 0)}}));
    if (rows.empty())
        into.element<"p">(words("Nobody's wait would be another."));
    else
        write_table(into, words, city, rows);
    if (rows.empty()) return;
    write_who(into, words, city, effect.rows, true);
    write_who(into, words, city, effect.rows, false);
}

void write_finding(Content& into,
                   const Words& words,
                   const model::Model& city,
                   const Effects::Finding& found) {
    if (!found.is_ready) {
        into.element<"p">({with<"role">("status")},
                          words("It is being simulated: at most {seconds} seconds. Nothing waits for it.",
                                {{"seconds", std::to_string(Simulator::seconds_most)}}));
        return;
    }
    if (!found.effect) {
        into.element<"p">({with<"role">("status")}, words("It cannot be simulated:"));
        into.element<"p">({with<"lang">("en")}, found.trouble);
        return;
    }
    write_effect(into, words, city, *found.effect);
}

// The same for the same change of the same version.
std::string name_of(const model::Model& now, const model::Model& after) {
    return crypto::to_hex(crypto::bytes_of(crypto::sha256(
                              {model::print_canonical(now), "\n---\n", model::print_canonical(after)})))
        .substr(0, name_letters);
}

void follow_effect(const http::Request& request, http::Reply reply, Shared& shared) {
    const auto session = session_of(request, shared);
    const std::string name{request.parameters.text("change")};
    if (!session || shared.effects == nullptr || session->is_second_factor_due ||
        !shared.staff.may(session->account, staff::Permission::change_model, {}) ||
        !shared.effects->find(name))
        return reply.send(shared.failure(request, 404));
    const Words words = shared.words_of(request);
    const auto stream = reply.stream();
    shared.live.close_unless(stream, holds_while(shared, *session, staff::Permission::change_model, {}));
    shared.live.follow(model::SiteKey{}, "effect " + std::string{words.code()} + " " + name, stream,
                       [&shared, words, name]() -> std::optional<std::string> {
                           const auto found = shared.effects->find(name);
                           if (!found) return std::nullopt;
                           return html::fragment([&](Content& into) {
                                      write_finding(into, words, shared.office.model(), *found);
                                  })
                               .text();
                       });
}

}  // namespace

void write_effect_of(Content& main,
                     const Shared& shared,
                     const Words& words,
                     const Effects::Pair& now_and_after,
                     const std::vector<http::Field>& again) {
    if (shared.effects == nullptr) return;
    const std::string name = name_of(*now_and_after.first, *now_and_after.second);
    const auto found = shared.effects->ask(name, now_and_after);
    main.element<"h2">(words("What it would do to waits"));
    main.element<"div">({with<"data-live">(url(words, {"live", "administration", "effects", name}).text()),
                         with<"aria-live">("polite")},
                        [&](Content& into) { write_finding(into, words, *now_and_after.first, found); });
    if (found.is_ready) return;
    main.element<"noscript">([&](Content& part) {
        part.element<"form">(
            {with<"method">("post"), with<"action">(url(words, {"administration", "preview"}))},
            [&](Content& form) {
                for (const auto& field : again)
                    write_hidden(form, field.name, field.value);
                form.element<"button">(words("Look again"));
            });
    });
}

void add_effect_routes(http::Router& router, Shared& shared) {
    router.add(http::Method::get, "/{language}/live/administration/effects/{change}",
               [&shared](const http::Request& request, http::Reply reply) {
                   follow_effect(request, std::move(reply), shared);
               });
}

}  // namespace balcao::web
