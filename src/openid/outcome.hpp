#pragma once
// What comes of asking a provider: a value, or why there is none. `Trouble` is what a person is told, `why` a
// short technical name for the log, which never holds anything of the person or of a token.
#include <cstdint>
#include <string>
#include <variant>

namespace balcao::openid {

enum class Trouble : std::uint8_t {
    away,     // the provider was not reached, or cannot work now
    refused,  // the person, or the provider, said no
    over,     // begun too long ago, in another browser, or used already
    clock,    // times that cannot be: the clocks here and there differ
    misfit,   // provider and settings do not fit together: for who runs the installation
    untrue,   // the answer is not the one that was asked for: signature, name of the receiver, nonce
};

struct Complaint {
    Trouble trouble{};
    std::string why;
    friend bool operator==(const Complaint&, const Complaint&) = default;
};

template <class T>
using Outcome = std::variant<T, Complaint>;

}  // namespace balcao::openid
