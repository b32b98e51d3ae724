#include "web/desk_view.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "crypto/hash.hpp"
#include "web/frame.hpp"

namespace balcao::web {
namespace {

using html::Content;
using html::with;

std::string service_name(const office::Layout& layout, const office::Leg& leg, std::string_view language) {
    const auto* service = layout.city().find(leg.service);
    const std::string name = service != nullptr ? model::name_of(*service, language) : leg.service.text();
    return leg.step.empty() ? name : name + " · " + leg.step.text();
}

// The same for the same thing to be done to the same state.
std::string key_of(const Place& place, const DeskView& view, std::string_view verb, const std::string& what) {
    std::string state = fmt::format("{}/{}/{}/{}/{}/", place.site->key.text(), format_date(view.date),
                                    office::to_string(place.desk), verb, what);
    const auto add = [&](Instant at) { state += std::to_string(at.time_since_epoch().count()); };
    if (std::holds_alternative<office::DeskClosedNow>(view.desk.doing)) add(view.changed);
    if (const auto* is_free = std::get_if<office::DeskFree>(&view.desk.doing)) add(is_free->since);
    if (const auto* rests = std::get_if<office::DeskResting>(&view.desk.doing)) add(rests->since);
    if (view.visit) {
        state += fmt::format("{}/{}/{}/{}/", view.visit->number.value, view.visit->leg, view.visit->calls,
                             office::name_of(view.visit->state));
        if (const auto* called = std::get_if<office::Called>(&view.visit->state)) add(called->at);
        if (const auto* served = std::get_if<office::InService>(&view.visit->state)) add(served->since);
    }
    return crypto::to_hex(crypto::bytes_of(crypto::sha256({state})));
}

// Draws the buttons of one desk.
class Buttons {
public:
    Buttons(const Words& words, const Place& place, const DeskView& view)
        : words_{words}, place_{place}, view_{view} {}

    struct Button {
        std::string_view verb;
        std::string label;
        std::string_view key{};  // on the keyboard
        std::string number{};
        bool is_main = false;
    };

    void write(Content& into, const Button& button) const {
        const std::string desk = office::to_string(place_.desk);
        into.element<"form">(
            {with<"method">("post"),
             with<"action">(url(words_, {"desk", place_.site->key.text(), desk, button.verb}))},
            [&](Content& form) {
                hidden(form, "key", key_of(place_, view_, button.verb, button.number));
                if (!button.number.empty()) hidden(form, "number", button.number);
                form.element<"button">({with<"id">(std::string{button.verb} + button.number),
                                        when(button.is_main, with<"class">("main")),
                                        when(!button.key.empty(), with<"data-key">(button.key)),
                                        when(!button.key.empty(), with<"aria-keyshortcuts">(button.key))},
                                       [&](Content& inside) {
                                           inside.text(button.label);
                                           if (!button.key.empty())
                                               inside.text(" ").element<"kbd">(button.key);
                                       });
            });
    }

    static void hidden(Content& form, std::string_view name, std::string_view value) {
        form.empty<"input">({with<"type">("hidden"), with<"name">(name), with<"value">(value)});
    }

private:
    const Words& words_;
    const Place& place_;
    const DeskView& view_;
};

void write_transfer(Content& into,
                    const Words& words,
                    const Place& place,
                    const DeskView& view,
                    const office::Layout& layout) {
    into.element<"details">([&](Content& details) {
        details.element<"summary">(words("Send on to another service"));
        details.element<"form">(
            {with<"method">("post"), with<"action">(url(words, {"desk", place.site->key.text(),
                                                                office::to_string(place.desk), "transfer"}))},
            [&](Content& form) {
                Buttons::hidden(form, "key", key_of(place, view, "transfer", ""));
                form.element<"label">({with<"for">("transfer-to")}, words("Service"));
                form.element<"select">(
                    {with<"id">("transfer-to"), with<"name">("service")}, [&](Content& select) {
                        for (const auto& key : layout.services()) {
                            const auto* service = layout.city().find(key);
                            select.element<"option">({with<"value">(key.text())},
                                                     model::name_of(*service, words.code()));
                        }
                    });
                form.element<"button">(words("Send on"));
            });
    });
}

void write_visit(Content& into,
                 const Words& words,
                 const Place& place,
                 const DeskView& view,
                 const office::Layout& layout) {
    const Buttons buttons{words, place, view};
    const auto& visit = *view.visit;
    const bool is_called = std::holds_alternative<office::Called>(visit.state);
    into.element<"p">({with<"class">("number"), with<"data-state">(office::name_of(visit.state))},
                      std::to_string(visit.number.value));
    into.element<"p">({with<"class">("headline")},
                      is_called ? words("Called, on the way") : words("Being served"));
    into.element<"ol">({with<"class">("legs")}, [&](Content& list) {
        for (std::size_t leg = 0; leg < visit.legs.size(); ++leg)
            list.element<"li">({when(leg < visit.leg, with<"class">("done")),
                                when(leg == visit.leg, with<"aria-current">("step"))},
                               service_name(layout, visit.legs[leg], words.code()));
    });
    if (visit.standing == office::Standing::priority) into.element<"p">(words("Priority by law"));
    into.element<"div">({with<"class">("verbs")}, [&](Content& verbs) {
        if (is_called) {
            buttons.write(verbs, {.verb = "start", .label = words("Start"), .key = "s", .is_main = true});
            buttons.write(verbs, {.verb = "recall", .label = words("Call again"), .key = "r"});
            buttons.write(verbs, {.verb = "not-come", .label = words("Did not come"), .key = "x"});
            buttons.write(verbs, {.verb = "undo-call", .label = words("Undo the call"), .key = "u"});
            return;
        }
        buttons.write(verbs, {.verb = "finish", .label = words("Finish"), .key = "f", .is_main = true});
        buttons.write(verbs, {.verb = "park", .label = words("Park"), .key = "p"});
    });
    if (!is_called) write_transfer(into, words, place, view, layout);
}

void write_waiting(Content& into, const Words& words, const Place& place, const DeskView& view) {
    const Buttons buttons{words, place, view};
    const bool is_free = std::holds_alternative<office::DeskFree>(view.desk.doing);
    into.element<"h2">(words("Waiting: {count}", {{"count", std::to_string(view.waiting.size())}}));
    if (view.waiting.empty()) return;
    into.element<"table">({with<"class">("queue")}, [&](Content& table) {
        table.element<"thead">([&](Content& head) {
            head.element<"tr">([&](Content& row) {
                for (const char* title : {"Number", "Service", "Waiting since"})
                    row.element<"th">({with<"scope">("col")}, words(title));
                row.element<"td">("");
            });
        });
        table.element<"tbody">([&](Content& rows) {
            for (const auto& waiter : view.waiting)
                rows.element<"tr">([&](Content& row) {
                    row.element<"th">({with<"scope">("row")}, std::to_string(waiter.number.value));
                    row.element<"td">(waiter.has_priority ? waiter.service + " · " + words("Priority by law")
                                                          : waiter.service);
                    row.element<"td">(
                        words("{minutes} min", {{"minutes", std::to_string(waiter.waited.count())}}));
                    row.element<"td">([&](Content& cell) {
                        if (is_free)
                            buttons.write(cell,
                                          {.verb = "call",
                                           .label = words("Call {number}",
                                                          {{"number", std::to_string(waiter.number.value)}}),
                                           .number = std::to_string(waiter.number.value)});
                    });
                });
        });
    });
}

}  // namespace

DeskView view_of(const office::Hall& hall,
                 const office::DeskId& desk,
                 Instant now,
                 std::string_view language) {
    DeskView view;
    const auto& layout = hall.layout();
    const auto group = layout.group_of(desk);
    view.date = hall.date();
    view.desk = hall.desk(desk);
    view.changed = hall.last_at();
    if (const auto* visit = hall.visit_at(desk)) view.visit = *visit;
    for (const auto& visit : hall.visits()) {
        if (std::holds_alternative<office::Parked>(visit.state)) view.parked.push_back(visit);
        if (!std::holds_alternative<office::Waiting>(visit.state) || visit.leg >= visit.legs.size()) continue;
        const auto& leg = visit.legs[visit.leg];
        if (!group || !layout.serves(*group, leg)) {
            ++view.waiting_elsewhere;
            continue;
        }
        view.waiting.push_back({visit.number, service_name(layout, leg, language),
                                visit.standing == office::Standing::priority,
                                std::chrono::duration_cast<std::chrono::minutes>(now - visit.arrived),
                                !std::get<office::Waiting>(visit.state).paused_until});
    }
    std::ranges::stable_sort(
        view.waiting, [](const Waiter& a, const Waiter& b) { return a.has_priority > b.has_priority; });
    return view;
}

void write_desk(Content& into,
                const Words& words,
                const Place& place,
                const DeskView& view,
                const office::Layout& layout) {
    const Buttons buttons{words, place, view};
    into.element<"section">({with<"class">("ticket"), with<"aria-live">("polite")}, [&](Content& now) {
        if (view.visit) return write_visit(now, words, place, view, layout);
        if (std::holds_alternative<office::DeskClosedNow>(view.desk.doing)) {
            now.element<"p">({with<"class">("headline")}, words("This desk is closed."));
            return buttons.write(
                now, {.verb = "open", .label = words("Open the desk"), .key = "o", .is_main = true});
        }
        if (std::holds_alternative<office::DeskResting>(view.desk.doing)) {
            now.element<"p">({with<"class">("headline")}, words("Pausing"));
            return buttons.write(
                now, {.verb = "resume-desk", .label = words("Resume"), .key = "o", .is_main = true});
        }
        now.element<"p">({with<"class">("headline")},
                         view.waiting.empty() ? words("Nobody waits for this desk.") : words("Free"));
        now.element<"div">({with<"class">("verbs")}, [&](Content& verbs) {
            buttons.write(verbs,
                          {.verb = "next", .label = words("Call the next"), .key = "n", .is_main = true});
            buttons.write(verbs, {.verb = "pause", .label = words("Pause"), .key = "b"});
            buttons.write(verbs, {.verb = "close", .label = words("Close the desk")});
        });
    });
    if (!view.parked.empty()) {
        into.element<"h2">(words("Parked"));
        into.element<"div">({with<"class">("verbs")}, [&](Content& list) {
            for (const auto& visit : view.parked)
                buttons.write(list, {.verb = "resume",
                                     .label = words("Go on with {number}",
                                                    {{"number", std::to_string(visit.number.value)}}),
                                     .number = std::to_string(visit.number.value)});
        });
    }
    write_waiting(into, words, place, view);
    if (view.waiting_elsewhere > 0)
        into.element<"p">(
            {with<"class">("quiet")},
            words("Waiting for other desks: {count}", {{"count", std::to_string(view.waiting_elsewhere)}}));
}

}  // namespace balcao::web
