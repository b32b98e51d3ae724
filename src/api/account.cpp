// One's own account: the second factor, its recovery codes, another password.
#include "api/shapes.hpp"
#include "api/staffed.hpp"
#include "api/table.hpp"

namespace balcao::api {
namespace {

void own(const CallRef& call) { show_account(call, call->session().account); }

void propose(const CallRef& call) {
    const auto proposed = call->rooms().staff.propose_totp(call->session().account);
    if (const auto* refusal = std::get_if<staff::Refusal>(&proposed)) return call->refuse(*refusal);
    const auto& enrolment = std::get<staff::Enrolment>(proposed);
    call->answer(json_of([&](text::JsonWriter& json) {
        json.begin_object().member("secret", enrolment.secret).member("address", enrolment.address);
        json.member("ticket", enrolment.ticket).end();
    }));
}

void enrol(const CallRef& call) {
    done(call, call->rooms().staff.enrol_totp(call->session().account, call->body_text("ticket"),
                                              call->body_text("code"), call->key()));
}

void remove(const CallRef& call) {
    const auto& account = call->session().account;
    done(call, call->rooms().staff.remove_totp(account, account, call->key()));
}

void codes(const CallRef& call) {
    const auto made = call->rooms().staff.make_recovery_codes(call->session().account, call->key());
    if (const auto* refusal = std::get_if<staff::Refusal>(&made)) return call->refuse(*refusal);
    call->answer(json_of([&](text::JsonWriter& json) {
        json.begin_object().key("codes").begin_array();
        for (const auto& code : std::get<std::vector<std::string>>(made))
            json.value(code);
        json.end().end();
    }));
}

void change_password(const CallRef& call) {
    done(call, call->rooms().staff.change_password(call->session().account, call->body_text("old_password"),
                                                   call->body_text("password"), call->key()));
}

}  // namespace

void write_account(text::JsonWriter& json, const staff::Account& account) {
    json.begin_object().member("account", account.key.text()).member("name", account.names.name);
    json.member("sign_in_name", account.names.sign_in_name).key("roles").begin_array();
    for (const auto& grant : account.grants) {
        json.begin_object().member("role", staff::name_of(grant.role));
        if (grant.site) json.member("site", grant.site->text());
        json.end();
    }
    json.end().member("is_enabled", account.is_enabled).member("has_password", account.has_password);
    json.member("has_second_factor", account.has_totp);
    json.member("recovery_codes_left", std::int64_t(account.recovery_codes_left));
    if (account.locked_until) write_instant(json, "locked_until", *account.locked_until);
    if (account.invited_until) write_instant(json, "invited_until", *account.invited_until);
    json.end();
}

void show_account(const CallRef& call, const staff::AccountKey& key) {
    const auto account = call->rooms().staff.account(key);
    if (!account) return call->refuse(404);
    call->answer(json_of([&](text::JsonWriter& json) { write_account(json, *account); }));
}

void add_account(Table& table) {
    static const SchemaRef proposal =
        object("SecondFactor", "A secret for an authenticator; nothing is changed yet.",
               {needed("secret", text("In base 32, to be typed.", {.example = "JBSWY3DPEHPK3PXP"})),
                needed("address", text("To be shown as a square code.", {.example = "otpauth://totp/ana"})),
                needed("ticket", text("Sealed; send it back with the first code.", {.example = "AbCd"}))});
    static const SchemaRef first_code =
        asked("SecondFactorRequest", "The first code of an authenticator.",
              {needed("ticket", text("As it was given.", {.example = "AbCd", .least = 1, .most = 1000})),
               needed("code", text("What it shows now.", {.example = "123 456", .least = 1, .most = 64}))});
    static const SchemaRef all =
        object("RecoveryCodes", "Shown only now.",
               {needed("codes", list(text("Good once.", {.example = "7K3M-9QZT"}), "Ten."))});
    static const SchemaRef password = asked(
        "PasswordChange", "Another password; every session ends, this one too.",
        {needed("old_password",
                text("The one up to now.", {.example = "tres casas azuis ontem", .least = 1, .most = 512})),
         needed("password", new_password())});
    const auto add = [&](Operation operation) {
        operation.tag = "Staff";
        operation.who = Who::staff;
        operation.where = Where::worker;
        operation.also.push_back({503, "Nothing can be written now."});
        table.push_back(std::move(operation));
    };
    add({.path = "/account",
         .id = "getOwnAccount",
         .summary = "One's own account",
         .answer = shape::account(),
         .work = own});
    add({.method = http::Method::post,
         .path = "/account/second-factor",
         .id = "proposeSecondFactor",
         .summary = "Begin to set up a second factor",
         .answer = proposal,
         .takes_key = false,
         .work = propose});
    add({.method = http::Method::put,
         .path = "/account/second-factor",
         .id = "setSecondFactor",
         .summary = "Use it from now on",
         .body = first_code,
         .status = 204,
         .work = enrol});
    add({.method = http::Method::remove,
         .path = "/account/second-factor",
         .id = "removeSecondFactor",
         .summary = "Use none any more",
         .status = 204,
         .work = remove});
    add({.method = http::Method::post,
         .path = "/account/recovery-codes",
         .id = "makeRecoveryCodes",
         .summary = "New recovery codes; earlier ones are void",
         .status = 201,
         .answer = all,
         .also = {{422, "There is no second factor."}},
         .work = codes});
    add({.method = http::Method::put,
         .path = "/account/password",
         .id = "changePassword",
         .summary = "Another password",
         .body = password,
         .status = 204,
         .limit = front::Limit::sign_in,
         .work = change_password});
}

}  // namespace balcao::api
