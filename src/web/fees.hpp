#pragma once
// What a case costs, on its citizen's page: how it can be paid, what was paid, what goes back. Internal to
// `web`; what is true of it is said by `fees`.
#include "cases/case_number.hpp"
#include "web/shared.hpp"

namespace balcao::web {

// Nothing where nothing costs anything and nothing was ever paid.
void write_fees(html::Content& into,
                const Shared& shared,
                const Words& words,
                const cases::CaseNumber& number);

void add_fee_routes(http::Router& router, Shared& shared);
void add_till_routes(http::Router& router, Shared& shared);   // of a desk
void add_money_routes(http::Router& router, Shared& shared);  // for who answers for the city's money

}  // namespace balcao::web
