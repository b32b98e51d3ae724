// The page of a shop manager: the hall as it is, help that is asked for, desks that can be closed, tickets
// that can be printed again, and the end of the day.
#include <algorithm>

#include "front/refusal.hpp"
#include "web/booking_pages.hpp"
#include "web/floor_view.hpp"
#include "web/forms.hpp"
#include "web/people.hpp"

namespace balcao::web {
namespace {

using html::Content;
using html::with;

struct Seen {
    FloorView view;
    bool may_manage = false;
};

std::optional<FloorView> look(const Shared& shared, const model::Site& site, const Words& words) {
    std::optional<FloorView> view;
    const auto looked = shared.office.look(site.key, std::nullopt, [&](const office::Hall& hall) {
        view = floor_of(hall, shared.clock.now(), shared.now(), words.code());
    });
    return looked ? view : std::nullopt;
}

void draw(
    Content& into, const Shared& shared, const Words& words, const model::Site& site, const Seen& seen) {
    const auto layout = shared.office.layout(site.key);
    write_floor(into, words, seen.view,
                {.site = site,
                 .layout = *layout,
                 .zone = shared.office.zone(),
                 .may_manage = seen.may_manage,
                 .staff =
                     [&shared](const office::StaffKey& key) {
                         const auto account = shared.staff.account(staff::AccountKey{key.text()});
                         return account ? account->names.name : std::string{};
                     },
                 .link =
                     [&](office::Number number) {
                         return shared.links.write({site.key, seen.view.hall.date, number});
                     }});
}

void write_end_of_day(Content& main, const Words& words, const model::Site& site, const HallView& hall) {
    if (hall.has_ended) {
        main.element<"p">({with<"role">("status")}, words("The day has ended."));
        return;
    }
    main.element<"details">([&](Content& details) {
        details.element<"summary">(words("End the day"));
        details.element<"p">(
            words("Whoever still waits is noted as not served, and no more tickets are given today."));
        details.element<"form">(
            {with<"method">("post"), with<"action">(url(words, {"hall", site.key.text(), "end-day"}))},
            [&](Content& form) {
                write_hidden(form, "key", new_form_key());
                form.element<"button">(words("End the day"));
            });
    });
}

http::Response floor_page(const http::Request& request,
                          const Shared& shared,
                          const staff::Session& session,
                          const model::Site& site,
                          const std::pair<std::string, int>& told = {{}, 200}) {
    const Words words = shared.words_of(request);
    auto view = look(shared, site, words);
    if (!view) return shared.failure(request, 503);
    const bool may_manage = shared.staff.may(session.account, staff::Permission::manage_hall, site.key);
    const Frame frame{.words = words,
                      .title = words("The hall of {site}", {{"site", model::name_of(site, words.code())}}),
                      .path = "/hall/" + site.key.text(),
                      .refresh_seconds = 20};
    return http::Response::html(
        page(shared.city(words), frame,
             [&](Content& main) {
                 main.element<"p">({with<"class">("who")}, [&](Content& line) {
                     line.text(session.names.name + " · ");
                     line.element<"a">({with<"href">(url(words, {"desk"}))}, words("Desks"));
                     line.text(" · ").element<"a">(
                         {with<"href">(url(words, {"sites", site.key.text(), "board"}))},
                         words("The board of the waiting room"));
                     if (may_manage)
                         line.text(" · ").element<"a">(
                             {with<"href">(url(words, {"hall", site.key.text(), "devices"}))},
                             words("Kiosks and displays"));
                     if (shared.records != nullptr)
                         line.text(" · ").element<"a">(
                             {with<"href">(url(words, {"hall", site.key.text(), "report"}))},
                             words("Report on the law"));
                     if (is_bookable(shared, site))
                         line.text(" · ").element<"a">(
                             {with<"href">(url(words, {"hall", site.key.text(), "appointments"}))},
                             words("Appointments"));
                 });
                 main.element<"h1">(frame.title);
                 write_complaint(main, told.first);
                 main.element<"div">(
                     {with<"class">("desk floor"),
                      with<"data-live">(url(words, {"live", "hall", site.key.text()}).text())},
                     [&](Content& into) {
                         draw(into, shared, words, site, {*view, may_manage});
                     });
                 if (may_manage) write_end_of_day(main, words, site, view->hall);
             }),
        told.second);
}

// What a button means; nothing for a verb that there is not, or that lacks what it is about.
std::optional<office::Command> command_of(const http::Request& request, const staff::Session& session) {
    const auto verb = request.parameters.text("verb");
    const auto what = request.form.text("what");
    if (verb == "end-day") return office::EndDay{};
    const office::StaffKey self{session.account.text()};
    if (const auto desk = office::parse_desk(what)) {
        if (verb == "close-desk") return office::CloseDesk{*desk};
        if (verb == "accept-emergency") return office::AcceptEmergency{*desk, self};
        if (verb == "clear-emergency") return office::ClearEmergency{*desk, self};
    }
    if (const auto number = number_of(what)) {
        if (verb == "come-back") return office::ComeBack{*number};
        if (verb == "collect") return office::Collect{*number};
    }
    return std::nullopt;
}

void carry_out(const http::Request& request,
               http::Reply reply,
               Shared& shared,
               const staff::Session& session,
               const model::Site& site) {
    auto command = command_of(request, session);
    if (!command) return reply.send(shared.failure(request, 404));
    const std::string key = state_key(request, "hall");
    const auto answer = std::make_shared<http::Reply>(std::move(reply));
    const auto answered = [answer, &shared, session, &site](const office::Reply& result) {
        const http::Request& asked = answer->request();
        const Words words = shared.words_of(asked);
        if (const auto* refusal = std::get_if<office::Refusal>(&result))
            return answer->send(floor_page(
                asked, shared, session, site,
                {refusal_text(*refusal, *shared.office.layout(site.key), words), status_of(*refusal)}));
        if (std::holds_alternative<office::Unavailable>(result))
            return answer->send(shared.failure(asked, 503));
        answer->send(http::Response::redirect(url(words, {"hall", site.key.text()}).text()));
    };
    const auto handled =
        shared.office.handle({.site = site.key, .key = key, .command = *std::move(command)}, answered);
    if (!handled) answer->send(shared.failure(answer->request(), 404));
}

using Allowed =
    std::function<void(const http::Request&, http::Reply, const staff::Session&, const model::Site&)>;

// For who is signed in and may see or manage that hall.
http::Handler for_managers(Shared& shared, staff::Permission permission, Allowed handler) {
    return
        [&shared, permission, handler = std::move(handler)](const http::Request& request, http::Reply reply) {
            const auto session = session_of(request, shared);
            if (!session) return reply.send(to_sign_in(request, shared));
            const auto* site = site_in(request, shared);
            const auto layout = site != nullptr ? shared.office.layout(site->key) : nullptr;
            if (layout == nullptr || layout->services().empty())
                return reply.send(shared.failure(request, 404));
            const Words words = shared.words_of(request);
            if (!shared.staff.may(session->account, permission, site->key))
                return reply.send(shared.failure(
                    words, 403, refusal_text({.reason = staff::Reason::not_allowed}, shared, words)));
            handler(request, std::move(reply), *session, *site);
        };
}

void open_stream(const http::Request& request,
                 http::Reply reply,
                 Shared& shared,
                 const staff::Session& session,
                 const model::Site& site) {
    const Words words = shared.words_of(request);
    const auto stream = reply.stream();
    const bool may_manage = shared.staff.may(session.account, staff::Permission::manage_hall, site.key);
    const auto permission = may_manage ? staff::Permission::manage_hall : staff::Permission::see_hall;
    shared.live.close_unless(stream, holds_while(shared, session, permission, site.key));
    const std::string name = "floor " + std::string{words.code()} + (may_manage ? " managed" : "");
    shared.live.follow(site.key, name, stream,
                       [&shared, words, &site, may_manage]() -> std::optional<std::string> {
                           const auto view = look(shared, site, words);
                           if (!view) return std::nullopt;
                           return html::fragment([&](Content& into) {
                                      draw(into, shared, words, site, {*view, may_manage});
                                  })
                               .text();
                       });
}

}  // namespace

void add_floor_routes(http::Router& router, Shared& shared) {
    router.add(http::Method::get, "/{language}/hall/{site}",
               for_managers(shared, staff::Permission::see_hall,
                            [&shared](const http::Request& request, http::Reply reply,
                                      const staff::Session& session, const model::Site& site) {
                                reply.send(floor_page(request, shared, session, site));
                            }));
    router.add(http::Method::get, "/{language}/live/hall/{site}",
               for_managers(shared, staff::Permission::see_hall,
                            [&shared](const http::Request& request, http::Reply reply,
                                      const staff::Session& session, const model::Site& site) {
                                open_stream(request, std::move(reply), shared, session, site);
                            }));
    add_post(router, shared, "/{language}/hall/{site}/{verb}",
             for_managers(shared, staff::Permission::manage_hall,
                          [&shared](const http::Request& request, http::Reply reply,
                                    const staff::Session& session, const model::Site& site) {
                              carry_out(request, std::move(reply), shared, session, site);
                          }));
}

}  // namespace balcao::web
