// How long it really takes: from the moment when something was asked for until it was had, service by
// service, for anybody; and for who answers for figures what ended lately, without a person in it.
#include "web/outcomes.hpp"

#include <algorithm>

#include "front/life_event.hpp"
#include "front/moment.hpp"
#include "outcomes/figures.hpp"
#include "text/number.hpp"
#include "web/forms.hpp"
#include "web/people.hpp"
#include "web/service_words.hpp"

namespace balcao::web {
namespace {

using html::Content;
using html::with;
using outcomes::Ended;
using outcomes::Fate;
using outcomes::Figures;

std::string fewer_text(const Words& words) {
    return words("fewer than {count}", {{"count", std::to_string(outcomes::told_from)}});
}

std::string count_text(const std::optional<std::uint64_t>& count, const Words& words) {
    return count ? std::to_string(*count) : fewer_text(words);
}

std::string percent_text(double share, const Words& words) {
    constexpr double hundred = 100;
    return text::format_number(hundred * share, words.code(), 0) + " %";
}

std::string fate_text(Fate fate, const Words& words) {
    switch (fate) {
        case Fate::had:
            return words("Concluded");
        case Fate::denied:
            return words("Denied");
        case Fate::dropped:
            return words("Withdrawn or not sent");
        case Fate::open:
            break;
    }
    return words("Open");
}

bool sees_single_ones(const http::Request& request, const Shared& shared) {
    const auto session = session_of(request, shared);
    return session && shared.staff.may(session->account, staff::Permission::see_statistics, {});
}

struct Row {
    Content& row;
    const Words& words;

    void cell(const char* title, const std::string& value) {
        row.element<"td">({with<"data-title">(words(title))}, value);
    }

    void day(const char* title, Date date) {
        row.element<"td">({with<"data-title">(words(title))},
                          [&](Content& value) { value.element<"time">(format_date(date)); });
    }
};

void write_head(Content& table, const Words& words, const std::vector<const char*>& titles) {
    table.element<"thead">([&](Content& head) {
        head.element<"tr">([&](Content& row) {
            for (const char* title : titles)
                row.element<"th">({with<"scope">("col")}, words(title));
        });
    });
}

void write_service_row(
    Content& body, const Shared& shared, const Words& words, const Figures& figures, bool has_more) {
    const model::Service* service = shared.office.model().find(figures.service);
    body.element<"tr">([&](Content& row) {
        row.element<"th">({with<"scope">("row")}, [&](Content& name) {
            if (service == nullptr)  // in no model any more
                name.text(figures.service.text());
            else
                name.element<"a">({with<"href">(service_url(words, service->key))},
                                  model::name_of(*service, words.code()));
            if (has_more)
                name.text(" · ").element<"a">(
                    {with<"href">(url(words, {"outcomes", figures.service.text()}))}, words("one by one"));
        });
        Row cells{row, words};
        cells.cell("Promised",
                   service == nullptr || !service->takes ? "" : front::term_text(*service->takes, words));
        cells.cell("Half had it within", figures.half ? front::length_text(*figures.half, words) : "");
        cells.cell("Nine of ten within",
                   figures.nine_of_ten ? front::length_text(*figures.nine_of_ten, words) : "");
        cells.cell("Of that, waiting for the person",
                   figures.with_citizen ? percent_text(*figures.with_citizen, words) : "");
        cells.cell("Concluded", count_text(figures.had, words));
        cells.cell("Denied", count_text(figures.denied, words));
        cells.cell("Withdrawn or not sent", count_text(figures.dropped, words));
    });
}

http::Response outcomes_page(const http::Request& request, const Shared& shared) {
    const Words words = shared.words_of(request);
    const bool has_more = sees_single_ones(request, shared);
    auto all = shared.outcomes->all(shared.now().date);
    std::ranges::stable_sort(all, std::ranges::greater{},
                             [](const Figures& one) { return one.had.value_or(0); });
    const Frame frame{.words = words, .title = words("How long it really takes"), .path = "/outcomes"};
    return http::Response::html(page(shared.city(words), frame, [&](Content& main) {
        main.element<"h1">(frame.title);
        main.element<"p">(words(
            "From the moment when somebody asked for something without going there until it was concluded, "
            "over "
            "twelve months. All figures come from the journal of what happened. Of fewer than {count} people "
            "nothing is told, so that nobody can find out what became of one of them.",
            {{"count", std::to_string(outcomes::told_from)}}));
        if (!shared.outcomes->is_current())
            main.element<"p">({with<"role">("status")},
                              words("The journal is still being read: these figures are of a part of it."));
        if (all.empty()) {
            main.element<"p">(words("There is no service yet of which anything can be told."));
            return;
        }
        main.element<"table">({with<"class">("queue")}, [&](Content& table) {
            write_head(table, words,
                       {"Service", "Promised", "Half had it within", "Nine of ten within",
                        "Of that, waiting for the person", "Concluded", "Denied", "Withdrawn or not sent"});
            table.element<"tbody">([&](Content& body) {
                for (const auto& one : all)
                    write_service_row(body, shared, words, one, has_more);
            });
        });
    }));
}

void write_ended(Content& body, const Words& words, const Ended& one) {
    body.element<"tr">([&](Content& row) {
        row.element<"th">({with<"scope">("row")}, [&](Content& name) { name.element<"code">(one.name); });
        Row cells{row, words};
        cells.day("Asked for on", one.opened);
        cells.day("Ended on", one.ended);
        cells.cell("How it ended", fate_text(one.fate, words));
        cells.cell("How long it took", front::length_text(one.took, words));
        cells.cell("Of that, waiting for the person", front::length_text(one.with_citizen, words));
    });
}

http::Response service_outcomes_page(const http::Request& request,
                                     const Shared& shared,
                                     const staff::Session& session) {
    const Words words = shared.words_of(request);
    if (!shared.staff.may(session.account, staff::Permission::see_statistics, {}))
        return shared.failure(words, 403,
                              refusal_text({.reason = staff::Reason::not_allowed}, shared, words));
    const model::ServiceKey key{std::string{request.parameters.text("service")}};
    const auto lately = shared.outcomes->lately(key);
    const model::Service* service = shared.office.model().find(key);
    if (service == nullptr && lately.empty()) return shared.failure(request, 404);
    const Frame frame{.words = words,
                      .title = service == nullptr ? key.text() : model::name_of(*service, words.code()),
                      .path = "/outcomes/" + key.text()};
    return http::Response::html(page(shared.city(words), frame, [&](Content& main) {
        main.element<"p">([&](Content& line) {
            line.element<"a">({with<"href">(url(words, {"outcomes"}))}, words("How long it really takes"));
        });
        main.element<"h1">(frame.title);
        if (lately.empty()) {
            main.element<"p">(words("Of fewer than {count} people nothing is told.",
                                    {{"count", std::to_string(outcomes::told_from)}}));
            return;
        }
        main.element<"p">(words(
            "The last that ended, at most {count}. Each bears a name from which nobody finds its number; the "
            "same request has the same name in the logs that are exported.",
            {{"count", std::to_string(outcomes::Outcomes::lately_most)}}));
        main.element<"table">({with<"class">("queue")}, [&](Content& table) {
            write_head(table, words,
                       {"Request", "Asked for on", "Ended on", "How it ended", "How long it took",
                        "Of that, waiting for the person"});
            table.element<"tbody">([&](Content& body) {
                for (const auto& one : lately)
                    write_ended(body, words, one);
            });
        });
    }));
}

}  // namespace

std::string really_text(const Shared& shared, const model::ServiceKey& service, const Words& words) {
    if (shared.outcomes == nullptr) return {};
    const auto figures = shared.outcomes->of(service, shared.now().date);
    if (!figures.half || !figures.nine_of_ten) return {};
    return words("half within {half}, nine of ten within {most} ({count} requests in twelve months)",
                 {{"half", front::length_text(*figures.half, words)},
                  {"most", front::length_text(*figures.nine_of_ten, words)},
                  {"count", std::to_string(*figures.had)}});
}

void add_outcome_routes(http::Router& router, Shared& shared) {
    router.add(http::Method::get, "/{language}/outcomes", on_worker(shared, outcomes_page));
    router.add(http::Method::get, "/{language}/outcomes/{service}",
               for_staff(shared, [&shared](const http::Request& request, const staff::Session& session) {
                   return service_outcomes_page(request, shared, session);
               }));
}

}  // namespace balcao::web
