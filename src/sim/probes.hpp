#pragma once
// A situation's person as demand of her own: what the model must hold so that one more person comes, once a
// week, and behaves as others of her group do. Used by situations.cpp only.
#include <optional>
#include <string>
#include <vector>

#include "model/model.hpp"
#include "model/situation.hpp"

namespace balcao::sim {

struct Probe {
    std::vector<model::DemandKey> entries;  // one a visit that she must make; a week counts when all are done
    std::string how;
    bool is_possible = false;

    struct Errand {
        std::vector<model::ServiceKey> services;
        model::SiteKey site;
        model::ChannelKey channel;
    };

    std::vector<Errand> errands;  // one an entry
    std::optional<model::ServiceKey> refused;
};

// Adds the person to the model. Where one desk group serves the whole of a life event, she makes one visit;
// else one for each service.
Probe add_probe(model::Model& model, const model::Situation& situation, int weeks);

}  // namespace balcao::sim
