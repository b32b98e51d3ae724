// All that is kept of one person's appointment or ticket, as a file for that person. The link is its own
// right, as everywhere.
#include "front/own_data.hpp"

#include "web/agenda.hpp"

namespace balcao::web {
namespace {

http::Response as_file(front::OwnFile file) {
    auto response = http::Response::json(std::move(file.json));
    response.compression = http::Compression::never;  // the link beside texts of others
    response.headers.set("Content-Disposition", "attachment; filename=\"" + file.name + "\"");
    return response;
}

http::Response of_appointment(const http::Request& request, const Shared& shared) {
    const Words words = shared.words_of(request);
    auto file = front::own_file_of_appointment(std::string{request.parameters.text("link")},
                                               {shared.office, shared.bookings, shared.clock}, words);
    if (const auto* refusal = std::get_if<booking::Refusal>(&file))
        return shared.failure(words, status_of(*refusal),
                              refusal_text(*refusal, shared.office.zone(), words));
    return as_file(std::get<front::OwnFile>(std::move(file)));
}

http::Response of_ticket(const http::Request& request, const Shared& shared) {
    const auto name = shared.links.read(request.parameters.text("ticket"));
    if (!name || shared.office.layout(name->site) == nullptr) return shared.failure(request, 404);
    auto file = front::own_file_of_ticket(*name, {shared.office, shared.bookings, shared.clock},
                                          shared.words_of(request));
    if (!file) return shared.failure(request, file.error().code == Errc::not_found ? 404 : 503);
    return as_file(*std::move(file));
}

}  // namespace

void add_own_data_routes(http::Router& router, Shared& shared) {
    router.add(http::Method::get, "/{language}/appointments/{link}/data.json",
               on_worker(shared, of_appointment));
    router.add(http::Method::get, "/{language}/tickets/{ticket}/data.json", on_worker(shared, of_ticket));
}

}  // namespace balcao::web
