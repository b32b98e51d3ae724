// What the log proves, for who wants to check it: the receipt of a ticket or a case for whoever has its link,
// the log's public key and its last signed head for everybody.
#include "web/forms.hpp"
#include "web/shared.hpp"

namespace balcao::web {
namespace {

// As a file of that name.
http::Response receipt_file(const http::Request& request,
                            const Shared& shared,
                            const Result<std::string>& json,
                            const std::string& name) {
    if (!json && json.error().code == Errc::conflict) {
        const Words words = shared.words_of(request);
        auto response =
            shared.failure(words, 503, words("The receipt is made within seconds. Try again in a moment."));
        response.headers.set("Retry-After", "2");
        return response;
    }
    if (!json) return shared.failure(request, json.error().code == Errc::not_found ? 404 : 503);
    auto response = http::Response::json(*json);
    response.headers.set("Content-Disposition", "attachment; filename=\"receipt-" + name + ".json\"");
    return response;
}

http::Response receipt_of_ticket(const http::Request& request, const Shared& shared) {
    const auto name = shared.links.read(request.parameters.text("ticket"));
    if (!name) return shared.failure(request, 404);
    return receipt_file(
        request, shared, shared.proofs.receipt(*name),
        name->site.text() + "-" + format_date(name->date) + "-" + std::to_string(name->number.value));
}

http::Response receipt_of_case(const http::Request& request, const Shared& shared) {
    const auto number = shared.case_links.read(request.parameters.text("case"));
    if (!number) return shared.failure(request, 404);
    return receipt_file(request, shared, shared.proofs.case_receipt(*number), to_text(*number));
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
                       return receipt_of_ticket(request, shared);
                   });
               });
    router.add(http::Method::get, "/{language}/cases/{case}/receipt", on_worker(shared, receipt_of_case));
}

}  // namespace balcao::web
