// Paying for a case, by its link: a reference to pay with, what came of it, receipts. And, in a
// demonstration, the cash machine at which it is paid.
#include "web/fees.hpp"

#include <algorithm>

#include "crypto/hash.hpp"
#include "front/case_words.hpp"
#include "front/fee_words.hpp"
#include "front/moment.hpp"
#include "pay/multibanco.hpp"
#include "pay/receipt.hpp"
#include "web/case_pages.hpp"
#include "web/forms.hpp"

namespace balcao::web {
namespace {

using cases::CaseNumber;
using fees::CaseFees;
using html::Content;
using html::with;

struct MachineTold {
    std::string complaint{};
    int status = 200;
};

// The last reference that was given for a payment, or null.
const pay::Given* reference_of(const pay::Payment& payment) {
    const pay::Given* given = nullptr;
    for (const auto& collection : payment.collections)
        if (const auto* one = std::get_if<pay::Given>(&collection.state)) given = one;
    return given;
}

// A way to pay was asked for, and the answer is to come.
bool is_asked_for(const pay::Payment& payment) {
    return std::ranges::any_of(payment.collections, [](const pay::Collection& one) {
        return std::holds_alternative<pay::ToSend>(one.state) ||
               std::holds_alternative<pay::Sending>(one.state) ||
               std::holds_alternative<pay::Unclear>(one.state);
    });
}

html::Url fee_url(const Shared& shared, const Words& words, const CaseNumber& number, const char* verb) {
    return url(words, {"cases", shared.case_links.write(number), verb});
}

// The key of the button is made of what it acts on, so that a page that follows is not drawn anew for
// nothing, and what is pressed on two pages is done once.
std::string pay_key(const CaseFees& fees) {
    std::string state = "pay\n" + to_text(fees.number) + "\n";
    for (const auto& payment : fees.payments)
        state += to_text(payment.number) + " " + std::to_string(payment.end.version) + "\n";
    return crypto::to_hex(crypto::bytes_of(crypto::sha256({state})));
}

void write_reference(Content& into,
                     const Shared& shared,
                     const Words& words,
                     const CaseNumber& number,
                     const pay::Payment& payment) {
    const auto* given = reference_of(payment);
    into.element<"dl">({with<"class">("facts reference")}, [&](Content& facts) {
        write_fact(facts, words("Entity of the payment"), given->entity);
        write_fact(facts, words("Reference of the payment"), pay::format_multibanco(given->reference));
        write_fact(facts, words("Amount"), front::sum_text(payment.sum, words));
        write_fact(facts, words("To be paid until"),
                   front::moment_text(shared.office.zone(), payment.asked.until, words));
    });
    into.element<"p">(
        words("Pay at a cash machine or with your bank, as a payment of services. This page says when the "
              "money has come."));
    if (shared.pays_at_machine)
        into.element<"p">([&](Content& line) {
            line.element<"a">({with<"id">("cash-machine"),
                               with<"href">(url(words, {"cash-machine"},
                                                {{"reference", given->reference},
                                                 {"amount", front::sum_text(payment.sum, words)}}))},
                              words("To the cash machine of this demonstration"));
        });
    into.element<"form">(
        {with<"method">("post"), with<"action">(fee_url(shared, words, number, "look"))},
        [&](Content& form) { form.element<"button">({with<"id">("look")}, words("I have paid")); });
}

void write_to_pay(Content& into, const Shared& shared, const Words& words, const CaseFees& fees) {
    into.element<"p">({with<"class">("headline"), with<"data-fees">("open")},
                      words("To pay: {sum}", {{"sum", front::sum_text(fees.sum, words)}}));
    const auto* open = fees.open();
    if (open != nullptr && reference_of(*open) != nullptr)
        write_reference(into, shared, words, fees.number, *open);
    else if (open != nullptr && is_asked_for(*open))
        into.element<"p">(words("You get a reference to pay with in a moment."));
    else if (!shared.fees->from_afar().empty())
        into.element<"form">(
            {with<"method">("post"), with<"action">(fee_url(shared, words, fees.number, "pay"))},
            [&](Content& form) {
                write_hidden(form, "key", pay_key(fees));
                form.element<"button">({with<"id">("pay"), with<"class">("main")},
                                       words("Pay by Multibanco"));
            });
    into.element<"p">({with<"class">("quiet")},
                      words("At a counter you can pay in cash or by card: say the number of your request."));
}

void write_receipt_link(Content& line,
                        const Shared& shared,
                        const Words& words,
                        const CaseNumber& number,
                        const pay::ReceiptNumber& receipt) {
    line.text(" ");
    line.element<"a">(
        {with<"href">(url(words, {"cases", shared.case_links.write(number), "receipts", receipt.site.text(),
                                  std::to_string(receipt.year), std::to_string(receipt.serial)}))},
        words("Receipt {number}", {{"number", to_text(receipt)}}));
}

// What came of one payment that is over, and what goes back of any.
void write_fee_history(Content& list,
                       const Shared& shared,
                       const Words& words,
                       const CaseNumber& number,
                       const pay::Payment& payment) {
    const Zone& zone = shared.office.zone();
    if (const auto* paid = std::get_if<pay::Paid>(&payment.stage))
        list.element<"li">([&](Content& line) {
            line.text(words("{sum} were paid on {day}.",
                            {{"sum", front::sum_text(payment.sum, words)},
                             {"day", front::day_text(zone.at(paid->at).date, words)}}));
            write_receipt_link(line, shared, words, number, paid->receipt);
        });
    for (std::uint32_t taking = 1; taking <= payment.takings.size(); ++taking)
        if (const auto waiting = pay::undecided(payment, taking); waiting > 0)
            list.element<"li">(words("{sum} came that do not pay for this. Somebody looks after it.",
                                     {{"sum", front::sum_text(waiting, words)}}));
    for (const auto& refund : payment.refunds)
        list.element<"li">([&](Content& line) {
            line.text(front::refund_text(refund, zone, words));
            if (const auto* made = std::get_if<pay::Made>(&refund.state))
                write_receipt_link(line, shared, words, number, made->receipt);
        });
}

bool has_fee_history(const CaseFees& fees) {
    return std::ranges::any_of(fees.payments, [](const pay::Payment& payment) {
        return std::holds_alternative<pay::Paid>(payment.stage) || !payment.takings.empty();
    });
}

http::Response refused_fee(const http::Request& request, const Shared& shared, const auto& answer) {
    const Words words = shared.words_of(request);
    if (const auto* by_cases = std::get_if<cases::Refusal>(&answer))
        return shared.failure(words, front::status_of(*by_cases),
                              front::refusal_text(*by_cases, shared.office.zone(), words));
    const auto& refusal = std::get<pay::Refusal>(answer);
    return shared.failure(words, front::status_of(refusal), front::refusal_text(refusal, words));
}

http::Response begin_paying(const http::Request& request, const Shared& shared) {
    const auto number = case_in(request, shared);
    if (!number) return shared.failure(request, 404);
    const auto ways = shared.fees->from_afar();
    if (ways.empty()) return shared.failure(request, 404);
    const auto begun = shared.fees->begin(*number, {ways.front()}, state_key(request, "pay"));
    if (!std::holds_alternative<pay::CollectionSlip>(begun)) return refused_fee(request, shared, begun);
    return http::Response::redirect(case_url(shared, shared.words_of(request), *number).text());
}

http::Response look_for_money(const http::Request& request, const Shared& shared) {
    const auto number = case_in(request, shared);
    if (!number) return shared.failure(request, 404);
    const auto looked = shared.fees->look(*number);
    const auto* refusal = std::get_if<pay::Refusal>(&looked);
    // It was paid meanwhile, or is under way: the page says so.
    const bool is_shown = refusal == nullptr || refusal->reason == pay::Reason::nothing_to_pay;
    if (std::holds_alternative<cases::Refusal>(looked) || !is_shown)
        return refused_fee(request, shared, looked);
    return http::Response::redirect(case_url(shared, shared.words_of(request), *number).text());
}

std::string means_of(const pay::ReceiptSheet& sheet, const Words& words) {
    const bool is_cash_back = sheet.kind == pay::ReceiptKind::refund && sheet.way == pay::Way::desk;
    return front::means_text(is_cash_back ? pay::Means::cash : sheet.means, words);
}

http::Response fee_receipt_page(const http::Request& request, const Shared& shared) {
    const auto number = case_in(request, shared);
    pay::ReceiptNumber receipt;
    const auto& parts = request.parameters;
    const std::string text = std::string{parts.text("site")} + "/" + std::string{parts.text("year")} + "/" +
                             std::string{parts.text("serial")};
    if (!number || !from_text(text, receipt)) return shared.failure(request, 404);
    const auto found = pay::find_receipt(shared.fees->room(), receipt);
    const Words words = shared.words_of(request);
    if (const auto* refusal = std::get_if<pay::Refusal>(&found))
        return shared.failure(words, front::status_of(*refusal), front::refusal_text(*refusal, words));
    const auto& sheet = std::get<pay::ReceiptSheet>(found);
    if (fees::case_about(sheet.about) != *number) return shared.failure(request, 404);
    const model::Model& city = shared.office.model();
    const bool is_refund = sheet.kind == pay::ReceiptKind::refund;
    const Frame frame{.words = words,
                      .title = is_refund
                                   ? words("Receipt {number}: given back", {{"number", to_text(receipt)}})
                                   : words("Receipt {number}: paid", {{"number", to_text(receipt)}}),
                      .path = "/cases/" + shared.case_links.write(*number) + "/receipts/" + text};
    return http::Response::html(page(shared.city(words), frame, [&](Content& main) {
        main.element<"p">({with<"class">("who")}, [&](Content& line) {
            line.element<"a">({with<"href">(case_url(shared, words, *number))},
                              words("Your request {number}", {{"number", to_text(*number)}}));
        });
        main.element<"h1">(frame.title);
        main.element<"p">({with<"class">("headline")}, front::sum_text(sheet.cents, words));
        main.element<"dl">({with<"class">("facts")}, [&](Content& facts) {
            write_fact(facts, words("When"), front::moment_text(shared.office.zone(), sheet.at, words));
            write_fact(facts, words("How"), means_of(sheet, words));
            write_fact(facts, words("Payment"), to_text(sheet.payment));
            for (const auto& line : sheet.lines)
                write_fact(
                    facts, front::name_of(line.service, city, words),
                    front::sum_text(line.cents, words) + " · " + front::name_of(line.entity, city, words));
            write_fact(facts, words("Entry in the log of the city"), sheet.entry_hash);
        });
        main.element<"p">({with<"class">("quiet")},
                          words("This proves that money moved. It is not an invoice."));
    }));
}

// What a demonstration has instead of a bank.
http::Response machine_page(const http::Request& request, const Shared& shared, const MachineTold& told) {
    const Words words = shared.words_of(request);
    const Frame frame{
        .words = words, .title = words("Cash machine of this demonstration"), .path = "/cash-machine"};
    const auto typed = [&](std::string_view name) {
        const auto in_form = request.form.text(name);
        return in_form.empty() ? request.query.text(name) : in_form;
    };
    return http::Response::html(
        page(shared.city(words), frame,
             [&](Content& main) {
                 main.element<"h1">(frame.title);
                 main.element<"p">(words("No money moves here."));
                 write_complaint(main, told.complaint);
                 main.element<"form">(
                     {with<"method">("post"), with<"action">(url(words, {"cash-machine"})),
                      with<"class">("sheet")},
                     [&](Content& form) {
                         write_field(form, {"reference", words("Reference of the payment"), "text",
                                            typed("reference"), "off"});
                         write_field(form, {"amount", words("Amount"), "text", typed("amount"), "off"});
                         form.element<"button">({with<"class">("main")}, words("Pay"));
                     });
             }),
        told.status);
}

http::Response pay_at_machine(const http::Request& request, const Shared& shared) {
    const Words words = shared.words_of(request);
    std::string reference{request.form.text("reference")};
    std::erase(reference, ' ');
    const auto cents = front::cents_in(request.form.text("amount"));
    if (!cents)
        return machine_page(request, shared, {words("Write an amount in euros, such as 46.20."), 422});
    if (!shared.pays_at_machine(reference, Money{*cents}))
        return machine_page(
            request, shared,
            {words("The machine does not know this reference for this amount. Look at both again."), 422});
    const Frame frame{.words = words, .title = words("Paid"), .path = "/cash-machine"};
    return http::Response::html(page(shared.city(words), frame, [&](Content& main) {
        main.element<"h1">(frame.title);
        main.element<"p">(words("The page of your request shows it at once."));
    }));
}

}  // namespace

void write_fees(Content& into, const Shared& shared, const Words& words, const CaseNumber& number) {
    if (shared.fees == nullptr) return;
    const auto found = shared.fees->of(number);
    const auto* fees = std::get_if<CaseFees>(&found);
    if (fees == nullptr || (fees->to_pay.empty() && !has_fee_history(*fees))) return;
    into.element<"section">({with<"class">("fees"), with<"aria-labelledby">("fees")}, [&](Content& section) {
        section.element<"h2">({with<"id">("fees")}, words("What it costs"));
        if (!fees->to_pay.empty()) write_to_pay(section, shared, words, *fees);
        if (has_fee_history(*fees))
            section.element<"ul">([&](Content& list) {
                for (const auto& payment : fees->payments)
                    write_fee_history(list, shared, words, number, payment);
            });
    });
}

void add_fee_routes(http::Router& router, Shared& shared) {
    add_post(router, shared, "/{language}/cases/{case}/pay", on_worker(shared, begin_paying));
    add_post(router, shared, "/{language}/cases/{case}/look", on_worker(shared, look_for_money));
    router.add(http::Method::get, "/{language}/cases/{case}/receipts/{site}/{year}/{serial}",
               on_worker(shared, fee_receipt_page));
    if (!shared.pays_at_machine) return;
    router.add(http::Method::get, "/{language}/cash-machine",
               on_worker(shared, [](const http::Request& request, const Shared& all) {
                   return machine_page(request, all, {});
               }));
    add_post(router, shared, "/{language}/cash-machine", on_worker(shared, pay_at_machine));
}

}  // namespace balcao::web
