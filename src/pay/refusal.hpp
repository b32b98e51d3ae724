#pragma once
// Why something was not done, and what is true now, for pages to word in the person's language. Used by every
// command of `pay`.
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace balcao::pay {

enum class Reason : std::uint8_t {
    unavailable,  // the journal cannot be read or written now; the same key later finds what was done
    // What was asked.
    name_unfit,      // a name or text that is empty, too long or not text; what: which
    amount_unfit,    // not above nothing, or more than can be; what: which item
    too_much,        // more items, or more that happened to one payment, than is kept
    item_twice,      // what: which
    price_unknown,   // what: the service of which nobody knows what it costs, or not yet
    no_entity,       // what: the service of which nobody knows who gets the money
    other_currency,  // not the city's
    nothing_to_pay,
    quote_over,  // it held until then, and was not told again
    // What is there.
    no_such_payment,
    no_such_provider,
    no_such_collection,
    no_such_taking,
    no_such_refund,
    no_such_item,  // what: which
    no_such_oddity,
    no_such_stray,
    payment_over,  // it is paid, lapsed or cancelled; what: which of them
    not_paid,
    charge_under_way,  // nobody knows yet what became of the one before
    nothing_owed,      // all of it was given back already, or none of it is to be
    not_undecided,     // nothing of that money waits for a person
    not_acceptable,    // it pays for nothing: too little, or it was paid in another way
    not_for_desk,      // this refund is not to be paid out at a desk
    not_failed,        // this refund is under way, or was made
    not_unclear,       // what became of it is known
    too_early,         // what was sent can still arrive
    already_settled,
    // Tills.
    no_such_till,
    till_open_already,
    till_counted,  // it is counted, or closed
    till_closed,
    not_counted,
    not_enough_cash,  // less is in the till than is to be paid out
    other_sum,        // of the pieces, or of what is taken, and not what was asked for; what: that sum
    why_missing,      // a difference without an explanation
    same_person,      // the second is the first
    no_second_needed,
};

// "no-such-payment": the name that programs see.
std::string_view name_of(Reason reason);

struct Refusal {
    Reason reason{};
    std::string what{};
};

template <class T>
using Answer = std::variant<T, Refusal>;

struct Done {
    bool is_repeated = false;
};

}  // namespace balcao::pay
