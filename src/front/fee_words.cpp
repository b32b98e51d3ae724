#include "front/fee_words.hpp"

#include <algorithm>
#include <cstdlib>

#include "front/moment.hpp"
#include "text/number.hpp"

namespace balcao::front {
namespace {

using text::Words;

const char* english_of_asking(pay::Reason reason) {
    using pay::Reason;
    switch (reason) {
        case Reason::unavailable:
            return "This cannot be done right now. Nothing was lost; try again in a moment.";
        case Reason::amount_unfit:
            return "Write an amount in euros, such as 46.20.";
        case Reason::too_much:
            return "This is more than one payment can hold.";
        case Reason::price_unknown:
        case Reason::no_entity:
        case Reason::other_currency:
            return "What this costs is not known here. Ask at the counter.";
        case Reason::nothing_to_pay:
            return "There is nothing to pay.";
        case Reason::quote_over:
            return "The price was told too long ago. Begin again.";
        case Reason::no_such_payment:
        case Reason::no_such_collection:
        case Reason::no_such_taking:
        case Reason::no_such_refund:
        case Reason::no_such_item:
        case Reason::no_such_oddity:
        case Reason::no_such_stray:
            return "There is no such payment.";
        case Reason::no_such_provider:
            return "It cannot be paid in this way.";
        default:
            return "What was sent is not whole. Begin again.";
    }
}

const char* english_of_money(pay::Reason reason) {
    using pay::Reason;
    switch (reason) {
        case Reason::payment_over:
            return "This payment is over: it was paid, or is not wanted any more.";
        case Reason::not_paid:
            return "This was not paid.";
        case Reason::charge_under_way:
            return "Nobody knows yet what became of the charge before. Wait until it is found out.";
        case Reason::nothing_owed:
            return "Nothing of it is to be given back.";
        case Reason::not_undecided:
            return "Nothing of this money waits for a decision.";
        case Reason::not_acceptable:
            return "This money cannot pay for it: give it back.";
        case Reason::not_for_desk:
            return "This is not paid out at a desk.";
        case Reason::not_failed:
            return "This is under way, or was given back.";
        case Reason::not_unclear:
            return "What became of this is known.";
        case Reason::too_early:
            return "What was sent may still arrive. Look again later.";
        case Reason::already_settled:
            return "This was settled already.";
        default:
            return nullptr;
    }
}

const char* english_of_till(pay::Reason reason) {
    using pay::Reason;
    switch (reason) {
        case Reason::no_such_till:
            return "Open the till first.";
        case Reason::till_open_already:
            return "The till is open already.";
        case Reason::till_counted:
            return "The till is counted: nothing goes into it any more.";
        case Reason::till_closed:
            return "The till is closed.";
        case Reason::not_counted:
            return "The till is not counted yet.";
        case Reason::not_enough_cash:
            return "There is not enough cash in the till.";
        case Reason::why_missing:
            return "Write why.";
        case Reason::same_person:
            return "A second person must sign: somebody else than who counted.";
        case Reason::no_second_needed:
            return "No second person is needed.";
        default:
            return nullptr;
    }
}

}  // namespace

std::string refusal_text(const pay::Refusal& refusal, const Words& words) {
    if (refusal.reason == pay::Reason::other_sum) {
        const auto sum = parse_money(refusal.what);
        const std::int64_t pieces = std::strtoll(refusal.what.c_str(), nullptr, 10);
        return words("The sum is another one: {what}.",
                     {{"what", sum_text(sum ? sum->cents : pieces, words)}});
    }
    if (const char* english = english_of_till(refusal.reason)) return words(english);
    if (const char* english = english_of_money(refusal.reason)) return words(english);
    return words(english_of_asking(refusal.reason));
}

int status_of(const pay::Refusal& refusal) {
    using pay::Reason;
    switch (refusal.reason) {
        case Reason::unavailable:
            return 503;
        case Reason::no_such_payment:
        case Reason::no_such_provider:
        case Reason::no_such_collection:
        case Reason::no_such_taking:
        case Reason::no_such_refund:
        case Reason::no_such_item:
        case Reason::no_such_oddity:
        case Reason::no_such_stray:
            return 404;
        case Reason::name_unfit:
        case Reason::amount_unfit:
        case Reason::too_much:
        case Reason::item_twice:
        case Reason::price_unknown:
        case Reason::no_entity:
        case Reason::other_currency:
        case Reason::other_sum:
        case Reason::why_missing:
            return 422;
        default:
            return 409;
    }
}

std::string sum_text(std::int64_t cents, const Words& words) {
    constexpr double cents_each = 100;
    return text::format_number(static_cast<double>(cents) / cents_each, words.code(), 2) + " €";
}

std::optional<std::int64_t> cents_in(std::string_view typed) {
    constexpr std::int64_t ten = 10;
    constexpr int decimals_most = 2;
    std::int64_t cents = 0;
    int digits = 0;
    int decimals = -1;  // before the point
    const auto is_blank = [](char letter) { return letter == ' ' || letter == '\t'; };
    while (!typed.empty() && is_blank(typed.front()))
        typed.remove_prefix(1);
    constexpr std::string_view euro = "€";
    if (typed.ends_with(euro)) typed.remove_suffix(euro.size());
    while (!typed.empty() && is_blank(typed.back()))
        typed.remove_suffix(1);
    for (const char letter : typed) {
        if ((letter == ',' || letter == '.') && decimals < 0 && digits > 0) {
            decimals = 0;
            continue;
        }
        if (letter < '0' || letter > '9') return std::nullopt;
        if (decimals >= 0 && ++decimals > decimals_most) return std::nullopt;
        cents = cents * ten + (letter - '0');
        ++digits;
        if (cents > pay::cents_most) return std::nullopt;
    }
    if (digits == 0 || decimals == 0) return std::nullopt;
    for (int missing = std::max(decimals, 0); missing < decimals_most; ++missing)
        cents *= ten;
    if (cents > pay::cents_most) return std::nullopt;
    return cents;
}

std::string refund_text(const pay::Refund& refund, const Zone& zone, const Words& words) {
    const std::string sum = sum_text(refund.what.cents, words);
    if (const auto* made = std::get_if<pay::Made>(&refund.state))
        return words("{sum} were given back to you on {day}.",
                     {{"sum", sum}, {"day", day_text(zone.at(made->at).date, words)}});
    if (std::holds_alternative<pay::AtDesk>(refund.state))
        return words("{sum} wait for you at a counter.", {{"sum", sum}});
    if (std::holds_alternative<pay::Failed>(refund.state))
        return words("{sum} go back to you. It did not work yet; somebody looks after it.", {{"sum", sum}});
    return words("{sum} go back to you.", {{"sum", sum}});
}

std::string means_text(pay::Means means, const Words& words) {
    switch (means) {
        case pay::Means::reference:
            return words("By reference");
        case pay::Means::card:
            return words("By card");
        case pay::Means::cash:
            return words("In cash");
    }
    return {};
}

}  // namespace balcao::front
