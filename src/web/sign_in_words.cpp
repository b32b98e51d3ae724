// The pieces of pages that lead to providers of sign-ins, and the page for what went wrong there.
#include "web/book_words.hpp"
#include "web/forms.hpp"
#include "web/providers.hpp"

namespace balcao::web {
namespace {

using html::Content;
using html::with;
using openid::Trouble;

void write_way(Content& into, const html::Url& to, const Words& words, const openid::Provider& provider) {
    into.element<"p">([&](Content& line) {
        line.element<"a">({with<"class">("way"), with<"href">(to)},
                          words("Sign in with {provider}", {{"provider", name_of(provider, words)}}));
    });
}

const char* english_of(Trouble trouble) {
    switch (trouble) {
        case Trouble::away:
            return "{provider} does not answer now. Try again in a few minutes.";
        case Trouble::refused:
            return "You did not agree at {provider}, or it let nobody in. It told us nothing about you.";
        case Trouble::over:
            return "This sign-in took too long, was begun in another browser, or was used already. Begin "
                   "again.";
        case Trouble::clock:
            return "The clocks here and at {provider} differ, so its answer cannot be believed. Tell who "
                   "runs "
                   "these pages.";
        case Trouble::misfit:
            return "These pages and {provider} do not fit together: the settings of one of them are wrong. "
                   "Tell "
                   "who runs these pages.";
        case Trouble::untrue:
            return "What came back was not the answer of {provider} to this sign-in. Nothing was done. Begin "
                   "again.";
    }
    return "";
}

int status_of_trouble(Trouble trouble) {
    switch (trouble) {
        case Trouble::away:
            return 503;
        case Trouble::refused:
        case Trouble::untrue:
            return 403;
        case Trouble::over:
            return 422;
        default:
            return 502;
    }
}

void write_ways_on(Content& main, const Words& words, Purpose purpose) {
    const auto link = [&](const html::Url& to, const std::string& label) {
        main.element<"p">([&](Content& line) { line.element<"a">({with<"href">(to)}, label); });
    };
    switch (purpose) {
        case Purpose::mine:
            link(url(words, {"mine"}), words("Begin again"));
            link(url(words, {"appointments"}), words("Get the links of your appointments again"));
            return;
        case Purpose::link:
            link(url(words, {"account"}), words("Your account"));
            return;
        case Purpose::invitation:
            main.element<"p">(words("Open the link of your invitation once more: it is still good."));
            return;
        case Purpose::staff:
            link(url(words, {"sign-in"}), words("Sign in with name and password, or begin again"));
            return;
    }
}

void write_identity(Content& list,
                    const Shared& shared,
                    const Words& words,
                    const staff::LinkedIdentity& one) {
    const auto* provider = shared.providers->of_issuer(one.issuer);
    const std::string name = provider != nullptr ? name_of(*provider, words) : one.issuer;
    list.element<"li">([&](Content& item) {
        item.element<"p">(
            words("{provider}, since {day}",
                  {{"provider", name}, {"day", day_text(shared.office.zone().at(one.since).date, words)}}));
        item.element<"form">(
            {with<"method">("post"), with<"action">(url(words, {"account", "unlink"}))}, [&](Content& form) {
                write_hidden(form, "key", new_form_key());
                write_hidden(form, "link", one.link);
                form.element<"button">(
                    {with<"aria-label">(words("Unlink it, and sign in again everywhere") + ": " + name)},
                    words("Unlink it, and sign in again everywhere"));
            });
    });
}

}  // namespace

void write_ways_in(Content& into, const Shared& shared, const Words& words, std::string_view to) {
    for (const auto* provider : shared.providers->for_staff())
        write_way(into, url(words, {"sign-in", "with", provider->settings().key}, {{"to", to}}), words,
                  *provider);
}

void write_ways_to_accept(Content& into, const Shared& shared, const Words& words, std::string_view token) {
    const auto providers = shared.providers->for_staff();
    if (providers.empty()) return;
    into.element<"h2">(words("Or without a password of its own"));
    for (const auto* provider : providers)
        write_way(into, url(words, {"invitation", token, "with", provider->settings().key}), words,
                  *provider);
}

void write_ways_to_mine(Content& into, const Shared& shared, const Words& words) {
    for (const auto* provider : shared.providers->for_citizens())
        write_way(into, url(words, {"mine", "with", provider->settings().key}), words, *provider);
}

void write_way_to_mine(Content& into, const Shared& shared, const Words& words) {
    if (shared.providers->for_citizens().empty()) return;
    into.element<"p">({with<"class">("quiet")}, [&](Content& line) {
        line.element<"a">({with<"href">(url(words, {"mine"}))},
                          words("Your appointments: sign in to see them"));
    });
}

void write_links(Content& main, const Shared& shared, const Words& words, const staff::Account& account) {
    const auto providers = shared.providers->for_staff();
    if (providers.empty() && account.identities.empty()) return;
    main.element<"h2">(words("Signing in elsewhere"));
    if (account.identities.empty())
        main.element<"p">(
            words("No account of yours elsewhere is linked. With one that is you need no password "
                  "here."));
    else
        main.element<"ul">({with<"class">("links")}, [&](Content& list) {
            for (const auto& one : account.identities)
                write_identity(list, shared, words, one);
        });
    for (const auto* provider : providers)
        main.element<"p">([&](Content& line) {
            line.element<"a">(
                {with<"class">("way"),
                 with<"href">(url(words, {"account", "link", provider->settings().key}))},
                words("Link an account at {provider}", {{"provider", name_of(*provider, words)}}));
        });
}

void write_way_out(Content& main, const Shared& shared, const Words& words, std::string_view key) {
    const auto* provider = shared.providers->find(key);
    if (provider == nullptr) return;
    const std::string name = name_of(*provider, words);
    main.element<"div">({with<"class">("told"), with<"role">("status")}, [&](Content& told) {
        told.element<"p">(
            words("You are signed out here. At {provider} you may still be signed in: whoever uses "
                  "this browser next could come in as you.",
                  {{"provider", name}}));
        told.element<"p">([&](Content& line) {
            line.element<"a">({with<"class">("way"), with<"href">(url(words, {"sign-out", key}))},
                              words("Sign out at {provider} as well", {{"provider", name}}));
        });
    });
}

http::Response trouble_page(const http::Request& request,
                            const Shared& shared,
                            const openid::Provider* provider,
                            Trouble trouble,
                            Purpose purpose) {
    const Words words = shared.words_of(request);
    const Frame frame{.words = words,
                      .title = words("Signing in did not work"),
                      .path = purpose == Purpose::mine ? "/mine" : "/sign-in"};
    // That alone is told of no provider in particular: which one it was may not be known any more.
    const std::string told = provider == nullptr || trouble == Trouble::over
                                 ? words(english_of(Trouble::over))
                                 : words(english_of(trouble), {{"provider", name_of(*provider, words)}});
    return http::Response::html(page(shared.city(words), frame,
                                     [&](Content& main) {
                                         main.element<"h1">(frame.title);
                                         write_complaint(main, told);
                                         write_ways_on(main, words, purpose);
                                     }),
                                status_of_trouble(trouble));
}

}  // namespace balcao::web
