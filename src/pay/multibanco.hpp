#pragma once
// References of Multibanco, as a person types them at a cash machine: an entity of five digits, a reference
// of nine, and the amount. The last two digits of the reference check entity, reference and amount together,
// so that a wrong digit or a wrong amount is refused before any money moves. Pure; used by the stand-in, and
// by who wants to know whether what a provider gave can be one. A provider that keeps amounts and dates in a
// system of its own may check otherwise: its word counts, not this.
//
// The check digits are 98 less the remainder by 97 of the twenty digits (entity, first seven of the
// reference, amount in cents) followed by two noughts: ISO 7064, MOD 97-10. Source: the routines that the
// payment institution Ifthenpay publishes for its customers (github.com/ifthenpay/Algoritmos-e-Rotinas,
// PHP/multibanco.php and Python/mb.py), where the same is written as a sum of digits with the weights 51, 73,
// 17, … 3, each the power of ten that belongs there, by 97.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace balcao::pay {

struct MultibancoReference {
    std::string entity;     // five digits
    std::string reference;  // nine digits
    friend bool operator==(const MultibancoReference&, const MultibancoReference&) = default;
};

// `entity`: five digits; `first_seven`: those that whoever asks chooses, 0 to 9,999,999; cents 1 to
// 99,999,999. Nothing for anything else.
std::optional<MultibancoReference> make_multibanco(std::string_view entity,
                                                   std::uint32_t first_seven,
                                                   std::int64_t cents);

// Whether the check digits of a reference (nine digits, spaces left aside) belong to that entity and amount.
bool is_multibanco(std::string_view entity, std::string_view reference, std::int64_t cents);

// "123 123 451": three by three, as machines and papers show it. What is not nine digits stays as it is.
std::string format_multibanco(std::string_view reference);

}  // namespace balcao::pay
