#include "front/change_plan.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>

#include "front/hall_view.hpp"
#include "model/print.hpp"

namespace balcao::front {
namespace {

// "11:5: …" without the name of a file that nobody wrote.
std::string sentence_of(const model::Remark& remark) {
    if (remark.line == 0) return remark.what.plain();
    return std::to_string(remark.line) + ":" + std::to_string(remark.column) + ": " + remark.what.plain();
}

std::optional<edition::Number> version_in(std::string_view text) {
    edition::Number number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    return read.ec == std::errc{} && read.ptr == text.data() + text.size() ? std::optional{number}
                                                                           : std::nullopt;
}

// What would be wrong with the whole model is said with the form that it came from.
void add_remarks(ModelChange& change, const edition::Refusal& refusal, const Words& words) {
    const bool is_text = change.kind == ChangeKind::text;
    if (refusal.remarks.empty()) change.wrong.emplace_back("", refusal_text(refusal, words));
    for (const auto& remark : refusal.remarks)
        if (remark.severity == model::Severity::mistake)
            change.wrong.emplace_back("", is_text ? sentence_of(remark) : remark.what.in(words.code()));
}

Result<std::string> text_of(Planned& planned, const edition::Editions& editions, const Words& words) {
    auto& change = planned.change;
    if (change.kind == ChangeKind::text) return std::string{change.text("text")};
    if (change.kind == ChangeKind::back) {
        const auto number = version_in(change.text("to"));
        if (!number) return Error{Errc::not_found, "there is no such version"};
        return editions.text_of(*number);
    }
    const auto model = changed_by(change, *planned.now.model, words);
    if (!model) return Error{Errc::invalid, "the change is wrong"};
    return model::print_canonical(*model);
}

bool is_warning(const model::Remark& remark) { return remark.severity == model::Severity::warning; }

// Those of `remarks` that the version in force does not have. Places in the texts say nothing: lines move.
std::vector<model::Remark> new_warnings(const std::vector<model::Remark>& remarks,
                                        edition::Number in_force,
                                        const edition::Editions& editions) {
    std::vector<model::Remark> warnings;
    std::copy_if(remarks.begin(), remarks.end(), std::back_inserter(warnings), is_warning);
    if (warnings.empty()) return warnings;
    const auto text = editions.text_of(in_force);
    if (!text) return warnings;
    const auto read = editions.read(*text);
    const auto* now = std::get_if<edition::Readable>(&read);
    if (now == nullptr) return warnings;
    std::erase_if(warnings, [&](const model::Remark& warning) {
        return std::any_of(now->remarks.begin(), now->remarks.end(), [&](const model::Remark& known) {
            return is_warning(known) && known.what == warning.what;
        });
    });
    return warnings;
}

// What stands in the way, in a sentence each.
std::string sentence_of(const office::InTheWay& way, const office::FrontOffice& office, const Words& words) {
    const auto& city = office.model();
    const auto* site = city.find(way.site);
    const auto* service = city.find(way.service);
    std::string what;
    if (way.what == office::Lost::service)
        what = service != nullptr ? model::name_of(*service, words.code()) : way.service.text();
    if (const auto layout = office.layout(way.site); way.what == office::Lost::desks && layout != nullptr)
        for (const auto& group : layout->site().desks)
            if (group.key == way.desks) what = model::name_of(group, words.code());
    const std::string where = site != nullptr ? model::name_of(*site, words.code()) : way.site.text();
    const std::string waiting = std::to_string(way.waiting);
    const std::string served = std::to_string(way.served);
    if (way.what == office::Lost::site)
        return words("{site} would be gone. People who wait there now: {waiting}; at a desk: {served}.",
                     {{"site", where}, {"waiting", waiting}, {"served", served}});
    return words(
        "{what} at {site} would be gone. People who wait for it now: {waiting}; at a desk: {served}.",
        {{"what", what}, {"site", where}, {"waiting", waiting}, {"served", served}});
}

}  // namespace

Plan plan_of(ModelChange change,
             std::optional<edition::Number> based_on,
             const ChangeRooms& rooms,
             const Words& words) {
    const auto now = rooms.editions.in_force();
    if (!now) return NotPlanned{NoPlan::unavailable, std::move(change)};
    Planned planned{.change = std::move(change), .now = *now};
    planned.based_on = based_on.value_or(now->entry.number);
    auto text = text_of(planned, rooms.editions, words);
    if (!text) {
        const bool is_back = planned.change.kind == ChangeKind::back;
        const auto why = !is_back                               ? NoPlan::wrong
                         : text.error().code == Errc::not_found ? NoPlan::no_such_version
                                                                : NoPlan::unavailable;
        return NotPlanned{why, std::move(planned.change)};
    }
    planned.text = *std::move(text);
    auto read = rooms.editions.read(planned.text);
    if (auto* readable = std::get_if<edition::Readable>(&read)) {
        planned.model = std::make_shared<const model::Model>(std::move(readable->model));
        planned.warnings = new_warnings(readable->remarks, planned.now.entry.number, rooms.editions);
        return planned;
    }
    add_remarks(planned.change, std::get<edition::Refusal>(read), words);
    return NotPlanned{NoPlan::wrong, std::move(planned.change)};
}

std::vector<std::string> warnings_of(const Planned& planned, const Words& words) {
    std::vector<std::string> sentences;
    for (const auto& warning : planned.warnings) {
        std::string sentence = warning.what.in(words.code());
        if (std::find(sentences.begin(), sentences.end(), sentence) == sentences.end())
            sentences.push_back(std::move(sentence));
    }
    return sentences;
}

std::optional<std::vector<std::string>> obstacles(const Planned& planned,
                                                  const ChangeRooms& rooms,
                                                  const Words& words) {
    const auto ways = rooms.office.in_the_way(planned.model);
    if (!ways && ways.error().code == Errc::unavailable) return std::nullopt;
    if (!ways) return std::vector{ways.error().what};
    if (const auto fits = booking::Bookings::can_offer(*planned.model); !fits)
        return std::vector{fits.error().what};
    std::vector<std::string> sentences;
    for (const auto& way : *ways)
        sentences.push_back(sentence_of(way, rooms.office, words));
    for (const auto& site : planned.now.model->sites) {
        if (planned.model->find(site.key) != nullptr) continue;
        const auto booked = rooms.bookings.clashes_under(*planned.model, site.key, 0);
        const auto* clashes = std::get_if<std::vector<booking::Clash>>(&booked);
        if (clashes == nullptr) return std::nullopt;
        if (!clashes->empty())
            sentences.push_back(words(
                "{site} would be gone. Appointments there that are still to come: {count}.",
                {{"site", model::name_of(site, words.code())}, {"count", std::to_string(clashes->size())}}));
    }
    return sentences;
}

std::optional<std::vector<booking::Clash>> clashes_under(const Planned& planned,
                                                         const ChangeRooms& rooms,
                                                         std::size_t offers) {
    std::vector<booking::Clash> clashes;
    for (const auto& site : planned.now.model->sites) {
        const auto* after = planned.model->find(site.key);
        if (after != nullptr && *after == site && planned.model->services == planned.now.model->services)
            continue;
        auto here = rooms.bookings.clashes_under(*planned.model, site.key, offers);
        if (std::holds_alternative<booking::Refusal>(here)) return std::nullopt;
        for (auto& clash : std::get<0>(here))
            clashes.push_back(std::move(clash));
    }
    return clashes;
}

std::optional<std::vector<booking::Clash>> clashes_now(const ChangeRooms& rooms, std::size_t offers) {
    std::vector<booking::Clash> clashes;
    for (const auto& site : rooms.office.model().sites) {
        auto here = rooms.bookings.clashes(site.key, offers);
        if (const auto* refusal = std::get_if<booking::Refusal>(&here)) {
            if (refusal->reason == booking::Reason::no_such_site) continue;
            return std::nullopt;
        }
        for (auto& clash : std::get<0>(here))
            clashes.push_back(std::move(clash));
    }
    return clashes;
}

std::vector<Concerned> concerned(const Planned& planned, const ChangeRooms& rooms) {
    std::vector<Concerned> all;
    for (const auto& site : planned.now.model->sites) {
        const auto* after = planned.model->find(site.key);
        if (after != nullptr && *after == site) continue;
        std::size_t waiting = 0;
        (void)rooms.office.look(site.key, std::nullopt, [&](const office::Hall& hall) {
            waiting = static_cast<std::size_t>(std::ranges::count_if(hall.visits(), [](const auto& visit) {
                return std::holds_alternative<office::Waiting>(visit.state);
            }));
        });
        if (waiting > 0) all.push_back({site.key, waiting});
    }
    return all;
}

Published publish(const Planned& planned,
                  const Publisher& publisher,
                  const ChangeRooms& rooms,
                  const std::function<Result<void>()>& adopt,
                  const Words& words) {
    auto ways = obstacles(planned, rooms, words);
    if (!ways) return edition::Refusal{edition::Reason::unavailable};
    if (!ways->empty()) return InTheWay{*std::move(ways)};
    const edition::Hand hand{planned.based_on, publisher.account, publisher.note};
    auto published = planned.change.kind == ChangeKind::back
                         ? rooms.editions.go_back(*version_in(planned.change.text("to")), hand, publisher.key)
                         : rooms.editions.publish(planned.text, hand, publisher.key);
    if (auto* refusal = std::get_if<edition::Refusal>(&published)) return std::move(*refusal);
    if (adopt)
        if (const auto adopted = adopt(); !adopted) return edition::Refusal{edition::Reason::unavailable};
    return std::get<edition::Entry>(std::move(published));
}

std::string refusal_text(const edition::Refusal& refusal, const Words& words) {
    switch (refusal.reason) {
        case edition::Reason::changed_meanwhile:
            return words("Somebody else has changed the model meanwhile.");
        case edition::Reason::same_as_now:
            return words("This is what is in force already. There is nothing to publish.");
        case edition::Reason::no_such_version:
            return words("There is no such version.");
        case edition::Reason::other_time_zone:
            return words("The time zone of the city cannot change while its office is open.");
        case edition::Reason::note_missing:
            return words("Write why, so that others understand it later.");
        case edition::Reason::wrong_model:
            return words("The model would not be right any more.");
        case edition::Reason::unavailable:
            break;
    }
    return words("This cannot be done right now. Nothing was lost; try again in a moment.");
}

int status_of(const edition::Refusal& refusal) {
    switch (refusal.reason) {
        case edition::Reason::changed_meanwhile:
            return 412;
        case edition::Reason::same_as_now:
            return 409;
        case edition::Reason::no_such_version:
            return 404;
        case edition::Reason::other_time_zone:
        case edition::Reason::note_missing:
        case edition::Reason::wrong_model:
            return 422;
        case edition::Reason::unavailable:
            break;
    }
    return 503;
}

}  // namespace balcao::front
