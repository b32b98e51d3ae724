// The people of the city's sites: who may see and change them, sees who they are and what they may do,
// invites others, and shuts somebody out.
#include <algorithm>

#include "web/forms.hpp"

namespace balcao::web {
namespace {

using html::Content;
using html::with;

// What was typed for somebody new, and what came of it.
struct Added {
    std::string name{};
    std::string sign_in_name{};
    std::string complaint{};
    std::string invitation{};  // the link, shown once
    std::string invited{};     // whom
};

std::string where_name(const staff::Where& where, const Shared& shared, const Words& words) {
    if (!where) return words("the whole city");
    const auto* site = shared.office.model().find(*where);
    return site != nullptr ? model::name_of(*site, words.code()) : where->text();
}

std::string roles_of(const staff::Account& account, const Shared& shared, const Words& words) {
    std::string roles;
    for (const auto& grant : account.grants)
        roles += (roles.empty() ? "" : "; ") + role_name(grant.role, words) + ", " +
                 where_name(grant.site, shared, words);
    return roles;
}

std::string state_of(const staff::Account& account, const Words& words) {
    if (!account.is_enabled) return words("shut out");
    if (!account.has_password && !account.identities.empty()) return words("signs in elsewhere");
    if (!account.has_password) return account.invited_until ? words("invited") : words("no password yet");
    return account.has_totp ? words("with a second factor") : words("without a second factor");
}

void write_button(Content& cell,
                  const Words& words,
                  const staff::Account& account,
                  std::string_view verb,
                  const std::string& label) {
    cell.element<"form">(
        {with<"method">("post"), with<"action">(url(words, {"people", account.key.text(), verb}))},
        [&](Content& form) {
            write_hidden(form, "key", new_form_key());
            form.element<"button">({with<"aria-label">(label + ": " + account.names.name)}, label);
        });
}

void write_person(
    Content& rows, const Shared& shared, const Words& words, const staff::Account& account, bool is_oneself) {
    rows.element<"tr">([&](Content& row) {
        row.element<"th">({with<"scope">("row")},
                          account.names.name + " (" + account.names.sign_in_name + ")");
        row.element<"td">(roles_of(account, shared, words));
        row.element<"td">(state_of(account, words));
        row.element<"td">([&](Content& cell) {
            write_button(cell, words, account, "invite", words("Invite anew"));
            if (is_oneself) return;
            if (account.is_enabled)
                write_button(cell, words, account, "disable", words("Shut out"));
            else
                write_button(cell, words, account, "enable", words("Let in again"));
        });
    });
}

void write_people(Content& main, const Shared& shared, const Words& words, const staff::Session& session) {
    main.element<"table">({with<"class">("queue")}, [&](Content& table) {
        table.element<"thead">([&](Content& head) {
            head.element<"tr">([&](Content& row) {
                for (const char* title : {"Name", "Roles", "State"})
                    row.element<"th">({with<"scope">("col")}, words(title));
                row.element<"td">("");
            });
        });
        table.element<"tbody">([&](Content& rows) {
            for (const auto& account : shared.staff.accounts()) {
                if (shared.staff.may_manage(session.account, account.key))
                    write_person(rows, shared, words, account, account.key == session.account);
            }
        });
    });
}

void write_add(Content& main, const Shared& shared, const Words& words, const Added& added) {
    main.element<"h2">(words("Somebody new"));
    main.element<"form">(
        {with<"method">("post"), with<"action">(url(words, {"people", "add"})), with<"class">("sheet")},
        [&](Content& form) {
            write_hidden(form, "key", new_form_key());
            write_field(form, {"name", words("Name"), "text", added.name, "off"});
            write_field(form,
                        {"sign-in-name", words("Name to sign in with"), "text", added.sign_in_name, "off"});
            form.element<"p">([&](Content& line) {
                line.element<"label">({with<"for">("role")}, words("Role"));
                line.element<"select">({with<"id">("role"), with<"name">("role")}, [&](Content& select) {
                    for (const auto role : staff::all_roles())
                        select.element<"option">({with<"value">(staff::name_of(role))},
                                                 role_name(role, words));
                });
            });
            form.element<"p">([&](Content& line) {
                line.element<"label">({with<"for">("site")}, words("Where"));
                line.element<"select">({with<"id">("site"), with<"name">("site")}, [&](Content& select) {
                    for (const auto& site : shared.office.model().sites)
                        select.element<"option">({with<"value">(site.key.text())},
                                                 model::name_of(site, words.code()));
                    select.element<"option">({with<"value">("")}, words("the whole city"));
                });
            });
            form.element<"button">({with<"class">("main")}, words("Add and invite"));
        });
}

http::Response people_page(const http::Request& request,
                           const Shared& shared,
                           const staff::Session& session,
                           const Added& added,
                           int status) {
    const Words words = shared.words_of(request);
    const Frame frame{.words = words, .title = words("People"), .path = "/people"};
    return http::Response::html(
        page(shared.city(words), frame,
             [&](Content& main) {
                 main.element<"p">({with<"class">("who")}, [&](Content& line) {
                     line.text(session.names.name + " · ");
                     line.element<"a">({with<"href">(url(words, {"account"}))}, words("Your account"));
                 });
                 main.element<"h1">(frame.title);
                 write_complaint(main, added.complaint);
                 if (session.is_second_factor_due)
                     main.element<"p">(
                         {with<"class">("complaint")},
                         words("To manage people, set up a second factor in your account first."));
                 if (!added.invitation.empty()) {
                     main.element<"p">({with<"role">("status")},
                                       words("Give this address to {name}. It is good once, for three days, "
                                             "and shown only now:",
                                             {{"name", added.invited}}));
                     main.element<"p">([&](Content& line) {
                         line.element<"code">({with<"class">("secret")}, added.invitation);
                     });
                 }
                 write_people(main, shared, words, session);
                 write_add(main, shared, words, added);
             }),
        status);
}

// Asks for an invitation and shows its link.
http::Response invite(const http::Request& request,
                      const Shared& shared,
                      const staff::Session& session,
                      const staff::AccountKey& whom,
                      const std::string& key) {
    const Words words = shared.words_of(request);
    const auto invited = shared.staff.invite(session.account, whom, key);
    if (const auto* refusal = std::get_if<staff::Refusal>(&invited))
        return people_page(request, shared, session, {.complaint = refusal_text(*refusal, shared, words)},
                           status_of(*refusal));
    const auto account = shared.staff.account(whom);
    return people_page(
        request, shared, session,
        {.invitation = request.scheme + "://" + request.host +
                       url(words, {"invitation", std::get<staff::Invitation>(invited).token}).text(),
         .invited = account ? account->names.name : whom.text()},
        200);
}

http::Response add(const http::Request& request, const Shared& shared, const staff::Session& session) {
    const Words words = shared.words_of(request);
    Added added{.name = std::string{request.form.text("name")},
                .sign_in_name = std::string{request.form.text("sign-in-name")}};
    const auto role = staff::role_of(request.form.text("role"));
    const std::string site{request.form.text("site")};
    const bool is_somewhere = site.empty() || shared.office.model().find(model::SiteKey{site}) != nullptr;
    if (!role || !is_somewhere) return shared.failure(request, 422);
    const std::string key = form_key(request);
    const staff::Where where = site.empty() ? staff::Where{} : staff::Where{model::SiteKey{site}};
    const auto made =
        shared.staff.add(session.account, {added.sign_in_name, added.name}, {{*role, where}}, key);
    if (const auto* refusal = std::get_if<staff::Refusal>(&made)) {
        added.complaint = refusal_text(*refusal, shared, words);
        return people_page(request, shared, session, added, status_of(*refusal));
    }
    return invite(request, shared, session, std::get<staff::AccountKey>(made), key);
}

// One order about one account, named in the address.
http::Response order(const http::Request& request, const Shared& shared, const staff::Session& session) {
    const Words words = shared.words_of(request);
    const staff::AccountKey whom{std::string{request.parameters.text("account")}};
    const auto verb = request.parameters.text("verb");
    const std::string key = form_key(request);
    if (verb == "invite") return invite(request, shared, session, whom, key);
    if (verb != "disable" && verb != "enable") return shared.failure(request, 404);
    const auto done = verb == "disable" ? shared.staff.disable(session.account, whom, key)
                                        : shared.staff.enable(session.account, whom, key);
    if (const auto* refusal = std::get_if<staff::Refusal>(&done))
        return people_page(request, shared, session, {.complaint = refusal_text(*refusal, shared, words)},
                           status_of(*refusal));
    return http::Response::redirect(url(words, {"people"}).text());
}

}  // namespace

void add_people_routes(http::Router& router, Shared& shared) {
    router.add(http::Method::get, "/{language}/people",
               for_staff(shared, [&shared](const http::Request& request, const staff::Session& session) {
                   return people_page(request, shared, session, {}, 200);
               }));
    add_post(router, shared, "/{language}/people/add",
             for_staff(shared, [&shared](const http::Request& request, const staff::Session& session) {
                 return add(request, shared, session);
             }));
    add_post(router, shared, "/{language}/people/{account}/{verb}",
             for_staff(shared, [&shared](const http::Request& request, const staff::Session& session) {
                 return order(request, shared, session);
             }));
}

}  // namespace balcao::web
