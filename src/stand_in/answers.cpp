#include "stand_in/answers.hpp"

#include "base/moment.hpp"
#include "html/html.hpp"
#include "text/json.hpp"

namespace balcao::stand_in {
namespace {

using text::JsonWriter;

void write_line(JsonWriter& json, const LedgerLine& line) {
    const Effect& effect = line.effect;
    json.begin_object();
    json.member("kind", name_of(line.kind)).member("key", effect.key);
    json.member("errand", effect.errand == Errand::undo ? "undo" : "deliver");
    json.member("reference", effect.reference).member("state", name_of(effect.state));
    json.member("times", static_cast<std::uint64_t>(line.times)).member("entity", effect.entity);
    json.member("case", effect.number).member("step", effect.step).member("service", effect.service);
    json.member("at", format_moment(effect.at)).end();
}

// The first address in a text, so that whoever plays the entity can follow it.
std::string_view link_in(std::string_view text) {
    const auto begin = std::min(text.find("http://"), text.find("https://"));
    if (begin == std::string_view::npos) return {};
    const auto end = std::min(text.find_first_of(" \t\r\n", begin), text.size());
    return text.substr(begin, end - begin);
}

void write_ledger(html::Content& body, const std::vector<LedgerLine>& lines) {
    body.element<"h2">("Done here");
    if (lines.empty()) body.element<"p">("Nothing yet.");
    if (lines.empty()) return;
    body.element<"table">([&](html::Content& table) {
        table.element<"tr">([](html::Content& row) {
            for (const char* name :
                 {"entity", "case", "step", "service", "what", "reference", "state", "times"})
                row.element<"th">(name);
        });
        for (const auto& [kind, effect, times] : lines)
            table.element<"tr">([&, &its_kind = kind, &done = effect, &count = times](html::Content& row) {
                row.element<"td">(name_of(its_kind));
                for (const auto* text : {&done.number, &done.step, &done.service})
                    row.element<"td">(*text);
                row.element<"td">(done.errand == Errand::undo ? "undo" : "deliver");
                row.element<"td">(done.reference);
                row.element<"td">(name_of(done.state));
                row.element<"td">(std::to_string(count) + (count > 1 ? " (doubled)" : ""));
            });
    });
}

void write_letters(html::Content& body, const std::vector<Letter>& letters) {
    body.element<"h2">("Letters");
    if (letters.empty()) body.element<"p">("None yet.");
    for (const auto& letter : letters) {
        body.element<"h3">(letter.subject);
        body.element<"p">("To " + letter.to);
        if (const auto link = html::Url::web(link_in(letter.text)))
            body.element<"p">(
                [&](html::Content& line) { line.element<"a">({html::with<"href">(*link)}, "Answer it"); });
        body.element<"pre">(letter.text);
    }
}

}  // namespace

http::Response answer_of(const Effect& effect, std::string_view key, int status) {
    std::string body;
    {
        JsonWriter json{body};
        json.begin_object().member("key", key).member("reference", effect.reference);
        json.member("state", name_of(effect.state)).member("stand_in", true).end();
    }
    return http::Response::json(std::move(body), status);
}

http::Response answer_of(const Wrong& wrong) {
    std::string body;
    {
        JsonWriter json{body};
        json.begin_object().member("type", "urn:balcao:stand-in:" + std::string{wrong.name});
        json.member("title", http::reason_of(wrong.status)).member("status", wrong.status);
        json.member("detail", wrong.detail);
        if (!wrong.key.empty()) json.member("key", wrong.key);
        if (wrong.is_mendable) json.member("mendable", true);
        json.member("stand_in", true).end();
    }
    return http::Response::problem(wrong.status, std::move(body));
}

http::Response list_of(const Books::Page& page) {
    std::string body;
    {
        JsonWriter json{body};
        json.begin_object().key("requests").begin_array();
        for (const auto& effect : page.effects)
            json.begin_object()
                .member("key", effect.key)
                .member("reference", effect.reference)
                .member("state", name_of(effect.state))
                .end();
        json.end();
        if (page.next) json.member("next", std::to_string(*page.next));
        json.member("stand_in", true).end();
    }
    return http::Response::json(std::move(body));
}

http::Response ledger_of(const std::vector<LedgerLine>& lines,
                         const std::vector<std::pair<Kind, std::size_t>>& requests) {
    std::string body;
    {
        JsonWriter json{body};
        json.begin_object().member("stand_in", true).key("requests").begin_object();
        for (const auto& [kind, count] : requests)
            json.member(name_of(kind), static_cast<std::uint64_t>(count));
        json.end().key("effects").begin_array(text::JsonLines::each);
        for (const auto& line : lines)
            write_line(json, line);
        json.end().end();
    }
    return http::Response::json(std::move(body));
}

http::Response letters_of(const std::vector<Letter>& letters) {
    std::string body;
    {
        JsonWriter json{body};
        json.begin_object().member("stand_in", true).key("letters").begin_array();
        for (const auto& letter : letters)
            json.begin_object()
                .member("id", letter.id)
                .member("to", letter.to)
                .member("subject", letter.subject)
                .member("text", letter.text)
                .end();
        json.end().end();
    }
    return http::Response::json(std::move(body));
}

http::Response page_of(const std::vector<LedgerLine>& lines, const std::vector<Letter>& letters) {
    const auto head = [](html::Content& content) {
        content.refresh(2);
        content.style_sheet(
            "body{font-family:sans-serif;margin:2rem}td,th{padding:.25rem .75rem;text-align:left}"
            "pre{white-space:pre-wrap;border:1px solid;padding:1rem}");
    };
    const auto body = [&](html::Content& content) {
        content.element<"h1">("A stand-in for entities: nothing here is real");
        write_ledger(content, lines);
        write_letters(content, letters);
    };
    return http::Response::html(
        html::document({.language = "en", .title = "Stand-in for entities"}, head, body).text());
}

}  // namespace balcao::stand_in
