#pragma once
// What an entity tells later, of itself, of something that it took: POST …/entities/ENTITY/reports, signed
// with its token (docs/entities.md). Pure functions: whether the report is the entity's and of now, and what
// it says. Used by the route of the API; deciding what it changes is `cases`' affair.
#include <chrono>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "cases/cases.hpp"

namespace balcao::connect {

// So far the clocks of the city and of an entity may be apart, and a report under way.
inline constexpr std::chrono::minutes report_age_most{5};
inline constexpr std::size_t report_bytes_most = 16 * std::size_t{1024};

// As it came.
struct ReportPosted {
    model::EntityKey entity;  // of the address
    std::string_view body;
    std::string_view signature;  // the header Balcao-Signature
};

struct EntityReport {
    cases::StepName step;
    cases::Report report;
    std::string key;  // for cases::Cases::report: the same for the same report sent again
};

enum class ReportFault : std::uint8_t {
    no_secret,  // nothing is known by which that entity could sign
    unsigned_,  // without a signature, or with one that is none
    too_old,    // or from the future, beyond report_age_most
    not_signed_so,
    unreadable,  // no report as the contract has it
};

std::string_view name_of(ReportFault fault);

// `secrets`: signing_secrets_of what the entity knows us by.
std::variant<EntityReport, ReportFault> read_report(const ReportPosted& posted,
                                                    const std::vector<std::string>& secrets,
                                                    Instant now);

// The header for a body: "t=1795165200,v1=HEX", HMAC-SHA256 of "1795165200.BODY".
std::string report_signature(std::string_view secret, Instant at, std::string_view body);

// Whether the report is of something that this very entity was asked for: no entity speaks for another.
bool is_of_entity(const EntityReport& report, const model::EntityKey& entity, const cases::Case& whole);

}  // namespace balcao::connect
