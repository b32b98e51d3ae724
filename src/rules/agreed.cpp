#include "rules/agreed.hpp"

namespace balcao::rules {
namespace {

using How = Agreed::How;

Agreed by(const model::Protocol& protocol, Date day) {
    if (day < protocol.from) return {How::not_yet, &protocol, protocol.from};
    if (protocol.until && day > *protocol.until) return {How::ended, &protocol, *protocol.until};
    return {How::yes, &protocol, protocol.from};
}

// Of two that are not in force the one that tells more: what is to come before what is over, the nearer day
// of each.
bool tells_more(const Agreed& one, const Agreed& other) {
    if (one.how != other.how) return one.how == How::not_yet;
    return one.how == How::not_yet ? one.day < other.day : one.day > other.day;
}

}  // namespace

Agreed agreed_on(const model::Model& model,
                 const model::SiteKey& site,
                 const model::ServiceKey& service,
                 Date day) {
    bool is_named = false;
    std::optional<Agreed> best;
    for (const auto& protocol : model.protocols) {
        if (!protocol.names(site)) continue;
        is_named = true;
        if (!protocol.covers(service)) continue;
        const Agreed found = by(protocol, day);
        if (found.how == How::yes) return found;
        if (!best || tells_more(found, *best)) best = found;
    }
    if (best) return *best;
    return {is_named ? How::not_covered : How::yes, nullptr, {}};
}

Agreed agreed_on(const model::Model& model,
                 const model::SiteKey& site,
                 const std::vector<model::ServiceKey>& services,
                 Date day) {
    for (const auto& service : services)
        if (const Agreed one = agreed_on(model, site, service, day); one.how != How::yes) return one;
    return {};
}

}  // namespace balcao::rules
