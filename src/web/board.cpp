// The board of a waiting room: which number goes to which desk, large, with nothing else. It speaks through
// the small script, in Portuguese and English, on a machine of the hall and when it is opened with ?speak.
#include "web/device_pages.hpp"
#include "web/qr_picture.hpp"
#include "web/waits.hpp"

namespace balcao::web {
namespace {

using html::Content;
using html::with;

// A number and its desk; a new call, or the same one again, has another name.
void write_call(Content& row, const Call& call, const office::Layout& layout, const Words& words) {
    const std::string number = std::to_string(call.number.value);
    const auto spoken = [&](Language language) {
        return Words{language}(
            "Number {number}, {desk}",
            {{"number", number}, {"desk", desk_name(layout, call.desk, text::code_of(language))}});
    };
    row.element<"td">(
        {when(call.is_waited_for,
              with<"data-call">(number + "@" + std::to_string(call.at.time_since_epoch().count()))),
         with<"data-pt">(spoken(Language::pt)), with<"data-en">(spoken(Language::en))},
        number);
    row.element<"td">(desk_name(layout, call.desk, words.code()));
}

void write_calls(Content& into, const HallView& hall, const office::Layout& layout, const Words& words) {
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
                rows.element<"tr">({when(call.is_waited_for, with<"class">("called"))},
                                   [&](Content& row) { write_call(row, call, layout, words); });
        });
    });
}

void write_board(Content& into,
                 const Shared& shared,
                 const Words& words,
                 const office::Layout& layout,
                 const HallView& hall) {
    write_calls(into, hall, layout, words);
    into.element<"div">({with<"class">("below")}, [&](Content& below) {
        below.element<"p">({with<"class">("waiting")},
                           words("Waiting: {count}", {{"count", std::to_string(hall.waiting)}}));
        write_wait_of_site(below, shared, words, layout.site().key);
    });
}

// What every screen of the house tells: who interprets, and where to complain.
void write_notes(Content& main, const City& city, const Words& words) {
    main.element<"div">({with<"class">("notes")}, [&](Content& notes) {
        if (!city.interpreters.empty()) notes.element<"p">(city.interpreters);
        notes.element<"p">(words("Complaints book") + ": www.livroreclamacoes.pt");
        write_qr(notes, "https://www.livroreclamacoes.pt/", words("Square code: www.livroreclamacoes.pt"));
    });
}

// Who looks at a board: anybody at its address, or a display of the hall, which knows its site.
struct Viewer {
    std::string path;
    html::Url live;
    bool speaks = false;
};

http::Response board_page(const http::Request& request,
                          const Shared& shared,
                          const office::Layout& layout,
                          const Viewer& viewer) {
    const auto hall = shared.hall(layout.site().key);
    if (!hall) return shared.failure(request, 503);
    const Words words = shared.words_of(request);
    const City city = shared.city(words);
    const Frame frame{.words = words,
                      .title = model::name_of(layout.site(), words.code()),
                      .path = viewer.path,
                      .furniture = Furniture::none,
                      .refresh_seconds = 10};
    return http::Response::html(page(city, frame, [&](Content& main) {
        main.element<"h1">(frame.title);
        main.element<"div">({with<"class">("board"), when(viewer.speaks, with<"data-speak">("pt en")),
                             with<"data-live">(viewer.live.text())},
                            [&](Content& board) { write_board(board, shared, words, layout, *hall); });
        write_notes(main, city, words);
    }));
}

void follow(Shared& shared, const Words& words, const model::SiteKey& site, const http::EventStream& stream) {
    shared.live.follow(
        site, "board " + std::string{words.code()}, stream,
        [&shared, words, site]() -> std::optional<std::string> {
            const auto hall = shared.hall(site);
            const auto layout = shared.office.layout(site);
            if (!hall || layout == nullptr) return std::nullopt;
            return html::fragment([&](Content& board) { write_board(board, shared, words, *layout, *hall); })
                .text();
        });
}

void open_display_stream(const http::Request& request, http::Reply reply, Shared& shared) {
    const auto machine = machine_of(request, shared);
    if (!machine) return reply.send(shared.failure(request, 403));
    const Words words = shared.words_of(request);
    const auto stream = reply.stream();
    shared.live.close_unless(stream, enabled_while(shared, request));
    follow(shared, words, machine->site().key, stream);
}

}  // namespace

void add_board_routes(http::Router& router, Shared& shared) {
    router.add(http::Method::get, "/{language}/sites/{site}/board",
               [&shared](const http::Request& request, http::Reply reply) {
                   const auto* site = site_in(request, shared);
                   const auto layout = site != nullptr ? shared.office.layout(site->key) : nullptr;
                   if (layout == nullptr) return reply.send(shared.failure(request, 404));
                   const Words words = shared.words_of(request);
                   reply.send(board_page(request, shared, *layout,
                                         {.path = "/sites/" + site->key.text() + "/board",
                                          .live = url(words, {"live", "sites", site->key.text(), "board"}),
                                          .speaks = request.query.has("speak")}));
               });
    router.add(http::Method::get, "/{language}/live/sites/{site}/board",
               [&shared](const http::Request& request, http::Reply reply) {
                   const auto* site = site_in(request, shared);
                   if (site == nullptr) return reply.send(shared.failure(request, 404));
                   follow(shared, shared.words_of(request), site->key, reply.stream());
               });
    router.add(
        http::Method::get, "/{language}/display",
        for_machine(shared, device::Kind::display,
                    [&shared](const http::Request& request, const Machine& machine) {
                        const Words words = shared.words_of(request);
                        return board_page(
                            request, shared, *machine.layout,
                            {.path = "/display", .live = url(words, {"live", "display"}), .speaks = true});
                    }));
    router.add(http::Method::get, "/{language}/live/display",
               [&shared](const http::Request& request, http::Reply reply) {
                   open_display_stream(request, std::move(reply), shared);
               });
}

}  // namespace balcao::web
