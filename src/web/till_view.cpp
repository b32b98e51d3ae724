#include "web/till_view.hpp"

#include <algorithm>

#include "front/case_words.hpp"
#include "front/fee_words.hpp"
#include "front/moment.hpp"
#include "web/forms.hpp"

namespace balcao::web {
namespace {

using html::Content;
using html::with;
using pay::Till;

html::Url till_url(const Words& words, const TillPlace& place, const char* verb) {
    return url(words, {"till", place.site->key.text(), office::to_string(place.desk), verb});
}

void begin_till_form(Content& form, const TillPlace& place) {
    write_hidden(form, "key", new_form_key());
    write_hidden(form, "day", format_date(place.till.date));
}

std::string till_words(const Till& till, const Words& words) {
    if (till.is_open()) return words("The till is open.");
    if (std::holds_alternative<pay::TillIsCounted>(till.stage))
        return words("The till is counted, and waits for a second person to sign.");
    return words("The till is closed.");
}

std::string clerk_name(const Shared& shared, const pay::ClerkKey& clerk) {
    const auto account = shared.staff.account(staff::AccountKey{clerk.text()});
    return account ? account->names.name : clerk.text();
}

const pay::Count* till_count(const Till& till) {
    if (const auto* counted = std::get_if<pay::TillIsCounted>(&till.stage)) return &counted->count;
    if (const auto* closed = std::get_if<pay::TillIsClosed>(&till.stage)) return &closed->count;
    return nullptr;
}

void write_till_sums(Content& main, const Shared& shared, const Words& words, const Till& till) {
    const pay::TillSheet sheet = pay::sheet_of(till);
    main.element<"dl">({with<"class">("facts till")}, [&](Content& facts) {
        write_fact(facts, words("Float"), front::sum_text(sheet.float_cents, words));
        write_fact(facts, words("Taken in cash, less what was paid out"), front::sum_text(sheet.cash, words));
        if (sheet.corrections != 0)
            write_fact(facts, words("Corrections"), front::sum_text(sheet.corrections, words));
        write_fact(facts, words("Cash that should be in it"), front::sum_text(sheet.expected, words));
        write_fact(facts, words("Taken by card"), front::sum_text(sheet.card, words));
        const auto* count = till_count(till);
        if (count == nullptr) return;
        write_fact(facts, words("Counted"), front::sum_text(count->cents, words));
        write_fact(facts, words("Difference"), front::sum_text(count->difference(), words));
        write_fact(facts, words("Why"), count->why);
        write_fact(facts, words("Counted by"),
                   clerk_name(shared, count->by) + ", " +
                       front::moment_text(shared.office.zone(), count->at, words));
        if (const auto* closed = std::get_if<pay::TillIsClosed>(&till.stage);
            closed && !closed->second.empty())
            write_fact(facts, words("Signed by"), clerk_name(shared, closed->second));
    });
}

void write_till_lines(Content& main, const Shared& shared, const Words& words, const Till& till) {
    if (till.lines.empty() && till.corrections.empty() && till.found_later.empty()) return;
    main.element<"h2">(words("What went in and out"));
    main.element<"table">({with<"class">("queue numbered")}, [&](Content& table) {
        table.element<"thead">([&](Content& head) {
            head.element<"tr">([&](Content& row) {
                for (const char* title : {"When", "Payment", "How", "Amount"})
                    row.element<"th">({with<"scope">("col")}, words(title));
            });
        });
        const auto write_row = [&](Content& body, Instant at, const std::string& what, const std::string& how,
                                   std::int64_t cents) {
            body.element<"tr">([&](Content& row) {
                row.element<"th">({with<"scope">("row")}, front::time_text(shared.office.zone(), at));
                row.element<"td">(what);
                row.element<"td">(how);
                row.element<"td">(front::sum_text(cents, words));
            });
        };
        table.element<"tbody">([&](Content& body) {
            for (const auto& line : till.lines)
                write_row(body, line.at, to_text(line.payment),
                          line.cents < 0 ? words("Paid out") : front::means_text(line.means, words),
                          line.cents);
            for (const auto& one : till.corrections)
                write_row(body, one.at, one.why, words("Correction"), one.cents);
            for (const auto& one : till.found_later)
                write_row(body, one.at, one.why, words("Found later"), one.cents);
        });
    });
}

// How the last charge of a payment at a terminal stands; empty where there was none.
std::string charge_text(const pay::Payment& payment, const Words& words) {
    for (auto one = payment.collections.rbegin(); one != payment.collections.rend(); ++one) {
        if (one->means != pay::Means::card) continue;
        if (std::holds_alternative<pay::Declined>(one->state)) return words("The card was declined.");
        if (std::holds_alternative<pay::Collected>(one->state)) return {};
        return words("The card is being charged. Wait until this page says what came of it.");
    }
    return {};
}

void write_taking(Content& main,
                  const Shared& shared,
                  const Words& words,
                  const TillPlace& place,
                  const fees::CaseFees& fees) {
    const model::Model& city = shared.office.model();
    const std::string number = to_text(fees.number);
    main.element<"h3">(words("Request {number}", {{"number", number}}));
    if (fees.to_pay.empty()) {
        main.element<"p">(words("There is nothing to pay."));
        return;
    }
    main.element<"dl">({with<"class">("facts")}, [&](Content& facts) {
        for (const auto& line : fees.to_pay)
            write_fact(facts, front::name_of(line.service, city, words), front::sum_text(line.cents, words));
    });
    main.element<"p">({with<"class">("headline")},
                      words("To pay: {sum}", {{"sum", front::sum_text(fees.sum, words)}}));
    if (const auto* open = fees.open())
        if (const auto charge = charge_text(*open, words); !charge.empty())
            main.element<"p">({with<"class">("told"), with<"role">("status")}, charge);
    main.element<"form">(
        {with<"method">("post"), with<"action">(till_url(words, place, "take")), with<"class">("sheet")},
        [&](Content& form) {
            begin_till_form(form, place);
            write_hidden(form, "request", number);
            write_hidden(form, "sum", std::to_string(fees.sum));
            write_field(form, {"received", words("Cash that you were given, in euros"), "text", "", "off"});
            form.element<"button">({with<"class">("main")}, words("Take it in cash"));
        });
    if (card_terminal(shared).empty()) return;
    main.element<"form">({with<"method">("post"), with<"action">(till_url(words, place, "charge"))},
                         [&](Content& form) {
                             begin_till_form(form, place);
                             write_hidden(form, "request", number);
                             form.element<"button">(words("Charge a card at the terminal"));
                         });
}

// The request whose number was typed.
void write_request_at_till(Content& main,
                           const http::Request& request,
                           const Shared& shared,
                           const Words& words,
                           const TillPlace& place) {
    const auto in_form = request.form.text("request");
    const std::string typed{in_form.empty() ? request.query.text("request") : in_form};
    main.element<"h2">(words("What a request costs"));
    main.element<"form">(
        {with<"method">("get"),
         with<"action">(url(words, {"till", place.site->key.text(), office::to_string(place.desk)})),
         with<"class">("sheet")},
        [&](Content& form) {
            write_field(form, {"request", words("Number of the request"), "text", typed, "off"});
            form.element<"button">(words("Show"));
        });
    if (typed.empty()) return;
    cases::CaseNumber number;
    if (!from_text(typed, number)) {
        main.element<"p">({with<"class">("complaint")},
                          words("Write the number as it stands on the request, such as 2026-000123."));
        return;
    }
    const auto found = shared.fees->of(number);
    if (const auto* fees = std::get_if<fees::CaseFees>(&found))
        return write_taking(main, shared, words, place, *fees);
    if (const auto* refusal = std::get_if<cases::Refusal>(&found))
        main.element<"p">({with<"class">("complaint")},
                          front::refusal_text(*refusal, shared.office.zone(), words));
    else
        main.element<"p">({with<"class">("complaint")},
                          front::refusal_text(std::get<pay::Refusal>(found), words));
}

// What people come to fetch.
void write_payable(Content& main, const Shared& shared, const Words& words, const TillPlace& place) {
    const auto waiting = shared.fees->payments().at_desks();
    if (waiting.empty()) return;
    main.element<"h2">(words("What people come to fetch"));
    main.element<"ul">([&](Content& list) {
        for (const auto& one : waiting) {
            const auto& number = one.first;
            const auto refund = one.second;
            const auto found = shared.fees->payments().find(number);
            const auto* payment = std::get_if<pay::Payment>(&found);
            if (payment == nullptr || payment->refund(refund) == nullptr) continue;
            const auto about = fees::case_about(payment->asked.about);
            list.element<"li">([&](Content& item) {
                item.element<"p">(
                    words("Request {number}", {{"number", about ? to_text(*about) : to_text(number)}}) +
                    ": " + front::sum_text(payment->refund(refund)->what.cents, words));
                item.element<"form">(
                    {with<"method">("post"), with<"action">(till_url(words, place, "pay-out"))},
                    [&](Content& form) {
                        begin_till_form(form, place);
                        write_hidden(form, "payment", to_text(number));
                        write_hidden(form, "refund", std::to_string(refund));
                        form.element<"button">(words("Pay out in cash"));
                    });
            });
        }
    });
}

void write_counting(Content& main, const Words& words, const TillPlace& place, bool is_again) {
    main.element<"details">({with<"id">("count")}, [&](Content& more) {
        more.element<"summary">(is_again ? words("Count it again") : words("Count and close the till"));
        more.element<"form">(
            {with<"method">("post"), with<"action">(till_url(words, place, "count")), with<"class">("sheet")},
            [&](Content& form) {
                begin_till_form(form, place);
                write_field(form, {"counted", words("Cash that is in it, in euros"), "text", "", "off"});
                write_field(form, {"why", words("Why it differs, if it does"), "text", "", "off"});
                form.element<"button">(words("It is counted"));
            });
    });
}

void write_correcting(Content& main, const Words& words, const TillPlace& place) {
    main.element<"details">({with<"id">("correct")}, [&](Content& more) {
        more.element<"summary">(words("Put something right"));
        more.element<"form">(
            {with<"method">("post"), with<"action">(till_url(words, place, "correct")),
             with<"class">("sheet")},
            [&](Content& form) {
                begin_till_form(form, place);
                form.element<"label">({with<"for">("direction")}, words("There is"));
                form.element<"select">(
                    {with<"id">("direction"), with<"name">("direction")}, [&](Content& select) {
                        select.element<"option">({with<"value">("more")}, words("more in it"));
                        select.element<"option">({with<"value">("less")}, words("less in it"));
                    });
                write_field(form, {"amount", words("By how much, in euros"), "text", "", "off"});
                write_field(form, {"reason", words("Why"), "text", "", "off"});
                form.element<"button">(words("Write it down"));
            });
    });
}

}  // namespace

html::Url till_url(const Words& words, const TillPlace& place) {
    return url(words, {"till", place.site->key.text(), office::to_string(place.desk)},
               {{"day", format_date(place.till.date)}});
}

pay::ProviderKey card_terminal(const Shared& shared) {
    for (const auto& [key, joined] : shared.fees->room().providers())
        if (joined.terms.means == pay::Means::card) return key;
    return {};
}

void write_opening(Content& main, const Words& words, const TillPlace& place) {
    main.element<"p">(words("The till of this desk is not open on this day."));
    main.element<"form">(
        {with<"method">("post"), with<"action">(till_url(words, place, "open")), with<"class">("sheet")},
        [&](Content& form) {
            begin_till_form(form, place);
            write_field(form, {"amount", words("Float in the till, in euros"), "text", "", "off"});
            form.element<"button">({with<"class">("main")}, words("Open the till"));
        });
}

void write_till(Content& main,
                const http::Request& request,
                const Shared& shared,
                const Words& words,
                const TillPlace& place,
                const Till& till) {
    main.element<"p">({with<"class">("headline"), with<"data-till">(till.is_open() ? "open" : "over")},
                      till_words(till, words));
    const bool is_counted = std::holds_alternative<pay::TillIsCounted>(till.stage);
    if (till.is_open()) {
        write_request_at_till(main, request, shared, words, place);
        write_payable(main, shared, words, place);
        main.element<"h2">(words("The till"));
    }
    write_till_sums(main, shared, words, till);
    if (is_counted)
        main.element<"form">({with<"method">("post"), with<"action">(till_url(words, place, "countersign"))},
                             [&](Content& form) {
                                 begin_till_form(form, place);
                                 form.element<"button">({with<"class">("main")},
                                                        words("Sign as the second person"));
                             });
    if (till.is_open() || is_counted) write_counting(main, words, place, is_counted);
    if (!is_counted) write_correcting(main, words, place);
    write_till_lines(main, shared, words, till);
}

}  // namespace balcao::web
