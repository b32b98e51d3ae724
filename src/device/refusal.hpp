#pragma once
// Why a machine is not let in, or not enabled, for pages to word in the person's language. Used by every
// command of `device`.
#include <cstdint>
#include <string_view>
#include <variant>

namespace balcao::device {

enum class Reason : std::uint8_t {
    unavailable,    // the journal cannot be read or written now; the same key later finds what was done
    not_enabled,    // the machine is not known
    disabled,       // it was, and somebody took it out of use
    code_unfit,     // not eight letters and digits whose last one fits the others: a slip of the finger
    code_in_use,    // the machine with that code is enabled already
    name_missing,   //
    name_unfit,     // longer than 60 letters, or not text
    no_such_device  // at that site
};

// "not-enabled": the name that programs see.
std::string_view name_of(Reason reason);

struct Refusal {
    Reason reason{};
    friend bool operator==(const Refusal&, const Refusal&) = default;
};

struct Done {};

template <class T>
using Answer = std::variant<T, Refusal>;

}  // namespace balcao::device
