#pragma once
// What must never stand in the streams of money, looked for with nothing but the streams: a sum that is not
// kept, given back or waiting; a till's line that no payment knows, or the other way round; a receipt without
// its money, money that pays without its receipt, or two receipts for one sum; a reference of no payment; a
// number out of no run. Used after races, crashes and restores, by tests and by who verifies a journal. It
// goes by the folds of a payment and a till, and shares no code with the decisions that it checks.
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "journal/event.hpp"
#include "pay/payment.hpp"
#include "pay/till.hpp"

namespace balcao::pay {

bool is_inspected(std::string_view stream);

class Inspection {
public:
    // Whole streams, each once: a sentence for each fault within it, with the version.
    std::vector<std::string> take(const std::vector<journal::Event>& stream);
    // After the last one: what does not fit together, with the streams.
    std::vector<std::string> finish();

private:
    // A sum as one stream has it, and the stream that says so: "receipts/shop/2026 3: payment 2026-000001,
    // …".
    using Said = std::map<std::string, std::string>;

    std::vector<std::string> take_payment(const PaymentNumber& number,
                                          const std::vector<journal::Event>& stream);
    std::vector<std::string> take_till(const TillKey& key, const std::vector<journal::Event>& stream);
    std::vector<std::string> take_book(const std::vector<journal::Event>& stream);
    std::vector<std::string> take_reference(const std::vector<journal::Event>& stream);
    std::vector<std::string> take_run(const std::vector<journal::Event>& stream);
    void know_money(const Payment& payment);

    Said receipts_of_payments_;  // what each says; by payment
    Said receipts_of_books_;
    Said lines_of_payments_;
    Said lines_of_tills_;
    std::vector<std::pair<std::string, PaymentNumber>> references_;
    std::map<PaymentNumber, std::string> payments_;  // with their streams
    std::map<int, std::uint64_t> runs_;              // of a year: the serial after the last that was taken
};

}  // namespace balcao::pay
