#include "plan/log_order.hpp"

#include <algorithm>
#include <set>
#include <span>
#include <utility>

namespace balcao::plan {
namespace {

constexpr std::size_t choices_min = 20;

// How often the first of a pair could have gone before the second, who came earlier, and how often it did.
struct Choices {
    std::size_t all = 0;
    std::size_t taken = 0;
};

using Pairs = std::map<std::pair<std::string, std::string>, Choices>;

// When somebody stopped waiting; who left at an unknown time is not seen waiting at all.
double gone(const LoggedTicket& ticket) {
    return (ticket.is_served ? ticket.called : ticket.ended).value_or(ticket.taken);
}

// Those of one service on one day, in order of taking a ticket.
struct Line {
    std::vector<const LoggedTicket*> people{};
    std::size_t first = 0;  // all before have gone

    // Who waits longest at that minute; null for nobody. Minutes only go forward.
    const LoggedTicket* head(double minute) {
        while (first < people.size() && gone(*people[first]) <= minute)
            ++first;
        for (std::size_t i = first; i < people.size() && people[i]->taken < minute; ++i)
            if (gone(*people[i]) > minute) return people[i];
        return nullptr;
    }
};

void look_at_call(const LoggedTicket& called,
                  const std::vector<std::string>& services,
                  std::map<std::string, Line>& lines,
                  std::pair<LoggedOrder&, Pairs&> into) {
    auto& [order, pairs] = into;
    bool is_passed_over = false;
    for (const std::string& service : services) {
        const LoggedTicket* other = lines[service].head(*called.called);
        if (other == nullptr) continue;
        const bool is_earlier = other->taken < called.taken;
        is_passed_over = is_passed_over || is_earlier;
        if (service == called.service) continue;
        Choices& choices = is_earlier ? pairs[{called.service, service}] : pairs[{service, called.service}];
        ++choices.all;
        choices.taken += is_earlier ? 1 : 0;
    }
    ++order.calls;
    order.passed_over += is_passed_over ? 1 : 0;
}

// What the calls of one day, in order of taking a ticket, say.
void look_at_day(std::span<const LoggedTicket* const> tickets,
                 const std::map<std::string, std::vector<std::string>>& services,
                 std::pair<LoggedOrder&, Pairs&> into) {
    std::map<std::string, Line> lines;
    std::vector<const LoggedTicket*> calls;
    for (const LoggedTicket* ticket : tickets) {
        lines[ticket->service].people.push_back(ticket);
        if (ticket->is_served) calls.push_back(ticket);
    }
    std::ranges::stable_sort(calls, {}, [](const auto* call) { return *call->called; });
    for (const LoggedTicket* call : calls)
        look_at_call(*call, services.at(call->desk), lines, into);
}

bool goes_before(const Pairs& pairs, const std::string& first, const std::string& second) {
    const auto found = pairs.find({first, second});
    return found != pairs.end() && found->second.all >= choices_min &&
           2 * found->second.taken >= found->second.all;
}

// One step down for each service that goes before, along the longest way; where services go before each other
// in a circle, the number of rounds ends it. Empty where none goes before another.
std::map<std::string, int> priorities_of(const std::set<std::string>& names, const Pairs& pairs) {
    std::map<std::string, int> priority;
    for (const std::string& name : names)
        priority[name] = 1;
    const auto lowest = static_cast<int>(names.size());
    for (int round = 0; round < lowest; ++round)
        for (const std::string& name : names)
            for (const std::string& other : names)
                if (goes_before(pairs, other, name))
                    priority[name] = std::min(lowest, std::max(priority[name], priority[other] + 1));
    const bool has_order = std::ranges::any_of(priority, [](const auto& one) { return one.second > 1; });
    if (!has_order) priority.clear();
    return priority;
}

}  // namespace

LoggedOrder order_of(const std::vector<const LoggedTicket*>& tickets,
                     const std::map<std::string, std::vector<std::string>>& services) {
    LoggedOrder order;
    Pairs pairs;
    for (auto begin = tickets.begin(); begin != tickets.end();) {
        const auto end = std::find_if(begin, tickets.end(),
                                      [&](const LoggedTicket* one) { return one->date != (*begin)->date; });
        look_at_day({begin, end}, services, {order, pairs});
        begin = end;
    }
    std::set<std::string> names;
    for (const LoggedTicket* ticket : tickets)
        names.insert(ticket->service);
    order.priority = priorities_of(names, pairs);
    return order;
}

}  // namespace balcao::plan
