#include "office/room.hpp"

#include <algorithm>
#include <utility>

#include "crypto/keys.hpp"
#include "office/answer.hpp"
#include "office/layouts.hpp"

namespace balcao::office {
namespace {

constexpr std::size_t remembered_most = 4096;
constexpr int tries_most = 100;  // of one command against other writers of the same hall

using journal::Outcome;

}  // namespace

Result<void> knows_edition_of(const HallEvent& event,
                              std::uint64_t version,
                              Layouts& layouts,
                              const model::SiteKey& site) {
    const auto* followed = std::get_if<ModelFollowed>(&event);
    if (followed == nullptr && version != 1) return {};
    const auto found = layouts.find(site, followed != nullptr ? followed->edition : first_edition);
    // Where nobody keeps editions, the layout at hand is the first.
    if (found || (followed == nullptr && found.error().code == Errc::not_found)) return {};
    return found.error();
}

Room::Turn::Turn(Room& room) : room_{room} {
    room_.mutex_.lock();
    ++room_.depth_;
}

Room::Turn::~Turn() {
    if (room_.depth_ == 1 && !room_.is_sending_) {
        room_.is_sending_ = true;
        while (!room_.outbox_.empty()) {
            const auto message = std::move(room_.outbox_.front());
            room_.outbox_.pop_front();
            --room_.depth_;
            room_.mutex_.unlock();
            message();
            room_.mutex_.lock();
            ++room_.depth_;
        }
        room_.is_sending_ = false;
    }
    --room_.depth_;
    room_.mutex_.unlock();
}

Room::Room(journal::Store& store,
           const Clock& clock,
           const Zone& zone,
           const std::vector<Listener>& listeners,
           std::shared_ptr<Layouts> layouts,
           std::shared_ptr<const Layout> layout,
           Date date)
    : store_{store},
      clock_{clock},
      zone_{zone},
      listeners_{listeners},
      layouts_{std::move(layouts)},
      site_{layout->site().key},
      stream_{stream_of(site_, date)},
      in_force_{layout},
      known_{std::move(layout), date},
      ahead_{known_} {}

void Room::handle(Command command, std::string key, Answered answered) {
    const Turn turn{*this};
    if (const auto known = remembered_.find(key); known != remembered_.end()) {
        outbox_.push_back([reply = known->second, answered = std::move(answered)] { answered(reply); });
        return;
    }
    if (const auto flying = by_key_.find(key); flying != by_key_.end()) {
        flying->second->answered.push_back(std::move(answered));
        return;
    }
    const auto flight = std::make_shared<Flight>();
    flight->command = std::move(command);
    flight->key = std::move(key);
    flight->answered.push_back(std::move(answered));
    if (!flight->key.empty()) by_key_[flight->key] = flight;
    if (must_recover_) {
        again_.push_back(flight);
        if (flying_.empty()) recover();
        return;
    }
    launch(flight);
}

// Decides on the hall as it will be. What changes nothing still waits behind what it rests on.
void Room::launch(const FlightPointer& flight) {
    if (!flight->follows && !ahead_.is_untouched() && is_behind()) follow();
    const Instant at = std::max(clock_.now(), ahead_.last_at());
    ahead_.rest_until(at);
    auto decision = decide_on_ahead(*flight, at);
    flight->events.clear();
    flight->outcome.reset();
    flying_.push_back(flight);
    if (const auto* refusal = std::get_if<Refusal>(&decision)) {
        flight->reply = reply_before(flight->key, *refusal);
        flight->outcome = Outcome::written;
        return land();
    }
    auto& events = std::get<std::vector<HallEvent>>(decision);
    // The first event of a day names the edition, unless it is the first.
    const bool must_name = !events.empty() && !flight->follows && ahead_.is_untouched() && is_behind();
    if (must_name) ahead_.apply(ModelFollowed{in_force_->edition()}, at);
    for (auto& event : events) {
        ahead_.apply(event, at);
        flight->events.emplace_back(std::move(event), at);
    }
    flight->reply = Accepted{answer_of(ahead_, flight->command, flight->events)};
    if (must_name) flight->events.emplace(flight->events.begin(), ModelFollowed{in_force_->edition()}, at);
    if (flight->events.empty()) {
        flight->outcome = Outcome::written;
        return land();
    }
    submit(flight);
}

// Since the midnight with which the hall's day began, by the clocks of the city; what comes after that day is
// over is beyond its 1440 minutes.
int Room::minute_of(Instant at) const {
    const auto local = zone_.at(at);
    const auto days = std::chrono::sys_days{local.date} - std::chrono::sys_days{known_.date()};
    return static_cast<int>(
        std::chrono::duration_cast<std::chrono::minutes>(local.since_midnight + days).count());
}

// What is refused now may have been done by an earlier command of that key, whose answer was lost.
Reply Room::reply_before(const std::string& key, const Refusal& refusal) const {
    if (key.empty()) return refusal;
    const auto before = store_.answer_to(key);
    if (!before) return Unavailable{};
    if (*before) return Accepted{**before};
    return refusal;
}

Decision Room::decide_on_ahead(const Flight& flight, Instant at) const {
    if (flight.follows)
        return is_behind() && !ahead_.is_untouched()
                   ? std::vector<HallEvent>{ModelFollowed{in_force_->edition()}}
                   : std::vector<HallEvent>{};
    return decide(ahead_, flight.command, {at, minute_of(at)});
}

// A day that is over stays with the edition that it went by.
bool Room::is_behind() const {
    return ahead_.edition() < in_force_->edition() && !ahead_.has_ended() &&
           ahead_.date() >= zone_.at(clock_.now()).date;
}

void Room::follow() {
    const auto flight = std::make_shared<Flight>();
    flight->follows = true;
    launch(flight);
}

void Room::adopt(std::shared_ptr<const Layout> layout) {
    const Turn turn{*this};
    if (layout->edition() <= in_force_->edition()) return;
    in_force_ = std::move(layout);
    const bool was_untouched = known_.is_untouched();
    if (was_untouched) known_.begin_with(in_force_);
    if (ahead_.is_untouched()) ahead_.begin_with(in_force_);
    if (!must_recover_ && !ahead_.is_untouched() && is_behind()) follow();
    if (was_untouched) tell({});
}

void Room::submit(const FlightPointer& flight) {
    journal::Writing writing;
    writing.stream = stream_;
    writing.expected = ahead_version_;
    writing.after = ahead_salt_;
    for (const auto& [event, at] : flight->events) {
        auto draft = encode(event);
        writing.events.push_back({stream_, ++ahead_version_, at, std::move(draft.type), std::move(draft.body),
                                  crypto::random_bytes(16)});
    }
    flight->last_salt = ahead_salt_ = writing.events.back().salt;
    journal::Commit commit;
    commit.command = flight->key;
    commit.answer = std::get<Accepted>(flight->reply).json;
    commit.writings.push_back(std::move(writing));
    // Handed over outside the lock, as answers are: a store may answer from within, on behalf of another
    // room.
    outbox_.push_back([self = shared_from_this(), flight, commit = std::move(commit)]() mutable {
        self->store_.submit(std::move(commit), [self, flight](Outcome outcome) {
            const Turn turn{*self};
            flight->outcome = outcome;
            self->land();
        });
    });
}

// Answers, in order, everything whose fate is known.
void Room::land() {
    while (!flying_.empty() && flying_.front()->outcome) {
        const FlightPointer flight = std::move(flying_.front());
        flying_.pop_front();
        const bool is_on_failed_ground = must_recover_;
        switch (*flight->outcome) {
            case Outcome::written:
                if (is_on_failed_ground && flight->events.empty()) {
                    again_.push_back(flight);
                    break;
                }
                if (!is_on_failed_ground && !flight->events.empty()) {
                    for (const auto& [event, at] : flight->events)
                        known_.apply(event, at);
                    known_version_ += flight->events.size();
                    known_salt_ = flight->last_salt;
                    tell(flight->events);
                }
                finish(flight);
                break;
            case Outcome::conflict:
                must_recover_ = true;
                again_.push_back(flight);
                break;
            case Outcome::repeated: {
                must_recover_ = true;
                const auto answer = store_.answer_to(flight->key);
                flight->reply = Unavailable{};
                if (answer && *answer) flight->reply = Accepted{**answer};
                finish(flight);
                break;
            }
            case Outcome::unavailable:
                must_recover_ = true;
                flight->reply = Unavailable{};
                finish(flight);
                break;
        }
    }
    if (must_recover_ && flying_.empty() && !again_.empty()) recover();
}

void Room::finish(const FlightPointer& flight) {
    by_key_.erase(flight->key);
    remember(flight->key, flight->reply);
    for (auto& answered : flight->answered)
        outbox_.push_back([flight, answered = std::move(answered)] { answered(flight->reply); });
}

void Room::remember(const std::string& key, const Reply& reply) {
    if (key.empty() || !std::holds_alternative<Accepted>(reply)) return;
    if (!remembered_.emplace(key, reply).second) return;
    remembered_order_.push_back(key);
    if (remembered_order_.size() <= remembered_most) return;
    remembered_.erase(remembered_order_.front());
    remembered_order_.pop_front();
}

// Nothing flies: begins again from what is durable, and decides anew what could not be written.
void Room::recover() {
    if (!read_on()) {
        auto failed = std::exchange(again_, {});
        for (const auto& flight : failed) {
            flight->reply = Unavailable{};
            finish(flight);
        }
        return;
    }
    auto waiting = std::exchange(again_, {});
    for (const auto& flight : waiting) {
        if (++flight->tries > tries_most) {
            flight->reply = Unavailable{};
            finish(flight);
        } else if (must_recover_) {
            again_.push_back(flight);  // the ground gave way once more
        } else {
            launch(flight);
        }
    }
    if (must_recover_ && flying_.empty() && !again_.empty()) recover();
}

// What the stream has beyond what is known here. Only while nothing flies.
Result<void> Room::read_on() {
    auto read = store_.read(stream_, known_version_);
    if (!read) return read.error();
    std::vector<std::pair<HallEvent, Instant>> events;
    for (const auto& event : *read) {
        auto decoded = decode(event);
        if (!decoded) return decoded.error();
        if (auto known = knows_edition_of(*decoded, event.version, *layouts_, site_); !known) return known;
        known_.apply(*decoded, event.at);
        ++known_version_;
        known_salt_ = event.salt;
        events.emplace_back(*std::move(decoded), event.at);
    }
    ahead_ = known_;
    ahead_version_ = known_version_;
    ahead_salt_ = known_salt_;
    must_recover_ = false;
    if (!events.empty()) tell(std::move(events));
    return {};
}

// The listeners see the hall as it is when they are told, which may be later than the events; never earlier.
void Room::tell(std::vector<std::pair<HallEvent, Instant>> events) {
    if (listeners_.empty()) return;
    outbox_.push_back([self = shared_from_this(), events = std::move(events)] {
        const std::lock_guard lock{self->mutex_};
        for (const auto& listener : self->listeners_)
            listener({self->known_, events});
    });
}

Result<void> Room::look(const std::function<void(const Hall&)>& look) {
    const Turn turn{*this};
    if (must_recover_ && flying_.empty()) {
        auto read = read_on();
        if (!read && known_version_ == 0) return read.error();  // what was known goes on being shown
    }
    known_.rest_until(clock_.now());
    look(known_);
    return {};
}

Result<void> Room::catch_up() {
    const Turn turn{*this};
    if (!flying_.empty()) return {};  // what others wrote will be met by what flies
    auto read = read_on();
    if (read && again_.empty() && !ahead_.is_untouched() && is_behind()) follow();
    return read;
}

bool Room::is_idle() {
    const std::lock_guard lock{mutex_};
    return flying_.empty() && again_.empty() && outbox_.empty() && !is_sending_;
}

}  // namespace balcao::office
