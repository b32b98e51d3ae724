// The desk of an attendant: who is here, who waits, and one key for each thing to do. Everything is a form,
// so it works without scripts; the key of a form is made of what it acts on, so that pressing twice, or on
// two machines, does once.
#include <algorithm>

#include "front/refusal.hpp"
#include "front/rights.hpp"
#include "web/desk_view.hpp"
#include "web/forms.hpp"
#include "web/people.hpp"
#include "web/remote.hpp"
#include "web/ways.hpp"

namespace balcao::web {
namespace {

using html::Content;
using html::with;

std::optional<DeskView> look(const Shared& shared, const Place& place, const Words& words) {
    std::optional<DeskView> view;
    const auto looked = shared.office.look(place.site->key, std::nullopt, [&](const office::Hall& hall) {
        view = view_of(hall, place.desk, shared.clock.now(), words.code());
    });
    return looked ? view : std::nullopt;
}

// What happens at the desk, and whom it calls or meets by video today.
void write_all(
    Content& into, const Shared& shared, const Words& words, const Place& place, const DeskView& view) {
    write_desk(into, words, place, view, *shared.office.layout(place.site->key));
    write_calls(into, shared, words, place, calls_today(shared, place));
}

// What the attendant is told above the desk.
struct Told {
    std::string complaint{};
    int status = 200;
};

http::Response desk_page(const http::Request& request,
                         const Shared& shared,
                         const staff::Session& session,
                         const Place& place,
                         const Told& told) {
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
                     if (shared.fees != nullptr)
                         line.text(" · ").element<"a">(
                             {with<"href">(url(words, {"till", place.site->key.text(), desk}))},
                             words("The till"));
                 });
                 main.element<"h1">(frame.title + " · " + model::name_of(*place.site, words.code()));
                 write_complaint(main, told.complaint);
                 main.element<"div">(
                     {with<"class">("desk"),
                      with<"data-live">(url(words, {"live", "desk", place.site->key.text(), desk}).text())},
                     [&](Content& into) { write_all(into, shared, words, place, *view); });
                 main.element<"form">({with<"method">("post"), with<"action">(url(words, {"sign-out"}))},
                                      [&](Content& form) { form.element<"button">(words("Sign out")); });
             }),
        told.status);
}

bool manages_somewhere(const Shared& shared, const staff::Session& session) {
    if (session.is_second_factor_due) return true;  // there she is told what to do first
    return std::ranges::any_of(shared.office.model().sites, [&](const auto& site) {
        return shared.staff.may(session.account, staff::Permission::manage_people, site.key);
    });
}

// The desks of a site behind which people sit.
void write_desks(Content& main, const Words& words, const office::Layout& layout) {
    main.element<"ul">({with<"class">("desks")}, [&](Content& list) {
        for (const auto& group : layout.site().desks) {
            if (group.kind == model::DeskKind::kiosk) continue;
            for (int place = 1; place <= layout.desks_in(group.key); ++place)
                list.element<"li">([&](Content& item) {
                    const office::DeskId desk{group.key, place};
                    item.element<"a">({with<"href">(url(words, {"desk", layout.site().key.text(),
                                                                office::to_string(desk)}))},
                                      desk_name(layout, desk, words.code()));
                });
        }
    });
}

http::Response desks_page(const http::Request& request, const Shared& shared, const staff::Session& session) {
    const Words words = shared.words_of(request);
    const Frame frame{.words = words, .title = words("Choose your desk"), .path = "/desk"};
    return http::Response::html(page(shared.city(words), frame, [&](Content& main) {
        main.element<"p">({with<"class">("who")}, session.names.name);
        main.element<"p">([&](Content& line) {
            line.element<"a">({with<"href">(url(words, {"account"}))}, words("Your account"));
            if (manages_somewhere(shared, session))
                line.text(" · ").element<"a">({with<"href">(url(words, {"people"}))}, words("People"));
            if (shared.fees != nullptr &&
                shared.staff.may(session.account, staff::Permission::handle_money, {}))
                line.text(" · ").element<"a">({with<"href">(url(words, {"money"}))},
                                              words("The city's money"));
            if (shared.editions != nullptr &&
                shared.staff.may(session.account, staff::Permission::change_model, {}))
                line.text(" · ").element<"a">({with<"href">(url(words, {"administration"}))},
                                              words("Administration"));
        });
        main.element<"h1">(frame.title);
        bool is_any = false;
        for (const auto& site : shared.office.model().sites) {
            const auto layout = shared.office.layout(site.key);
            if ((layout->services().empty() && !has_remote(site)) ||
                !shared.staff.may(session.account, staff::Permission::run_desk, site.key))
                continue;
            is_any = true;
            main.element<"h2">(model::name_of(site, words.code()));
            if (shared.staff.may(session.account, staff::Permission::see_hall, site.key))
                main.element<"p">([&](Content& line) {
                    line.element<"a">({with<"href">(url(words, {"hall", site.key.text()}))},
                                      words("The whole hall"));
                });
            write_desks(main, words, *layout);
        }
        if (!is_any)
            main.element<"p">(
                words("Your account may not do this. Ask who manages the people of your site."));
        main.element<"form">({with<"method">("post"), with<"action">(url(words, {"sign-out"}))},
                             [&](Content& form) { form.element<"button">(words("Sign out")); });
    }));
}

office::ServiceKey service_in(const http::Request& request) {
    return office::ServiceKey{std::string{request.form.text("service")}};
}

std::optional<office::StepKey> step_in(const http::Request& request) {
    const auto step = request.form.text("next");
    return step.empty() ? std::nullopt : std::optional{office::StepKey{std::string{step}}};
}

// The visit that a desk serves gets one service more; the number is looked up, not asked.
std::optional<office::Command> addition(const Shared& shared,
                                        const http::Request& request,
                                        const Place& place) {
    std::optional<office::Command> command;
    const auto looked = shared.office.look(place.site->key, std::nullopt, [&](const office::Hall& hall) {
        if (const auto* visit = hall.visit_at(place.desk))
            command = office::AddService{visit->number, service_in(request)};
    });
    return looked ? command : std::nullopt;
}

// About the visit that the desk has called or serves.
std::optional<office::Command> about_visit(const http::Request& request, const office::DeskId& desk) {
    const auto verb = request.parameters.text("verb");
    if (verb == "recall") return office::Recall{desk};
    if (verb == "undo-call") return office::UndoCall{desk};
    if (verb == "start") return office::Start{desk};
    if (verb == "not-come") return office::NotCome{desk};
    if (verb == "finish") return office::Finish{.desk = desk, .next = step_in(request)};
    if (verb == "finish-collect") return office::Finish{.desk = desk, .must_collect = true};
    if (verb == "finish-here") return office::Finish{.desk = desk, .stay = office::Stay::no};
    if (verb == "park") return office::Park{desk};
    if (verb == "transfer") return office::Transfer{.desk = desk, .service = service_in(request)};
    return std::nullopt;
}

// About a visit that waits, by its number.
std::optional<office::Command> about_number(const http::Request& request, const office::DeskId& desk) {
    const auto verb = request.parameters.text("verb");
    const auto number = number_of(request.form.text("number"));
    if (!number) return std::nullopt;
    if (verb == "call") return office::CallNumber{desk, *number};
    if (verb == "resume") return office::Resume{desk, *number};
    if (verb == "undo-transfer") return office::UndoTransfer{desk, *number, "taken back at the desk"};
    return std::nullopt;
}

// About a call for help from another desk.
std::optional<office::Command> about_help(const http::Request& request, const office::StaffKey& self) {
    const auto verb = request.parameters.text("verb");
    const auto desk = office::parse_desk(request.form.text("desk"));
    if (!desk) return std::nullopt;
    if (verb == "accept-emergency") return office::AcceptEmergency{*desk, self};
    if (verb == "clear-emergency") return office::ClearEmergency{*desk, self};
    return std::nullopt;
}

// What a button means; nothing for a verb that there is not, or a number that is missing.
std::optional<office::Command> command_of(const http::Request& request,
                                          const Place& place,
                                          const staff::Session& session) {
    const auto verb = request.parameters.text("verb");
    const auto& desk = place.desk;
    const office::StaffKey self{session.account.text()};
    if (verb == "open") return office::OpenDesk{desk, self};
    if (verb == "pause") return office::PauseDesk{desk};
    if (verb == "resume-desk") return office::ResumeDesk{desk};
    if (verb == "close") return office::CloseDesk{desk};
    if (verb == "next") return office::CallNext{desk};
    if (verb == "raise-emergency") return office::RaiseEmergency{desk};
    if (auto command = about_visit(request, desk)) return command;
    if (auto command = about_help(request, self)) return command;
    return about_number(request, desk);
}

void carry_out(const http::Request& request,
               http::Reply reply,
               Shared& shared,
               const staff::Session& session,
               const Place& place) {
    auto command = request.parameters.text("verb") == "add" ? addition(shared, request, place)
                                                            : command_of(request, place, session);
    if (!command) return reply.send(shared.failure(request, 404));
    if (!front::may_act_at(place.site->key, place.desk, session.account, shared.office, shared.staff))
        return reply.send(
            desk_page(request, shared, session, place,
                      {refusal_text({.reason = office::Reason::desk_taken_by_other},
                                    *shared.office.layout(place.site->key), shared.words_of(request)),
                       409}));
    const std::string key = state_key(request, "desk");
    const auto answer = std::make_shared<http::Reply>(std::move(reply));
    const auto answered = [answer, &shared, session, place](const office::Reply& result) {
        const http::Request& asked = answer->request();
        const Words words = shared.words_of(asked);
        const auto layout = shared.office.layout(place.site->key);
        if (const auto* refusal = std::get_if<office::Refusal>(&result))
            return answer->send(desk_page(asked, shared, session, place,
                                          {refusal_text(*refusal, *layout, words), status_of(*refusal)}));
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
        const auto is_there =
            layout != nullptr && desk ? front::has_desk(*layout, *desk, shared.office) : std::optional{false};
        if (!is_there.value_or(false)) return reply.send(shared.failure(request, is_there ? 404 : 503));
        if (!shared.staff.may(session->account, staff::Permission::run_desk, site->key))
            return reply.send(shared.failure(
                shared.words_of(request), 403,
                refusal_text({.reason = staff::Reason::not_allowed}, shared, shared.words_of(request))));
        handler(request, std::move(reply), *session, {site, *desk});
    };
}

void open_stream(const http::Request& request,
                 http::Reply reply,
                 Shared& shared,
                 const staff::Session& session,
                 const Place& place) {
    const Words words = shared.words_of(request);
    const auto stream = reply.stream();
    shared.live.close_unless(stream,
                             holds_while(shared, session, staff::Permission::run_desk, place.site->key));
    const std::string name = "desk " + std::string{words.code()} + " " + office::to_string(place.desk);
    shared.live.follow(
        place.site->key, name, stream, [&shared, words, place]() -> std::optional<std::string> {
            const auto view = look(shared, place, words);
            if (!view) return std::nullopt;
            return html::fragment([&](Content& into) { write_all(into, shared, words, place, *view); })
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
                   reply.send(desk_page(request, shared, session, place, {}));
               }));
    router.add(http::Method::get, "/{language}/live/desk/{site}/{desk}",
               for_attendants(shared, [&shared](const http::Request& request, http::Reply reply,
                                                const staff::Session& session, const Place& place) {
                   open_stream(request, std::move(reply), shared, session, place);
               }));
    add_post(router, shared, "/{language}/desk/{site}/{desk}/{verb}",
             for_attendants(shared, [&shared](const http::Request& request, http::Reply reply,
                                              const staff::Session& session, const Place& place) {
                 carry_out(request, std::move(reply), shared, session, place);
             }));
}

}  // namespace balcao::web
