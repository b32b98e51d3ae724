#pragma once
// Whether people may be assisted with something at a site by what was agreed with its host (model::Protocol).
// A site that no protocol names is the city's own: there everything is agreed. Used where a session at a
// double screen is begun, and by the pages that say why something is not offered.
#include <optional>
#include <vector>

#include "model/model.hpp"

namespace balcao::rules {

struct Agreed {
    enum class How : unsigned char {
        yes,
        not_covered,  // by any protocol of the site
        not_yet,      // `day`: the first on which it is
        ended,        // `day`: the last on which it was
    } how = How::yes;
    // The one by which it is, will be or was; null for what is the city's own or covered by none.
    const model::Protocol* protocol = nullptr;
    Date day{};
    friend bool operator==(const Agreed&, const Agreed&) = default;
};

// On that day, from its first instant to its last. What it points to is the model's.
Agreed agreed_on(const model::Model& model,
                 const model::SiteKey& site,
                 const model::ServiceKey& service,
                 Date day);

// Of several, all of which are needed: the first that is not agreed decides.
Agreed agreed_on(const model::Model& model,
                 const model::SiteKey& site,
                 const std::vector<model::ServiceKey>& services,
                 Date day);

}  // namespace balcao::rules
