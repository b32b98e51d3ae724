#pragma once
// Carries effects to an entity that is reached over HTTP, with requests of JSON or with events of CloudEvents
// 1.0 (docs/entities.md). It fills the port of `cases`: from any thread, never longer than agreed with the
// entity, and without deciding anything about trying again. Joined by `main`, one for each entity.
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "cases/connector.hpp"
#include "connect/entity_call.hpp"
#include "connect/entity_list.hpp"
#include "connect/entity_secrets.hpp"
#include "connect/http_client.hpp"

namespace balcao::connect {

// What all entities have in common. The secrets and the clock must outlive who is given it.
struct EntityLine {
    EntitySecrets& secrets;
    const Clock& clock;
    std::string city{};  // the address of its pages: the source of events
    Stops stops{};
    // Where the stand-in of a name is ("keys": "http://127.0.0.1:9100/keys"), empty for none of that name;
    // without it there is none.
    std::function<std::string(std::string_view)> stand_in{};
};

class EntityHttp final : public cases::Connector {
public:
    // `way.by` is http or events.
    EntityHttp(model::EntityKey entity, model::WayIn way, EntityLine line);

    cases::Outcome send(const cases::Effect& effect) override;
    cases::Looked look_up(const cases::Effect& effect) override;

    // All that it took from us since then, page after page, each within the agreed time. Error: unavailable;
    // invalid for what is no such list.
    Result<std::vector<cases::HeldThere>> list(Instant since) override;

private:
    // Asks with what it knows us by. Where it does not know us, the secrets may have changed meanwhile: they
    // are looked at again at once, and it is asked once more in the time that is left.
    HttpResult ask(EntityCall call);

    const model::EntityKey entity_;
    const model::WayIn way_;
    const EntityLine line_;
};

}  // namespace balcao::connect
