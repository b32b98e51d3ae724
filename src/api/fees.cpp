// Paying for a case, for whoever has its link; the tills of desks; the city's money of a day.
#include "api/fee_shapes.hpp"
#include "api/shapes.hpp"
#include "api/table.hpp"
#include "front/rights.hpp"
#include "pay/receipt.hpp"

namespace balcao::api {
namespace {

constexpr std::int64_t cents_most = 99'999'999;
constexpr int note_most = 128;
constexpr int why_most = 1'000;

struct OfCase {
    fees::FeeOffice& office;
    cases::CaseNumber number;
};

std::optional<OfCase> fees_linked(const CallRef& call) {
    auto* office = fee_office(call);
    if (office == nullptr) return std::nullopt;
    const auto number = call->rooms().case_links.read(call->parameter("link"));
    if (number) return OfCase{*office, *number};
    call->refuse(404);
    return std::nullopt;
}

void show_fees(const CallRef& call, const OfCase& of) {
    const auto found = of.office.of(of.number);
    const auto* fees = std::get_if<fees::CaseFees>(&found);
    if (fees == nullptr) return refuse_fee(call, found);
    call->answer(json_of([&](text::JsonWriter& json) {
        write_case_fees(json, call->words(), call->rooms().office.zone(), *fees);
    }));
}

void see_fees(const CallRef& call) {
    if (const auto of = fees_linked(call)) show_fees(call, *of);
}

void pay_case(const CallRef& call) {
    const auto of = fees_linked(call);
    if (!of) return;
    const auto begun =
        of->office.begin(of->number, {pay::ProviderKey{call->body_text("provider")}}, call->key());
    if (!std::holds_alternative<pay::CollectionSlip>(begun)) return refuse_fee(call, begun);
    show_fees(call, *of);
}

void look_for_payment(const CallRef& call) {
    const auto of = fees_linked(call);
    if (!of) return;
    const auto looked = of->office.look(of->number);
    if (!std::holds_alternative<pay::Done>(looked)) return refuse_fee(call, looked);
    show_fees(call, *of);
}

void see_fee_receipt(const CallRef& call) {
    const auto of = fees_linked(call);
    if (!of) return;
    pay::ReceiptNumber number;
    const auto text =
        call->parameter("book") + "/" + call->parameter("year") + "/" + call->parameter("serial");
    if (!from_text(text, number)) return call->refuse(404);
    const auto found = pay::find_receipt(of->office.room(), number);
    if (const auto* refusal = std::get_if<pay::Refusal>(&found)) return call->refuse(*refusal);
    const auto& sheet = std::get<pay::ReceiptSheet>(found);
    if (fees::case_about(sheet.about) != of->number) return call->refuse(404);
    call->answer(json_of([&](text::JsonWriter& json) { write_fee_receipt(json, sheet); }));
}

struct AtTill {
    fees::FeeOffice& office;
    pay::TillCall call;
};

// The till of the desk in the address, on the day in the query or body, or today.
std::optional<AtTill> till_of(const CallRef& call) {
    auto* office = fee_office(call);
    if (office == nullptr) return std::nullopt;
    const auto desk = office::parse_desk(call->parameter("desk"));
    const auto has_desk =
        desk ? front::has_desk(call->layout(), *desk, call->rooms().office) : std::optional{false};
    if (!has_desk.value_or(false)) {
        call->refuse(has_desk ? 404 : 503);
        return std::nullopt;
    }
    const auto in_body = call->body_text("date");
    const auto day = parse_date(in_body.empty() ? std::string{call->request().query.text("date")} : in_body);
    return AtTill{*office,
                  {{call->site().key, pay::TillDeskKey{office::to_string(*desk)},
                    day.value_or(call->rooms().now().date)},
                   pay::ClerkKey{call->session().account.text()},
                   call->key()}};
}

void show_till(const CallRef& call, const AtTill& at) {
    const auto found = at.office.tills().find(at.call.till);
    if (const auto* refusal = std::get_if<pay::Refusal>(&found)) return call->refuse(*refusal);
    call->answer(json_of([&](text::JsonWriter& json) { write_till(json, std::get<pay::Till>(found)); }));
}

template <class T>
void answer_till(const CallRef& call, const AtTill& at, const pay::Answer<T>& answer) {
    if (const auto* refusal = std::get_if<pay::Refusal>(&answer)) return call->refuse(*refusal);
    show_till(call, at);
}

std::int64_t cents_in(const CallRef& call) { return call->body()["cents"].as_whole_number().value_or(0); }

void see_till(const CallRef& call) {
    if (const auto at = till_of(call)) show_till(call, *at);
}

void open_till(const CallRef& call) {
    if (const auto at = till_of(call))
        answer_till(call, *at, at->office.tills().open(at->call, cents_in(call)));
}

std::optional<cases::CaseNumber> case_in_body(const CallRef& call) {
    cases::CaseNumber number;
    if (from_text(call->body_text("case"), number)) return number;
    call->refuse(cases::Refusal{cases::Reason::no_such_case});
    return std::nullopt;
}

void take_fees(const CallRef& call) {
    const auto at = till_of(call);
    const auto number = at ? case_in_body(call) : std::nullopt;
    if (!number) return;
    const auto taken = at->office.take_cash(*number, at->call, cents_in(call));
    if (!std::holds_alternative<pay::CashTaken>(taken)) return refuse_fee(call, taken);
    show_fees(call, {at->office, *number});
}

void charge_fees(const CallRef& call) {
    const auto at = till_of(call);
    const auto number = at ? case_in_body(call) : std::nullopt;
    if (!number) return;
    const auto begun = at->office.begin(
        *number, {pay::ProviderKey{call->body_text("provider")}, at->call.till, at->call.by}, at->call.key);
    if (!std::holds_alternative<pay::CollectionSlip>(begun)) return refuse_fee(call, begun);
    show_fees(call, {at->office, *number});
}

void see_fees_at_till(const CallRef& call) {
    const auto at = till_of(call);
    if (!at) return;
    cases::CaseNumber number;
    if (!from_text(call->parameter("case"), number)) return call->refuse(404);
    show_fees(call, {at->office, number});
}

void pay_out_refund(const CallRef& call) {
    const auto at = till_of(call);
    if (!at) return;
    pay::PaymentNumber number;
    if (!from_text(call->body_text("payment"), number))
        return call->refuse(pay::Refusal{pay::Reason::no_such_payment});
    const auto refund = static_cast<std::uint32_t>(call->body()["refund"].as_whole_number().value_or(0));
    answer_till(call, *at, at->office.tills().pay_out(at->call, number, refund));
}

void correct_till(const CallRef& call) {
    if (const auto at = till_of(call))
        answer_till(call, *at, at->office.tills().correct(at->call, cents_in(call), call->body_text("why")));
}

void count_till(const CallRef& call) {
    if (const auto at = till_of(call))
        answer_till(call, *at,
                    at->office.tills().count(at->call, {cents_in(call), {}, call->body_text("why")}));
}

void countersign_till(const CallRef& call) {
    if (const auto at = till_of(call)) answer_till(call, *at, at->office.tills().countersign(at->call));
}

void see_money(const CallRef& call) {
    auto* office = fee_office(call);
    if (office == nullptr) return;
    const auto day = parse_date(std::string{call->request().query.text("date")});
    const auto summed = office->payments().day(day.value_or(call->rooms().now().date), std::nullopt);
    if (const auto* refusal = std::get_if<pay::Refusal>(&summed)) return call->refuse(*refusal);
    call->answer(
        json_of([&](text::JsonWriter& json) { write_money_day(json, std::get<pay::DaySummary>(summed)); }));
}

void see_money_to_decide(const CallRef& call) {
    auto* office = fee_office(call);
    if (office == nullptr) return;
    const auto strays = office->payments().strays();
    if (const auto* refusal = std::get_if<pay::Refusal>(&strays)) return call->refuse(*refusal);
    std::vector<pay::Payment> payments;
    for (const auto& one : office->payments().to_decide()) {
        auto found = office->payments().find(one.payment);
        if (const auto* refusal = std::get_if<pay::Refusal>(&found)) return call->refuse(*refusal);
        payments.push_back(std::get<pay::Payment>(std::move(found)));
    }
    call->answer(json_of([&](text::JsonWriter& json) {
        write_money_to_decide(json, payments, std::get<std::vector<pay::Stray>>(strays));
    }));
}

template <class T>
void answer_decision(const CallRef& call, const pay::Answer<T>& answer) {
    if (const auto* refusal = std::get_if<pay::Refusal>(&answer)) return call->refuse(*refusal);
    call->answer_nothing();
}

void decide_on_money(const CallRef& call) {
    auto* office = fee_office(call);
    if (office == nullptr) return;
    auto& payments = office->payments();
    const pay::ClerkKey by{call->session().account.text()};
    const auto decision = call->body_text("decision");
    const auto number = static_cast<std::uint32_t>(call->body()["number"].as_whole_number().value_or(0));
    const auto note = call->body_text("note");
    pay::PaymentNumber payment;
    if (decision == "stray-cleared") return answer_decision(call, payments.settle_stray(number, by, note));
    if (!from_text(call->body_text("payment"), payment))
        return call->refuse(pay::Refusal{pay::Reason::no_such_payment});
    if (decision == "give-back")
        return answer_decision(call, payments.give_back_surplus(payment, number, by));
    if (decision == "accept") return answer_decision(call, payments.accept_late(payment, number, by));
    if (decision == "refund-again" || decision == "refund-at-desk")
        return answer_decision(
            call, payments.refund_again(
                      payment, number, decision == "refund-again" ? pay::Way::provider : pay::Way::desk, by));
    if (decision == "oddity-cleared")
        return answer_decision(call, payments.look_at_oddity(payment, number, by, note));
    answer_decision(call, payments.declare({payment, number, decision == "refund-made", note, by}));
}

void add_for_holder(Table& table, Operation operation) {
    operation.path = "/cases/{link}" + operation.path;
    operation.tag = "Fees";
    operation.who = Who::holder;
    operation.limit = front::Limit::wrong_links;
    operation.where = Where::worker;
    operation.also.push_back({503, "Nothing can be read or written now."});
    table.push_back(std::move(operation));
}

void add_at_till(Table& table, Operation operation) {
    operation.path = "/sites/{site}/desks/{desk}/till" + operation.path;
    operation.tag = "Fees";
    operation.who = Who::staff;
    if (!operation.permission) operation.permission = staff::Permission::run_desk;
    operation.where = Where::worker;
    operation.also.push_back({404, "There is no such desk, till or case."});
    operation.also.push_back({503, "Nothing can be read or written now."});
    table.push_back(std::move(operation));
}

SchemaRef at_till(std::string name, std::string about, std::vector<Member> members) {
    members.push_back(maybe("date", date("Which day's till; today's where nothing is said.")));
    return asked(std::move(name), std::move(about), std::move(members));
}

Member sum_member(std::string about, std::int64_t least) {
    return needed("cents", whole(std::move(about), least, cents_most, 4'620));
}

Member case_member() {
    return needed("case", text("The number of the case.", {.example = "2026-000123", .most = 40}));
}

Member provider_member() {
    return needed("provider", text("Who collects.", {.example = "multibanco", .most = 64}));
}

void add_of_case(Table& table) {
    add_for_holder(table, {.path = "/fees",
                           .id = "getCaseFees",
                           .summary = "What of a case is to be paid, and what was",
                           .answer = shape::case_fees(),
                           .work = see_fees});
    add_for_holder(table,
                   {.method = http::Method::post,
                    .path = "/fees",
                    .id = "payCase",
                    .summary = "Ask for a way to pay all that is to be paid",
                    .about = "A reference is given in a moment: ask for the fees again.",
                    .body = asked("PayCaseRequest", "By whom it is to be collected.", {provider_member()}),
                    .answer = shape::case_fees(),
                    .also = {{409, "There is nothing to pay, or a charge is under way."}},
                    .work = pay_case});
    add_for_holder(table, {.method = http::Method::post,
                           .path = "/fees/look",
                           .id = "lookForPayment",
                           .summary = "Ask who collects whether the money has come",
                           .answer = shape::case_fees(),
                           .also = {{409, "There is nothing to pay."}},
                           .takes_key = false,
                           .work = look_for_payment});
    add_for_holder(table, {.path = "/fees/receipts/{book}/{year}/{serial}",
                           .id = "getFeeReceipt",
                           .summary = "A receipt of money that was paid or given back",
                           .answer = shape::fee_receipt(),
                           .work = see_fee_receipt});
}

void add_tills(Table& table) {
    using http::Method;
    const Also not_now{409, "The till is not open, or what is asked for is not so now."};
    add_at_till(table, {.id = "getTill",
                        .summary = "The till of a desk on a day",
                        .query = {maybe("date", date("Which day; today where nothing is said."))},
                        .answer = shape::till(),
                        .also = {not_now},
                        .work = see_till});
    add_at_till(table, {.method = Method::post,
                        .path = "/open",
                        .id = "openTill",
                        .summary = "Open it with a float",
                        .body = at_till("OpenTillRequest", "What is in it.", {sum_member("The float.", 0)}),
                        .answer = shape::till(),
                        .also = {not_now},
                        .work = open_till});
    add_at_till(table, {.path = "/fees/{case}",
                        .id = "getFeesAtTill",
                        .summary = "What a case costs, by its number",
                        .answer = shape::case_fees(),
                        .work = see_fees_at_till});
    add_at_till(table, {.method = Method::post,
                        .path = "/fees",
                        .id = "takeFees",
                        .summary = "Take all that a case costs in cash",
                        .body = at_till("TakeFeesRequest", "Whose fees.",
                                        {case_member(), sum_member("What was taken, less the change.", 1)}),
                        .answer = shape::case_fees(),
                        .also = {not_now},
                        .work = take_fees});
    add_at_till(table,
                {.method = Method::post,
                 .path = "/charge",
                 .id = "chargeFees",
                 .summary = "Charge them to a card at the terminal",
                 .body = at_till("ChargeFeesRequest", "Whose fees.", {case_member(), provider_member()}),
                 .answer = shape::case_fees(),
                 .also = {not_now},
                 .work = charge_fees});
    add_at_till(table,
                {.method = Method::post,
                 .path = "/pay-out",
                 .id = "payOutRefund",
                 .summary = "Pay out a refund that waits at a desk",
                 .body = at_till(
                     "PayOutRequest", "Which refund.",
                     {needed("payment", text("Of which payment.", {.example = "2026-000123", .most = 40})),
                      needed("refund", whole("Its number there.", 1, 1'000, 1))}),
                 .answer = shape::till(),
                 .also = {not_now},
                 .work = pay_out_refund});
    add_at_till(
        table,
        {.method = Method::post,
         .path = "/correct",
         .id = "correctTill",
         .summary = "Put something right, and say why",
         .body = at_till(
             "CorrectTillRequest", "What.",
             {sum_member("So much more, or less.", -cents_most),
              needed("why", text("Why.", {.example = "A coin was found.", .least = 1, .most = why_most}))}),
         .answer = shape::till(),
         .also = {not_now},
         .work = correct_till});
    add_at_till(table,
                {.method = Method::post,
                 .path = "/count",
                 .id = "countTill",
                 .summary = "Count it, and close it where little is wrong",
                 .body = at_till(
                     "CountTillRequest", "What is in it.",
                     {sum_member("Cash that was counted.", 0),
                      maybe("why", text("Why it differs.", {.example = "Wrong change.", .most = why_most}))}),
                 .answer = shape::till(),
                 .also = {not_now},
                 .work = count_till});
    add_at_till(table, {.method = Method::post,
                        .path = "/countersign",
                        .id = "countersignTill",
                        .summary = "Sign it as the second person",
                        .permission = staff::Permission::manage_hall,
                        .body = at_till("CountersignTillRequest", "Which.", {}),
                        .answer = shape::till(),
                        .also = {not_now},
                        .may_lack_body = true,
                        .work = countersign_till});
}

}  // namespace

void add_fees(Table& table) {
    add_of_case(table);
    add_tills(table);
    const auto add = [&](Operation operation) {
        operation.tag = "Fees";
        operation.who = Who::staff;
        operation.permission = staff::Permission::handle_money;
        operation.where = Where::worker;
        operation.also.push_back({503, "Nothing can be read or written now."});
        table.push_back(std::move(operation));
    };
    add({.path = "/money",
         .id = "getMoneyOfDay",
         .summary = "What was collected for whom on a day",
         .query = {maybe("date", date("Which day; today where nothing is said."))},
         .answer = shape::money_day(),
         .work = see_money});
    add({.path = "/money/to-decide",
         .id = "listMoneyToDecide",
         .summary = "What of the city's money waits for a decision",
         .answer = shape::money_to_decide(),
         .work = see_money_to_decide});
    add({.method = http::Method::post,
         .path = "/money/decisions",
         .id = "decideOnMoney",
         .summary = "Decide on one of them",
         .body =
             asked("MoneyDecision", "What becomes of which.",
                   {needed("decision",
                           one_of("What becomes of it.",
                                  {"give-back", "accept", "refund-again", "refund-at-desk", "refund-made",
                                   "refund-not-made", "oddity-cleared", "stray-cleared"})),
                    maybe("payment",
                          text("In which payment; of a stray none.", {.example = "2026-000123", .most = 40})),
                    needed("number", whole("Of the taking, refund, oddity or stray.", 1, 1'000'000'000, 1)),
                    maybe("note", text("What was found out, and from whom.",
                                       {.example = "By telephone with the bank.", .most = note_most}))}),
         .status = 204,
         .also = {{404, "There is nothing of that number."},
                  {409, "It was decided already, or cannot be decided so."}},
         .takes_key = false,
         .work = decide_on_money});
}

}  // namespace balcao::api
