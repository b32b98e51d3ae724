// The till of a desk: opened with a float, what requests cost taken in cash or by card, what goes back paid
// out, counted at the end of the day, signed by a second person where much is wrong. All of it is forms, and
// works without scripts.
#include <charconv>

#include "front/case_words.hpp"
#include "front/fee_words.hpp"
#include "front/moment.hpp"
#include "front/rights.hpp"
#include "web/fees.hpp"
#include "web/forms.hpp"
#include "web/till_view.hpp"

namespace balcao::web {
namespace {

using html::Content;
using html::with;
using pay::Till;

// What whoever stands there is told above the till.
struct TillTold {
    std::string done{};
    std::string complaint{};
    int status = 200;
};

http::Response till_page(const http::Request& request,
                         const Shared& shared,
                         const staff::Session& session,
                         const TillPlace& place,
                         const TillTold& told) {
    const Words words = shared.words_of(request);
    const auto found = shared.fees->tills().find(place.till);
    const auto* till = std::get_if<Till>(&found);  // null: it was not opened
    const auto* refusal = std::get_if<pay::Refusal>(&found);
    if (refusal != nullptr && refusal->reason != pay::Reason::no_such_till)
        return shared.failure(request, 503);
    const std::string desk = office::to_string(place.desk);
    const auto layout = shared.office.layout(place.site->key);
    const std::string where = layout ? desk_name(*layout, place.desk, words.code()) : desk;
    const Frame frame{.words = words,
                      .title = words("Till of {desk}", {{"desk", where}}),
                      .path = "/till/" + place.site->key.text() + "/" + desk};
    return http::Response::html(
        page(shared.city(words), frame,
             [&](Content& main) {
                 main.element<"p">({with<"class">("who")}, [&](Content& line) {
                     line.text(session.names.name + " · ");
                     line.element<"a">({with<"href">(url(words, {"desk", place.site->key.text(), desk}))},
                                       where);
                 });
                 main.element<"h1">(frame.title + " · " + front::day_text(place.till.date, words));
                 write_complaint(main, told.complaint);
                 if (!told.done.empty())
                     main.element<"p">({with<"class">("told"), with<"role">("status")}, told.done);
                 if (till == nullptr)
                     write_opening(main, words, place);
                 else
                     write_till(main, request, shared, words, place, *till);
             }),
        told.status);
}

// Digits that we wrote into a form ourselves.
std::optional<std::int64_t> digits_in(std::string_view text) {
    std::int64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size() || number < 0) return std::nullopt;
    return number;
}

TillTold till_wrong(const std::string& complaint, int status = 422) { return {{}, complaint, status}; }

template <class T>
TillTold till_told(const T& answer, const Words& words, const std::string& done) {
    if (const auto* refusal = std::get_if<pay::Refusal>(&answer))
        return till_wrong(front::refusal_text(*refusal, words), front::status_of(*refusal));
    return {done};
}

std::string ask_for_amount(const Words& words) { return words("Write an amount in euros, such as 46.20."); }

struct TillAct {
    const http::Request& request;
    const Shared& shared;
    const Words& words;
    const TillPlace& place;
    pay::TillCall call;

    [[nodiscard]] std::string_view field(std::string_view name) const { return request.form.text(name); }
};

TillTold open_till(const TillAct& act) {
    const auto cents = front::cents_in(act.field("amount"));
    if (!cents) return till_wrong(ask_for_amount(act.words));
    return till_told(act.shared.fees->tills().open(act.call, *cents), act.words, {});
}

template <class T>
TillTold till_refused(const fees::Answer<T>& answer, const TillAct& act) {
    if (const auto* by_cases = std::get_if<cases::Refusal>(&answer))
        return till_wrong(front::refusal_text(*by_cases, act.shared.office.zone(), act.words),
                          front::status_of(*by_cases));
    const auto& refusal = std::get<pay::Refusal>(answer);
    return till_wrong(front::refusal_text(refusal, act.words), front::status_of(refusal));
}

TillTold take_cash(const TillAct& act) {
    cases::CaseNumber number;
    const auto sum = digits_in(act.field("sum"));
    const auto received = front::cents_in(act.field("received"));
    if (!from_text(act.field("request"), number) || !sum)
        return till_wrong(act.words("There is no such payment."));
    if (!received) return till_wrong(ask_for_amount(act.words));
    if (*received < *sum)
        return till_wrong(act.words("That is less than what is to pay: {sum}.",
                                    {{"sum", front::sum_text(*sum, act.words)}}));
    const auto taken = act.shared.fees->take_cash(number, act.call, *sum);
    const auto* done = std::get_if<pay::CashTaken>(&taken);
    if (done == nullptr) return till_refused(taken, act);
    return {act.words(
        "Taken. Change to give back: {change}. Receipt {receipt}.",
        {{"change", front::sum_text(*received - *sum, act.words)}, {"receipt", to_text(done->receipt)}})};
}

TillTold charge_card(const TillAct& act) {
    cases::CaseNumber number;
    if (!from_text(act.field("request"), number)) return till_wrong(act.words("There is no such payment."));
    const auto begun =
        act.shared.fees->begin(number, {card_terminal(act.shared), act.call.till, act.call.by}, act.call.key);
    if (!std::holds_alternative<pay::CollectionSlip>(begun)) return till_refused(begun, act);
    return {};
}

TillTold pay_out(const TillAct& act) {
    pay::PaymentNumber number;
    const auto refund = digits_in(act.field("refund"));
    if (!from_text(act.field("payment"), number) || !refund)
        return till_wrong(act.words("There is no such payment."));
    const auto paid = act.shared.fees->tills().pay_out(act.call, number, static_cast<std::uint32_t>(*refund));
    const auto* receipt = std::get_if<pay::ReceiptNumber>(&paid);
    return till_told(paid, act.words,
                     receipt == nullptr
                         ? ""
                         : act.words("Paid out. Receipt {receipt}.", {{"receipt", to_text(*receipt)}}));
}

TillTold correct_till(const TillAct& act) {
    const auto cents = front::cents_in(act.field("amount"));
    if (!cents) return till_wrong(ask_for_amount(act.words));
    const std::string why{act.field("reason")};
    const bool is_less = act.field("direction") == "less";
    return till_told(act.shared.fees->tills().correct(act.call, is_less ? -*cents : *cents, why), act.words,
                     act.words("Written down."));
}

TillTold count_till(const TillAct& act) {
    const auto cents = front::cents_in(act.field("counted"));
    if (!cents) return till_wrong(ask_for_amount(act.words));
    const std::string why{act.field("why")};
    return till_told(act.shared.fees->tills().count(act.call, {*cents, {}, why}), act.words, {});
}

TillTold countersign(const TillAct& act) {
    if (!act.shared.staff.may(staff::AccountKey{act.call.by.text()}, staff::Permission::manage_hall,
                              act.place.site->key))
        return till_wrong(act.words("A second person must sign: somebody who manages the hall."), 403);
    return till_told(act.shared.fees->tills().countersign(act.call), act.words, {});
}

using TillVerb = TillTold (*)(const TillAct&);

TillVerb till_verb_of(std::string_view name) {
    if (name == "open") return open_till;
    if (name == "take") return take_cash;
    if (name == "charge") return charge_card;
    if (name == "pay-out") return pay_out;
    if (name == "correct") return correct_till;
    if (name == "count") return count_till;
    return name == "countersign" ? countersign : nullptr;
}

using AtTill = http::Response (*)(const http::Request&,
                                  const Shared&,
                                  const staff::Session&,
                                  const TillPlace&);

// For who may run desks there. The day is the form's or the address's, else today.
http::Handler for_cashiers(Shared& shared, AtTill work) {
    return for_staff(shared, [&shared, work](const http::Request& request, const staff::Session& session) {
        const Words words = shared.words_of(request);
        const auto* site = site_in(request, shared);
        const auto desk = office::parse_desk(request.parameters.text("desk"));
        const auto layout = site != nullptr ? shared.office.layout(site->key) : nullptr;
        if (layout == nullptr || !desk) return shared.failure(request, 404);
        const auto has_desk = front::has_desk(*layout, *desk, shared.office);
        if (!has_desk.value_or(false)) return shared.failure(request, has_desk ? 404 : 503);
        if (!shared.staff.may(session.account, staff::Permission::run_desk, site->key))
            return shared.failure(words, 403,
                                  refusal_text({.reason = staff::Reason::not_allowed}, shared, words));
        const auto in_form = request.form.text("day");
        const auto day = parse_date(std::string{in_form.empty() ? request.query.text("day") : in_form});
        return work(
            request, shared, session,
            {site,
             *desk,
             {site->key, pay::TillDeskKey{office::to_string(*desk)}, day.value_or(shared.now().date)}});
    });
}

http::Response carry_out_at_till(const http::Request& request,
                                 const Shared& shared,
                                 const staff::Session& session,
                                 const TillPlace& place) {
    const Words words = shared.words_of(request);
    const auto verb = till_verb_of(request.parameters.text("verb"));
    if (verb == nullptr) return shared.failure(request, 404);
    const TillTold told = verb({request,
                                shared,
                                words,
                                place,
                                {place.till, pay::ClerkKey{session.account.text()}, form_key(request)}});
    // Where nothing has to be said, the page stands by itself.
    if (told.complaint.empty() && told.done.empty() && request.form.text("request").empty())
        return http::Response::redirect(till_url(words, place).text());
    return till_page(request, shared, session, place, told);
}

}  // namespace

void add_till_routes(http::Router& router, Shared& shared) {
    router.add(http::Method::get, "/{language}/till/{site}/{desk}",
               for_cashiers(shared, [](const http::Request& request, const Shared& all,
                                       const staff::Session& session, const TillPlace& place) {
                   return till_page(request, all, session, place, {});
               }));
    add_post(router, shared, "/{language}/till/{site}/{desk}/{verb}",
             for_cashiers(shared, carry_out_at_till));
}

}  // namespace balcao::web
