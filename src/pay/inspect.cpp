#include "pay/inspect.hpp"

#include <algorithm>
#include <array>
#include <variant>

#include "pay/till_event.hpp"

namespace balcao::pay {
namespace {

constexpr std::array prefixes{payments_prefix, tills_prefix, books_prefix, runs_prefix, references_prefix};

std::string at(const journal::Event& event, const std::string& what) {
    return "event " + std::to_string(event.version) + ": " + what;
}

// One page of a book: the same text whoever says it.
std::string page_of(const ReceiptNumber& number, const ReceiptIssued& page) {
    return to_text(number) + ": " + (page.kind == ReceiptKind::payment ? "payment " : "refund ") +
           to_text(page.payment) + " " + std::to_string(page.of) + ", " +
           format_money({page.cents, page.currency});
}

// One line of a till: the same text whoever says it. What was paid out is less than nothing.
std::string line_of(const TillKey& till, const TillLine& line) {
    const char* means = line.means == Means::card ? "card" : "cash";
    return to_text(till) + ": payment " + to_text(line.payment) + " " + std::to_string(line.of) + ", " +
           means + " " + std::to_string(line.cents);
}

bool is_whole(const Totals& totals) {
    return totals.taken == totals.kept + totals.returned + totals.returning + totals.waiting &&
           totals.kept >= 0 && totals.returned >= 0 && totals.returning >= 0 && totals.waiting >= 0;
}

// What one side says and the other does not.
void tell_missing(std::vector<std::string>& found,
                  const std::map<std::string, std::string>& said,
                  const std::map<std::string, std::string>& other,
                  const std::string& what) {
    for (const auto& [text, stream] : said)
        if (other.count(text) == 0) found.push_back(stream + ": " + text + ": " + what);
}

}  // namespace

bool is_inspected(std::string_view stream) {
    return stream == strays_stream ||
           std::ranges::any_of(prefixes, [&](std::string_view prefix) { return stream.starts_with(prefix); });
}

std::vector<std::string> Inspection::take(const std::vector<journal::Event>& stream) {
    if (stream.empty()) return {};
    const std::string& name = stream.front().stream;
    if (const auto number = payment_of_stream(name)) return take_payment(*number, stream);
    if (const auto till = till_of_stream(name)) return take_till(*till, stream);
    if (name.starts_with(books_prefix)) return take_book(stream);
    if (name.starts_with(references_prefix)) return take_reference(stream);
    if (name.starts_with(runs_prefix)) return take_run(stream);
    if (name != strays_stream) return {"its name is that of no payment or till"};
    std::vector<std::string> found;
    for (const auto& event : stream) {
        const auto decoded = decode_stray(event);
        if (!decoded) {
            found.push_back(at(event, decoded.error().what));
            continue;
        }
        const auto* settled = std::get_if<StraySettled>(&*decoded);
        if (settled != nullptr && (settled->stray == 0 || settled->stray >= event.version))
            found.push_back(at(event, "settles what was not heard before"));
    }
    return found;
}

std::vector<std::string> Inspection::take_payment(const PaymentNumber& number,
                                                  const std::vector<journal::Event>& stream) {
    payments_.emplace(number, stream.front().stream);
    Payment payment;
    payment.number = number;
    for (const auto& event : stream) {
        if (const auto applied = apply(payment, event); !applied) return {at(event, applied.error().what)};
        if (!is_whole(totals_of(payment))) return {at(event, "money is lost or made")};
    }
    know_money(payment);
    return {};
}

void Inspection::know_money(const Payment& payment) {
    const std::string stream = stream_of(payment.number);
    const auto say_receipt = [&](const ReceiptNumber& receipt, const ReceiptIssued& page) {
        receipts_of_payments_.emplace(page_of(receipt, page), stream);
    };
    const auto say_line = [&](const std::optional<TillKey>& till, const TillLine& line) {
        if (till) lines_of_payments_.emplace(line_of(*till, line), stream);
    };
    const auto* paid = std::get_if<Paid>(&payment.stage);
    for (const auto& taking : payment.takings) {
        const bool pays = paid != nullptr && paid->taking == taking.what.taking;
        if (pays)
            say_receipt(paid->receipt, {ReceiptKind::payment, payment.number, taking.what.taking, payment.sum,
                                        payment.asked.currency});
        say_line(taking.what.till,
                 {payment.number, taking.what.taking, taking.what.means, taking.what.cents, {}, {}});
    }
    for (const auto& refund : payment.refunds) {
        const auto* made = std::get_if<Made>(&refund.state);
        if (made == nullptr) continue;
        say_receipt(made->receipt, {ReceiptKind::refund, payment.number, refund.what.refund,
                                    refund.what.cents, payment.asked.currency});
        say_line(made->till, {payment.number, refund.what.refund, Means::cash, -refund.what.cents, {}, {}});
    }
}

std::vector<std::string> Inspection::take_till(const TillKey& key,
                                               const std::vector<journal::Event>& stream) {
    Till till;
    till.key = key;
    for (const auto& event : stream)
        if (const auto applied = apply(till, event); !applied) return {at(event, applied.error().what)};
    for (const auto& line : till.lines)
        lines_of_tills_.emplace(line_of(key, line), stream.front().stream);
    return {};
}

std::vector<std::string> Inspection::take_book(const std::vector<journal::Event>& stream) {
    std::vector<std::string> found;
    for (const auto& event : stream) {
        ReceiptNumber number;
        const std::string text =
            event.stream.substr(books_prefix.size()) + "/" + std::to_string(event.version);
        if (!from_text(text, number)) return {"its name is that of no book of receipts"};
        const auto decoded = decode_book(event);
        if (!decoded)
            found.push_back(at(event, decoded.error().what));
        else
            receipts_of_books_.emplace(page_of(number, std::get<ReceiptIssued>(*decoded)), event.stream);
    }
    return found;
}

std::vector<std::string> Inspection::take_reference(const std::vector<journal::Event>& stream) {
    std::vector<std::string> found;
    for (const auto& event : stream) {
        const auto decoded = decode_reference(event);
        if (decoded)
            references_.emplace_back(event.stream, std::get<ReferenceAssigned>(*decoded).payment);
        else
            found.push_back(at(event, decoded.error().what));
    }
    return found;
}

// Each run goes on where the one before it ended.
std::vector<std::string> Inspection::take_run(const std::vector<journal::Event>& stream) {
    PaymentNumber first;
    if (!from_text(stream.front().stream.substr(runs_prefix.size()) + "-000001", first))
        return {"its name is no year"};
    std::vector<std::string> found;
    auto& next = runs_[first.year];
    next = 1;
    for (const auto& event : stream) {
        const auto decoded = decode_numbers(event);
        const auto* taken = decoded ? std::get_if<NumbersTaken>(&*decoded) : nullptr;
        if (taken == nullptr)
            found.push_back(at(event, decoded.error().what));
        else if (taken->first != next || taken->count == 0)
            found.push_back(at(event, "does not go on where the run before it ended"));
        else
            next += taken->count;
    }
    return found;
}

std::vector<std::string> Inspection::finish() {
    std::vector<std::string> found;
    tell_missing(found, receipts_of_payments_, receipts_of_books_, "no page of the book of receipts says so");
    tell_missing(found, receipts_of_books_, receipts_of_payments_, "no payment says so");
    tell_missing(found, lines_of_payments_, lines_of_tills_, "no line of the till says so");
    tell_missing(found, lines_of_tills_, lines_of_payments_, "no payment says so");
    for (const auto& [stream, payment] : references_)
        if (payments_.count(payment) == 0)
            found.push_back(stream + ": is of payment " + to_text(payment) + ", which is not there");
    for (const auto& [number, stream] : payments_) {
        const auto run = runs_.find(number.year);
        if (run == runs_.end() || number.serial >= run->second)
            found.push_back(stream + ": its number is out of no run that was taken");
    }
    return found;
}

}  // namespace balcao::pay
