#include "plan/log_order.hpp"

#include <algorithm>
#include <set>
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

}  // namespace

LoggedOrder order_of(const std::vector<const LoggedTicket*>& tickets,
                     const std::map<std::string, std::vector<std::string>>& services) {
    LoggedOrder order;
    Pairs pairs;
    for (auto begin = tickets.begin(); begin != tickets.end();) {
        const auto end = std::find_if(begin, tickets.end(),
                                      [&](const LoggedTicket* one) { return one->date != (*begin)->date; });
        std::map<std::string, Line> lines;
        std::vector<const LoggedTicket*> calls;
        for (auto at = begin; at != end; ++at) {
            lines[(*at)->service].people.push_back(*at);
            if ((*at)->is_served) calls.push_back(*at);
        }
        std::stable_sort(calls.begin(), calls.end(),
                         [](const auto* a, const auto* b) { return *a->called < *b->called; });
        for (const LoggedTicket* call : calls)
            look_at_call(*call, services.at(call->desk), lines, {order, pairs});
        begin = end;
    }
    std::set<std::string> names;
    for (const LoggedTicket* ticket : tickets)
        names.insert(ticket->service);
    const auto goes_before = [&](const std::string& first, const std::string& second) {
        const auto found = pairs.find({first, second});
        return found != pairs.end() && found->second.all >= choices_min &&
               2 * found->second.taken >= found->second.all;
    };
    // One step down for each service that goes before, along the longest way; where services go before each
    // other in a circle, the number of rounds ends it.
    for (const std::string& name : names)
        order.priority[name] = 1;
    for (std::size_t round = 0; round < names.size(); ++round)
        for (const std::string& name : names)
            for (const std::string& other : names)
                if (goes_before(other, name))
                    order.priority[name] =
                        std::min(static_cast<int>(names.size()),
                                 std::max(order.priority[name], order.priority[other] + 1));
    const bool has_order = std::any_of(order.priority.begin(), order.priority.end(),
                                       [](const auto& one) { return one.second > 1; });
    if (!has_order) order.priority.clear();
    return order;
}

}  // namespace balcao::plan
