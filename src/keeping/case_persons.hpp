#pragma once
// The persons of cases, for who erases them: whose case it is, and what its stream has to say once that
// person is erased. Used by `balcao erase`, by retention and by restore.
#include <map>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "cases/case_number.hpp"
#include "journal/store.hpp"

namespace balcao::keeping {

// By person the streams of their cases.
using CasesOf = std::multimap<std::string, std::string, std::less<>>;

// By their names in the journal. Error: not_found when there is no such case, invalid when it names nobody,
// unavailable.
Result<std::string> person_of(const journal::Store& store, const cases::CaseNumber& number);

// Walks through the whole journal. Error: unavailable.
Result<CasesOf> cases_of(const journal::Store& store, const std::vector<std::string>& persons);

// What the streams of these cases have to say, after what they say now: that their person is erased, and what
// follows from that. Those that say so already are left out. Error: unavailable.
Result<std::vector<journal::Writing>> told_to_cases(const journal::Store& store,
                                                    const std::vector<std::string>& streams,
                                                    Instant at);

}  // namespace balcao::keeping
