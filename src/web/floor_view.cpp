#include "web/floor_view.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "crypto/hash.hpp"
#include "web/forms.hpp"

namespace balcao::web {
namespace {

using html::Content;
using html::with;
using std::chrono::minutes;

Instant since_of(const office::Desk& desk, const office::Visit* visit) {
    if (const auto* is_free = std::get_if<office::DeskFree>(&desk.doing)) return is_free->since;
    if (const auto* rests = std::get_if<office::DeskResting>(&desk.doing)) return rests->since;
    if (visit == nullptr) return {};
    if (const auto* called = std::get_if<office::Called>(&visit->state)) return called->at;
    if (const auto* served = std::get_if<office::InService>(&visit->state)) return served->since;
    return {};
}

std::vector<DeskRow> desks_of(const office::Hall& hall) {
    std::vector<DeskRow> rows;
    for (const auto& group : hall.layout().site().desks) {
        if (group.kind == model::DeskKind::kiosk) continue;
        for (int place = 1; place <= hall.layout().desks_in(group.key); ++place) {
            const office::DeskId id{group.key, place};
            const auto* visit = hall.visit_at(id);
            rows.push_back({id, hall.desk(id), visit != nullptr ? std::optional{visit->number} : std::nullopt,
                            since_of(hall.desk(id), visit)});
        }
    }
    // Still open, though the model has no such desk any more.
    for (const auto& [id, desk] : hall.desks()) {
        if (hall.layout().group_of(id) || !hall.has_desk(id)) continue;
        const auto* visit = hall.visit_at(id);
        rows.push_back({id, desk, visit != nullptr ? std::optional{visit->number} : std::nullopt,
                        since_of(desk, visit)});
    }
    return rows;
}

std::vector<QueueRow> queues_of(const office::Hall& hall, Instant now, std::string_view language) {
    std::map<std::string, QueueRow> queues;
    for (const auto& visit : hall.visits()) {
        if (!std::holds_alternative<office::Waiting>(visit.state) || visit.leg >= visit.legs.size()) continue;
        auto& queue = queues[leg_name(hall.layout(), visit.legs[visit.leg], language)];
        ++queue.waiting;
        queue.longest = std::max(queue.longest, std::chrono::duration_cast<minutes>(now - visit.joined));
    }
    std::vector<QueueRow> rows;
    for (auto& [name, queue] : queues) {
        rows.push_back(std::move(queue));
        rows.back().service = name;
    }
    std::ranges::stable_sort(rows, std::greater{}, &QueueRow::longest);
    return rows;
}

VisitRow row_of(const office::Visit& visit,
                const office::Layout& layout,
                Instant now,
                std::string_view language) {
    VisitRow row{.number = visit.number,
                 .state = std::string{office::name_of(visit.state)},
                 .services = {},
                 .has_priority = visit.standing == office::Standing::priority,
                 .arrived = visit.arrived,
                 .waited = std::chrono::duration_cast<minutes>(office::waited(visit, now)),
                 .desk = {}};
    for (const auto& leg : visit.legs)
        row.services += (row.services.empty() ? "" : ", ") + leg_name(layout, leg, language);
    if (const auto* desk = office::desk_of(visit.state)) row.desk = *desk;
    return row;
}

std::string state_name(const Words& words, std::string_view state) {
    if (state == "waiting") return words("waiting");
    if (state == "called") return words("called");
    if (state == "served") return words("being served");
    if (state == "parked") return words("parked");
    if (state == "collecting") return words("comes back to collect");
    if (state == "missed") return words("did not come");
    if (state == "done") return words("complete");
    return words("gave up");
}

std::string clock_of(const Zone& zone, Instant at) {
    const auto time = zone.at(at).since_midnight;
    const auto whole = std::chrono::duration_cast<minutes>(time).count();
    return fmt::format("{:02}:{:02}", whole / 60, whole % 60);
}

std::string text_of(const Words& words, minutes length) {
    return words("{minutes} min", {{"minutes", std::to_string(length.count())}});
}

// Draws one hall; each thing once.
class Floor {
public:
    Floor(const Words& words, const FloorView& view, const FloorNames& names)
        : words_{words}, view_{view}, names_{names} {}

    void write_alarms(Content& into) const {
        for (const auto& row : view_.desks) {
            if (!row.desk.emergency) continue;
            into.element<"section">({with<"class">("alarm"), with<"role">("alert")}, [&](Content& part) {
                part.element<"p">({with<"class">("headline")},
                                  words_("{desk} needs help.", {{"desk", name_of(row.id)}}));
                const auto& by = row.desk.emergency->accepted_by;
                if (by) part.element<"p">(words_("{name} is on the way.", {{"name", names_.staff(*by)}}));
                if (!names_.may_manage) return;
                const std::string since =
                    std::to_string(row.desk.emergency->since.time_since_epoch().count());
                part.element<"div">({with<"class">("verbs")}, [&](Content& verbs) {
                    if (!by)
                        write_button(verbs,
                                     {"accept-emergency", words_("I am going"), to_string(row.id), since});
                    write_button(verbs, {"clear-emergency", words_("It is over"), to_string(row.id), since});
                });
            });
        }
    }

    void write_figures(Content& into) const {
        into.element<"dl">({with<"class">("figures")}, [&](Content& list) {
            const auto figure = [&](const std::string& what, const std::string& value) {
                list.element<"div">([&](Content& pair) {
                    pair.element<"dt">(what);
                    pair.element<"dd">(value);
                });
            };
            figure(words_("Waiting now"), std::to_string(view_.hall.waiting));
            figure(words_("Desks open"), std::to_string(view_.hall.desks_open));
            figure(words_("Tickets today"), std::to_string(view_.visits.size()));
            figure(words_("Complete"), std::to_string(view_.served));
            figure(words_("No-shows"), std::to_string(view_.missed));
            figure(words_("Gave up"), std::to_string(view_.left));
            figure(words_("Mean wait"), text_of(words_, view_.wait_mean));
            figure(words_("Nine of ten waited at most"), text_of(words_, view_.wait_most));
        });
    }

    void write_queues(Content& into) const {
        into.element<"h2">(words_("Who waits for what"));
        if (view_.queues.empty()) {
            into.element<"p">({with<"class">("quiet")}, words_("Nobody is waiting."));
            return;
        }
        write_table(into, {words_("Service"), words_("Waiting"), words_("Longest wait")}, [&](Content& rows) {
            for (const auto& queue : view_.queues)
                rows.element<"tr">([&](Content& row) {
                    row.element<"th">({with<"scope">("row")}, queue.service);
                    row.element<"td">(std::to_string(queue.waiting));
                    row.element<"td">(text_of(words_, queue.longest));
                });
        });
    }

    void write_desks(Content& into) const {
        into.element<"h2">(words_("Desks"));
        write_table(into, {words_("Desk"), words_("Who"), words_("Now"), words_("Since"), ""},
                    [&](Content& rows) {
                        for (const auto& desk : view_.desks)
                            rows.element<"tr">([&](Content& row) { write_desk(row, desk); });
                    });
    }

    void write_visits(Content& into) const {
        into.element<"h2">(words_("Tickets of today"));
        if (view_.visits.empty()) {
            into.element<"p">({with<"class">("quiet")}, words_("No ticket was taken yet."));
            return;
        }
        const auto are_over = static_cast<std::size_t>(std::ranges::count_if(view_.visits, is_over));
        if (are_over < view_.visits.size()) write_visits(into, false);
        if (are_over == 0) return;
        into.element<"details">({with<"id">("over")}, [&](Content& details) {
            details.element<"summary">(words_("Over: {count}", {{"count", std::to_string(are_over)}}));
            write_visits(details, true);
        });
    }

private:
    struct Button {
        std::string_view verb;
        std::string label;
        std::string what;   // the desk or number
        std::string state;  // that it acts on: the same button pressed twice acts once
    };

    [[nodiscard]] std::string name_of(const office::DeskId& desk) const {
        return desk_name(names_.layout, desk, words_.code());
    }

    void write_button(Content& into, const Button& button) const {
        const std::string state =
            fmt::format("{}/{}/{}/{}/{}", names_.site.key.text(), format_date(view_.hall.date), button.verb,
                        button.what, button.state);
        into.element<"form">(
            {with<"method">("post"),
             with<"action">(url(words_, {"hall", names_.site.key.text(), button.verb}))},
            [&](Content& form) {
                write_hidden(form, "key", crypto::to_hex(crypto::bytes_of(crypto::sha256({state}))));
                write_hidden(form, "what", button.what);
                form.element<"button">({with<"id">(std::string{button.verb} + "-" + button.what)},
                                       button.label);
            });
    }

    static void write_table(Content& into,
                            const std::vector<std::string>& titles,
                            const std::function<void(Content&)>& fill) {
        into.element<"table">({with<"class">("queue")}, [&](Content& table) {
            table.element<"thead">([&](Content& head) {
                head.element<"tr">([&](Content& row) {
                    for (const auto& title : titles) {
                        if (title.empty()) {
                            row.element<"td">("");
                        } else {
                            row.element<"th">({with<"scope">("col")}, title);
                        }
                    }
                });
            });
            table.element<"tbody">(fill);
        });
    }

    void write_desk(Content& row, const DeskRow& desk) const {
        const bool is_closed = std::holds_alternative<office::DeskClosedNow>(desk.desk.doing);
        row.element<"th">({with<"scope">("row")}, [&](Content& cell) {
            cell.element<"a">(
                {with<"href">(url(words_, {"desk", names_.site.key.text(), office::to_string(desk.id)}))},
                name_of(desk.id));
        });
        row.element<"td">(is_closed ? "" : names_.staff(desk.desk.staff));
        row.element<"td">([&] {
            if (is_closed) return words_("closed");
            if (desk.number) return words_("with {number}", {{"number", std::to_string(desk.number->value)}});
            return std::holds_alternative<office::DeskResting>(desk.desk.doing) ? words_("pausing")
                                                                                : words_("free");
        }());
        row.element<"td">(is_closed ? "" : clock_of(names_.zone, desk.since));
        row.element<"td">([&](Content& cell) {
            if (names_.may_manage && !is_closed && !desk.number)
                write_button(cell, {"close-desk", words_("Close"), office::to_string(desk.id),
                                    std::to_string(desk.since.time_since_epoch().count())});
        });
    }

    static bool is_over(const VisitRow& visit) { return visit.state == "done" || visit.state == "left"; }

    void write_visits(Content& into, bool over) const {
        write_table(
            into,
            {words_("Number"), words_("Service"), words_("Taken at"), words_("Waited"), words_("Now"), ""},
            [&](Content& rows) {
                for (const auto& visit : view_.visits)
                    if (is_over(visit) == over)
                        rows.element<"tr">([&](Content& row) { write_visit(row, visit); });
            });
    }

    void write_visit(Content& row, const VisitRow& visit) const {
        const std::string number = std::to_string(visit.number.value);
        row.element<"th">({with<"scope">("row")}, number);
        row.element<"td">(visit.has_priority ? visit.services + " · " + words_("Priority by law")
                                             : visit.services);
        row.element<"td">(clock_of(names_.zone, visit.arrived));
        row.element<"td">(text_of(words_, visit.waited));
        row.element<"td">(visit.desk ? state_name(words_, visit.state) + ", " + name_of(*visit.desk)
                                     : state_name(words_, visit.state));
        row.element<"td">([&](Content& cell) {
            if (!names_.may_manage) return;
            if (visit.state == "missed")
                write_button(cell, {"come-back", words_("Is here again"), number, visit.state});
            if (visit.state == "collecting")
                write_button(cell, {"collect", words_("Has collected"), number, visit.state});
            if (!is_over(visit))
                cell.element<"a">({with<"href">(url(words_, {"tickets", names_.link(visit.number)}))},
                                  words_("Print again"));
        });
    }

    const Words& words_;
    const FloorView& view_;
    const FloorNames& names_;
};

}  // namespace

FloorView floor_of(const office::Hall& hall,
                   Instant now,
                   const CivilTime& clocks,
                   std::string_view language) {
    FloorView view;
    view.hall = view_of(hall, clocks);
    view.queues = queues_of(hall, now, language);
    view.desks = desks_of(hall);
    std::vector<minutes> waits;
    for (const auto& visit : hall.visits()) {
        view.visits.push_back(row_of(visit, hall.layout(), now, language));
        if (visit.first_called) waits.push_back(view.visits.back().waited);
        if (std::holds_alternative<office::Done>(visit.state)) ++view.served;
        if (std::holds_alternative<office::Missed>(visit.state)) ++view.missed;
        if (std::holds_alternative<office::Left>(visit.state)) ++view.left;
    }
    std::ranges::reverse(view.visits);
    if (waits.empty()) return view;
    std::ranges::sort(waits);
    minutes sum{};
    for (const auto wait : waits)
        sum += wait;
    view.wait_mean = sum / static_cast<long>(waits.size());
    view.wait_most = waits[(waits.size() * 9 - 1) / 10];
    return view;
}

void write_floor(Content& into, const Words& words, const FloorView& view, const FloorNames& names) {
    const Floor floor{words, view, names};
    floor.write_alarms(into);
    floor.write_figures(into);
    floor.write_queues(into);
    floor.write_desks(into);
    floor.write_visits(into);
}

}  // namespace balcao::web
