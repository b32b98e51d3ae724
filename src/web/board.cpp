// The board of a waiting room: which number goes to which desk, large, with nothing else. It speaks through
// the small script, in Portuguese and English, when it is opened with ?speak.
#include "web/shared.hpp"
#include "web/waits.hpp"

namespace balcao::web {
namespace {

using html::Content;
using html::with;

void write_board(Content& into, const HallView& hall, const office::Layout& layout, const Words& words) {
    if (hall.calls.empty()) {
        into.element<"p">({with<"class">("quiet")},
                          hall.is_open ? words("Nobody has been called yet.") : words("Closed now"));
        return;
    }
    into.element<"table">([&](Content& table) {
        table.element<"thead">([&](Content& head) {
            head.element<"tr">([&](Content& row) {
                row.element<"th">({with<"scope">("col")}, words("Number"));
                row.element<"th">({with<"scope">("col")}, words("Desk"));
            });
        });
        table.element<"tbody">([&](Content& rows) {
            for (const Call& call : hall.calls)
                rows.element<"tr">({when(call.is_waited_for, with<"class">("called"))}, [&](Content& row) {
                    const std::string number = std::to_string(call.number.value);
                    // What is said: a new call, or the same one again, has another name.
                    row.element<"td">(
                        {when(call.is_waited_for,
                              with<"data-call">(number + "@" +
                                                std::to_string(call.at.time_since_epoch().count()))),
                         with<"data-pt">(Words{Language::pt}(
                             "Number {number}, {desk}",
                             {{"number", number}, {"desk", desk_name(layout, call.desk, "pt")}})),
                         with<"data-en">(Words{Language::en}(
                             "Number {number}, {desk}",
                             {{"number", number}, {"desk", desk_name(layout, call.desk, "en")}}))},
                        number);
                    row.element<"td">(desk_name(layout, call.desk, words.code()));
                });
        });
    });
    into.element<"p">({with<"class">("waiting")},
                      words("Waiting: {count}", {{"count", std::to_string(hall.waiting)}}));
}

}  // namespace

void add_board_routes(http::Router& router, Shared& shared) {
    router.add(
        http::Method::get, "/{language}/sites/{site}/board",
        [&shared](const http::Request& request, http::Reply reply) {
            const auto* site = site_in(request, shared);
            if (site == nullptr) return reply.send(shared.failure(request, 404));
            const auto hall = shared.hall(site->key);
            if (!hall) return reply.send(shared.failure(request, 503));
            const Words words = shared.words_of(request);
            const Frame frame{.words = words,
                              .title = model::name_of(*site, words.code()),
                              .path = "/sites/" + site->key.text() + "/board",
                              .furniture = Furniture::none,
                              .refresh_seconds = 10};
            reply.send(http::Response::html(page(shared.city(words), frame, [&](Content& main) {
                main.element<"h1">(frame.title);
                main.element<"div">(
                    {with<"class">("board"), when(request.query.has("speak"), with<"data-speak">("pt en")),
                     with<"data-live">(url(words, {"live", "sites", site->key.text(), "board"}).text())},
                    [&](Content& board) {
                        write_board(board, *hall, *shared.office.layout(site->key), words);
                        write_wait_of_site(board, shared, words, site->key);
                    });
            })));
        });
    router.add(http::Method::get, "/{language}/live/sites/{site}/board",
               [&shared](const http::Request& request, http::Reply reply) {
                   const auto* site = site_in(request, shared);
                   if (site == nullptr) return reply.send(shared.failure(request, 404));
                   const Words words = shared.words_of(request);
                   shared.live.follow(site->key, "board " + std::string{words.code()}, reply.stream(),
                                      [&shared, words, site]() -> std::optional<std::string> {
                                          const auto hall = shared.hall(site->key);
                                          if (!hall) return std::nullopt;
                                          return html::fragment([&](Content& board) {
                                                     write_board(board, *hall,
                                                                 *shared.office.layout(site->key), words);
                                                     write_wait_of_site(board, shared, words, site->key);
                                                 })
                                              .text();
                                      });
               });
}

}  // namespace balcao::web
