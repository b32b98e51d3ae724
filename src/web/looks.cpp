#include "web/looks.hpp"

namespace balcao::web {

using html::Content;
using html::with;

booking::Onlooker onlooker_of(const Shared& shared, const staff::Session& session, const model::Site& site) {
    return front::onlooker_of(session.account, site.key, shared.office, shared.staff);
}

std::string onlooker_text(const booking::PersonSeen& seen, const Shared& shared, const Words& words) {
    return front::onlooker_text(seen, shared.office, words);
}

std::string onlooker_text(const booking::Onlooker& who, const Shared& shared, const Words& words) {
    return front::onlooker_text(who, shared.office, words);
}

void write_reasons(Content& form, const Words& words, std::string_view id) {
    form.element<"p">([&](Content& line) {
        line.element<"label">({with<"for">(id)}, words("Why do you need to know?"));
        line.element<"select">({with<"id">(id), with<"name">("why"), with<"required">()},
                               [&](Content& select) {
                                   select.element<"option">({with<"value">("")}, words("Choose a reason"));
                                   for (const auto reason : booking::all_look_reasons())
                                       select.element<"option">({with<"value">(booking::name_of(reason))},
                                                                reason_text(reason, words));
                               });
    });
}

void write_who_looked(Content& main,
                      const Shared& shared,
                      const Words& words,
                      const booking::BookingKey& booking,
                      std::string_view link) {
    main.element<"h2">(words("Who looked at your data"));
    const auto found = shared.bookings.looks(booking);
    const auto* looks = std::get_if<std::vector<booking::Look>>(&found);
    if (looks == nullptr)
        main.element<"p">(words("This cannot be done right now. Nothing was lost; try again in a moment."));
    else if (looks->empty())
        main.element<"p">(words("Nobody who works for the city has opened your name or contact up to now."));
    else
        main.element<"ul">({with<"class">("looks")}, [&](Content& list) {
            const Zone& zone = shared.office.zone();
            for (const auto& look : *looks)
                list.element<"li">(moment_text(zone, look.at, words) + " · " +
                                   onlooker_text(look.what, shared, words) + " · " +
                                   reason_text(look.what.why, words));
        });
    main.element<"p">([&](Content& line) {
        line.element<"a">({with<"href">(url(words, {"appointments", link, "data.json"}))},
                          words("All that is kept about this appointment, as a file"));
    });
}

}  // namespace balcao::web
