#include "web/kiosk_frame.hpp"

#include "web/forms.hpp"

namespace balcao::web {
namespace {

using html::Content;
using html::with;
using Gives = KioskState::Gives;

std::string_view name_of(Gives gives) {
    switch (gives) {
        case Gives::yes:
            return "yes";
        case Gives::closed:
            return "closed";
        case Gives::ended:
            return "ended";
        case Gives::given_out:
            return "given-out";
        case Gives::unknown:
            return "unknown";
    }
    return "";
}

// The way back, pressed or by itself. With scripts a countdown that can be stopped; without, the browser
// goes there, and "More time" is a page that stays longer.
void write_kiosk_way_back(Content& into, const Machine& machine, const KioskPage& about) {
    const Words& words = about.words;
    into.element<"p">(
        {with<"class">("back"), with<"data-back">(std::to_string(about.back_after)),
         with<"data-to">(kiosk_start(machine).text()),
         with<"data-words">(words("Back to the beginning in {seconds} s", {{"seconds", "{seconds}"}}))},
        [&](Content& line) {
            line.element<"a">({with<"class">("press"), with<"href">(kiosk_start(machine))},
                              about.is_start ? words("Begin again") : words("Done: back to the beginning"));
            line.element<"button">({with<"type">("button"), with<"data-stay">(""), with<"hidden">()},
                                   words("More time"));
            line.element<"span">({with<"data-left">("")}, "");
        });
}

void write_bottom(Content& into, const KioskPage& about) {
    const Words& words = about.words;
    into.element<"nav">({with<"class">("bottom"), with<"aria-label">(words("Help"))}, [&](Content& nav) {
        nav.element<"a">({with<"class">("press"), with<"href">(kiosk_url(words, {"help"}, false))},
                         words("Help"));
        nav.element<"a">({with<"class">("press"), with<"href">(kiosk_url(words, {"complaints"}, false))},
                         words("Complaints book"));
    });
}

}  // namespace

KioskState kiosk_state(const Shared& shared, const model::SiteKey& site) {
    const auto hall = shared.hall(site);
    if (!hall) return {};
    KioskState state{.waiting = hall->waiting};
    state.gives = hall->has_ended     ? Gives::ended
                  : !hall->is_open    ? Gives::closed
                  : hall->has_numbers ? Gives::yes
                                      : Gives::given_out;
    return state;
}

std::string why_no_ticket(const KioskState& state, const Words& words) {
    switch (state.gives) {
        case Gives::yes:
            return {};
        case Gives::closed:
            return words("The site is closed now, so it gives no tickets.");
        case Gives::ended:
            return words("The day has ended here. Come back when the site opens again.");
        case Gives::given_out:
            return words(
                "All of today's tickets are given out. Tickets are given again on the next opening day.");
        case Gives::unknown:
            return words("This cannot be done right now. Nothing was lost; try again in a moment.");
    }
    return {};
}

html::Url kiosk_start(const Machine& machine) {
    const auto& languages = machine.layout->city().languages;
    const auto first = languages.empty() ? std::nullopt : text::parse_language(languages.front());
    return url(Words{first.value_or(Language::en)}, {"kiosk"});
}

html::Url kiosk_url(const Words& words, std::initializer_list<std::string_view> below, bool has_priority) {
    std::vector<std::string_view> all{words.code(), "kiosk"};
    all.insert(all.end(), below.begin(), below.end());
    const std::span<const std::string_view> segments{all};
    auto made = has_priority ? html::Url::path(segments, {{"priority", "yes"}}) : html::Url::path(segments);
    return *std::move(made);
}

std::string address_outside(const Shared& shared, const http::Request& request, const html::Url& page) {
    if (shared.is_address_given) return shared.address + page.text();
    return request.scheme + "://" + request.host + page.text();
}

void write_kiosk_languages(
    Content& into, const Words& words, std::string_view room, std::string_view path, bool has_priority) {
    into.element<"nav">(
        {with<"class">("languages"), with<"aria-label">(words("Language"))}, [&](Content& nav) {
            for (const Language language : text::spoken_languages) {
                std::vector<std::string_view> all{text::code_of(language), room};
                for (std::size_t at = 1; at < path.size();) {
                    const auto end = std::min(path.find('/', at), path.size());
                    all.push_back(path.substr(at, end - at));
                    at = end + 1;
                }
                const std::span<const std::string_view> segments{all};
                auto there = has_priority ? html::Url::path(segments, {{"priority", "yes"}})
                                          : html::Url::path(segments);
                nav.element<"a">({with<"class">("press"), with<"href">(*std::move(there)),
                                  with<"lang">(text::code_of(language)),
                                  when(language == words.language(), with<"aria-current">("true"))},
                                 text::own_name_of(language));
            }
        });
}

void write_kiosk_now(Content& into, const KioskState& state, const Words& words) {
    into.element<"p">({with<"class">("now"), with<"data-offer">(name_of(state.gives))}, [&](Content& line) {
        if (!state.gives_tickets()) {
            line.text(why_no_ticket(state, words));
            return;
        }
        line.element<"strong">(std::to_string(state.waiting));
        line.text(" ").text(state.waiting == 1 ? words("person is waiting") : words("people are waiting"));
    });
}

http::Response kiosk_page(const Shared& shared,
                          const Machine& machine,
                          const KioskPage& about,
                          const std::function<void(html::Content&)>& fill) {
    const Words& words = about.words;
    const KioskState state = kiosk_state(shared, machine.site().key);
    const Frame frame{.words = words,
                      .title = about.title,
                      .path = "/kiosk" + about.path,
                      .furniture = Furniture::none,
                      .refresh_seconds = about.is_start && about.back_after == 0 ? 30 : about.back_after,
                      .refresh_to = kiosk_start(machine)};
    return http::Response::html(
        page(shared.city(words), frame,
             [&](Content& main) {
                 main.element<"div">(
                     {with<"class">("kiosk"), with<"data-kiosk">(name_of(state.gives)),
                      when(about.is_start, with<"data-again">("30")),
                      with<"data-moment">(words("One moment …")),
                      with<"data-cut">(
                          words("The line is cut. Your press is kept and tried again by itself; wait "
                                "here, or ask at the reception.")),
                      with<"data-gave-up">(
                          words("The line is cut, and no ticket came. Ask at the reception."))},
                     [&](Content& kiosk) {
                         kiosk.element<"div">({with<"class">("top")}, [&](Content& top) {
                             top.element<"p">({with<"class">("place")},
                                              model::name_of(machine.site(), words.code()));
                             write_kiosk_languages(top, words, "kiosk", about.path, about.has_priority);
                         });
                         kiosk.element<"h1">(about.title);
                         if (about.live.empty())
                             kiosk.element<"div">({with<"data-live">(url(words, {"live", "kiosk"}).text()),
                                                   with<"aria-live">("polite")},
                                                  [&](Content& now) { write_kiosk_now(now, state, words); });
                         fill(kiosk);
                         if (about.back_after > 0) write_kiosk_way_back(kiosk, machine, about);
                         write_bottom(kiosk, about);
                     });
             }),
        about.status);
}

}  // namespace balcao::web
