#include "office/inspect.hpp"

#include <map>
#include <optional>

#include "office/hall_event.hpp"

namespace balcao::office {
namespace {

// What a visit is doing, as far as desks are concerned.
enum class Doing : std::uint8_t { waits, is_called, is_served, is_away, is_over };

}  // namespace

class Inspector::Rules {
public:
    [[nodiscard]] const std::vector<std::string>& found() const { return found_; }

    void check(const journal::Event& event) {
        where_ = event.stream + " " + std::to_string(event.version);
        if (event.version != ++version_) say("comes where version " + std::to_string(version_) + " should");
        version_ = event.version;
        if (event.at < last_at_) say("happened before the event in front of it");
        last_at_ = event.at;
        const auto decoded = decode(event);
        if (!decoded) return say(decoded.error().what);
        if (has_ended_ && !std::holds_alternative<VisitCollected>(*decoded))
            say("happened after the day had ended");
        std::visit([this](const auto& one) { on(one); }, *decoded);
    }

private:
    void say(const std::string& what) { found_.push_back(where_ + ": " + what); }

    static std::string name(Number number) { return "number " + std::to_string(number.value); }

    void on(const VisitBegun& event) {
        if (last_number_ && event.number.value != last_number_->value + 1)
            say(name(event.number) + " was given after " + name(*last_number_));
        if (!visits_.emplace(event.number, Doing::waits).second) say(name(event.number) + " was given twice");
        last_number_ = event.number;
    }

    void on(const VisitCalled& event) {
        expect(event.number, Doing::waits, "called");
        occupy(event.desk, event.number, "called");
        set(event.number, Doing::is_called);
    }

    void on(const VisitRecalled& event) {
        expect_at(event.desk, event.number, Doing::is_called, "called again");
    }

    void on(const CallUndone& event) {
        free(event.desk, event.number, Doing::is_called, "called back", Doing::waits);
    }

    void on(const VisitRequeued& event) {
        free(event.desk, event.number, Doing::is_called, "put back", Doing::waits);
    }

    void on(const VisitMissed& event) {
        leave_desks(event.number, Doing::is_called, "missed", Doing::is_away);
    }

    void on(const VisitReturned& event) {
        expect(event.number, Doing::is_away, "back");
        set(event.number, Doing::waits);
    }

    void on(const ServiceStarted& event) {
        const auto desk = desks_.find(event.desk);
        if (desk != desks_.end() && desk->second == event.number) {
            expect(event.number, Doing::is_called, "served");
        } else {
            expect(event.number, Doing::is_away, "served again");
            occupy(event.desk, event.number, "served again");
        }
        set(event.number, Doing::is_served);
    }

    void on(const VisitParked& event) {
        free(event.desk, event.number, Doing::is_served, "parked", Doing::is_away);
    }

    void on(const VisitTransferred& event) {
        free(event.desk, event.number, Doing::is_served, "sent on", Doing::waits);
    }

    void on(const TransferUndone& event) {
        expect(event.number, Doing::waits, "taken back");
        occupy(event.desk, event.number, "taken back");
        set(event.number, Doing::is_served);
    }

    void on(const ServiceEnded& event) {
        if (event.then == Then::stays)
            return expect_at(event.desk, event.number, Doing::is_served, "served on");
        constexpr Doing after[] = {Doing::is_over, Doing::is_served, Doing::waits, Doing::is_away};
        free(event.desk, event.number, Doing::is_served, "served",
             after[static_cast<std::size_t>(event.then)]);
    }

    void on(const VisitCollected& event) {
        expect(event.number, Doing::is_away, "given what was collected");
        set(event.number, Doing::is_over);
    }

    void on(const VisitLeft& event) {
        std::erase_if(desks_, [&](const auto& desk) { return desk.second == event.number; });
        if (visits_.contains(event.number) && visits_[event.number] == Doing::is_over)
            say(name(event.number) + " left after the visit was over");
        set(event.number, Doing::is_over);
    }

    void on(const DeskMoved& event) {
        const auto from = desks_.find(event.from);
        if (from == desks_.end()) return;
        const Number number = from->second;
        desks_.erase(from);
        occupy(event.to, number, "moved");
    }

    void on(const DeskClosed& event) {
        if (const auto desk = desks_.find(event.desk); desk != desks_.end())
            say("desk " + to_string(event.desk) + " was closed with " + name(desk->second));
    }

    void on(const PromiseMade& event) {
        expect(event.number, Doing::waits, "promised a time");
        auto& promised = promised_[event.number];
        if (!promised.empty() && event.at_latest >= promised.back())
            say(name(event.number) + " was promised a later time than before");
        promised.push_back(event.at_latest);
        if (promised.size() > 2) say(name(event.number) + " was promised a time more than twice");
    }

    void on(const ModelFollowed& event) {
        if (event.edition <= edition_)
            say("follows edition " + std::to_string(event.edition) + " of the model after edition " +
                std::to_string(edition_));
        edition_ = event.edition;
    }

    void on(const DayEnded&) {
        has_ended_ = true;
        desks_.clear();
    }

    template <class Event>
    void on(const Event&) {}

    void expect(Number number, Doing doing, const char* what) {
        const auto visit = visits_.find(number);
        if (visit == visits_.end()) return say(name(number) + " was " + what + " but never given out");
        if (visit->second != doing) say(name(number) + " was " + what + " where it could not be");
    }

    void expect_at(const DeskId& desk, Number number, Doing doing, const char* what) {
        expect(number, doing, what);
        const auto found = desks_.find(desk);
        if (found == desks_.end() || found->second != number)
            say(name(number) + " was " + what + " at desk " + to_string(desk) + ", where it was not");
    }

    void set(Number number, Doing doing) { visits_[number] = doing; }

    void occupy(const DeskId& desk, Number number, const char* what) {
        for (const auto& [other, occupant] : desks_)
            if (occupant == number)
                say(name(number) + " was " + what + " to desk " + to_string(desk) + " while at desk " +
                    to_string(other));
        if (const auto found = desks_.find(desk); found != desks_.end())
            say("desk " + to_string(desk) + " got " + name(number) + " while it had " + name(found->second));
        desks_[desk] = number;
    }

    void free(const DeskId& desk, Number number, Doing doing, const char* what, Doing after) {
        expect_at(desk, number, doing, what);
        desks_.erase(desk);
        set(number, after);
    }

    void leave_desks(Number number, Doing doing, const char* what, Doing after) {
        expect(number, doing, what);
        std::erase_if(desks_, [&](const auto& desk) { return desk.second == number; });
        set(number, after);
    }

    std::vector<std::string> found_;
    std::string where_;
    std::uint64_t version_ = 0;
    journal::Instant last_at_{};
    std::optional<Number> last_number_;
    std::map<Number, Doing> visits_;
    std::map<DeskId, Number> desks_;
    std::map<Number, std::vector<Instant>> promised_;
    bool has_ended_ = false;
    Edition edition_ = 0;
};

Inspector::Inspector() : rules_{std::make_unique<Rules>()} {}

Inspector::Inspector(Inspector&&) noexcept = default;
Inspector& Inspector::operator=(Inspector&&) noexcept = default;
Inspector::~Inspector() = default;

void Inspector::see(const journal::Event& event) { rules_->check(event); }

const std::vector<std::string>& Inspector::found() const { return rules_->found(); }

std::vector<std::string> inspect(const std::vector<journal::Event>& events) {
    Inspector inspector;
    for (const auto& event : events)
        inspector.see(event);
    return inspector.found();
}

}  // namespace balcao::office
