#pragma once
// What a desk is doing, in the one word that programs see. Inside `api`.
#include <string_view>
#include <variant>

#include "office/hall.hpp"

namespace balcao::api {

// "closed", "free", "resting" or "taken".
inline std::string_view state_of(const office::Desk& desk) {
    if (std::holds_alternative<office::DeskFree>(desk.doing)) return "free";
    if (std::holds_alternative<office::DeskResting>(desk.doing)) return "resting";
    return std::holds_alternative<office::DeskTaken>(desk.doing) ? "taken" : "closed";
}

}  // namespace balcao::api
