#pragma once
// What must hold whatever goes wrong, looked for in the journal after each step, with nothing of the servers'
// memory: no number twice, nobody at two desks, no place sold twice, nothing acknowledged that is not there.
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/zone.hpp"
#include "dice.hpp"
#include "front/link.hpp"
#include "journal/memory_store.hpp"
#include "office/hall.hpp"
#include "office/inspect.hpp"
#include "rules/slot_plan.hpp"

namespace balcao::rehearsal {

class Auditor {
public:
    Auditor(const journal::MemoryStore& disk, Tally& tally);

    // Takes what is new in the journal.
    void look();
    // Also at the books of appointments as a whole.
    void look_at_bookings();

    // Somebody was told that the wish of that key has this ticket. True for one that nobody else was told of
    // and that stands in the journal.
    void told_of_ticket(const std::string& key, const std::string& link);
    // Somebody was told that the form of that key keeps a place.
    void told_of_hold(const std::string& key, const std::string& link);
    // Somebody with an appointment was let in.
    void told_of_arrival(const std::string& link);

    // At the end, when everybody has an answer: every ticket in the journal is one that somebody was told of.
    void compare_tickets();

    void find(const std::string& fault) { faults_.push_back(fault); }

    [[nodiscard]] const std::vector<std::string>& faults() const { return faults_; }

    // The fold of a hall's stream, by its name.
    [[nodiscard]] const std::map<std::string, std::vector<journal::Event>, std::less<>>& halls() const {
        return halls_;
    }

    [[nodiscard]] const std::map<std::string, std::string>& tickets() const { return told_; }

private:
    void see(const journal::Event& event);
    [[nodiscard]] bool has_begun(const front::TicketName& ticket) const;

    const journal::MemoryStore& disk_;
    Tally& tally_;
    front::TicketLinks links_;
    rules::SlotPlan plan_;
    Zone zone_;
    journal::Cursor cursor_;
    std::map<std::string, office::Inspector> inspectors_;
    std::map<std::string, std::vector<journal::Event>, std::less<>> halls_;
    std::map<std::string, std::set<std::uint32_t>> begun_;
    std::size_t walk_ins_ = 0;
    std::vector<journal::Event> bookings_;
    std::map<std::string, std::string> told_;     // link by key
    std::map<std::string, std::string> told_to_;  // key by link
    std::map<std::string, std::string> held_;     // link by key
    std::set<std::string> faults_seen_;
    std::vector<std::string> faults_;
};

}  // namespace balcao::rehearsal
