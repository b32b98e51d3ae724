#pragma once
// The port to whoever collects money: a payment institution that gives out references, a card terminal at a
// desk, the stand-in. Everything is asked under a key of ours, which a provider keeps with what it does: the
// same key is the same request, and what became of it can be looked up. Called by `Payments` alone, from any
// thread; each call answers within the time that the provider's terms allow (settings.hpp) and decides
// nothing about trying again. Who fills it sits higher.
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/instant.hpp"
#include "base/money.hpp"
#include "base/result.hpp"
#include "pay/names.hpp"

namespace balcao::pay {

// Amounts asked for are above nothing and at most `cents_most`.
struct CollectionAsk {
    std::string key;
    PaymentNumber payment;
    Money amount;
    Instant until{};  // no money is wanted from then on
    std::string about{};
    std::string desk{};  // of a card: at which terminal; "shop/3"
};

// Money that somebody paid. `transaction` is the provider's own name of it, never used twice.
struct CameIn {
    std::string transaction;
    Money amount;
    Instant at{};
    friend bool operator==(const CameIn&, const CameIn&) = default;
};

// There it is: it can be paid with that reference (empty: of a card), and so much has come already.
struct Standing {
    std::string entity{};
    std::string reference{};
    std::vector<CameIn> came{};
};

// It was not done, nor will it be.
struct NotWanted {
    std::string why;
};

// It was not done, and may be asked again.
struct NotNow {
    std::string why;
};

// Nobody knows whether it was done: no answer, or one that makes no sense.
struct NotKnown {
    std::string why;
};

// Nothing is there under that key, and nothing that was sent before now can still arrive.
struct NotThere {};

struct RefundAsk {
    std::string key;
    PaymentNumber payment;
    std::string transaction;  // of the money that is given back
    Money amount;             // all of it, or a part
};

struct WentOut {
    std::string transaction;
    Instant at{};
};

using CollectionAnswer = std::variant<Standing, NotWanted, NotNow, NotKnown>;
using CollectionFound = std::variant<Standing, NotWanted, NotThere, NotKnown>;
using RefundAnswer = std::variant<WentOut, NotWanted, NotNow, NotKnown>;
using RefundFound = std::variant<WentOut, NotWanted, NotThere, NotKnown>;

// A line of what a provider says it moved, for reconciling (reconcile.hpp).
struct SettledLine {
    enum class Kind : std::uint8_t { came_in, went_out };
    Kind kind = Kind::came_in;
    std::string transaction;
    std::string reference{};
    Money amount;
    Instant at{};
    std::string key{};  // ours, of a provider that tells it back
    friend bool operator==(const SettledLine&, const SettledLine&) = default;
};

class Provider {
public:
    virtual ~Provider() = default;

    // A reference to pay with; of a card terminal the charge itself.
    virtual CollectionAnswer collect(const CollectionAsk& ask) = 0;
    virtual CollectionFound look_up(const std::string& key) = 0;
    virtual RefundAnswer refund(const RefundAsk& ask) = 0;
    virtual RefundFound look_up_refund(const std::string& key) = 0;
    // All that came in or went out from `from` (included) to `to` (not included). Error: unavailable.
    virtual Result<std::vector<SettledLine>> settled(Instant from, Instant to) = 0;
};

}  // namespace balcao::pay
