// Signing in and out: the token of the session goes into the header Authorization, never into a cookie.
#include "api/shapes.hpp"
#include "api/staffed.hpp"
#include "api/table.hpp"

namespace balcao::api {
namespace {

void write_session(text::JsonWriter& json, const staff::Session& session, const std::string& token) {
    json.begin_object();
    if (!token.empty()) json.member("token", token);
    json.member("account", session.account.text()).member("name", session.names.name);
    write_instant(json, "begun_at", session.begun);
    write_instant(json, "ends_at", session.ends);
    json.member("has_second_factor", session.has_second_factor);
    json.member("is_second_factor_due", session.is_second_factor_due).end();
}

void sign_in(const CallRef& call) {
    const auto result =
        call->rooms().staff.sign_in({call->body_text("sign_in_name"), call->body_text("password"),
                                     call->body_text("code"), call->request().peer});
    if (const auto* refusal = std::get_if<staff::Refusal>(&result)) return call->refuse(*refusal);
    const auto& in = std::get<staff::SignedInNow>(result);
    call->answer(json_of([&](text::JsonWriter& json) { write_session(json, in.session, in.token); }));
}

void current(const CallRef& call) {
    call->answer(json_of([&](text::JsonWriter& json) { write_session(json, call->session(), {}); }));
}

void sign_out(const CallRef& call) {
    constexpr std::size_t scheme = 7;  // "Bearer "
    done(call, call->rooms().staff.sign_out(call->request().header("authorization").substr(scheme)));
}

void list_own(const CallRef& call) {
    call->answer(json_of([&](text::JsonWriter& json) {
        json.begin_object().key("sessions").begin_array();
        for (const auto& one : call->rooms().staff.sessions_of(call->session().account)) {
            json.begin_object().member("session", one.key.text());
            write_instant(json, "begun_at", one.begun);
            write_instant(json, "last_used_at", one.seen);
            write_instant(json, "ends_at", one.ends);
            json.member("is_current", one.key == call->session().key).end();
        }
        json.end().end();
    }));
}

void end_one(const CallRef& call) {
    const staff::SessionKey key{call->parameter("session")};
    const auto own = call->rooms().staff.sessions_of(call->session().account);
    // What is not there any more has ended already.
    if (std::ranges::count(own, key, &staff::Session::key) == 0) return call->answer_nothing();
    done(call, call->rooms().staff.end_session(call->session().account, key));
}

void accept(const CallRef& call) {
    const auto accepted =
        call->rooms().staff.accept(call->parameter("token"), call->body_text("password"), call->key());
    if (const auto* refusal = std::get_if<staff::Refusal>(&accepted)) return call->refuse(*refusal);
    call->answer_nothing();
}

}  // namespace

void done(const CallRef& call, const staff::Answer<staff::Done>& answer) {
    if (const auto* refusal = std::get_if<staff::Refusal>(&answer)) return call->refuse(*refusal);
    call->answer_nothing();
}

SchemaRef new_password() {
    return text("Twelve letters or more; several words are best.",
                {.example = "quatro casas verdes hoje", .least = 1, .most = 512});
}

void add_sessions(Table& table) {
    static const SchemaRef entry = asked(
        "SignInRequest", "Who one is.",
        {needed("sign_in_name",
                text("The name to sign in with.", {.example = "ana", .least = 1, .most = 256})),
         needed("password",
                text("The password.", {.example = "quatro casas verdes hoje", .least = 1, .most = 512})),
         maybe("code",
               text("What the authenticator shows, or a recovery code; where there is a second factor.",
                    {.example = "123 456", .most = 64}))});
    static const SchemaRef own = object(
        "OwnSession", "Where one is signed in.",
        {needed("session",
                text("By which it is meant.", {.example = "mF_9B5f4-1JqMmF_9B5f4-1JqMmF_9B5f4-1JqMmF_9"})),
         needed("begun_at", instant("When one signed in there.")),
         needed("last_used_at", instant("When it was used last.")),
         needed("ends_at", instant("When it ends at the latest, if it is not used.")),
         needed("is_current", truth("Whether it is the one that asks."))});
    static const SchemaRef all_own = object("OwnSessions", "Everywhere one is signed in.",
                                            {needed("sessions", list(own, "The oldest first."))});
    static const SchemaRef password =
        asked("PasswordRequest", "A first password.", {needed("password", new_password())});
    table.push_back(
        {.method = http::Method::post,
         .path = "/sessions",
         .id = "signIn",
         .tag = "Staff",
         .summary = "Sign in",
         .about = "The same answer for a name that is not there as for a wrong password. Cannot be repeated: "
                  "the token is handed out once.",
         .where = Where::worker,
         .body = entry,
         .status = 201,
         .answer = shape::session(),
         .also = {{403, "Name, password or code is not right."}, {503, "Nothing can be written now."}},
         .limit = front::Limit::sign_in,
         .takes_key = false,
         .work = sign_in});
    table.push_back({.path = "/sessions/current",
                     .id = "getSession",
                     .tag = "Staff",
                     .summary = "Who is signed in",
                     .who = Who::staff,
                     .answer = shape::session(),
                     .work = current});
    table.push_back({.path = "/account/sessions",
                     .id = "listOwnSessions",
                     .tag = "Staff",
                     .summary = "Everywhere one is signed in",
                     .who = Who::staff,
                     .answer = all_own,
                     .work = list_own});
    table.push_back({.method = http::Method::remove,
                     .path = "/account/sessions/{session}",
                     .id = "endOwnSession",
                     .tag = "Staff",
                     .summary = "Sign out somewhere else",
                     .who = Who::staff,
                     .where = Where::worker,
                     .status = 204,
                     .also = {{503, "Nothing can be written now."}},
                     .takes_key = false,
                     .work = end_one});
    table.push_back({.method = http::Method::remove,
                     .path = "/sessions/current",
                     .id = "signOut",
                     .tag = "Staff",
                     .summary = "Sign out",
                     .who = Who::staff,
                     .where = Where::worker,
                     .status = 204,
                     .also = {{503, "Nothing can be written now."}},
                     .takes_key = false,
                     .work = sign_out});
    table.push_back({.method = http::Method::post,
                     .path = "/invitations/{token}",
                     .id = "acceptInvitation",
                     .tag = "Staff",
                     .summary = "Accept an invitation: set the first password",
                     .about = "`token` is the last part of the invitation's address; it is good once.",
                     .who = Who::holder,
                     .where = Where::worker,
                     .body = password,
                     .status = 204,
                     .also = {{503, "Nothing can be written now."}},
                     .limit = front::Limit::sign_in,
                     .work = accept});
}

}  // namespace balcao::api
