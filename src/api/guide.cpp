#include "api/guide.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "api/table.hpp"
#include "crypto/keys.hpp"
#include "html/html.hpp"

namespace balcao::api {
namespace {

using html::Content;
using html::with;
using text::Words;

// A command that works as it stands, for a site of this city. Its key is another one for each reader: whoever
// copied a key that others have too would get their ticket.
void write_example(Content& main, const Words& words, const Shared& shared, const std::string& base) {
    for (const auto& site : shared.office.model().sites) {
        const auto layout = shared.office.layout(site.key);
        if (layout == nullptr || layout->services().empty()) continue;
        const std::string address = std::string{root_path} + "/sites/" + site.key.text();
        main.element<"h2">(words("A first request"));
        main.element<"pre">(fmt::format("curl {}{}/hall", base, address));
        main.element<"h2">(words("A first command"));
        main.element<"p">(words(
            "The key is made up for each command. Sent again with the same key, nothing happens twice."));
        main.element<"pre">(
            {with<"tabindex">("0")},
            fmt::format(
                "curl {}{}/tickets \\\n  -H 'Content-Type: application/json' \\\n  -H 'Idempotency-Key: "
                "\"{}\"' \\\n  -d '{{\"services\": [\"{}\"]}}'",
                base, address, crypto::random_name(), layout->services().front().text()));
        return;
    }
}

void write_rules(Content& main, const Words& words) {
    main.element<"h2">(words("What holds everywhere"));
    main.element<"ul">([&](Content& list) {
        list.element<"li">(
            words("A link is its own right: whoever has the link of a ticket or an appointment may "
                  "see and change it."));
        list.element<"li">(
            words("Staff sign in and send the token as Authorization: Bearer. No cookie is read."));
        list.element<"li">(
            words("Errors are application/problem+json. The type says which; it is explained in "
                  "docs/errors/api.md. What is true now stands in now."));
        list.element<"li">(
            words("Words come in the language of Accept-Language: Portuguese, English or Spanish."));
        list.element<"li">(words("Who comes too often gets 429, with Retry-After."));
        list.element<"li">(
            words("What changes by itself can be followed as a stream of events, without asking again."));
    });
}

void write_operations(Content& main, const Words& words) {
    main.element<"h2">(words("Everything that can be asked"));
    main.element<"dl">({with<"lang">("en")}, [&](Content& list) {
        for (const auto& operation : operations()) {
            list.element<"dt">(operation.summary);
            list.element<"dd">([&](Content& cell) {
                cell.element<"code">(std::string{http::name_of(operation.method)} + " " + root_path +
                                     operation.path);
            });
        }
    });
}

}  // namespace

http::Response guide(const Words& words, const Shared& shared, const std::string& base) {
    const auto& model = shared.office.model();
    const std::string title = words("For programs");
    const auto page = html::document(
        {.language = words.code(), .title = title + " · " + model.name.in(words.code(), model.key)},
        [&](Content& head) {
            if (!shared.settings.style.empty())
                head.empty<"link">({with<"rel">("stylesheet"),
                                    with<"href">(*html::Url::path({"assets", shared.settings.style}))});
        },
        [&](Content& body) {
            body.element<"main">({with<"class">("guide")}, [&](Content& main) {
                main.element<"h1">(title);
                main.element<"p">(
                    words("Programs take tickets, make appointments, serve at desks and manage people, "
                          "with the rights and the answers of the pages."));
                main.element<"p">(
                    words("Not yet by program: kiosks and displays, changing the model, being told when a "
                          "turn is near, calendars, the record and the law. The pages do these."));
                main.element<"p">([&](Content& line) {
                    line.element<"a">({with<"href">(*html::Url::path({"api", "openapi.json"}))},
                                      words("The description (OpenAPI 3.1)"));
                });
                write_example(main, words, shared, base);
                write_rules(main, words);
                write_operations(main, words);
            });
        });
    auto response = http::Response::html(page.text());
    response.headers.set("Content-Language", std::string{words.code()});
    response.headers.set("Vary", "Accept-Language");
    return response;
}

}  // namespace balcao::api
