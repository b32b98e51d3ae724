#include "web/waits.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace balcao::web {
namespace {

using html::Content;
using html::with;
using std::chrono::minutes;

constexpr rules::Instant minute = 60'000'000;

std::string clock_time(const Shared& shared, Instant at) {
    const auto since = shared.office.zone().at(at).since_midnight;
    return format_time_of_day(static_cast<int>(std::chrono::floor<minutes>(since).count()));
}

std::string sentence(const Words& words, rules::NoWait why) {
    switch (why) {
        case rules::NoWait::no_average:
            return words("No wait can be told: it is not known how long this service takes.");
        case rules::NoWait::no_desk:
            return words("No wait can be told: no desk is open for it, and none is planned today.");
        case rules::NoWait::not_today:
            return words("It will probably not be your turn before closing time.");
    }
    return {};
}

// Why the range is less sure than others, where it is.
void write_doubts(Content& into, const Words& words, const rules::WaitForecast& forecast) {
    if (forecast.basis == rules::WaitBasis::queue_length)
        into.element<"p">({with<"class">("doubt")},
                          words("There is too little history here for a forecast: this is reckoned from the "
                                "length of the queue."));
    if (forecast.assumes_desks)
        into.element<"p">({with<"class">("doubt")},
                          words("No desk is open for this yet. This counts on the desks that are planned."));
}

// The range as it looks now, and the promise as it was made.
std::string range_and_promise(const Shared& shared,
                              const Words& words,
                              const rules::WaitForecast* forecast,
                              Instant made,
                              const std::optional<office::Promise>& promise) {
    const std::string latest = promise ? clock_time(shared, promise->at_latest) : "";
    if (forecast == nullptr)
        return promise ? words("Your turn: at the latest {latest}", {{"latest", latest}})
                       : words("Your wait is being worked out.");
    const auto at = [&](rules::Instant wait) { return made + std::chrono::milliseconds{wait / 1000}; };
    const Instant from = std::chrono::floor<minutes>(at(forecast->from));
    Instant to = std::chrono::ceil<minutes>(at(forecast->to));
    if (promise && from > promise->at_latest)
        return words(
            "About {from}–{to}. It takes longer than we said ({latest}); we are sorry.",
            {{"from", clock_time(shared, from)}, {"to", clock_time(shared, to)}, {"latest", latest}});
    if (!promise)
        return words("Your turn: about {from}–{to}",
                     {{"from", clock_time(shared, from)}, {"to", clock_time(shared, to)}});
    to = std::min(to, promise->at_latest);
    return words("Your turn: about {from}–{to}; at the latest {latest}",
                 {{"from", clock_time(shared, from)}, {"to", clock_time(shared, to)}, {"latest", latest}});
}

struct Minutes {
    std::int64_t from = 0;
    std::int64_t to = 0;
};

Minutes minutes_of(const rules::WaitForecast& forecast) {
    return {forecast.from / minute, (forecast.to + minute - 1) / minute};
}

std::string in_words(const Words& words, const Minutes& wait) {
    if (wait.to <= 1) return words("no wait");
    return words("{from}–{to} min", {{"from", std::to_string(wait.from)}, {"to", std::to_string(wait.to)}});
}

// Services with the same wait in one line; the most of them without their names.
void write_groups(Content& list,
                  const Words& words,
                  const std::vector<std::pair<std::string, std::vector<std::string>>>& services_by_wait) {
    constexpr std::size_t named_most = 3;
    const auto most =
        std::ranges::max_element(services_by_wait, {}, [](const auto& one) { return one.second.size(); });
    const auto write = [&](const std::string& names, const std::string& wait) {
        list.element<"li">([&](Content& item) {
            item.text(names).text(": ");
            item.element<"strong">(wait);
        });
    };
    for (auto group = services_by_wait.begin(); group != services_by_wait.end(); ++group) {
        if (group == most && group->second.size() > named_most) continue;
        for (const auto& name : group->second)
            write(name, group->first);
    }
    if (most->second.size() > named_most)
        write(services_by_wait.size() == 1 ? words("Every service") : words("All other services"),
              most->first);
}

}  // namespace

std::string wait_of_service(const Shared& shared,
                            const Words& words,
                            const model::SiteKey& site,
                            const model::ServiceKey& service) {
    const auto outlook = shared.outlook(site);
    const auto* answer = outlook != nullptr ? outlook->of_newcomer(service) : nullptr;
    const auto* forecast = answer != nullptr ? std::get_if<rules::WaitForecast>(answer) : nullptr;
    return forecast != nullptr ? in_words(words, minutes_of(*forecast)) : std::string{};
}

void write_wait_of_ticket(Content& into,
                          const Shared& shared,
                          const Words& words,
                          const TicketName& name,
                          const TicketView& ticket) {
    if (shared.foresight == nullptr || ticket.state != "waiting") return;
    const auto outlook = name.date == shared.now().date ? shared.outlook(name.site) : nullptr;
    const auto* answer = outlook != nullptr ? outlook->of(ticket.number) : nullptr;
    const auto* forecast = answer != nullptr ? std::get_if<rules::WaitForecast>(answer) : nullptr;
    const auto* why = answer != nullptr ? std::get_if<rules::NoWait>(answer) : nullptr;
    if (why != nullptr && !ticket.promise) {
        into.element<"p">({with<"class">("wait")}, sentence(words, *why));
        return;
    }
    // On a later leg of the visit there is no promise any more, only what it looks like.
    if (forecast == nullptr && !ticket.promise && ticket.services_done > 0) return;
    into.element<"p">({with<"class">("wait")},
                      range_and_promise(shared, words, forecast,
                                        outlook != nullptr ? outlook->made : Instant{}, ticket.promise));
    if (forecast != nullptr) write_doubts(into, words, *forecast);
}

void write_waits_now(Content& into, const Shared& shared, const Words& words, const model::Site& site) {
    const auto outlook = shared.outlook(site.key);
    if (outlook == nullptr) return;
    std::vector<std::pair<std::string, std::vector<std::string>>> services_by_wait;
    rules::WaitForecast doubtful;
    for (const auto& key : outlook->layout->services()) {
        const auto* answer = outlook->of_newcomer(key);
        if (answer == nullptr) continue;
        const auto* forecast = std::get_if<rules::WaitForecast>(answer);
        if (forecast != nullptr && forecast->basis == rules::WaitBasis::queue_length)
            doubtful.basis = rules::WaitBasis::queue_length;
        const std::string wait =
            forecast != nullptr ? in_words(words, minutes_of(*forecast)) : words("not known");
        auto same = std::ranges::find(services_by_wait, wait, [](const auto& one) { return one.first; });
        if (same == services_by_wait.end()) same = services_by_wait.insert(same, {wait, {}});
        same->second.push_back(model::name_of(*outlook->layout->city().find(key), words.code()));
    }
    if (services_by_wait.empty()) return;
    into.element<"h2">(words("Wait now"));
    into.element<"ul">({with<"class">("waits")},
                       [&](Content& list) { write_groups(list, words, services_by_wait); });
    write_doubts(into, words, doubtful);
}

void write_wait_of_site(Content& into, const Shared& shared, const Words& words, const model::SiteKey& site) {
    const auto outlook = shared.outlook(site);
    if (outlook == nullptr) return;
    std::optional<Minutes> wait;
    for (const auto& [queue, answer] : outlook->outlook.newcomers) {
        const auto* forecast = std::get_if<rules::WaitForecast>(&answer);
        if (forecast == nullptr) continue;
        const auto one = minutes_of(*forecast);
        if (!wait) wait = one;
        wait = Minutes{std::min(wait->from, one.from), std::max(wait->to, one.to)};
    }
    if (wait)
        into.element<"p">({with<"class">("wait")},
                          words("Wait now: {wait}", {{"wait", in_words(words, *wait)}}));
}

void write_times(Content& into, const Shared& shared, const Words& words, const HallView& hall) {
    const auto in_minutes = [](std::chrono::milliseconds length) {
        return std::to_string(std::llround(static_cast<double>(length.count()) / 60'000));
    };
    if (hall.last_wait)
        into.element<"p">(
            words("Wait of the last one served: {minutes} min", {{"minutes", in_minutes(*hall.last_wait)}}));
    if (hall.times.empty()) return;
    into.element<"details">([&](Content& details) {
        details.element<"summary">(words("Time at the desk today"));
        details.element<"ul">([&](Content& list) {
            for (const front::ServiceTime& time : hall.times) {
                // A service that the model had this morning may have gone from it since.
                const auto* service = shared.office.model().find(time.service);
                list.element<"li">(
                    words("{service}: {minutes} min on average ({count})",
                          {{"service", service != nullptr ? model::name_of(*service, words.code())
                                                          : time.service.text()},
                           {"minutes", in_minutes(time.mean)},
                           {"count", std::to_string(time.count)}}));
            }
        });
    });
}

void write_record(Content& into, const Shared& shared, const Words& words, const model::SiteKey& site) {
    const auto outlook = shared.outlook(site);
    if (outlook == nullptr) return;
    const auto& week = outlook->week;
    if (week.made() == 0) {
        into.element<"p">({with<"class">("record")},
                          words("No promise of a time has come due in the last seven days."));
        return;
    }
    const auto whole = [](double number) { return std::to_string(std::llround(number)); };
    into.element<"p">(
        {with<"class">("record")},
        words("Promises of the last seven days: {count}; kept: {share} %. From the beginning of the "
              "range to the promise: {width} minutes on average.",
              {{"count", std::to_string(week.made())},
               {"share", whole(100 * week.share_kept())},
               {"width", whole(week.mean_width())}}));
}

}  // namespace balcao::web
