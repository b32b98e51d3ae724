// The version of the model in force, those before it, and the ways to change it.
#include "web/administration.hpp"

#include <algorithm>

#include "model/print.hpp"
#include "web/book_words.hpp"

namespace balcao::web {
namespace {

using html::Content;
using html::with;

constexpr std::size_t sentences_most = 100;
constexpr std::size_t text_bytes_most = 8U << 20U;  // of a form with a whole model in it

std::optional<edition::Entry> version_in(const http::Request& request, const Shared& shared) {
    const auto number = number_of(request.parameters.text("version"));
    for (auto& entry : shared.editions->entries())
        if (number && entry.number == number->value) return std::move(entry);
    return std::nullopt;
}

void write_version_row(Content& rows, const Shared& shared, const Words& words, const edition::Entry& entry) {
    rows.element<"tr">([&](Content& row) {
        row.element<"th">({with<"scope">("row")}, [&](Content& cell) {
            const std::string number = std::to_string(entry.number);
            cell.element<"a">({with<"href">(url(words, {"administration", "versions", number})),
                               with<"aria-label">(words("Version {number}", {{"number", number}}))},
                              number);
        });
        row.element<"td">(moment_text(shared.office.zone(), entry.at, words));
        row.element<"td">(publisher(entry, shared, words));
        row.element<"td">(entry.note);
    });
}

void write_versions(Content& main, const Shared& shared, const Words& words) {
    main.element<"h2">(words("Versions"));
    main.element<"table">({with<"class">("queue versions")}, [&](Content& table) {
        table.element<"thead">([&](Content& head) {
            head.element<"tr">([&](Content& row) {
                for (const char* title : {"Version", "When", "Who", "Why"})
                    row.element<"th">({with<"scope">("col")}, words(title));
            });
        });
        table.element<"tbody">([&](Content& rows) {
            auto entries = shared.editions->entries();
            std::ranges::reverse(entries);
            for (const auto& entry : entries)
                write_version_row(rows, shared, words, entry);
        });
    });
}

void write_ways(Content& main, const Shared& shared, const Words& words) {
    main.element<"h2">(words("Hours, closures, desks and names of a site"));
    main.element<"ul">({with<"class">("desks")}, [&](Content& list) {
        for (const auto& site : shared.office.model().sites)
            list.element<"li">([&](Content& item) {
                item.element<"a">({with<"href">(url(words, {"administration", "sites", site.key.text()}))},
                                  model::name_of(site, words.code()));
            });
    });
    main.element<"p">([&](Content& line) {
        line.element<"a">({with<"href">(url(words, {"administration", "services"}))},
                          words("Names of services"));
        line.text(" · ").element<"a">({with<"href">(url(words, {"administration", "text"}))},
                                      words("The whole text"));
        line.text(" · ").element<"a">({with<"href">(url(words, {"administration", "clashes"}))},
                                      words("Appointments without a place"));
        line.text(" · ").element<"a">({with<"href">(url(words, {"people"}))}, words("People"));
    });
}

http::Response overview(const http::Request& request, const Shared& shared, const staff::Session& session) {
    return administration_page(
        request, shared, session, shared.words_of(request)("Administration"),
        [&](Content& main, const Words& words) {
            const auto now = shared.editions->in_force();
            if (request.query.has("published"))
                main.element<"p">({with<"role">("status"), with<"class">("done")},
                                  words("Published. It is in force everywhere now."));
            if (now)
                main.element<"p">(words("In force is version {number}, published {when} by {who}.",
                                        {{"number", std::to_string(now->entry.number)},
                                         {"when", moment_text(shared.office.zone(), now->entry.at, words)},
                                         {"who", publisher(now->entry, shared, words)}}));
            write_ways(main, shared, words);
            write_versions(main, shared, words);
        });
}

// A version, what it changed, and the way back to it.
http::Response version_page(const http::Request& request,
                            const Shared& shared,
                            const staff::Session& session) {
    const auto entry = version_in(request, shared);
    if (!entry) return shared.failure(request, 404);
    const auto model = shared.editions->model_of(entry->number);
    const auto before = entry->number > 1 ? shared.editions->model_of(entry->number - 1) : model;
    if (!model || !before) return shared.failure(request, 503);
    const std::string number = std::to_string(entry->number);
    return administration_page(
        request, shared, session, shared.words_of(request)("Version {number}", {{"number", number}}),
        [&](Content& main, const Words& words) {
            main.element<"p">(words("Published {when} by {who}.",
                                    {{"when", moment_text(shared.office.zone(), entry->at, words)},
                                     {"who", publisher(*entry, shared, words)}}));
            if (!entry->note.empty()) main.element<"p">(words("Why: {note}", {{"note", entry->note}}));
            if (entry->back_to != 0)
                main.element<"p">(
                    words("It goes back to version {number}.", {{"number", std::to_string(entry->back_to)}}));
            main.element<"h2">(words("What it changed"));
            if (entry->number == 1)
                main.element<"p">(words("It is the first."));
            else
                write_sentences(main, words, model::differences(**before, **model));
            main.element<"p">([&](Content& line) {
                line.element<"a">({with<"href">(url(words, {"administration", "versions", number, "text"}))},
                                  words("Its whole text"));
            });
            const auto now = shared.editions->in_force();
            if (!now || now->entry.number == entry->number) return;
            main.element<"form">(
                {with<"method">("post"), with<"action">(url(words, {"administration", "preview"}))},
                [&](Content& form) {
                    write_hidden(form, "kind", name_of(ChangeKind::back));
                    write_hidden(form, "to", number);
                    write_hidden(form, "based-on", std::to_string(now->entry.number));
                    form.element<"button">({with<"class">("main")}, words("Go back to this version"));
                });
        });
}

http::Response version_text(const http::Request& request, const Shared& shared, const staff::Session&) {
    const auto entry = version_in(request, shared);
    if (!entry) return shared.failure(request, 404);
    auto text = shared.editions->text_of(entry->number);
    return text ? http::Response::text(*std::move(text)) : shared.failure(request, 503);
}

http::Response form_to_fill(const http::Request& request,
                            const Shared& shared,
                            const staff::Session& session,
                            ChangeKind kind) {
    ModelChange change;
    change.kind = kind;
    for (const char* name : {"site", "service"})
        if (request.parameters.has(name)) change.fields.add(name, std::string{request.parameters.text(name)});
    return form_page(request, shared, session, change);
}

}  // namespace

std::string publisher(const edition::Entry& entry, const Shared& shared, const Words& words) {
    if (entry.by.empty()) return words("the file with which the server was started");
    const auto account = shared.staff.account(staff::AccountKey{entry.by});
    if (!account || account->names.name.empty()) return words("somebody who is gone");
    return account->names.name;
}

void write_sentences(Content& into, const Words& words, const std::vector<std::string>& sentences) {
    into.element<"ul">({with<"class">("differences"), with<"lang">("en")}, [&](Content& list) {
        for (std::size_t place = 0; place < std::min(sentences.size(), sentences_most); ++place)
            list.element<"li">(sentences[place]);
    });
    if (sentences.size() > sentences_most)
        into.element<"p">(
            words("And {count} more.", {{"count", std::to_string(sentences.size() - sentences_most)}}));
}

http::Response administration_page(const http::Request& request,
                                   const Shared& shared,
                                   const staff::Session& session,
                                   const std::string& title,
                                   const std::function<void(Content&, const Words&)>& fill,
                                   int status) {
    const Words words = shared.words_of(request);
    std::string path = request.path;
    path.erase(0, std::min(path.find('/', 1), path.size()));
    const bool is_form = request.method == http::Method::post;
    const Frame frame{.words = words, .title = title, .path = is_form ? "/administration" : path};
    return http::Response::html(page(shared.city(words), frame,
                                     [&](Content& main) {
                                         main.element<"p">({with<"class">("who")}, [&](Content& line) {
                                             line.text(session.names.name + " · ");
                                             line.element<"a">({with<"href">(url(words, {"administration"}))},
                                                               words("Administration"));
                                         });
                                         main.element<"h1">(title);
                                         fill(main, words);
                                     }),
                                status);
}

http::Handler for_administrators(Shared& shared, SignedIn work) {
    return for_staff(shared, [&shared, work = std::move(work)](const http::Request& request,
                                                               const staff::Session& session) {
        const Words words = shared.words_of(request);
        if (session.is_second_factor_due)
            return shared.failure(
                words, 403, words("To change the model, set up a second factor in your account first."));
        if (!shared.staff.may(session.account, staff::Permission::change_model, {}))
            return shared.failure(words, 403,
                                  refusal_text({.reason = staff::Reason::not_allowed}, shared, words));
        if (shared.editions == nullptr) return shared.failure(request, 404);
        return work(request, session);
    });
}

void add_administration_routes(http::Router& router, Shared& shared) {
    using Page = http::Response (*)(const http::Request&, const Shared&, const staff::Session&);
    const auto allowed = [&shared](Page work) {
        return for_administrators(
            shared, [&shared, work](const http::Request& request, const staff::Session& session) {
                return work(request, shared, session);
            });
    };
    const std::string home = "/{language}/administration";
    router.add(http::Method::get, home, allowed(overview));
    router.add(http::Method::get, home + "/versions/{version}", allowed(version_page));
    router.add(http::Method::get, home + "/versions/{version}/text", allowed(version_text));
    router.add(http::Method::get, home + "/clashes", allowed(clashes_page));
    const auto form = [&](const std::string& path, ChangeKind kind) {
        router.add(http::Method::get, home + path,
                   for_administrators(
                       shared, [&shared, kind](const http::Request& request, const staff::Session& session) {
                           return form_to_fill(request, shared, session, kind);
                       }));
    };
    form("/sites/{site}", ChangeKind::hours);
    form("/services", ChangeKind::service_name);
    form("/services/{service}", ChangeKind::service_name);
    form("/text", ChangeKind::text);
    add_post(router, shared, home + "/preview", allowed(preview)).body_bytes_max = text_bytes_most;
    add_post(router, shared, home + "/publish", allowed(publish)).body_bytes_max = text_bytes_most;
    add_post(router, shared, home + "/clashes", allowed(move_clash));
    add_effect_routes(router, shared);
}

}  // namespace balcao::web
