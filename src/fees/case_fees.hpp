#pragma once
// The fees of a case: what of it is to be paid, what was paid, and what goes back because it was not
// delivered. It joins the rooms `cases` and `pay`, which know nothing of each other, and keeps nothing of its
// own: what is to be paid follows from the case as it is now and from the payments that were asked for about
// it. Used by the pages, the API and `main`, from any thread; commands wait until they are durable.
//
// A case does not wait for its money (docs/adr/0028-fees-of-a-case.md). A step costs what its plan said when
// it was handed in, whatever the model says since.
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/instant.hpp"
#include "cases/cases.hpp"
#include "model/keys.hpp"
#include "pay/payments.hpp"
#include "pay/tills.hpp"

namespace balcao::fees {

// What a step costs, in cents of the city's currency; above nothing.
struct Line {
    cases::StepKey step;
    model::ServiceKey service;
    model::EntityKey entity;
    std::int64_t cents = 0;
    friend bool operator==(const Line&, const Line&) = default;
};

struct CaseFees {
    cases::CaseNumber number;
    // Of steps that were delivered or may still be, and that no payment has paid; in the case's order.
    std::vector<Line> to_pay;
    std::int64_t sum = 0;
    std::string currency;
    std::vector<pay::Payment> payments;  // that were asked for about it, the oldest first

    // The one that collects exactly what is to pay; null: none was asked for yet, or it has lapsed.
    [[nodiscard]] const pay::Payment* open() const;
};

// Refused by one room or the other.
template <class T>
using Answer = std::variant<T, cases::Refusal, pay::Refusal>;

// The payment is "about" that: the name of the case's stream.
std::string about_of(const cases::CaseNumber& number);
// Nothing for what is about something else.
std::optional<cases::CaseNumber> case_about(const std::string& about);

// What is to pay of a case with those payments. Pure.
CaseFees fees_of(const cases::CaseView& view,
                 std::vector<pay::Payment> payments,
                 const std::string& currency);

// Of what the payment has paid for, that will not be delivered any more and is not given back yet. Pure.
std::vector<pay::NotDelivered> not_delivered(const cases::CaseView& view,
                                             const pay::Payment& payment,
                                             const pay::Settings& settings);

class FeeOffice {
public:
    // All must outlive it.
    FeeOffice(const cases::Cases& cases, pay::Room& room, pay::Payments& payments, pay::Tills& tills)
        : cases_{cases}, room_{room}, payments_{payments}, tills_{tills} {}

    [[nodiscard]] Answer<CaseFees> of(const cases::CaseNumber& number) const;

    // Makes sure that there is a payment of exactly what is to pay now: the one that is open, or a new one.
    // However often and wherever it is called, one. Refusal: nothing_to_pay.
    Answer<pay::PaymentNumber> demand(const cases::CaseNumber& number);

    struct Way {
        pay::ProviderKey provider;
        std::optional<pay::TillKey> till{};  // of a card terminal at a desk
        pay::ClerkKey by{};                  // empty: the person
    };

    // Demands it, and begins to collect it in that way.
    Answer<pay::CollectionSlip> begin(const cases::CaseNumber& number,
                                      const Way& way,
                                      const std::string& key);

    // The provider is asked now what came: for "I have paid".
    Answer<pay::Done> look(const cases::CaseNumber& number);

    // All that is to pay, in cash. `cents`: what was taken less the change.
    Answer<pay::CashTaken> take_cash(const cases::CaseNumber& number,
                                     const pay::TillCall& call,
                                     std::int64_t cents);

    // What the case asks of its money by now: what was paid and is not delivered goes back, and what is
    // collected that is not wanted any more is not collected. To be called after anything happened to the
    // case or to a payment of it; nothing happens twice. Refusal: unavailable.
    Answer<pay::Done> settle(const cases::CaseNumber& number);

    // Told of each case to whose money something happened, here or elsewhere. Before anything else; it must
    // return at once and call nothing of this.
    void listen(std::function<void(const cases::CaseNumber&)> told);

    // By which providers a person can pay from afar.
    [[nodiscard]] std::vector<pay::ProviderKey> from_afar() const;

    [[nodiscard]] pay::Payments& payments() const { return payments_; }

    [[nodiscard]] pay::Tills& tills() const { return tills_; }

    [[nodiscard]] const pay::Room& room() const { return room_; }

private:
    struct Known {
        cases::CaseView view;
        CaseFees fees;
    };

    [[nodiscard]] Answer<Known> known(const cases::CaseNumber& number) const;

    const cases::Cases& cases_;
    pay::Room& room_;
    pay::Payments& payments_;
    pay::Tills& tills_;
};

}  // namespace balcao::fees
