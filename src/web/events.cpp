// What happened to somebody: the life events, and the page of each, a conversation that leads to its plan.
#include <algorithm>

#include "front/finder.hpp"
#include "web/event_plan.hpp"
#include "web/forms.hpp"
#include "web/matter.hpp"

namespace balcao::web {
namespace {

using html::Content;
using html::with;

http::Response event_page(const http::Request& request, const Shared& shared) {
    const auto matter = matter_in(request, shared);
    if (!matter) return shared.failure(request, 404);
    const Words words = shared.words_of(request);
    const auto said = conversation_in(request, shared, *matter);
    const Frame frame{.words = words, .title = matter->title(words), .path = matter->path()};
    Asked asked = Asked::nothing;
    const std::string written = page(shared.city(words), frame, [&](Content& main) {
        main.element<"h1">(frame.title);
        if (said.asked.empty())
            if (const std::string about = matter->event.about.in(words.code(), ""); !about.empty())
                main.element<"p">(about);
        asked = write_next_question(main, request, shared, *matter, said);
        if (asked == Asked::nothing) {
            write_plan(main, shared, words, matter->event, said);
            write_way_to_request(main, shared, words, *matter, said);
        }
        write_said(main, shared, words, *matter, said);
    });
    return http::Response::html(written, asked == Asked::once_again ? 422 : 200);
}

http::Response events_page(const http::Request& request, const Shared& shared) {
    const Words words = shared.words_of(request);
    if (shared.office.model().life_events.empty()) return shared.failure(request, 404);
    const Frame frame{.words = words, .title = words("What happened?"), .path = "/events"};
    return http::Response::html(page(shared.city(words), frame, [&](Content& main) {
        main.element<"h1">(frame.title);
        main.element<"p">(words("Choose what happened. You need not know which services that means."));
        write_events(main, shared, words);
    }));
}

}  // namespace

void write_events(Content& main, const Shared& shared, const Words& words, const ShownEvents& shown) {
    std::vector<const model::LifeEvent*> found;
    for (const auto& event : shared.office.model().life_events)
        if (front::is_meant(event, words.code(), shown.typed)) found.push_back(&event);
    if (found.empty()) return;
    const std::size_t most = std::min(found.size(), shown.most.value_or(found.size()));
    const auto write = [&](Content& list, const html::Url& to, const std::string& name) {
        list.element<"li">([&](Content& item) {
            item.element<"a">({with<"class">("way"), with<"href">(to)}, name);
        });
    };
    main.element<"ul">({with<"class">("events")}, [&](Content& list) {
        for (std::size_t place = 0; place < most; ++place)
            write(list, url(words, {"events", found[place]->key.text()}),
                  model::name_of(*found[place], words.code()));
        if (most < found.size())
            write(list, url(words, {"events"}),
                  words("All {count}", {{"count", std::to_string(found.size())}}));
    });
}

void add_event_routes(http::Router& router, Shared& shared) {
    router.add(http::Method::get, "/{language}/events", on_worker(shared, events_page));
    router.add(http::Method::get, "/{language}/events/{event}", on_worker(shared, event_page));
    add_post(router, shared, "/{language}/events/{event}", on_worker(shared, event_page));
}

}  // namespace balcao::web
