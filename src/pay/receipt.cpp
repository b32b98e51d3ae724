#include "pay/receipt.hpp"

#include <chrono>
#include <utility>
#include <variant>

#include "crypto/hash.hpp"
#include "merkle/tree.hpp"
#include "text/catalogue.hpp"

namespace balcao::pay {
namespace {

std::vector<ReceiptLine> lines_of(const Payment& payment, const ReceiptIssued& receipt) {
    std::vector<ReceiptLine> lines;
    if (receipt.kind == ReceiptKind::payment) {
        for (const auto& item : payment.asked.items)
            lines.push_back({item.service, item.entity, item.cents});
        return lines;
    }
    for (const auto& part : payment.refund(receipt.of)->what.parts) {
        const auto* item = payment.find(part.item);
        lines.push_back({item->service, item->entity, part.cents});
    }
    return lines;
}

std::string name_in(const model::Model& model, const model::ServiceKey& key, std::string_view language) {
    const auto* found = model.find(key);
    return found == nullptr ? key.text() : found->name.in(language);
}

std::string name_in(const model::Model& model, const model::EntityKey& key, std::string_view language) {
    const auto* found = model.find(key);
    return found == nullptr ? key.text() : found->name.in(language);
}

std::string_view how_of(const ReceiptSheet& sheet) {
    if (sheet.kind == ReceiptKind::refund)
        return sheet.way == Way::desk ? "Given back in cash" : "Given back the way it was paid";
    switch (sheet.means) {
        case Means::reference:
            return "Paid by reference";
        case Means::card:
            return "Paid by card";
        case Means::cash:
            break;
    }
    return "Paid in cash";
}

std::string moment_of(Instant at, const Zone& zone) {
    const auto civil = zone.at(at);
    const auto minutes = std::chrono::floor<std::chrono::minutes>(civil.since_midnight).count();
    return format_date(civil.date) + " " + format_time_of_day(static_cast<int>(minutes));
}

}  // namespace

Answer<ReceiptSheet> find_receipt(const Room& room, const ReceiptNumber& number) {
    if (number.serial == 0) return Refusal{Reason::no_such_payment};
    const auto events = room.store().read(stream_of_book(number), number.serial - 1);
    if (!events) return Refusal{Reason::unavailable};
    if (events->empty()) return Refusal{Reason::no_such_payment};
    const auto& event = events->front();
    const auto decoded = decode_book(event);
    if (!decoded) return Refusal{Reason::unavailable};
    const auto& issued = std::get<ReceiptIssued>(*decoded);
    const auto found = room.find(issued.payment);
    if (const auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
    const auto& payment = std::get<Payment>(found);
    const auto* refund = issued.kind == ReceiptKind::refund ? payment.refund(issued.of) : nullptr;
    const auto* taking = payment.taking(refund == nullptr ? issued.of : refund->what.taking);
    if (taking == nullptr) return Refusal{Reason::unavailable};
    ReceiptSheet sheet;
    sheet.number = number;
    sheet.kind = issued.kind;
    sheet.payment = issued.payment;
    sheet.about = payment.asked.about;
    sheet.at = event.at;
    sheet.cents = issued.cents;
    sheet.currency = issued.currency;
    sheet.means = taking->what.means;
    sheet.lines = lines_of(payment, issued);
    if (refund != nullptr) sheet.way = refund->way;
    const auto hash = merkle::leaf_hash(journal::entry_of(event));
    sheet.entry_hash = crypto::to_hex(crypto::bytes_of(hash));
    return sheet;
}

Answer<std::vector<ReceiptIssued>> book_of(const Room& room, const model::SiteKey& site, int year) {
    const auto events = room.store().read(stream_of_book({site, year, 1}), 0);
    if (!events) return Refusal{Reason::unavailable};
    std::vector<ReceiptIssued> book;
    for (const auto& event : *events) {
        const auto decoded = decode_book(event);
        if (!decoded) return Refusal{Reason::unavailable};
        book.push_back(std::get<ReceiptIssued>(*decoded));
    }
    return book;
}

std::string text_of(const ReceiptSheet& sheet,
                    const model::Model& model,
                    std::string_view language,
                    const Zone& zone) {
    const auto& words = text::catalogue();
    const bool is_refund = sheet.kind == ReceiptKind::refund;
    const auto amount = [&](std::int64_t cents) { return format_money({cents, sheet.currency}); };
    std::string out =
        is_refund
            ? words.text(language, "Proof that {number} was given back", {{"number", to_text(sheet.number)}})
            : words.text(language, "Proof of payment {number}", {{"number", to_text(sheet.number)}});
    out += "\n" + moment_of(sheet.at, zone) + "\n";
    out += words.text(language, "Payment {number}", {{"number", to_text(sheet.payment)}}) + "\n";
    if (!sheet.about.empty()) out += words.text(language, "About: {about}", {{"about", sheet.about}}) + "\n";
    out += "\n";
    for (const auto& line : sheet.lines)
        out += name_in(model, line.service, language) + " (" + name_in(model, line.entity, language) +
               "): " + amount(line.cents) + "\n";
    out += words.text(language, "Sum: {amount}", {{"amount", amount(sheet.cents)}}) + "\n";
    out += std::string{words.text(language, how_of(sheet))} + "\n\n";
    out +=
        std::string{words.text(language,
                               "This proves what was paid and is no invoice. Taxes, if there are any, are on "
                               "the invoice of whom it was paid to.")} +
        "\n";
    out += words.text(language, "In the city's record as {hash}", {{"hash", sheet.entry_hash}}) + "\n";
    return out;
}

}  // namespace balcao::pay
