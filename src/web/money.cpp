// The city's money of a day, for who answers for it: what was collected for which entity, what waits for a
// decision, and what came that belongs to nothing.
#include <algorithm>
#include <charconv>

#include "front/case_words.hpp"
#include "front/fee_words.hpp"
#include "front/moment.hpp"
#include "web/fees.hpp"
#include "web/forms.hpp"

namespace balcao::web {
namespace {

using html::Content;
using html::with;
using pay::Payment;

struct MoneyTold {
    std::string complaint{};
    int status = 200;
};

std::string day_typed(const http::Request& request) {
    const auto in_form = request.form.text("day");
    return std::string{in_form.empty() ? request.query.text("day") : in_form};
}

void write_by_entity(Content& main, const Shared& shared, const Words& words, const pay::DaySummary& day) {
    const model::Model& city = shared.office.model();
    main.element<"table">({with<"class">("queue")}, [&](Content& table) {
        table.element<"thead">([&](Content& head) {
            head.element<"tr">([&](Content& row) {
                for (const char* title : {"Entity", "Collected", "Given back", "Services"})
                    row.element<"th">({with<"scope">("col")}, words(title));
            });
        });
        table.element<"tbody">([&](Content& body) {
            for (const auto& of_entity : day.by_entity)
                body.element<"tr">([&](Content& row) {
                    const auto& entity = of_entity.first;
                    const auto& sums = of_entity.second;
                    row.element<"th">({with<"scope">("row")}, front::name_of(entity, city, words));
                    row.element<"td">({with<"data-title">(words("Collected"))},
                                      front::sum_text(sums.collected, words));
                    row.element<"td">({with<"data-title">(words("Given back"))},
                                      front::sum_text(sums.returned, words));
                    row.element<"td">({with<"data-title">(words("Services"))}, std::to_string(sums.items));
                });
        });
    });
}

void write_money_day(Content& main, const Shared& shared, const Words& words, Date date) {
    main.element<"h2">(words("Collected on {day}", {{"day", front::day_text(date, words)}}));
    main.element<"form">(
        {with<"method">("get"), with<"action">(url(words, {"money"})), with<"class">("sheet")},
        [&](Content& form) {
            write_field(form, {"day", words("Another day"), "date", format_date(date), "off"});
            form.element<"button">(words("Show"));
        });
    const auto summed = shared.fees->payments().day(date, std::nullopt);
    const auto* day = std::get_if<pay::DaySummary>(&summed);
    if (day == nullptr) {
        main.element<"p">({with<"class">("complaint")},
                          front::refusal_text(std::get<pay::Refusal>(summed), words));
        return;
    }
    if (day->by_entity.empty() && day->taken.empty()) {
        main.element<"p">(words("Nothing was collected on this day."));
        return;
    }
    if (!day->by_entity.empty()) write_by_entity(main, shared, words, *day);
    main.element<"dl">({with<"class">("facts")}, [&](Content& facts) {
        for (const auto& [means, cents] : day->taken)
            write_fact(facts, front::means_text(means, words), front::sum_text(cents, words));
        write_fact(facts, words("Given back"), front::sum_text(day->returned, words));
        if (day->surplus_taken != 0)
            write_fact(facts, words("Came, and pays for nothing"),
                       front::sum_text(day->surplus_taken, words));
    });
}

// What is to be decided of one thing in a payment.
struct MoneyForm {
    const Words& words;
    const Payment& payment;
    std::uint32_t number;  // of the taking, the refund or the oddity
};

void write_choice(Content& into, const MoneyForm& of, const char* verb, const std::string& label) {
    into.element<"form">({with<"method">("post"), with<"action">(url(of.words, {"money", verb}))},
                         [&](Content& form) {
                             write_hidden(form, "payment", to_text(of.payment.number));
                             write_hidden(form, "number", std::to_string(of.number));
                             form.element<"button">(label);
                         });
}

// With a word of why, or whose name of it.
void write_noted_choice(Content& into, const MoneyForm& of, const char* verb, const std::string& label) {
    into.element<"form">(
        {with<"method">("post"), with<"action">(url(of.words, {"money", verb})), with<"class">("sheet")},
        [&](Content& form) {
            const std::string id =
                std::string{verb} + "." + to_text(of.payment.number) + "." + std::to_string(of.number);
            write_hidden(form, "payment", to_text(of.payment.number));
            write_hidden(form, "number", std::to_string(of.number));
            form.element<"label">({with<"for">(id)}, of.words("What you found out, and from whom"));
            form.empty<"input">(
                {with<"id">(id), with<"name">("note"), with<"type">("text"), with<"autocomplete">("off")});
            form.element<"button">(label);
        });
}

const char* surplus_words(pay::Surplus surplus) {
    switch (surplus) {
        case pay::Surplus::over:
            return "{sum} more than was asked for.";
        case pay::Surplus::twice:
            return "{sum} came although it was paid already.";
        case pay::Surplus::late:
            return "{sum} came too late.";
        case pay::Surplus::cancelled:
            return "{sum} came although it is not wanted any more.";
        default:
            return "{sum} came, which is less than was asked for.";
    }
}

void write_undecided(Content& item, const MoneyForm& of) {
    const auto& taking = *of.payment.taking(of.number);
    item.element<"p">(of.words(surplus_words(taking.what.surplus),
                               {{"sum", front::sum_text(pay::undecided(of.payment, of.number), of.words)}}));
    write_choice(item, of, "give-back", of.words("Give it back"));
    if (taking.what.surplus == pay::Surplus::late)
        write_choice(item, of, "accept", of.words("Let it pay all the same"));
}

void write_failed_refund(Content& item, const MoneyForm& of) {
    const auto& refund = *of.payment.refund(of.number);
    const std::string sum = front::sum_text(refund.what.cents, of.words);
    if (std::holds_alternative<pay::Unclear>(refund.state)) {
        item.element<"p">(of.words("Nobody knows whether {sum} were given back. Ask who should have done it.",
                                   {{"sum", sum}}));
        write_noted_choice(item, of, "made", of.words("It was given back"));
        write_noted_choice(item, of, "not-made", of.words("It was not given back"));
        return;
    }
    item.element<"p">(of.words("{sum} could not be given back.", {{"sum", sum}}));
    write_choice(item, of, "again", of.words("Try it again"));
    write_choice(item, of, "at-desk", of.words("Pay it out at a counter"));
}

const char* oddity_words(pay::Odd kind) {
    switch (kind) {
        case pay::Odd::other_amount:
            return "{provider} told of {sum} that it had told otherwise before.";
        case pay::Odd::other_currency:
            return "{provider} told of {sum} in another currency.";
        case pay::Odd::senseless:
            return "{provider} told of an amount that cannot be: {sum}.";
        case pay::Odd::other_reference:
            return "{provider} told of {sum} under the reference of another payment.";
    }
    return "";
}

void write_oddity(Content& item, const MoneyForm& of) {
    const auto& what = of.payment.oddities[of.number - 1].what;
    item.element<"p">(of.words(oddity_words(what.kind), {{"provider", what.provider.text()},
                                                         {"sum", front::sum_text(what.cents, of.words)}}));
    write_noted_choice(item, of, "looked-at", of.words("It is cleared up"));
}

void write_decisions(Content& main, const Shared& shared, const Words& words) {
    main.element<"h2">(words("What waits for a decision"));
    const auto waiting = shared.fees->payments().to_decide();
    if (waiting.empty()) {
        main.element<"p">(words("Nothing waits for anybody."));
        return;
    }
    main.element<"ul">({with<"class">("decisions")}, [&](Content& list) {
        for (const auto& one : waiting) {
            const auto found = shared.fees->payments().find(one.payment);
            const auto* payment = std::get_if<Payment>(&found);
            if (payment == nullptr) continue;
            const auto about = fees::case_about(payment->asked.about);
            list.element<"li">([&](Content& item) {
                item.element<"h3">(words("Payment {number}", {{"number", to_text(payment->number)}}));
                if (about)
                    item.element<"p">({with<"class">("quiet")},
                                      words("Request {number}", {{"number", to_text(*about)}}));
                for (const auto taking : one.takings)
                    write_undecided(item, {words, *payment, taking});
                for (const auto refund : one.refunds)
                    write_failed_refund(item, {words, *payment, refund});
                for (const auto oddity : one.oddities)
                    write_oddity(item, {words, *payment, oddity});
            });
        }
    });
}

void write_strays(Content& main, const Shared& shared, const Words& words) {
    const auto found = shared.fees->payments().strays();
    const auto* strays = std::get_if<std::vector<pay::Stray>>(&found);
    if (strays == nullptr ||
        std::ranges::all_of(*strays, [](const auto& one) { return one.settled.has_value(); }))
        return;
    main.element<"h2">(words("Money for nothing that we know"));
    main.element<"ul">({with<"class">("decisions")}, [&](Content& list) {
        for (const auto& stray : *strays) {
            if (stray.settled) continue;
            list.element<"li">([&](Content& item) {
                item.element<"p">(words("{provider} told of {sum} on {day}, reference {reference}.",
                                        {{"provider", stray.what.provider.text()},
                                         {"sum", front::sum_text(stray.what.cents, words)},
                                         {"day", front::moment_text(shared.office.zone(), stray.at, words)},
                                         {"reference", stray.what.reference}}));
                item.element<"form">(
                    {with<"method">("post"), with<"action">(url(words, {"money", "stray"})),
                     with<"class">("sheet")},
                    [&](Content& form) {
                        const std::string id = "stray." + std::to_string(stray.number);
                        write_hidden(form, "number", std::to_string(stray.number));
                        form.element<"label">({with<"for">(id)}, words("What you found out, and from whom"));
                        form.empty<"input">({with<"id">(id), with<"name">("note"), with<"type">("text"),
                                             with<"autocomplete">("off")});
                        form.element<"button">(words("It is cleared up"));
                    });
            });
        }
    });
}

http::Response money_page(const http::Request& request,
                          const Shared& shared,
                          const staff::Session& session,
                          const MoneyTold& told) {
    const Words words = shared.words_of(request);
    const Date date = parse_date(day_typed(request)).value_or(shared.now().date);
    const Frame frame{.words = words, .title = words("The city's money"), .path = "/money"};
    return http::Response::html(page(shared.city(words), frame,
                                     [&](Content& main) {
                                         main.element<"p">({with<"class">("who")}, [&](Content& line) {
                                             line.text(session.names.name + " · ");
                                             line.element<"a">({with<"href">(url(words, {"account"}))},
                                                               words("Your account"));
                                         });
                                         main.element<"h1">(frame.title);
                                         write_complaint(main, told.complaint);
                                         write_decisions(main, shared, words);
                                         write_strays(main, shared, words);
                                         write_money_day(main, shared, words, date);
                                     }),
                                told.status);
}

struct Decision {
    pay::Payments& payments;
    pay::PaymentNumber payment;
    std::uint32_t number;
    pay::ClerkKey by;
    std::string note;
};

// Why it was not done; nothing when it was.
using DecisionMade = std::optional<pay::Refusal>;

template <class T>
DecisionMade refusal_in(const pay::Answer<T>& answer) {
    const auto* refusal = std::get_if<pay::Refusal>(&answer);
    return refusal == nullptr ? DecisionMade{} : *refusal;
}

DecisionMade decide(std::string_view verb, const Decision& of) {
    auto& payments = of.payments;
    if (verb == "give-back") return refusal_in(payments.give_back_surplus(of.payment, of.number, of.by));
    if (verb == "accept") return refusal_in(payments.accept_late(of.payment, of.number, of.by));
    if (verb == "again")
        return refusal_in(payments.refund_again(of.payment, of.number, pay::Way::provider, of.by));
    if (verb == "at-desk")
        return refusal_in(payments.refund_again(of.payment, of.number, pay::Way::desk, of.by));
    if (verb == "made" || verb == "not-made")
        return refusal_in(payments.declare({of.payment, of.number, verb == "made", of.note, of.by}));
    if (verb == "looked-at")
        return refusal_in(payments.look_at_oddity(of.payment, of.number, of.by, of.note));
    if (verb == "stray") return refusal_in(payments.settle_stray(of.number, of.by, of.note));
    return pay::Refusal{pay::Reason::no_such_payment};
}

http::Response decide_money(const http::Request& request,
                            const Shared& shared,
                            const staff::Session& session) {
    const Words words = shared.words_of(request);
    const auto verb = request.parameters.text("verb");
    const auto typed = request.form.text("number");
    Decision decision{shared.fees->payments(),
                      {},
                      0,
                      pay::ClerkKey{session.account.text()},
                      std::string{request.form.text("note")}};
    const auto read = std::from_chars(typed.data(), typed.data() + typed.size(), decision.number);
    const bool is_of_payment = verb == "stray" || from_text(request.form.text("payment"), decision.payment);
    if (read.ec != std::errc{} || !is_of_payment) return shared.failure(request, 404);
    const auto refusal = decide(verb, decision);
    if (!refusal) return http::Response::redirect(url(words, {"money"}).text());
    return money_page(request, shared, session,
                      {front::refusal_text(*refusal, words), front::status_of(*refusal)});
}

using WithMoney = http::Response (*)(const http::Request&, const Shared&, const staff::Session&);

http::Handler for_treasurers(Shared& shared, WithMoney work) {
    return for_staff(shared, [&shared, work](const http::Request& request, const staff::Session& session) {
        const Words words = shared.words_of(request);
        if (!shared.staff.may(session.account, staff::Permission::handle_money, {}))
            return shared.failure(words, 403,
                                  refusal_text({.reason = staff::Reason::not_allowed}, shared, words));
        return work(request, shared, session);
    });
}

}  // namespace

void add_money_routes(http::Router& router, Shared& shared) {
    router.add(http::Method::get, "/{language}/money",
               for_treasurers(shared, [](const http::Request& request, const Shared& all,
                                         const staff::Session& session) {
                   return money_page(request, all, session, {});
               }));
    add_post(router, shared, "/{language}/money/{verb}", for_treasurers(shared, decide_money));
}

}  // namespace balcao::web
