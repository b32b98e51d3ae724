// What the log proves, for who wants to check it: the receipt of a ticket for whoever has its link, the log's
// public key and its last signed head for everybody.
#include "web/forms.hpp"
#include "web/shared.hpp"

namespace balcao::web {
namespace {

http::Response receipt(const http::Request& request, const Shared& shared) {
    const auto name = shared.links.read(request.parameters.text("ticket"));
    if (!name) return shared.failure(request, 404);
    const auto json = shared.proofs.receipt(*name);
    const Words words = shared.words_of(request);
    if (!json && json.error().code == Errc::conflict) {
        auto response = shared.failure(
            words, 503, words("The receipt is made within seconds of the ticket. Try again in a moment."));
        response.headers.set("Retry-After", "2");
        return response;
    }
    if (!json) return shared.failure(request, json.error().code == Errc::not_found ? 404 : 503);
    auto response = http::Response::json(*json);
    response.headers.set("Content-Disposition", "attachment; filename=\"receipt-" + name->site.text() + "-" +
                                                    format_date(name->date) + "-" +
                                                    std::to_string(name->number.value) + ".json\"");
    return response;
}

}  // namespace

void add_proof_routes(http::Router& router, Shared& shared) {
    if (!shared.proofs.receipt) return;
    router.add(http::Method::get, "/.well-known/balcao-log",
               [&shared](const http::Request&, http::Reply reply) {
                   reply.send(http::Response::text(shared.proofs.log_key + "\n"));
               });
    router.add(http::Method::get, "/.well-known/balcao-log/head",
               [&shared](const http::Request&, http::Reply reply) {
                   in_background(shared, std::move(reply), [&shared](const http::Request& request) {
                       const auto head = shared.proofs.head();
                       if (!head) return shared.failure(request, 503);
                       return head->empty() ? shared.failure(request, 404) : http::Response::text(*head);
                   });
               });
    router.add(http::Method::get, "/{language}/tickets/{ticket}/receipt",
               [&shared](const http::Request&, http::Reply reply) {
                   in_background(shared, std::move(reply), [&shared](const http::Request& request) {
                       return receipt(request, shared);
                   });
               });
}

}  // namespace balcao::web
