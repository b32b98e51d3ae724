#pragma once
// From what a model says of an entity's way in to who carries requests there: with its terms
// (cases/terms.hpp) all that joining an entity takes. Used by `main`, for the entities of the model in force.
#include <map>
#include <memory>
#include <mutex>

#include "cases/carrier.hpp"
#include "connect/entity_http.hpp"
#include "connect/entity_mail.hpp"
#include "model/model.hpp"

namespace balcao::connect {

// What letters to entities have in common.
struct EntityPost {
    std::function<std::string()> pages;  // where entities answer: "https://city.example"
    HandOver hand_over;                  // empty: no letter can be sent
    EntityLinks signing;
};

// Nothing for an inbox, nor for mail where no letter can be sent. `line` and what `post` names must outlive
// it.
std::unique_ptr<cases::Connector> connector_to(const model::Entity& entity,
                                               const model::Model& model,
                                               const EntityLine& line,
                                               const EntityPost& post);

// Who carries to the entities of a city, while the model changes. From any thread.
class EntityWays {
public:
    // What `line` and `post` name must outlive it.
    EntityWays(EntityLine line, EntityPost post) : line_{std::move(line)}, post_{std::move(post)} {}

    // From now on requests go by the ways of this model; those under way are finished as they began. Whether
    // there are entities that `connectors` did not have before: who carries must begin anew to know them.
    bool adopt(const model::Model& model);

    // Of all entities of all models so far. They live as long as this; of an entity that has no way (any
    // more) requests are to be tried later.
    [[nodiscard]] cases::Connectors connectors() const;

private:
    // Stands for one entity, whatever its way is now.
    class Way final : public cases::Connector {
    public:
        cases::Outcome send(const cases::Effect& effect) override;
        cases::Looked look_up(const cases::Effect& effect) override;
        Result<std::vector<cases::HeldThere>> list(Instant since) override;
        void become(std::shared_ptr<cases::Connector> connector);

    private:
        [[nodiscard]] std::shared_ptr<cases::Connector> now() const;

        mutable std::mutex mutex_;
        std::shared_ptr<cases::Connector> connector_;
    };

    const EntityLine line_;
    const EntityPost post_;
    mutable std::mutex mutex_;
    std::map<model::EntityKey, std::unique_ptr<Way>> ways_;
};

}  // namespace balcao::connect
