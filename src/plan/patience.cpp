#include "plan/patience.hpp"

#include <algorithm>
#include <map>
#include <optional>

namespace balcao::plan {
namespace {

// The first call among the tickets taken later on the day, of all desks and of each.
struct FirstCalls {
    Date date{};
    std::optional<double> of_all;
    std::map<std::string, double> of_desk;

    void begin(Date day) {
        if (day != date) *this = FirstCalls{day, {}, {}};
    }

    void add(const LoggedTicket& ticket) {
        if (!ticket.called) return;
        of_all = std::min(of_all.value_or(*ticket.called), *ticket.called);
        const auto [found, is_new] = of_desk.try_emplace(ticket.desk, *ticket.called);
        if (!is_new) found->second = std::min(found->second, *ticket.called);
    }

    [[nodiscard]] std::optional<double> after(const LoggedTicket& ticket) const {
        if (ticket.desk.empty()) return of_all;
        const auto found = of_desk.find(ticket.desk);
        return found == of_desk.end() ? std::nullopt : std::optional{found->second};
    }
};

}  // namespace

LoggedPatience patience_in(const std::vector<const LoggedTicket*>& tickets, const std::string& service) {
    LoggedPatience patience;
    FirstCalls later;
    for (std::size_t place = tickets.size(); place-- > 0;) {
        const LoggedTicket& ticket = *tickets[place];
        if (ticket.service != service) continue;
        later.begin(ticket.date);
        if (ticket.is_served) {
            patience.waits.push_back({*ticket.called - ticket.taken, WaitEnd::called});
        } else if (ticket.ended && !ticket.called) {
            ++patience.left;
            patience.waits.push_back({*ticket.ended - ticket.taken, WaitEnd::left});
        } else {
            ++patience.left;
            const std::optional<double> gone_by = ticket.called ? ticket.called : later.after(ticket);
            ++(gone_by ? patience.left_unseen : patience.left_unknown);
            if (gone_by) patience.waits.push_back({*gone_by - ticket.taken, WaitEnd::left_before});
        }
        later.add(ticket);
    }
    return patience;
}

}  // namespace balcao::plan
