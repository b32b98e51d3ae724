#include "api/fee_shapes.hpp"

#include "api/shapes.hpp"
#include "front/fee_words.hpp"

namespace balcao::api {
namespace {

constexpr std::int64_t cents_most = 1'000'000'000;

SchemaRef cents(std::string about) { return whole(std::move(about), 0, cents_most, 4'620); }

SchemaRef signed_cents(std::string about) { return whole(std::move(about), -cents_most, cents_most, -150); }

std::vector<std::string> names_of_means() { return {"reference", "card", "cash"}; }

std::string_view name_of(pay::Means means) {
    if (means == pay::Means::reference) return "reference";
    return means == pay::Means::card ? "card" : "cash";
}

std::string_view name_of(const pay::CollectionState& state) {
    if (std::holds_alternative<pay::Given>(state)) return "given";
    if (std::holds_alternative<pay::Collected>(state)) return "collected";
    return std::holds_alternative<pay::Declined>(state) ? "declined" : "under-way";
}

std::string_view name_of(const pay::RefundState& state) {
    if (std::holds_alternative<pay::Made>(state)) return "made";
    if (std::holds_alternative<pay::AtDesk>(state)) return "at-desk";
    if (std::holds_alternative<pay::Failed>(state)) return "failed";
    return std::holds_alternative<pay::Unclear>(state) ? "unclear" : "under-way";
}

std::string_view name_of(pay::Surplus surplus) {
    switch (surplus) {
        case pay::Surplus::none:
            return "none";
        case pay::Surplus::over:
            return "over";
        case pay::Surplus::twice:
            return "twice";
        case pay::Surplus::late:
            return "late";
        case pay::Surplus::cancelled:
            return "cancelled";
        case pay::Surplus::too_little:
            return "too-little";
    }
    return "none";
}

std::string_view name_of(pay::Odd odd) {
    switch (odd) {
        case pay::Odd::other_amount:
            return "other-amount";
        case pay::Odd::other_currency:
            return "other-currency";
        case pay::Odd::senseless:
            return "senseless";
        case pay::Odd::other_reference:
            return "other-reference";
    }
    return "senseless";
}

const SchemaRef& collection_shape() {
    static const SchemaRef shape = object(
        "Collection", "A way in which it is to be paid.",
        {needed("provider", text("Who collects.", {.example = "multibanco"})),
         needed("means", one_of("How.", names_of_means())),
         needed("state", one_of("How it stands there.", {"under-way", "given", "collected", "declined"})),
         maybe("entity", text("Of a reference: five digits.", {.example = "99999"})),
         maybe("reference", text("Nine digits.", {.example = "000000184"}))});
    return shape;
}

const SchemaRef& refund_shape() {
    static const SchemaRef shape = object(
        "Refund", "Money that goes back.",
        {needed("refund", whole("Its number in its payment.", 1, 1'000, 1)),
         needed("cents", cents("How much.")),
         needed("state", one_of("How it stands.", {"under-way", "at-desk", "made", "failed", "unclear"})),
         needed("words", text("The same in words.")),
         maybe("receipt", text("Its number.", {.example = "online/2026/18"}))});
    return shape;
}

const SchemaRef& payment_shape() {
    static const SchemaRef shape =
        object("Payment", "What was asked for at one time.",
               {needed("payment", text("Its number.", {.example = "2026-000123"})),
                needed("state", one_of("How it stands.", {"open", "payable", "paid", "lapsed", "cancelled"})),
                needed("cents", cents("The sum.")), needed("until", instant("Then it lapses.")),
                needed("ways", list(collection_shape(), "How it is to be paid.")),
                maybe("receipt", text("Of one that is paid.", {.example = "online/2026/17"})),
                needed("refunds", list(refund_shape(), "What goes back of it."))});
    return shape;
}

void write_payment(text::JsonWriter& json,
                   const Words& words,
                   const Zone& zone,
                   const pay::Payment& payment) {
    json.begin_object().member("payment", to_text(payment.number));
    json.member("state", pay::name_of(pay::state_of(payment))).member("cents", payment.sum);
    write_instant(json, "until", payment.asked.until);
    json.key("ways").begin_array();
    for (const auto& one : payment.collections) {
        json.begin_object().member("provider", one.provider.text()).member("means", name_of(one.means));
        json.member("state", name_of(one.state));
        if (const auto* given = std::get_if<pay::Given>(&one.state))
            json.member("entity", given->entity).member("reference", given->reference);
        json.end();
    }
    json.end();
    if (const auto* paid = std::get_if<pay::Paid>(&payment.stage))
        json.member("receipt", to_text(paid->receipt));
    json.key("refunds").begin_array();
    for (const auto& refund : payment.refunds) {
        json.begin_object()
            .member("refund", std::int64_t{refund.what.refund})
            .member("cents", refund.what.cents);
        json.member("state", name_of(refund.state));
        json.member("words", front::refund_text(refund, zone, words));
        if (const auto* made = std::get_if<pay::Made>(&refund.state))
            json.member("receipt", to_text(made->receipt));
        json.end();
    }
    json.end().end();
}

}  // namespace

namespace shape {

const SchemaRef& case_fees() {
    static const SchemaRef line = object("FeeLine", "What a step costs.",
                                         {needed("step", text("Which step.", {.example = "card"})),
                                          needed("service", service_key("Its service.")),
                                          needed("entity", text("Whose fee it is.", {.example = "irn"})),
                                          needed("cents", cents("How much."))});
    static const SchemaRef shape = object(
        "CaseFees", "What of a case is to be paid, and what was.",
        {needed("case", text("Its number.", {.example = "2026-000123"})),
         needed("to_pay", list(line, "Not paid yet, and delivered or still to be.")),
         needed("sum", cents("All of them.")), needed("currency", text("ISO 4217.", {.example = "EUR"})),
         needed("payments", list(payment_shape(), "Those that were asked for about it, the oldest first."))});
    return shape;
}

const SchemaRef& fee_receipt() {
    static const SchemaRef line =
        object("ReceiptLine", "One fee on it.",
               {needed("service", service_key("For what.")),
                needed("entity", text("Whose.", {.example = "irn"})), needed("cents", cents("How much."))});
    static const SchemaRef shape =
        object("FeeReceipt", "Proves that money was paid or given back; no invoice.",
               {needed("receipt", text("Its number.", {.example = "online/2026/17"})),
                needed("kind", one_of("Which way it went.", {"payment", "refund"})),
                needed("payment", text("Of which payment.", {.example = "2026-000123"})),
                needed("at", instant("When.")), needed("lines", list(line, "For what.")),
                needed("cents", cents("In all.")), needed("currency", text("ISO 4217.", {.example = "EUR"})),
                needed("means", one_of("How it came.", names_of_means())),
                needed("entry_hash", text("SHA-256 of its leaf in the log, in hexadecimal."))});
    return shape;
}

const SchemaRef& till() {
    static const SchemaRef line = object(
        "TillLine", "Money that went in or out.",
        {needed("payment", text("Of which payment.", {.example = "2026-000123"})),
         needed("means", one_of("How.", {"card", "cash"})),
         needed("cents", signed_cents("Less than nothing: paid out.")), needed("at", instant("When."))});
    static const SchemaRef shape = object(
        "Till", "The till of a desk on a day.",
        {needed("till", text("Its name.", {.example = "shop/general-1/2026-11-24"})),
         needed("state", one_of("Whether it is open.", {"open", "counted", "closed"})),
         needed("float", cents("What was in it when it was opened.")),
         needed("cash", signed_cents("Taken in cash, less what was paid out.")),
         needed("card", cents("Taken by card.")), needed("corrections", signed_cents("What was put right.")),
         needed("expected", signed_cents("Cash that should be in it.")),
         maybe("counted", cents("Cash that was counted.")),
         needed("lines", list(line, "What went in and out."))});
    return shape;
}

const SchemaRef& money_day() {
    static const SchemaRef entity =
        object("EntityDay", "What was collected for one entity.",
               {needed("entity", text("Which.", {.example = "irn"})), needed("collected", cents("So much.")),
                needed("returned", cents("And so much given back.")),
                needed("items", whole("Services that were paid.", 0, 1'000'000, 12))});
    static const SchemaRef taken =
        object("MeansDay", "What came in one way.",
               {needed("means", one_of("How.", names_of_means())), needed("cents", cents("So much."))});
    static const SchemaRef shape =
        object("MoneyDay", "The money of a day.",
               {needed("date", date("Which day.")), needed("entities", list(entity, "By entity.")),
                needed("taken", list(taken, "By how it came.")),
                needed("returned", cents("All that was given back.")),
                needed("surplus_taken", signed_cents("What came and pays for nothing."))});
    return shape;
}

const SchemaRef& money_to_decide() {
    static const SchemaRef taking = object(
        "UndecidedMoney", "Money that came and does not pay.",
        {needed("taking", whole("Its number in its payment.", 1, 1'000, 1)),
         needed("cents", cents("How much.")),
         needed("surplus",
                one_of("Why it does not.", {"none", "over", "twice", "late", "cancelled", "too-little"}))});
    static const SchemaRef refund =
        object("RefundToDecide", "Money that could not be given back, or of which nobody knows.",
               {needed("refund", whole("Its number in its payment.", 1, 1'000, 1)),
                needed("cents", cents("How much.")),
                needed("state", one_of("How it stands.", {"failed", "unclear"}))});
    static const SchemaRef oddity =
        object("Oddity", "What was told of money that cannot be.",
               {needed("oddity", whole("Its number in its payment.", 1, 1'000, 1)),
                needed("cents", signed_cents("Of how much.")),
                needed("kind",
                       one_of("What.", {"other-amount", "other-currency", "senseless", "other-reference"}))});
    static const SchemaRef payment =
        object("PaymentToDecide", "A payment in which a person has to decide something.",
               {needed("payment", text("Its number.", {.example = "2026-000123"})),
                needed("about", text("Of what.", {.example = "case/2026-000123"})),
                needed("takings", list(taking, "Money that came.")),
                needed("refunds", list(refund, "Money that goes back.")),
                needed("oddities", list(oddity, "What cannot be."))});
    static const SchemaRef stray =
        object("StrayMoney", "Money for nothing that we know.",
               {needed("stray", whole("Its number.", 1, 1'000'000'000, 1)),
                needed("provider", text("Who told of it.", {.example = "multibanco"})),
                needed("reference", text("For which reference.")), needed("cents", signed_cents("How much.")),
                needed("at", instant("When we heard of it."))});
    static const SchemaRef shape = object("MoneyToDecide", "What waits for a decision.",
                                          {needed("payments", list(payment, "Payments.")),
                                           needed("strays", list(stray, "Money for nothing."))});
    return shape;
}

}  // namespace shape

void write_case_fees(text::JsonWriter& json,
                     const Words& words,
                     const Zone& zone,
                     const fees::CaseFees& fees) {
    json.begin_object().member("case", to_text(fees.number)).key("to_pay").begin_array();
    for (const auto& line : fees.to_pay) {
        json.begin_object().member("step", line.step.text()).member("service", line.service.text());
        json.member("entity", line.entity.text()).member("cents", line.cents).end();
    }
    json.end().member("sum", fees.sum).member("currency", fees.currency).key("payments").begin_array();
    for (const auto& payment : fees.payments)
        write_payment(json, words, zone, payment);
    json.end().end();
}

void write_fee_receipt(text::JsonWriter& json, const pay::ReceiptSheet& sheet) {
    json.begin_object().member("receipt", to_text(sheet.number));
    json.member("kind", sheet.kind == pay::ReceiptKind::refund ? "refund" : "payment");
    json.member("payment", to_text(sheet.payment));
    write_instant(json, "at", sheet.at);
    json.key("lines").begin_array();
    for (const auto& line : sheet.lines) {
        json.begin_object().member("service", line.service.text()).member("entity", line.entity.text());
        json.member("cents", line.cents).end();
    }
    json.end().member("cents", sheet.cents).member("currency", sheet.currency);
    json.member("means", name_of(sheet.means)).member("entry_hash", sheet.entry_hash).end();
}

void write_till(text::JsonWriter& json, const pay::Till& till) {
    const pay::TillSheet sheet = pay::sheet_of(till);
    const bool is_counted = std::holds_alternative<pay::TillIsCounted>(till.stage);
    json.begin_object().member("till", to_text(till.key));
    json.member("state", till.is_open() ? "open" : is_counted ? "counted" : "closed");
    json.member("float", sheet.float_cents).member("cash", sheet.cash).member("card", sheet.card);
    json.member("corrections", sheet.corrections).member("expected", sheet.expected);
    if (sheet.count) json.member("counted", sheet.count->cents);
    json.key("lines").begin_array();
    for (const auto& line : till.lines) {
        json.begin_object().member("payment", to_text(line.payment)).member("means", name_of(line.means));
        json.member("cents", line.cents);
        write_instant(json, "at", line.at);
        json.end();
    }
    json.end().end();
}

void write_money_day(text::JsonWriter& json, const pay::DaySummary& day) {
    json.begin_object().member("date", format_date(day.date)).key("entities").begin_array();
    for (const auto& [entity, sums] : day.by_entity) {
        json.begin_object().member("entity", entity.text()).member("collected", sums.collected);
        json.member("returned", sums.returned).member("items", std::int64_t{sums.items}).end();
    }
    json.end().key("taken").begin_array();
    for (const auto& [means, taken] : day.taken)
        json.begin_object().member("means", name_of(means)).member("cents", taken).end();
    json.end().member("returned", day.returned).member("surplus_taken", day.surplus_taken).end();
}

void write_money_to_decide(text::JsonWriter& json,
                           const std::vector<pay::Payment>& payments,
                           const std::vector<pay::Stray>& strays) {
    json.begin_object().key("payments").begin_array();
    for (const auto& payment : payments) {
        json.begin_object().member("payment", to_text(payment.number)).member("about", payment.asked.about);
        json.key("takings").begin_array();
        for (const auto& taking : payment.takings)
            if (const auto waits = pay::undecided(payment, taking.what.taking); waits > 0) {
                json.begin_object().member("taking", std::int64_t{taking.what.taking}).member("cents", waits);
                json.member("surplus", name_of(taking.what.surplus)).end();
            }
        json.end().key("refunds").begin_array();
        for (const auto& refund : payment.refunds)
            if (std::holds_alternative<pay::Failed>(refund.state) ||
                std::holds_alternative<pay::Unclear>(refund.state)) {
                json.begin_object().member("refund", std::int64_t{refund.what.refund});
                json.member("cents", refund.what.cents).member("state", name_of(refund.state)).end();
            }
        json.end().key("oddities").begin_array();
        for (std::size_t place = 0; place < payment.oddities.size(); ++place)
            if (!payment.oddities[place].looked_at) {
                const auto& what = payment.oddities[place].what;
                json.begin_object()
                    .member("oddity", static_cast<std::int64_t>(place + 1))
                    .member("cents", what.cents);
                json.member("kind", name_of(what.kind)).end();
            }
        json.end().end();
    }
    json.end().key("strays").begin_array();
    for (const auto& stray : strays) {
        if (stray.settled) continue;
        json.begin_object().member("stray", static_cast<std::int64_t>(stray.number));
        json.member("provider", stray.what.provider.text()).member("reference", stray.what.reference);
        json.member("cents", stray.what.cents);
        write_instant(json, "at", stray.at);
        json.end();
    }
    json.end().end();
}

fees::FeeOffice* fee_office(const CallRef& call) {
    auto* office = call->rooms().settings.fees;
    if (office == nullptr) call->refuse(404);
    return office;
}

}  // namespace balcao::api
