#include "web/desk_view.hpp"

#include <algorithm>

#include "front/hall_view.hpp"
#include "web/desk_forms.hpp"
#include "web/frame.hpp"

namespace balcao::web {

using front::desk_name;
using front::leg_name;

namespace {

using html::Content;
using html::with;

struct DeskSeen {
    const Place& place;
    const office::Layout& layout;
};

// What else can be done for who is being served.
void write_more(Content& into,
                const Words& words,
                const DeskForms& forms,
                const DeskView& view,
                const office::Layout& layout) {
    std::vector<std::pair<std::string, std::string>> services;
    for (const auto& key : layout.services())
        services.emplace_back(key.text(), model::name_of(*layout.city().find(key), words.code()));
    into.element<"details">({with<"id">("more")}, [&](Content& details) {
        details.element<"summary">(words("More"));
        if (view.may_leave)
            forms.button(details,
                         {.verb = "finish-collect", .label = words("Finish; comes back to collect")});
        if (view.visit->leg + 1 < view.visit->legs.size())
            forms.button(details,
                         {.verb = "finish-here", .label = words("Finish; another desk does the rest")});
        forms.choice(details, {.verb = "add",
                               .name = "service",
                               .label = words("One service more"),
                               .options = services,
                               .button = words("Add")});
        forms.choice(details, {.verb = "transfer",
                               .name = "service",
                               .label = words("Send on to another service"),
                               .options = services,
                               .button = words("Send on")});
    });
}

void write_visit(Content& into,
                 const Words& words,
                 const DeskForms& forms,
                 const DeskView& view,
                 const office::Layout& layout) {
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
                               leg_name(layout, visit.legs[leg], words.code()));
    });
    if (visit.standing == office::Standing::priority) into.element<"p">(words("Priority by law"));
    into.element<"div">({with<"class">("verbs")}, [&](Content& verbs) {
        if (is_called) {
            forms.button(verbs, {.verb = "start", .label = words("Start"), .key = "s", .is_main = true});
            forms.button(verbs, {.verb = "recall", .label = words("Call again"), .key = "r"});
            forms.button(verbs, {.verb = "not-come", .label = words("Did not come"), .key = "x"});
            forms.button(verbs, {.verb = "undo-call", .label = words("Undo the call"), .key = "u"});
            return;
        }
        if (view.may_leave)
            forms.button(verbs, {.verb = "finish", .label = words("Finish"), .key = "f", .is_main = true});
        forms.button(verbs, {.verb = "park", .label = words("Park"), .key = "p"});
    });
    if (is_called) return;
    forms.choice(into, {.verb = "finish",
                        .name = "next",
                        .label = words("Then"),
                        .options = view.onward,
                        .button = words("Finish and go on")});
    write_more(into, words, forms, view, layout);
}

void write_waiting(Content& into, const Words& words, const DeskForms& forms, const DeskView& view) {
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
                            forms.button(cell,
                                         {.verb = "call",
                                          .label = words("Call {number}",
                                                         {{"number", std::to_string(waiter.number.value)}}),
                                          .number = std::to_string(waiter.number.value)});
                    });
                });
        });
    });
}

// Who needs help, above everything else; and the way to ask for it.
void write_alarms(
    Content& into, const Words& words, const DeskForms& forms, const DeskView& view, const DeskSeen& seen) {
    for (const auto& alarm : view.alarms) {
        const bool is_own = alarm.desk == seen.place.desk;
        const std::string desk = desk_name(seen.layout, alarm.desk, words.code());
        into.element<"section">({with<"class">("alarm"), with<"role">("alert")}, [&](Content& part) {
            part.element<"p">(
                {with<"class">("headline")},
                is_own ? words("You asked for help.") : words("{desk} needs help.", {{"desk", desk}}));
            if (alarm.emergency.accepted_by) part.element<"p">(words("Somebody is on the way."));
            part.element<"div">({with<"class">("verbs")}, [&](Content& verbs) {
                if (!is_own && !alarm.emergency.accepted_by)
                    forms.button(verbs, {.verb = "accept-emergency",
                                         .label = words("I am going"),
                                         .desk = office::to_string(alarm.desk)});
                forms.button(verbs, {.verb = "clear-emergency",
                                     .label = words("It is over"),
                                     .desk = office::to_string(alarm.desk)});
            });
        });
    }
}

// The steps that may follow what is being served, where the model leaves a choice.
void add_onward(DeskView& view,
                const office::Layout& layout,
                const office::Leg& leg,
                std::string_view language) {
    const auto onward = layout.after(leg);
    view.may_leave = onward.may_leave || onward.legs.size() == 1;
    if (onward.legs.size() + (onward.may_leave ? 1 : 0) < 2) return;
    for (const auto& next : onward.legs)
        view.onward.emplace_back(next.step.text(), leg_name(layout, next, language));
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
    for (const auto& [name, one] : hall.desks())
        if (one.emergency) view.alarms.push_back({name, *one.emergency});
    if (const auto* visit = hall.visit_at(desk)) {
        view.visit = *visit;
        add_onward(view, layout, visit->legs[visit->leg], language);
    }
    for (const auto& visit : hall.visits()) {
        if (std::holds_alternative<office::Parked>(visit.state)) view.parked.push_back(visit);
        if (!std::holds_alternative<office::Waiting>(visit.state) || visit.leg >= visit.legs.size()) continue;
        const auto& leg = visit.legs[visit.leg];
        if (std::get<office::Waiting>(visit.state).sent_by == desk)
            view.sent.push_back({visit.number, leg_name(layout, leg, language)});
        // Whom no desk is for any more any desk may call.
        if (!(group && layout.serves(*group, leg, visit)) && !hall.is_stranded(visit)) {
            ++view.waiting_elsewhere;
            continue;
        }
        view.waiting.push_back({visit.number, leg_name(layout, leg, language),
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
    const DeskForms forms{words, place, view};
    write_alarms(into, words, forms, view, {place, layout});
    into.element<"section">({with<"class">("ticket"), with<"aria-live">("polite")}, [&](Content& now) {
        if (view.visit) return write_visit(now, words, forms, view, layout);
        if (std::holds_alternative<office::DeskClosedNow>(view.desk.doing)) {
            now.element<"p">({with<"class">("headline")}, words("This desk is closed."));
            return forms.button(
                now, {.verb = "open", .label = words("Open the desk"), .key = "o", .is_main = true});
        }
        if (std::holds_alternative<office::DeskResting>(view.desk.doing)) {
            now.element<"p">({with<"class">("headline")}, words("Pausing"));
            return forms.button(
                now, {.verb = "resume-desk", .label = words("Resume"), .key = "o", .is_main = true});
        }
        now.element<"p">({with<"class">("headline")},
                         view.waiting.empty() ? words("Nobody waits for this desk.") : words("Free"));
        now.element<"div">({with<"class">("verbs")}, [&](Content& verbs) {
            forms.button(verbs,
                         {.verb = "next", .label = words("Call the next"), .key = "n", .is_main = true});
            forms.button(verbs, {.verb = "pause", .label = words("Pause"), .key = "b"});
            forms.button(verbs, {.verb = "close", .label = words("Close the desk")});
        });
    });
    if (!view.parked.empty()) {
        into.element<"h2">(words("Parked"));
        into.element<"div">({with<"class">("verbs")}, [&](Content& list) {
            for (const auto& visit : view.parked)
                forms.button(list, {.verb = "resume",
                                    .label = words("Go on with {number}",
                                                   {{"number", std::to_string(visit.number.value)}}),
                                    .number = std::to_string(visit.number.value)});
        });
    }
    if (!view.sent.empty()) {
        into.element<"h2">(words("Sent on from here"));
        into.element<"div">({with<"class">("verbs")}, [&](Content& list) {
            for (const auto& sent : view.sent)
                forms.button(list, {.verb = "undo-transfer",
                                    .label = words("Take {number} back",
                                                   {{"number", std::to_string(sent.number.value)}}),
                                    .number = std::to_string(sent.number.value)});
        });
    }
    write_waiting(into, words, forms, view);
    const bool asks =
        std::ranges::any_of(view.alarms, [&](const Alarm& alarm) { return alarm.desk == place.desk; });
    if (!asks && !std::holds_alternative<office::DeskClosedNow>(view.desk.doing))
        into.element<"div">({with<"class">("help")}, [&](Content& part) {
            forms.button(part, {.verb = "raise-emergency", .label = words("Ask for help now"), .key = "!"});
        });
    if (view.waiting_elsewhere > 0)
        into.element<"p">(
            {with<"class">("quiet")},
            words("Waiting for other desks: {count}", {{"count", std::to_string(view.waiting_elsewhere)}}));
}

}  // namespace balcao::web
