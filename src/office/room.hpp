#pragma once
// One hall with its writer: decides commands in order on the hall as it will be once everything in flight is
// durable, and answers in the same order. When a commit fails, what was built on it is decided again on what
// is true. Internal to `office`: FrontOffice keeps one for each site and day.
#include <deque>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "office/decide.hpp"
#include "office/front_office.hpp"

namespace balcao::office {

// Makes sure that the edition by which an event of a site's hall goes is to be had here, before it is folded:
// the one that it names, or the first one for the first event. Error: as FindModel.
Result<void> knows_edition_of(const HallEvent& event,
                              std::uint64_t version,
                              Layouts& layouts,
                              const model::SiteKey& site);

class Room : public std::enable_shared_from_this<Room> {
public:
    Room(journal::Store& store,
         const Clock& clock,
         const Zone& zone,
         const std::vector<Listener>& listeners,
         std::shared_ptr<Layouts> layouts,
         std::shared_ptr<const Layout> layout,
         Date date);

    void handle(Command command, std::string key, Answered answered);

    Result<void> look(const std::function<void(const Hall&)>& look);

    Result<void> catch_up();

    // Another layout is in force: the hall follows it from its next event on.
    void adopt(std::shared_ptr<const Layout> layout);

    [[nodiscard]] const model::SiteKey& site() const { return site_; }

    // Everything that was asked has been answered.
    [[nodiscard]] bool is_idle();

private:
    // A command between its decision and its answer.
    struct Flight {
        Command command;
        std::string key;
        std::vector<Answered> answered;  // one, or more when the same key came again meanwhile
        std::vector<std::pair<HallEvent, Instant>> events;
        std::string last_salt;  // of its last event
        Reply reply;
        std::optional<journal::Outcome> outcome;  // nothing while the store has it
        int tries = 0;
        bool follows = false;  // no command: the hall is to go by the layout in force
    };

    using FlightPointer = std::shared_ptr<Flight>;

    // Holds the room, also when it is held already by the same thread (a store may answer at once); who lets
    // go last sends what is to be sent, in order, without holding it.
    class Turn {
    public:
        explicit Turn(Room& room);
        Turn(const Turn&) = delete;
        Turn& operator=(const Turn&) = delete;
        Turn(Turn&&) = delete;
        Turn& operator=(Turn&&) = delete;
        ~Turn();

    private:
        Room& room_;
    };

    void launch(const FlightPointer& flight);
    [[nodiscard]] int minute_of(Instant at) const;
    [[nodiscard]] Reply reply_before(const std::string& key, const Refusal& refusal) const;
    Decision decide_on_ahead(const Flight& flight, Instant at) const;
    [[nodiscard]] bool is_behind() const;
    void follow();
    void submit(const FlightPointer& flight);
    void land();
    void finish(const FlightPointer& flight);
    void recover();
    Result<void> read_on();
    void tell(std::vector<std::pair<HallEvent, Instant>> events);
    void remember(const std::string& key, const Reply& reply);

    journal::Store& store_;
    const Clock& clock_;
    const Zone& zone_;
    const std::vector<Listener>& listeners_;
    const std::shared_ptr<Layouts> layouts_;
    const model::SiteKey site_;
    std::string stream_;

    std::recursive_mutex mutex_;
    int depth_ = 0;
    bool is_sending_ = false;
    std::deque<std::function<void()>> outbox_;

    std::shared_ptr<const Layout> in_force_;
    Hall known_;  // durable
    Hall ahead_;  // with what is in flight
    std::uint64_t known_version_ = 0;
    std::string known_salt_;  // of the last event of `known_`
    std::uint64_t ahead_version_ = 0;
    std::string ahead_salt_;    // of the last event of `ahead_`: what the next commit is built on
    bool must_recover_ = true;  // not read yet, or a commit failed
    std::deque<FlightPointer> flying_;
    std::deque<FlightPointer> again_;  // to be decided anew once nothing flies
    std::unordered_map<std::string, FlightPointer> by_key_;
    std::unordered_map<std::string, Reply> remembered_;  // the last answers, by key
    std::deque<std::string> remembered_order_;
};

}  // namespace balcao::office
