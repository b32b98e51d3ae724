#pragma once
// Receipts: a proof that money was paid, or given back. They are pages of a book, one for each site and year,
// numbered by their place in it: the commit that takes the money writes the page, so there is no number
// without its money, no money that pays without its number, and no gap. A receipt names the hash of its page
// in the city's log (RFC 9162, the hash of the leaf), so that an outsider finds it there and sees that it was
// not changed.
//
// A receipt of Balcão is not an invoice. Whether a fee bears a tax, and which, is for the entity and its
// invoices to say; nothing of it is reckoned here. Used by pages, papers and auditors.
#include <string>
#include <string_view>
#include <vector>

#include "base/zone.hpp"
#include "model/model.hpp"
#include "pay/room.hpp"

namespace balcao::pay {

struct ReceiptLine {
    model::ServiceKey service;
    model::EntityKey entity;
    std::int64_t cents = 0;
    friend bool operator==(const ReceiptLine&, const ReceiptLine&) = default;
};

// What stands on it; amounts in cents of `currency`.
struct ReceiptSheet {
    ReceiptNumber number;
    ReceiptKind kind = ReceiptKind::payment;
    PaymentNumber payment;
    std::string about;
    Instant at{};
    std::vector<ReceiptLine> lines;  // of money that went back and had paid for nothing: none
    std::int64_t cents = 0;
    std::string currency;
    Means means = Means::cash;  // how it came; of a refund how it had come
    Way way = Way::provider;    // of a refund: how it went
    std::string entry_hash;     // in hexadecimal
    friend bool operator==(const ReceiptSheet&, const ReceiptSheet&) = default;
};

// Refusal: no_such_payment where no such receipt was given out, unavailable.
Answer<ReceiptSheet> find_receipt(const Room& room, const ReceiptNumber& number);

// All receipts of a site and year, in order: the book. Refusal: unavailable.
Answer<std::vector<ReceiptIssued>> book_of(const Room& room, const model::SiteKey& site, int year);

// On paper or in a letter, in that language of the catalogue; names as the model has them, or their keys
// where it has them no more.
std::string text_of(const ReceiptSheet& sheet,
                    const model::Model& model,
                    std::string_view language,
                    const Zone& zone);

}  // namespace balcao::pay
