#pragma once
// Money as programs read it: what a case costs, a till, a day of the city. Inside `api`; what is true is said
// by `fees` and `pay`.
#include "api/call.hpp"
#include "fees/case_fees.hpp"
#include "pay/receipt.hpp"

namespace balcao::api {

namespace shape {
const SchemaRef& case_fees();
const SchemaRef& fee_receipt();
const SchemaRef& till();
const SchemaRef& money_day();
const SchemaRef& money_to_decide();
}  // namespace shape

// Each appends one value.
void write_case_fees(text::JsonWriter& json,
                     const Words& words,
                     const Zone& zone,
                     const fees::CaseFees& fees);
void write_fee_receipt(text::JsonWriter& json, const pay::ReceiptSheet& sheet);
void write_till(text::JsonWriter& json, const pay::Till& till);
void write_money_day(text::JsonWriter& json, const pay::DaySummary& day);
void write_money_to_decide(text::JsonWriter& json,
                           const std::vector<pay::Payment>& payments,
                           const std::vector<pay::Stray>& strays);

// Where money is collected; null where nobody collects any, which is answered.
fees::FeeOffice* fee_office(const CallRef& call);

// Answers with why one of the rooms refused; only for an answer that has no value.
template <class T>
void refuse_fee(const CallRef& call, const fees::Answer<T>& answer) {
    if (const auto* by_cases = std::get_if<cases::Refusal>(&answer)) return call->refuse(*by_cases);
    call->refuse(std::get<pay::Refusal>(answer));
}

}  // namespace balcao::api
