// The first account, for who started the installation.
#include "api/shapes.hpp"
#include "api/staffed.hpp"
#include "api/table.hpp"
#include "crypto/hash.hpp"

namespace balcao::api {
namespace {

void found(const CallRef& call) {
    auto& rooms = call->rooms();
    const auto secret = front::founding_secret_of(rooms.settings.installation);
    if (rooms.staff.is_founded() || !crypto::is_equal_in_constant_time(call->parameter("secret"), secret))
        return call->refuse(404);
    const auto made = rooms.staff.found({call->body_text("sign_in_name"), call->body_text("name")},
                                        call->body_text("password"), call->key());
    if (const auto* refusal = std::get_if<staff::Refusal>(&made)) return call->refuse(*refusal);
    call->answer(json_of([&](text::JsonWriter& json) {
        json.begin_object().member("account", std::get<staff::AccountKey>(made).text()).end();
    }));
}

}  // namespace

void add_founding(Table& table) {
    static const SchemaRef wish = asked(
        "FoundingRequest", "Who may do everything, everywhere.",
        {needed("name", text("As colleagues read it.", {.example = "Ana Sousa", .least = 1, .most = 400})),
         needed("sign_in_name", text("To sign in with.", {.example = "ana", .least = 1, .most = 256})),
         needed("password", new_password())});
    static const SchemaRef made =
        object("AccountMade", "The first account.",
               {needed("account", text("Its key.", {.example = "01J9ZK3M9QZT7K3M9QZT7K3M9Q"}))});
    table.push_back({.method = http::Method::post,
                     .path = "/first-account/{secret}",
                     .id = "makeFirstAccount",
                     .tag = "Staff",
                     .summary = "Make the first account",
                     .about = "`secret` is the last part of the address that the server says when it starts; "
                              "it is good until there is an account.",
                     .who = Who::holder,
                     .where = Where::worker,
                     .body = wish,
                     .status = 201,
                     .answer = made,
                     .also = {{503, "Nothing can be written now."}},
                     .limit = front::Limit::sign_in,
                     .work = found});
}

}  // namespace balcao::api
