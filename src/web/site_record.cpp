// The public page of a site's record: week by week how long people waited, what was promised and kept, who
// left without being served, and on how many days each duty was kept.
#include <algorithm>
#include <cmath>

#include "assist/sessions.hpp"
#include "text/number.hpp"
#include "web/forms.hpp"
#include "web/record_pages.hpp"

namespace balcao::web {
namespace {

using html::Content;
using html::with;

constexpr int weeks_shown = 8;

std::string number_text(const Words& words, double value, int digits) {
    return text::format_number(value, words.code(), digits);
}

std::string percent_text(const Words& words, const record::Mean& share) {
    return mean_text(words, 100 * share.mean,
                     share.half_width ? std::optional{100 * *share.half_width} : std::nullopt) +
           " %";
}

void write_figure(Content& figures, const std::string& name, const std::string& value) {
    figures.element<"div">([&](Content& pair) {
        pair.element<"dt">(name);
        pair.element<"dd">(value);
    });
}

void write_week(Content& into, const Words& words, const record::Week& week, double limit) {
    into.element<"h3">(words("Week of {date}", {{"date", format_date(week.monday)}}));
    if (week.days == 0) {
        into.element<"p">({with<"class">("quiet")}, words("No tickets in this week."));
        return;
    }
    into.element<"dl">({with<"class">("figures")}, [&](Content& figures) {
        write_figure(figures, words("Tickets"),
                     number_text(words, static_cast<double>(week.sums.arrivals), 0));
        if (week.wait)
            write_figure(figures, words("Mean wait, minutes"),
                         mean_text(words, week.wait->mean, week.wait->half_width));
        if (week.within)
            write_figure(figures,
                         words("Served within {limit} min", {{"limit", number_text(words, limit, 0)}}),
                         percent_text(words, *week.within));
        if (week.left_share)
            write_figure(figures, words("Left without being served"), percent_text(words, *week.left_share));
        if (week.sums.promises_due > 0)
            write_figure(figures, words("Promises kept"),
                         words("{kept} of {made}", {{"kept", std::to_string(week.sums.promises_kept)},
                                                    {"made", std::to_string(week.sums.promises_due)}}));
    });
}

void write_duties(Content& into,
                  const Words& words,
                  const record::SiteRecords& records,
                  const model::SiteKey& site,
                  const std::vector<record::Week>& weeks) {
    const auto in_force = records.reader().model();
    const model::Model& model = *in_force;
    if (std::ranges::none_of(model.duties, [&](const model::Duty& duty) { return duty.binds(site); })) return;
    into.element<"h2">(words("What the law asks"));
    into.element<"ul">({with<"class">("days")}, [&](Content& list) {
        for (const model::Duty& duty : model.duties) {
            if (!duty.binds(site)) continue;
            record::DutyKept all{.duty = duty.key};
            for (const record::Week& week : weeks)
                for (const record::DutyKept& one : week.duties)
                    if (one.duty == duty.key) {
                        all.kept += one.kept;
                        all.broken += one.broken;
                        all.look += one.look;
                    }
            list.element<"li">([&](Content& item) {
                item.element<"strong">(model::name_of(duty, words.code()));
                item.element<"p">(words("Days kept: {kept}; not kept: {broken}; to be looked at: {look}.",
                                        {{"kept", std::to_string(all.kept)},
                                         {"broken", std::to_string(all.broken)},
                                         {"look", std::to_string(all.look)}}));
                if (!duty.who.texts.empty())
                    item.element<"p">(
                        words("Who may claim it: {who}.", {{"who", duty.who.in(words.code(), "")}}));
                write_origin(item, words, model, duty);
            });
        }
    });
}

// What people learnt to do alone at the double screens of the site.
void write_teaching(Content& main, const Shared& shared, const Words& words, const model::SiteKey& site) {
    if (shared.sessions == nullptr) return;
    assist::Tally all;
    for (const auto& [spot, tally] : shared.sessions->teaching()) {
        if (spot.site != site) continue;
        all.sessions += tally.sessions;
        all.alone += tally.alone;
        all.with_help += tally.with_help;
        all.by_mediator += tally.by_mediator;
    }
    const auto share = all.share_alone();
    if (!share) return;
    main.element<"h2">(words("What is learnt here"));
    main.element<"dl">({with<"class">("figures")}, [&](Content& figures) {
        write_figure(figures, words("Sessions at the double screen"), std::to_string(all.sessions));
        write_figure(figures, words("Steps done alone"),
                     words("{share} % of {steps}", {{"share", number_text(words, 100 * *share, 0)},
                                                    {"steps", std::to_string(all.steps())}}));
    });
    main.element<"p">(
        words("The share of steps that citizens did alone, of sessions that were handed in. "
              "Practice is not counted."));
}

http::Response record_page(const http::Request& request, const Shared& shared) {
    const auto* site = site_in(request, shared);
    if (site == nullptr || shared.records == nullptr) return shared.failure(request, 404);
    const auto weeks = shared.records->weeks(site->key, weeks_shown);
    if (!weeks) return shared.failure(request, 503);
    const Words words = shared.words_of(request);
    const Frame frame{
        .words = words,
        .title = words("How {site} kept its word", {{"site", model::name_of(*site, words.code())}}),
        .path = "/sites/" + site->key.text() + "/record"};
    return http::Response::html(page(shared.city(words), frame, [&](Content& main) {
        main.element<"p">([&](Content& line) {
            line.element<"a">({with<"href">(url(words, {"sites", site->key.text()}))},
                              model::name_of(*site, words.code()));
        });
        main.element<"h1">(frame.title);
        main.element<"p">(words(
            "All figures come from the journal of what happened. After ± stands half of the range in which "
            "the true mean lies in 95 of 100 cases. Tickets that were finished on another day are in no "
            "average."));
        main.element<"h2">(words("Week by week"));
        bool is_any = false;
        for (const record::Week& week : *weeks) {
            const bool is_shown = week.days > 0 || week.monday == weeks->front().monday;
            if (is_shown) write_week(main, words, week, shared.records->limit_minutes(site->key));
            is_any = is_any || week.days > 0;
        }
        write_teaching(main, shared, words, site->key);
        if (is_any) write_duties(main, words, *shared.records, site->key, *weeks);
    }));
}

}  // namespace

std::string mean_text(const Words& words, double mean, const std::optional<double>& half_width) {
    const std::string text = number_text(words, mean, 1);
    return half_width ? text + " ± " + number_text(words, *half_width, 1) : text;
}

void write_verdict(Content& into, const Words& words, record::Kept kept) {
    switch (kept) {
        case record::Kept::kept:
            into.element<"p">({with<"class">("verdict good")}, words("Kept"));
            return;
        case record::Kept::broken:
            into.element<"p">({with<"class">("verdict bad")}, words("Not kept"));
            return;
        case record::Kept::look:
            into.element<"p">({with<"class">("verdict look")}, words("To be looked at"));
            return;
        case record::Kept::unknown:
            into.element<"p">({with<"class">("verdict")}, words("Nothing recorded"));
            return;
    }
}

void write_origin(Content& into, const Words& words, const model::Model& model, const model::Duty& duty) {
    const auto source = std::ranges::find(model.sources, duty.source, &model::Source::key);
    into.element<"p">({with<"class">("quiet")}, [&](Content& line) {
        line.text(source == model.sources.end() ? words("Demonstration") : source->title);
        switch (duty.known_from) {
            case model::KnownFrom::text:
                break;
            case model::KnownFrom::excerpt:
                line.text(". ").text(words("Only parts of this text were read."));
                break;
            case model::KnownFrom::summary:
                line.text(". ").text(words("Known from what others write of this text."));
                break;
            case model::KnownFrom::report:
                line.text(". ").text(words("Known only because it is reported; the text was not read."));
                break;
        }
    });
}

void add_site_record_routes(http::Router& router, Shared& shared) {
    router.add(http::Method::get, "/{language}/sites/{site}/record", on_worker(shared, record_page));
}

}  // namespace balcao::web
