// The desk of an attendant: who is here, who waits, and one key for each thing to do. Everything is a form,
// so it works without scripts; the key of a form is made of what it acts on, so that pressing twice, or on
// two machines, does once.
#include <algorithm>

#include <fmt/format.h>

#include "web/people.hpp"
#include "web/refusal.hpp"

namespace balcao::web {
namespace {

using html::Content;
using html::with;

struct Place {
    const model::Site* site = nullptr;
    office::DeskId desk;
};

struct Waiter {
    office::Number number;
    std::string service;
    bool has_priority = false;
    std::chrono::minutes waited{};
    bool can_be_called = false;
};

// What the attendant sees, taken while the hall is looked at.
struct DeskView {
    office::Desk desk;
    std::optional<office::Visit> visit;
    std::vector<Waiter> waiting;
    std::vector<office::Visit> parked;
    std::size_t waiting_elsewhere = 0;  // for other desks
    Date date{};
    Instant changed{};  // the hall
};

std::string service_name(const office::Layout& layout, const office::Leg& leg, std::string_view language) {
    const auto* service = layout.city().find(leg.service);
    const std::string name = service != nullptr ? model::name_of(*service, language) : leg.service.text();
    return leg.step.empty() ? name : name + " · " + leg.step.text();
}

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

std::optional<DeskView> look(const Shared& shared, const Place& place, const Words& words) {
    std::optional<DeskView> view;
    const auto looked = shared.office.look(place.site->key, std::nullopt, [&](const office::Hall& hall) {
        view = view_of(hall, place.desk, shared.clock.now(), words.code());
    });
    return looked ? view : std::nullopt;
}

http::Response desk_page(const http::Request& request,
                         const Shared& shared,
                         const staff::Session& session,
                         const Place& place,
                         const std::string& complaint,
                         int status) {
    const Words words = shared.words_of(request);
    const auto view = look(shared, place, words);
    if (!view) return shared.failure(request, 503);
    const auto layout = shared.office.layout(place.site->key);
    const std::string desk = office::to_string(place.desk);
    const Frame frame{.words = words,
                      .title = desk_name(*layout, place.desk, words.code()),
                      .path = "/desk/" + place.site->key.text() + "/" + desk,
                      .refresh_seconds = 20};
    return http::Response::html(
        page(shared.city(words), frame,
             [&](Content& main) {
                 main.element<"p">({with<"class">("who")}, [&](Content& line) {
                     line.text(session.names.name + " · ");
                     line.element<"a">({with<"href">(url(words, {"desk"}))}, words("Another desk"));
                 });
                 main.element<"h1">(frame.title + " · " + model::name_of(*place.site, words.code()));
                 if (!complaint.empty())
                     main.element<"p">({with<"class">("complaint"), with<"role">("alert")}, complaint);
                 main.element<"div">(
                     {with<"class">("desk"),
                      with<"data-live">(url(words, {"live", "desk", place.site->key.text(), desk}).text())},
                     [&](Content& into) { write_desk(into, words, place, *view, *layout); });
                 main.element<"form">({with<"method">("post"), with<"action">(url(words, {"sign-out"}))},
                                      [&](Content& form) { form.element<"button">(words("Sign out")); });
             }),
        status);
}

http::Response desks_page(const http::Request& request, const Shared& shared, const staff::Session& session) {
    const Words words = shared.words_of(request);
    const Frame frame{.words = words, .title = words("Choose your desk"), .path = "/desk"};
    return http::Response::html(page(shared.city(words), frame, [&](Content& main) {
        main.element<"p">({with<"class">("who")}, session.names.name);
        main.element<"h1">(frame.title);
        bool is_any = false;
        for (const auto& site : shared.office.model().sites) {
            const auto layout = shared.office.layout(site.key);
            if (layout->services().empty() ||
                !shared.staff.may(session.account, staff::Permission::run_desk, site.key))
                continue;
            is_any = true;
            main.element<"h2">(model::name_of(site, words.code()));
            main.element<"ul">({with<"class">("desks")}, [&](Content& list) {
                for (const auto& group : site.desks) {
                    if (group.kind == model::DeskKind::kiosk) continue;  // nobody sits there
                    for (int place = 1; place <= layout->desks_in(group.key); ++place)
                        list.element<"li">([&](Content& item) {
                            const office::DeskId desk{group.key, place};
                            item.element<"a">({with<"href">(url(words, {"desk", site.key.text(),
                                                                        office::to_string(desk)}))},
                                              desk_name(*layout, desk, words.code()));
                        });
                }
            });
        }
        if (!is_any)
            main.element<"p">(
                words("Your account may not do this. Ask who manages the people of your site."));
        main.element<"form">({with<"method">("post"), with<"action">(url(words, {"sign-out"}))},
                             [&](Content& form) { form.element<"button">(words("Sign out")); });
    }));
}

std::optional<office::Number> number_in(const http::Request& request) {
    const auto text = request.form.text("number");
    std::uint32_t number = 0;
    for (const char digit : text) {
        if (digit < '0' || digit > '9' || number > 100'000'000) return std::nullopt;
        number = number * 10 + static_cast<std::uint32_t>(digit - '0');
    }
    return text.empty() ? std::nullopt : std::optional{office::Number{number}};
}

// What a button means; nothing for a verb that there is not, or a number that is missing.
std::optional<office::Command> command_of(const http::Request& request,
                                          const Place& place,
                                          const staff::Session& session) {
    const auto verb = request.parameters.text("verb");
    const auto& desk = place.desk;
    if (verb == "open") return office::OpenDesk{desk, office::StaffKey{session.account.text()}};
    if (verb == "pause") return office::PauseDesk{desk};
    if (verb == "resume-desk") return office::ResumeDesk{desk};
    if (verb == "close") return office::CloseDesk{desk};
    if (verb == "next") return office::CallNext{desk};
    if (verb == "recall") return office::Recall{desk};
    if (verb == "undo-call") return office::UndoCall{desk};
    if (verb == "start") return office::Start{desk};
    if (verb == "not-come") return office::NotCome{desk};
    if (verb == "finish") return office::Finish{.desk = desk};
    if (verb == "park") return office::Park{desk};
    if (verb == "transfer")
        return office::Transfer{.desk = desk,
                                .service = office::ServiceKey{std::string{request.form.text("service")}}};
    const auto number = number_in(request);
    if (verb == "call" && number) return office::CallNumber{desk, *number};
    if (verb == "resume" && number) return office::Resume{desk, *number};
    return std::nullopt;
}

std::string desk_key(const http::Request& request) {
    const auto key = request.form.text("key");
    const bool is_ours = key.size() == 64 && crypto::from_hex(key);
    return is_ours ? "desk/" + std::string{key} : form_key(request);
}

// At one's own desk, at one where nobody sits, and at any for who manages the hall.
bool may_act(const Shared& shared, const staff::Session& session, const Place& place) {
    bool is_others = false;
    const auto looked = shared.office.look(place.site->key, std::nullopt, [&](const office::Hall& hall) {
        const auto& sits = hall.desk(place.desk).staff;
        is_others = !sits.empty() && sits.text() != session.account.text();
    });
    return looked &&
           (!is_others || shared.staff.may(session.account, staff::Permission::manage_hall, place.site->key));
}

void carry_out(const http::Request& request,
               http::Reply reply,
               Shared& shared,
               const staff::Session& session,
               const Place& place) {
    auto command = command_of(request, place, session);
    if (!command) return reply.send(shared.failure(request, 404));
    if (!may_act(shared, session, place))
        return reply.send(
            desk_page(request, shared, session, place,
                      refusal_text({.reason = office::Reason::desk_taken_by_other},
                                   *shared.office.layout(place.site->key), shared.words_of(request)),
                      409));
    const std::string key = desk_key(request);
    const auto answer = std::make_shared<http::Reply>(std::move(reply));
    const auto answered = [answer, &shared, session, place](const office::Reply& result) {
        const http::Request& asked = answer->request();
        const Words words = shared.words_of(asked);
        const auto layout = shared.office.layout(place.site->key);
        if (const auto* refusal = std::get_if<office::Refusal>(&result))
            return answer->send(desk_page(asked, shared, session, place,
                                          refusal_text(*refusal, *layout, words), status_of(*refusal)));
        if (std::holds_alternative<office::Unavailable>(result))
            return answer->send(shared.failure(asked, 503));
        answer->send(http::Response::redirect(
            url(words, {"desk", place.site->key.text(), office::to_string(place.desk)}).text()));
    };
    const auto handled =
        shared.office.handle({.site = place.site->key, .key = key, .command = *std::move(command)}, answered);
    if (!handled) answer->send(shared.failure(answer->request(), 404));
}

using Allowed = std::function<void(const http::Request&, http::Reply, const staff::Session&, const Place&)>;

// For who is signed in and may run desks at that site; others are sent to sign in, or told.
http::Handler for_attendants(Shared& shared, Allowed handler) {
    return [&shared, handler = std::move(handler)](const http::Request& request, http::Reply reply) {
        const auto session = session_of(request, shared);
        if (!session) return reply.send(to_sign_in(request, shared));
        const auto* site = site_in(request, shared);
        const auto desk = office::parse_desk(request.parameters.text("desk"));
        const auto layout = site != nullptr ? shared.office.layout(site->key) : nullptr;
        if (layout == nullptr || !desk || !layout->group_of(*desk))
            return reply.send(shared.failure(request, 404));
        if (!shared.staff.may(session->account, staff::Permission::run_desk, site->key))
            return reply.send(shared.failure(
                shared.words_of(request), 403,
                refusal_text({.reason = staff::Reason::not_allowed}, shared, shared.words_of(request))));
        handler(request, std::move(reply), *session, {site, *desk});
    };
}

void open_stream(const http::Request& request, http::Reply reply, Shared& shared, const Place& place) {
    const Words words = shared.words_of(request);
    const std::string name = "desk " + std::string{words.code()} + " " + office::to_string(place.desk);
    shared.live.follow(
        place.site->key, name, reply.stream(), [&shared, words, place]() -> std::optional<std::string> {
            const auto view = look(shared, place, words);
            if (!view) return std::nullopt;
            return html::fragment([&](Content& into) {
                       write_desk(into, words, place, *view, *shared.office.layout(place.site->key));
                   })
                .text();
        });
}

}  // namespace

void add_desk_routes(http::Router& router, Shared& shared) {
    router.add(http::Method::get, "/{language}/desk",
               [&shared](const http::Request& request, http::Reply reply) {
                   const auto session = session_of(request, shared);
                   reply.send(session ? desks_page(request, shared, *session) : to_sign_in(request, shared));
               });
    router.add(http::Method::get, "/{language}/desk/{site}/{desk}",
               for_attendants(shared, [&shared](const http::Request& request, http::Reply reply,
                                                const staff::Session& session, const Place& place) {
                   reply.send(desk_page(request, shared, session, place, {}, 200));
               }));
    router.add(http::Method::get, "/{language}/live/desk/{site}/{desk}",
               for_attendants(shared, [&shared](const http::Request& request, http::Reply reply,
                                                const staff::Session&, const Place& place) {
                   open_stream(request, std::move(reply), shared, place);
               }));
    add_post(router, shared, "/{language}/desk/{site}/{desk}/{verb}",
             for_attendants(shared, [&shared](const http::Request& request, http::Reply reply,
                                              const staff::Session& session, const Place& place) {
                 carry_out(request, std::move(reply), shared, session, place);
             }));
}

}  // namespace balcao::web
