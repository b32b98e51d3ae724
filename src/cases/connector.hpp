#pragma once
// The port to an entity: what is sent to it, and what came of that. Who fills it (a web service, mail, a
// stand-in) sits higher; it is called by the carrier alone, from any of its threads, and answers within the
// time that the entity's terms allow. It decides nothing about trying again.
#include <chrono>
#include <optional>
#include <string>
#include <variant>

#include "cases/case_event.hpp"
#include "cases/comparison.hpp"

namespace balcao::cases {

// A value that the citizen handed over, under the name to which consent was given.
struct Datum {
    std::string name;
    std::string text;
    friend bool operator==(const Datum&, const Datum&) = default;
};

// What is to be done at an entity, once. Sent again it is the same in all but `attempt`.
struct Effect {
    std::string key;
    CaseNumber number;
    StepKey step;
    model::EntityKey entity;
    model::ServiceKey service;
    Errand errand = Errand::deliver;
    std::uint32_t protocol = 1;
    std::vector<Datum> data;  // none for an undoing
    std::string reference;    // the entity's own of what went before; empty: nothing did
    int attempt = 1;
};

// It is done, or taken up. `key` is that of the effect that the entity answers: an answer to another one
// counts for nothing.
struct Delivered {
    std::string key;
    std::string reference;      // at most 128 bytes; empty or longer counts as no answer
    bool is_concluded = false;  // nothing more is to come
};

// It was not done. `is_final`: nor will it be; else something in it can be mended.
struct Refused {
    std::string why;
    bool is_final = true;
};

// It was not done, and may be tried again.
struct TryLater {
    std::string why;
    std::optional<std::chrono::milliseconds> after{};  // not before so long from now
};

// Nobody knows whether it was done: no answer, or one that makes no sense.
struct Unknown {
    std::string why;
};

// The entity does not have it.
struct Absent {};

using Outcome = std::variant<Delivered, Refused, TryLater, Unknown>;
using Looked = std::variant<Delivered, Absent, Unknown>;

class Connector {
public:
    virtual ~Connector() = default;

    virtual Outcome send(const Effect& effect) = 0;

    // Whether the entity has the effect of that key. Asked only of kind `lookup_by_reference`.
    virtual Looked look_up(const Effect& effect) = 0;

    // All that it took from us since then. Error: not_found where it keeps no list; unavailable; invalid.
    virtual Result<std::vector<HeldThere>> list(Instant /*since*/) {
        return Error{Errc::not_found, "it keeps no list"};
    }
};

}  // namespace balcao::cases
