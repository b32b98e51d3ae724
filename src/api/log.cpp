// The journal's log: its public key and its last signed head, for who watches it.
#include "api/shapes.hpp"
#include "api/table.hpp"

namespace balcao::api {
namespace {

void head(const CallRef& call) {
    const auto& proofs = call->rooms().settings.proofs;
    const auto signed_head = proofs.head ? proofs.head() : Result<std::string>{std::string{}};
    if (!signed_head) return call->refuse(503);
    if (signed_head->empty()) return call->refuse(404);
    call->answer(json_of([&](text::JsonWriter& json) {
        json.begin_object().member("key", proofs.log_key).member("head", *signed_head).end();
    }));
}

}  // namespace

void add_log(Table& table) {
    static const SchemaRef shape =
        object("LogHead", "The last signed head of the log (RFC 9162), as a signed note.",
               {needed("key", text("The public key, as readers of signed notes take it.",
                                   {.example = "balcao/lisboa+12345678+AbCd"})),
                needed("head", text("The note: name, size, hash, signature."))});
    table.push_back({.path = "/log/head",
                     .id = "getLogHead",
                     .tag = "Log",
                     .summary = "The last signed head of the log",
                     .where = Where::worker,
                     .answer = shape,
                     .also = {{404, "Nothing was signed yet."}, {503, "The journal cannot be read now."}},
                     .work = head});
}

}  // namespace balcao::api
