#pragma once
// The pages of cases: what its citizen sees by its link, the inbox of who works on requests, and where an
// entity answers a letter. Internal to `web`; what is true of a case is said by `cases`, in words by `front`.
#include "cases/cases.hpp"
#include "web/shared.hpp"

namespace balcao::web {

// The case whose link the address bears; nothing for what we did not write.
std::optional<cases::CaseNumber> case_in(const http::Request& request, const Shared& shared);

// The citizen's page of a case.
html::Url case_url(const Shared& shared, const Words& words, const cases::CaseNumber& number);

// What was handed over, each with its name for people.
void write_handed_over(html::Content& into,
                       const Shared& shared,
                       const Words& words,
                       const std::vector<cases::Datum>& data);

void add_case_routes(http::Router& router, Shared& shared);
void add_inbox_routes(http::Router& router, Shared& shared);
void add_answer_routes(http::Router& router, Shared& shared);  // of letters to entities

}  // namespace balcao::web
