// What must hold when all is over: every cent is somewhere, once.
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "pay/inspect_test.hpp"
#include "pay/rehearsal_test.hpp"
#include "text/json.hpp"

namespace balcao::pay::town {
namespace {

struct Sums {
    std::int64_t taken = 0;
    std::int64_t returned = 0;
};

// Of the events' own JSON, and by nothing of `pay`: what came and went by each provider ("" in cash).
std::map<std::string, Sums> sums_of(const std::vector<journal::Event>& events,
                                    std::vector<std::string>& wrong) {
    std::map<std::string, Sums> sums;
    std::map<std::int64_t, std::string> provider_of;                     // of a taking
    std::map<std::int64_t, std::pair<std::int64_t, std::int64_t>> owed;  // of a refund: its taking, its cents
    std::set<std::int64_t> made;
    std::set<std::string> transactions;
    for (const auto& event : events) {
        const auto json = text::Json::parse(event.body, event.stream);
        const auto root = json->root();
        const auto number = [&](const char* name) { return root[name].as_whole_number().value_or(0); };
        const auto word = [&](const char* name) { return std::string{root[name].as_text().value_or("")}; };
        if (event.type == "money-taken") {
            provider_of[number("taking")] = word("provider");
            sums[word("provider")].taken += number("cents");
            if (!transactions.insert(word("provider") + " " + word("transaction")).second)
                wrong.push_back(event.stream + ": a transaction is taken twice");
        }
        if (event.type == "refund-owed") owed[number("refund")] = {number("taking"), number("cents")};
        if (event.type == "refund-made") {
            if (!made.insert(number("refund")).second) wrong.push_back(event.stream + ": refunded twice");
            const auto [taking, cents] = owed[number("refund")];
            const bool is_at_till = root["till"].exists();
            sums[is_at_till ? std::string{} : provider_of[taking]].returned += cents;
        }
    }
    return sums;
}

}  // namespace

std::vector<journal::Event> Rehearsal::events_of(const PaymentNumber& number) const {
    return *world_.disk.read(stream_of(number), 0);
}

void Rehearsal::check_payments(std::vector<std::string>& wrong) {
    std::int64_t waiting_of_lists = 0;
    for (const auto& payment : all_payments()) {
        const std::string name = to_text(payment.number);
        const auto totals = totals_of(payment);
        if (totals.taken != totals.kept + totals.returned + totals.returning + totals.waiting)
            wrong.push_back(name + ": money is lost or made");
        if (std::min({totals.kept, totals.returned, totals.returning, totals.waiting}) < 0)
            wrong.push_back(name + ": less than nothing");
        if (totals.kept > payment.sum) wrong.push_back(name + ": more is kept than was asked for");
        waiting_of_lists += totals.waiting;
        lived_.paid += std::holds_alternative<Paid>(payment.stage) ? 1 : 0;
        lived_.lapsed += std::holds_alternative<Lapsed>(payment.stage) ? 1 : 0;
        for (const auto& taking : payment.takings) {
            lived_.surplus += taking.what.surplus != Surplus::none ? 1 : 0;
            lived_.by_card += taking.what.means == Means::card ? 1 : 0;
        }
        for (const auto& refund : payment.refunds)
            lived_.refunded += std::holds_alternative<Made>(refund.state) ? 1 : 0;
        for (const auto& event : events_of(payment.number)) {
            lived_.unclear += event.type.ends_with("-unclear") ? 1 : 0;
            lived_.failed += event.type == "refund-failed" ? 1 : 0;
        }
    }
    // What waits for a person is on a person's list.
    std::int64_t listed = 0;
    for (const auto& one : at(0).payments.to_decide()) {
        const auto payment = *fold(one.payment, *world_.disk.read(stream_of(one.payment), 0));
        for (const auto taking : one.takings)
            listed += undecided(payment, taking);
        for (const auto refund : one.refunds)
            listed += payment.refund(refund)->what.cents;
    }
    if (listed != waiting_of_lists) wrong.emplace_back("somebody's money waits and is on no list");
}

void Rehearsal::check_providers(std::vector<std::string>& wrong) {
    std::map<std::string, Sums> sums;
    for (const auto& number : numbers_)
        for (const auto& [provider, one] : sums_of(*world_.disk.read(stream_of(number), 0), wrong)) {
            sums[provider].taken += one.taken;
            sums[provider].returned += one.returned;
        }
    const Period always{Instant{}, clock_.now() + hours{1}};
    for (const auto& [key, provider] : {std::pair{bank, &at_bank_}, std::pair{terminal, &at_terminal_}}) {
        const auto& ours = sums[key.text()];
        if (provider->balance_cents() != ours.taken - ours.returned)
            wrong.push_back(key.text() + ": its books say otherwise than ours");
        if (!reconcile(key, all_payments(), *provider->settled(always.from, always.to), always).empty())
            wrong.push_back(key.text() + ": reconciling finds a difference");
        if (provider->sent_again() != 0)
            wrong.push_back(key.text() + ": it was asked to do what it had done");
    }
    if (drawer_ != 10'000 + sums[""].taken - sums[""].returned)
        wrong.emplace_back("the drawer holds another sum than our payments say");
}

// Each number stands in one payment, and each page of the book is some payment's.
void Rehearsal::check_receipts(std::vector<std::string>& wrong) {
    std::multiset<std::string> numbers;
    for (const auto& number : numbers_)
        for (const auto& event : events_of(number)) {
            const auto json = text::Json::parse(event.body, event.stream);
            if (const auto receipt = json->root()["receipt"].as_text()) numbers.emplace(*receipt);
        }
    const auto pages = world_.disk.read("receipts/shop/2026", 0)->size();
    if (numbers.size() != pages) wrong.emplace_back("there are receipts without money, or money without");
    for (std::size_t page = 1; page <= pages; ++page)
        if (numbers.count("shop/2026/" + std::to_string(page)) != 1)
            wrong.push_back("receipt " + std::to_string(page) + " is missing, or was given out twice");
}

void Rehearsal::check_till(std::vector<std::string>& wrong) {
    const auto till = *fold(till_, *world_.disk.read(stream_of(till_), 0));
    if (expected_cash(till) != drawer_) wrong.emplace_back("the till says otherwise than its drawer");
    std::int64_t takings = 0;
    for (const auto& payment : all_payments()) {
        for (const auto& taking : payment.takings)
            if (taking.what.till == till_) takings += taking.what.cents;
        for (const auto& refund : payment.refunds)
            if (const auto* made = std::get_if<Made>(&refund.state); made != nullptr && made->till == till_)
                takings -= refund.what.cents;
    }
    if (sum_by(till, Means::cash) + sum_by(till, Means::card) != takings)
        wrong.emplace_back("the till is another sum than its takings");
}

// All days together are what is kept for entities and what else came and went.
void Rehearsal::check_days(std::vector<std::string>& wrong) {
    std::int64_t of_days = 0;
    std::int64_t of_entities = 0;
    const Date last = settings_.zone.at(clock_.now()).date;
    for (Date date = till_.date; date <= last; date += std::chrono::days{1}) {
        const auto day = good(at(1).payments.day(date, {}));
        for (const auto& [means, cents] : day.taken)
            of_days += cents;
        of_days -= day.returned;
        of_entities += day.surplus_taken - day.surplus_returned;
        for (const auto& [entity, one] : day.by_entity)
            of_entities += one.collected - one.returned;
    }
    std::int64_t here = 0;
    for (const auto& payment : all_payments())
        here += totals_of(payment).taken - totals_of(payment).returned;
    if (of_days != here) wrong.emplace_back("the days come to another sum than the payments");
    if (of_days != of_entities) wrong.emplace_back("the entities come to another sum than the days");
}

std::vector<std::string> Rehearsal::finish() {
    set_faults(false);
    for (int round = 0; round < 40; ++round) {
        settle(2);
        pass(minutes{20});
    }
    // What no notice told is in the banks' lists.
    for (const auto& [key, provider] : {std::pair{bank, &at_bank_}, std::pair{terminal, &at_terminal_}}) {
        const auto list = *provider->settled(Instant{}, clock_.now() + hours{1});
        for (const auto& line : list)
            if (line.kind == SettledLine::Kind::came_in)
                good(at(0).payments.hear(
                    key, {line.key, line.reference, {line.transaction, line.amount, line.at}}));
    }
    for (int round = 0; round < 10; ++round) {
        settle(2);
        pass(minutes{20});
    }
    lived_.strays += static_cast<int>(good(at(0).payments.strays()).size());
    std::vector<std::string> wrong;
    check_payments(wrong);
    check_providers(wrong);
    check_receipts(wrong);
    check_till(wrong);
    check_days(wrong);
    for (const auto& fault : faults_of(streams_in(world_.disk)))
        wrong.push_back("the journal: " + fault);
    return wrong;
}

}  // namespace balcao::pay::town
