#include "journal/event.hpp"

#include "text/json.hpp"

namespace balcao::journal {

std::string entry_of(const Event& event) {
    std::string entry;
    text::JsonWriter json{entry};
    json.begin_object()
        .member("stream", event.stream)
        .member("version", event.version)
        .member("at", std::int64_t{event.at.time_since_epoch().count()})
        .member("type", event.type)
        .member("salt", crypto::to_hex(event.salt))
        .member("body", event.body)
        .end();
    return entry;
}

}  // namespace balcao::journal
