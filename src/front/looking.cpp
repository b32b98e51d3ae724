#include "front/looking.hpp"

#include "front/hall_view.hpp"

namespace balcao::front {

using booking::LookReason;
using text::Words;

std::string role_name(staff::Role role, const Words& words) {
    switch (role) {
        case staff::Role::attendant:
            return words("Attendant");
        case staff::Role::mediator:
            return words("Mediator");
        case staff::Role::manager:
            return words("Manager");
        case staff::Role::administrator:
            return words("Administrator");
        case staff::Role::auditor:
            return words("Auditor");
        case staff::Role::case_worker:
            return words("Case worker");
    }
    return {};
}

std::string reason_text(LookReason reason, const Words& words) {
    switch (reason) {
        case LookReason::to_serve:
            return words("To call or serve the person");
        case LookReason::person_asked:
            return words("The person asked for it");
        case LookReason::to_tell:
            return words("To tell the person of a change");
        case LookReason::to_put_right:
            return words("To clear up a mistake or a complaint");
    }
    return {};
}

booking::Onlooker onlooker_of(const staff::AccountKey& key,
                              const model::SiteKey& site,
                              office::FrontOffice& office,
                              const staff::Staff& staff) {
    booking::Onlooker onlooker{booking::ClerkKey{key.text()}, {}, site, {}};
    const auto account = staff.account(key);
    std::optional<staff::Role> least;
    if (account)
        for (const auto& grant : account->grants)
            if ((!grant.site || *grant.site == site) &&
                staff::allows(grant.role, staff::Permission::see_personal_data) &&
                (!least || grant.role < *least))
                least = grant.role;
    if (least) onlooker.role = staff::name_of(*least);
    (void)office.look(site, std::nullopt, [&](const office::Hall& hall) {
        if (const auto desk = hall.desk_of(office::StaffKey{key.text()}))
            onlooker.desk = office::to_string(*desk);
    });
    return onlooker;
}

cases::Onlooker onlooker_of(const staff::AccountKey& key, cases::LookReason why, const staff::Staff& staff) {
    staff::Role role = staff::Role::administrator;
    if (const auto account = staff.account(key))
        for (const auto& grant : account->grants)
            if (grant.role == staff::Role::case_worker && !grant.site) role = grant.role;
    return {cases::ClerkKey{key.text()}, std::string{staff::name_of(role)}, why};
}

std::string onlooker_text(const booking::Onlooker& who,
                          const office::FrontOffice& office,
                          const Words& words) {
    const auto role = staff::role_of(who.role);
    const auto* site = office.model().find(who.site);
    std::string text = (role ? role_name(*role, words) : who.role) + ", " +
                       (site != nullptr ? model::name_of(*site, words.code()) : who.site.text());
    const auto desk = office::parse_desk(who.desk);
    const auto layout = site != nullptr ? office.layout(who.site) : nullptr;
    if (desk && layout != nullptr && layout->group_of(*desk))
        text += ", " + desk_name(*layout, *desk, words.code());
    return text;
}

std::string onlooker_text(const booking::PersonSeen& seen,
                          const office::FrontOffice& office,
                          const Words& words) {
    return onlooker_text(booking::Onlooker{seen.by, seen.role, seen.site, seen.desk}, office, words);
}

}  // namespace balcao::front
