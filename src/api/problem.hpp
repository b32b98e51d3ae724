#pragma once
// What went wrong, as RFC 9457 has it: a type that programs tell apart and docs/errors/api.md explains, words
// in the person's language, which part of the request is at fault and the cure, and what is true now. Inside
// `api`.
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/schema.hpp"
#include "assist/refusal.hpp"
#include "base/zone.hpp"
#include "booking/refusal.hpp"
#include "cases/refusal.hpp"
#include "device/refusal.hpp"
#include "edition/editions.hpp"
#include "http/message.hpp"
#include "office/command.hpp"
#include "office/layout.hpp"
#include "pay/refusal.hpp"
#include "staff/refusal.hpp"
#include "text/words.hpp"

namespace balcao::api {

using text::Words;

struct Problem {
    std::string name;  // "desk-is-closed": the last part of its type
    int status = 400;
    std::string detail{};
    std::vector<Fault> faults{};                   // of the body, by pointer; of the query, by "?name"
    std::function<void(text::JsonWriter&)> now{};  // members of "now": what is true
    std::optional<std::chrono::seconds> wait{};    // Retry-After; of a 503 that names none a moment
    std::string challenge{};                       // WWW-Authenticate
};

inline constexpr std::string_view type_prefix = "urn:balcao:problem:";

Problem problem_of(const office::Refusal& refusal, const office::Layout& layout, const Words& words);
Problem problem_of(const booking::Refusal& refusal, const Zone& zone, const Words& words);
// Who is locked out is told when to try again.
Problem problem_of(const staff::Refusal& refusal, const Zone& zone, const Words& words, Instant now);

Problem problem_of(const device::Refusal& refusal, const Words& words);
Problem problem_of(const cases::Refusal& refusal, const Zone& zone, const Words& words);
Problem problem_of(const assist::Refusal& refusal, const Words& words);
Problem problem_of(const pay::Refusal& refusal, const Words& words);
// `in_force`: the version of the model that is so now.
Problem problem_of(const edition::Refusal& refusal, edition::Number in_force, const Words& words);

// Of the API's own; "not-found" and the like.
Problem problem_of_status(int status, const Words& words);

// "There are mistakes in what was sent", with each of them.
Problem problem_of_faults(std::vector<Fault> faults, const Words& words);

// What a fault is, and its cure.
std::string text_of(const Fault& fault, const Words& words);

http::Response response_of(const Problem& problem, const Words& words);

// The problems that are the API's own, by name and status, in the order of docs/errors/api.md.
struct OwnProblem {
    std::string_view name;
    int status;
};

const std::vector<OwnProblem>& own_problems();

}  // namespace balcao::api
