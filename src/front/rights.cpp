#include "front/rights.hpp"

#include <algorithm>

#include "front/assisted.hpp"

namespace balcao::front {

bool may_act_at(const model::SiteKey& site,
                const office::DeskId& desk,
                const staff::AccountKey& account,
                office::FrontOffice& office,
                const staff::Staff& staff) {
    bool is_others = false;
    const auto looked = office.look(site, std::nullopt, [&](const office::Hall& hall) {
        const auto& sits = hall.desk(desk).staff;
        is_others = !sits.empty() && sits.text() != account.text();
    });
    return looked && (!is_others || staff.may(account, staff::Permission::manage_hall, site));
}

std::optional<bool> has_desk(const office::Layout& layout,
                             const office::DeskId& desk,
                             office::FrontOffice& office) {
    if (layout.group_of(desk)) return true;
    bool is_there = false;
    const auto looked = office.look(layout.site().key, std::nullopt,
                                    [&](const office::Hall& hall) { is_there = hall.has_desk(desk); });
    return looked ? std::optional{is_there} : std::nullopt;
}

std::function<bool()> holds_while(const staff::Staff& staff,
                                  const staff::Session& session,
                                  staff::Permission permission,
                                  const model::SiteKey& site) {
    return [&staff, session, permission, site] {
        const auto alive = staff.sessions_of(session.account);
        return std::ranges::any_of(alive, [&](const auto& one) { return one.key == session.key; }) &&
               staff.may(session.account, permission, site);
    };
}

assist::MayAssist may_assist(const staff::Staff& staff) {
    return [&staff](const assist::MediatorKey& mediator, const assist::Subject&) {
        const staff::AccountKey key{mediator.text()};
        const auto account = staff.account(key);
        return account && std::ranges::any_of(account->grants, [&](const staff::Grant& grant) {
                   return staff.may(key, staff::Permission::assist_citizen, grant.site);
               });
    };
}

assist::IsAgreed by_protocols(const office::FrontOffice& office) {
    return [&office](const model::SiteKey& site, const assist::Subject& subject, Date day) {
        const auto in_force = office.in_force();
        return agreed_with_host(*in_force.model, site, subject, day).how == rules::Agreed::How::yes;
    };
}

}  // namespace balcao::front
