#include "web/people.hpp"

#include "front/rights.hpp"

namespace balcao::web {

std::string refusal_text(const staff::Refusal& refusal, const Shared& shared, const Words& words) {
    return front::refusal_text(refusal, shared.office.zone(), words);
}

Live::Holds holds_while(const Shared& shared,
                        const staff::Session& session,
                        staff::Permission permission,
                        const model::SiteKey& site) {
    return front::holds_while(shared.staff, session, permission, site);
}

}  // namespace balcao::web
