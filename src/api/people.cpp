// The people of the city's sites, for who manages them: inviting somebody, roles, shutting somebody out.
#include "api/shapes.hpp"
#include "api/staffed.hpp"
#include "api/table.hpp"

namespace balcao::api {
namespace {

staff::AccountKey whom(const CallRef& call) { return staff::AccountKey{call->parameter("account")}; }

bool manages(const CallRef& call, const staff::AccountKey& account) {
    return call->rooms().staff.may_manage(call->session().account, account);
}

// A role of the body, at a site that there is; answers with what is wrong.
std::optional<staff::Grant> grant_in(const CallRef& call, text::JsonView json, const std::string& pointer) {
    const auto role = staff::role_of(json["role"].as_text().value_or(""));
    const std::string site{json["site"].as_text().value_or("")};
    if (role && (site.empty() || call->rooms().office.layout(model::SiteKey{site}) != nullptr))
        return staff::Grant{*role, site.empty() ? staff::Where{} : staff::Where{model::SiteKey{site}}};
    std::vector<std::string> sites;
    for (const auto& one : call->rooms().office.model().sites)
        sites.push_back(one.key.text());
    call->refuse_member(pointer + "/site", Fault::Kind::not_one_of, one_of("", sites));
    return std::nullopt;
}

void people(const CallRef& call) {
    call->answer(json_of([&](text::JsonWriter& json) {
        json.begin_object().key("people").begin_array();
        for (const auto& account : call->rooms().staff.accounts())
            if (manages(call, account.key)) write_account(json, account);
        json.end().end();
    }));
}

void person(const CallRef& call) {
    if (!manages(call, whom(call))) return call->refuse(404);
    show_account(call, whom(call));
}

void write_invitation(const CallRef& call,
                      const staff::AccountKey& account,
                      const staff::Invitation& invitation) {
    call->answer(json_of([&](text::JsonWriter& json) {
        json.begin_object().member("account", account.text()).member("token", invitation.token);
        json.member("address", call->base() + "/" + std::string{call->words().code()} + "/invitation/" +
                                   invitation.token);
        write_instant(json, "until", invitation.until);
        json.end();
    }));
}

void invite(const CallRef& call, const staff::AccountKey& account) {
    const auto invited = call->rooms().staff.invite(call->session().account, account, call->key());
    if (const auto* refusal = std::get_if<staff::Refusal>(&invited)) return call->refuse(*refusal);
    write_invitation(call, account, std::get<staff::Invitation>(invited));
}

void add_person(const CallRef& call) {
    std::vector<staff::Grant> grants;
    const auto roles = call->body()["roles"];
    for (std::size_t place = 0; place < roles.size(); ++place) {
        auto grant = grant_in(call, roles.at(place), "/roles/" + std::to_string(place));
        if (!grant) return;
        grants.push_back(*std::move(grant));
    }
    const auto made = call->rooms().staff.add(call->session().account,
                                              {call->body_text("sign_in_name"), call->body_text("name")},
                                              grants, call->key());
    if (const auto* refusal = std::get_if<staff::Refusal>(&made)) return call->refuse(*refusal);
    invite(call, std::get<staff::AccountKey>(made));
}

using Order = staff::Answer<staff::Done> (staff::Staff::*)(const staff::Actor&,
                                                           const staff::AccountKey&,
                                                           const std::string&);

template <Order order>
void tell(const CallRef& call) {
    done(call, (call->rooms().staff.*order)(call->session().account, whom(call), call->key()));
}

using RoleOrder = staff::Answer<staff::Done> (staff::Staff::*)(const staff::Actor&,
                                                               const staff::AccountKey&,
                                                               const staff::Grant&,
                                                               const std::string&);

template <RoleOrder order>
void change_role(const CallRef& call) {
    const auto grant = grant_in(call, call->body(), {});
    if (grant)
        done(call, (call->rooms().staff.*order)(call->session().account, whom(call), *grant, call->key()));
}

SchemaRef role_body() {
    static const SchemaRef shape =
        asked("RoleRequest", "A role, at one site or everywhere.",
              {needed("role",
                      one_of("The role.", {"attendant", "mediator", "manager", "administrator", "auditor"})),
               maybe("site", shape::site_key("Where; without it in the whole city."))});
    return shape;
}

}  // namespace

void add_people(Table& table) {
    static const SchemaRef all =
        object("People", "Accounts.",
               {needed("people",
                       list(shape::account(), "Those whom one may manage, in the order of their names."))});
    static const SchemaRef somebody = asked(
        "PersonRequest", "Somebody new.",
        {needed("name", text("As colleagues read it.", {.example = "Rui Costa", .least = 1, .most = 400})),
         needed("sign_in_name", text("To sign in with: 3 to 64 letters, digits and . _ - + @",
                                     {.example = "rui", .least = 1, .most = 256})),
         needed("roles", list(role_body(), "What the person may do.", 1, 50))});
    static const SchemaRef invitation =
        object("Invitation", "A link, good once, to set the first password. Shown only now.",
               {needed("account", text("Whose.", {.example = "01J9ZK3M9QZT7K3M9QZT7K3M9Q"})),
                needed("token", text("Its last part.", {.example = "AbCd"})),
                needed("address",
                       text("The whole of it.", {.example = "https://balcao.example/pt/invitation/AbCd"})),
                needed("until", instant("How long it is good."))});
    const auto add = [&](Operation operation) {
        operation.tag = "People";
        operation.who = Who::staff;
        operation.where = Where::worker;
        operation.also.push_back({403, "Whom one may not manage, or a right that one does not hold."});
        operation.also.push_back({503, "Nothing can be written now."});
        table.push_back(std::move(operation));
    };
    using staff::Staff;
    add({.path = "/people",
         .id = "listPeople",
         .summary = "The people whom one may manage",
         .answer = all,
         .work = people});
    add({.method = http::Method::post,
         .path = "/people",
         .id = "addPerson",
         .summary = "Add and invite somebody",
         .body = somebody,
         .status = 201,
         .answer = invitation,
         .work = add_person});
    add({.path = "/people/{account}",
         .id = "getPerson",
         .summary = "One account",
         .answer = shape::account(),
         .work = person});
    add({.method = http::Method::post,
         .path = "/people/{account}/invitations",
         .id = "invite",
         .summary = "Invite anew",
         .status = 201,
         .answer = invitation,
         .work = [](const CallRef& call) { invite(call, whom(call)); }});
    add({.method = http::Method::post,
         .path = "/people/{account}/disable",
         .id = "disable",
         .summary = "Shut somebody out, and end all sessions",
         .status = 204,
         .work = tell<&Staff::disable>});
    add({.method = http::Method::post,
         .path = "/people/{account}/enable",
         .id = "enable",
         .summary = "Let somebody in again",
         .status = 204,
         .work = tell<&Staff::enable>});
    add({.method = http::Method::post,
         .path = "/people/{account}/end-sessions",
         .id = "endSessions",
         .summary = "End every session of somebody",
         .status = 204,
         .work = tell<&Staff::end_sessions>});
    add({.method = http::Method::post,
         .path = "/people/{account}/roles/give",
         .id = "giveRole",
         .summary = "Give a role",
         .body = role_body(),
         .status = 204,
         .work = change_role<&Staff::give_role>});
    add({.method = http::Method::post,
         .path = "/people/{account}/roles/take",
         .id = "takeRole",
         .summary = "Take a role away",
         .body = role_body(),
         .status = 204,
         .work = change_role<&Staff::take_role>});
}

}  // namespace balcao::api
