#include "office/hall.hpp"

#include <algorithm>
#include <utility>

#include "base/check.hpp"

namespace balcao::office {
namespace {

const Desk closed_desk{};

}  // namespace

Hall::Hall(std::shared_ptr<const Layout> layout, Date date)
    : layout_{std::move(layout)}, date_{date}, waiting_{layout_->plan()} {}

void Hall::rest_until(Instant now) {
    for (std::size_t place = 0; place < pausing_.size();) {
        Visit& one = visit(pausing_[place]);
        auto& waiting = std::get<Waiting>(one.state);
        if (*waiting.paused_until > now) {
            ++place;
            continue;
        }
        waiting.paused_until.reset();
        pausing_.erase(pausing_.begin() + static_cast<std::ptrdiff_t>(place));
        join(one);
    }
}

void Hall::begin_with(std::shared_ptr<const Layout> layout) {
    BALCAO_CHECK(is_untouched_);
    layout_ = std::move(layout);
    waiting_ = rules::HallState{layout_->plan()};
}

// Who waits does so in the queues of another layout, by the same arrival; turns between services begin anew.
void Hall::go_by(Edition edition) {
    if (layout_->edition() == edition) return;
    auto other = layout_->in_edition(edition);
    if (other == nullptr) return;
    layout_ = std::move(other);
    waiting_ = rules::HallState{layout_->plan()};
    for (const Visit& one : visits_) {
        const auto* waits = std::get_if<Waiting>(&one.state);
        if (waits != nullptr && !waits->paused_until) join(one);
    }
}

bool Hall::has_desk(const DeskId& desk) const {
    return layout_->group_of(desk) || !std::holds_alternative<DeskClosedNow>(this->desk(desk).doing);
}

bool Hall::is_stranded(const Visit& visit) const {
    if (!std::holds_alternative<Waiting>(visit.state)) return false;
    const Leg& leg = visit.legs[visit.leg];
    return leg.only ? !has_desk(*leg.only) : !layout_->queue_of(leg, visit);
}

// The numbers of a day go on from where they began, whatever another edition says.
const Visit* Hall::find(Number number) const {
    if (visits_.empty()) return nullptr;
    const auto first = visits_.front().number.value;
    if (number.value < first || number.value - first >= visits_.size()) return nullptr;
    return &visits_[number.value - first];
}

Visit& Hall::visit(Number number) {
    const Visit* found = find(number);
    BALCAO_CHECK(found != nullptr);
    return visits_[static_cast<std::size_t>(found - visits_.data())];
}

// As many as the range in force has, counted from the first of the day where that lies elsewhere.
std::optional<Number> Hall::next_number() const {
    const auto& tickets = layout_->site().tickets;
    const auto last = static_cast<std::uint32_t>(tickets.last);
    const auto begin = static_cast<std::uint32_t>(tickets.first);
    const auto first = visits_.empty() ? begin : visits_.front().number.value;
    const auto next = first + static_cast<std::uint32_t>(visits_.size());
    if (next > std::max(last, first + (last - begin))) return std::nullopt;
    return Number{next};
}

const Desk& Hall::desk(const DeskId& desk) const {
    const auto found = desks_.find(desk);
    return found == desks_.end() ? closed_desk : found->second;
}

std::optional<DeskId> Hall::desk_of(const StaffKey& staff) const {
    for (const auto& [id, desk] : desks_)
        if (desk.staff == staff && !std::holds_alternative<DeskClosedNow>(desk.doing)) return id;
    return std::nullopt;
}

const Visit* Hall::visit_at(const DeskId& id) const {
    const auto* taken = std::get_if<DeskTaken>(&desk(id).doing);
    return taken == nullptr ? nullptr : find(taken->number);
}

std::vector<Number> Hall::sent_to(const DeskId& desk) const {
    std::vector<const Visit*> found;
    for (const Visit& one : visits_) {
        const auto* waits = std::get_if<Waiting>(&one.state);
        if (waits != nullptr && !waits->paused_until && one.legs[one.leg].only == desk) found.push_back(&one);
    }
    std::ranges::stable_sort(found, {}, &Visit::arrived);
    std::vector<Number> numbers;
    for (const Visit* one : found)
        numbers.push_back(one->number);
    return numbers;
}

bool operator==(const Hall& a, const Hall& b) {
    return a.date_ == b.date_ && a.visits_ == b.visits_ && a.desks_ == b.desks_ && a.pausing_ == b.pausing_ &&
           a.last_at_ == b.last_at_ && a.has_ended_ == b.has_ended_ && a.edition_ == b.edition_ &&
           a.layout_->edition() == b.layout_->edition() && a.waiting_.waiting() == b.waiting_.waiting();
}

// Into the queue of its leg, by the arrival at the site that never changes. Who is stranded is in none.
void Hall::join(const Visit& visit) {
    const Leg& leg = visit.legs[visit.leg];
    if (leg.only) return;
    const auto queue = layout_->queue_of(leg, visit);
    if (!queue) return;
    waiting_.join(*queue, static_cast<rules::PersonIndex>(&visit - visits_.data()),
                  rules::microseconds_of(counts_from(visit)), rules::microseconds_of(visit.joined));
}

void Hall::wait(Visit& visit, Waiting how) {
    visit.state = how;
    if (how.paused_until && *how.paused_until > last_at_) {
        pausing_.push_back(visit.number);
        return;
    }
    std::get<Waiting>(visit.state).paused_until.reset();
    join(visit);
}

void Hall::stop_waiting(Visit& visit) {
    const auto& waits = std::get<Waiting>(visit.state);
    const Leg& leg = visit.legs[visit.leg];
    if (waits.paused_until)
        std::erase(pausing_, visit.number);
    else if (const auto queue = leg.only ? std::nullopt : layout_->queue_of(leg, visit))
        waiting_.leave(*queue, static_cast<rules::PersonIndex>(&visit - visits_.data()));
}

void Hall::free_desk(const DeskId& id) { desks_[id].doing = DeskFree{last_at_}; }

// The time of one part at a desk, or on the way to it, added up.
void Hall::end_part(Visit& visit) {
    if (const auto* served = std::get_if<InService>(&visit.state)) visit.served += last_at_ - served->since;
    if (const auto* called = std::get_if<Called>(&visit.state)) visit.on_the_way += last_at_ - called->at;
}

template <>
void Hall::on(const DeskOpened& event) {
    auto& desk = desks_[event.desk];
    desk.staff = event.staff;
    desk.doing = DeskFree{last_at_};
}

template <>
void Hall::on(const DeskMoved& event) {
    Desk& from = desks_[event.from];
    Desk moved = std::exchange(from, Desk{});
    if (auto* taken = std::get_if<DeskTaken>(&moved.doing)) {
        auto& state = visit(taken->number).state;
        if (auto* called = std::get_if<Called>(&state)) called->desk = event.to;
        if (auto* served = std::get_if<InService>(&state)) served->desk = event.to;
    }
    desks_[event.to] = std::move(moved);
}

template <>
void Hall::on(const DeskPaused& event) {
    desks_[event.desk].doing = DeskResting{last_at_};
    desks_[event.desk].rested = last_at_;
}

template <>
void Hall::on(const DeskResumed& event) {
    free_desk(event.desk);
}

template <>
void Hall::on(const DeskClosed& event) {
    desks_[event.desk] = Desk{};
}

template <>
void Hall::on(const VisitBegun& event) {
    auto& visit = visits_.emplace_back();
    visit.number = event.number;
    visit.arrived = last_at_;
    visit.rank = event.rank;
    visit.standing = event.standing;
    visit.channel = event.channel;
    visit.person = event.person;
    if (event.appointment != Instant{}) visit.appointment = event.appointment;
    visit.legs = event.legs;
    visit.joined = last_at_;
    BALCAO_CHECK(find(event.number) == &visit);
    wait(visit, {});
}

template <>
void Hall::on(const VisitCalled& event) {
    Visit& one = visit(event.number);
    if (std::holds_alternative<Waiting>(one.state)) {
        const auto queue = layout_->queue_of(one.legs[one.leg], one);
        stop_waiting(one);
        if (queue) waiting_.count_turn(*queue);
    }
    one.state = Called{event.desk, last_at_};
    ++one.calls;
    if (!one.first_called) one.first_called = last_at_;
    desks_[event.desk].doing = DeskTaken{event.number};
}

template <>
void Hall::on(const VisitRecalled& event) {
    ++visit(event.number).calls;
}

template <>
void Hall::on(const CallUndone& event) {
    Visit& one = visit(event.number);
    --one.calls;
    if (one.first_called == std::get<Called>(one.state).at) one.first_called.reset();
    free_desk(event.desk);
    wait(one, {});
}

template <>
void Hall::on(const VisitRequeued& event) {
    Visit& one = visit(event.number);
    end_part(one);
    std::optional<Instant> paused_until =
        last_at_ + std::chrono::duration_cast<std::chrono::milliseconds>(layout_->site().tickets.pause);
    if (event.manner == Requeue::lower_count) one.calls = std::max(0, one.calls - 1);
    if (event.manner == Requeue::forget_calls) {
        one.calls = 0;
        paused_until.reset();
    }
    free_desk(event.desk);
    wait(one, {paused_until, std::nullopt});
}

template <>
void Hall::on(const VisitMissed& event) {
    Visit& one = visit(event.number);
    end_part(one);
    if (const DeskId* at = office::desk_of(one.state)) free_desk(DeskId{*at});
    if (std::holds_alternative<Waiting>(one.state)) stop_waiting(one);
    one.state = Missed{last_at_};
}

template <>
void Hall::on(const VisitReturned& event) {
    Visit& one = visit(event.number);
    one.calls = 0;
    wait(one, {});
}

template <>
void Hall::on(const ServiceStarted& event) {
    Visit& one = visit(event.number);
    end_part(one);
    if (std::holds_alternative<Waiting>(one.state)) stop_waiting(one);
    if (!one.first_called) one.first_called = last_at_;
    one.state = InService{event.desk, last_at_};
    desks_[event.desk].doing = DeskTaken{event.number};
}

template <>
void Hall::on(const VisitParked& event) {
    Visit& one = visit(event.number);
    end_part(one);
    one.state = Parked{event.desk, last_at_};
    free_desk(event.desk);
}

template <>
void Hall::on(const ServiceAdded& event) {
    visit(event.number).legs.push_back(event.leg);
}

template <>
void Hall::on(const VisitTransferred& event) {
    Visit& one = visit(event.number);
    end_part(one);
    one.legs.insert(one.legs.begin() + static_cast<std::ptrdiff_t>(++one.leg), event.to);
    one.calls = 0;
    one.joined = last_at_;
    free_desk(event.desk);
    wait(one, {std::nullopt, event.desk});
}

template <>
void Hall::on(const TransferUndone& event) {
    Visit& one = visit(event.number);
    stop_waiting(one);
    one.legs.erase(one.legs.begin() + static_cast<std::ptrdiff_t>(one.leg--));
    one.state = InService{event.desk, last_at_};
    desks_[event.desk].doing = DeskTaken{event.number};
}

template <>
void Hall::on(const ServiceEnded& event) {
    Visit& one = visit(event.number);
    end_part(one);
    ++one.leg;
    one.calls = 0;
    if (event.next) one.legs.insert(one.legs.begin() + static_cast<std::ptrdiff_t>(one.leg), *event.next);
    if (event.then == Then::stays) {
        one.state = InService{event.desk, last_at_};
        return;
    }
    free_desk(event.desk);
    if (event.then == Then::waits) {
        one.joined = last_at_;
        wait(one, {});
    }
    if (event.then == Then::collects) one.state = Collecting{last_at_};
    if (event.then == Then::goes) one.state = Done{last_at_};
}

template <>
void Hall::on(const VisitCollected& event) {
    visit(event.number).state = Done{last_at_};
}

template <>
void Hall::on(const VisitLeft& event) {
    Visit& one = visit(event.number);
    end_part(one);
    if (const DeskId* at = office::desk_of(one.state)) free_desk(DeskId{*at});
    if (std::holds_alternative<Waiting>(one.state)) stop_waiting(one);
    one.state = Left{last_at_};
}

template <>
void Hall::on(const EmergencyRaised& event) {
    desks_[event.desk].emergency = Emergency{last_at_, std::nullopt};
}

template <>
void Hall::on(const EmergencyAccepted& event) {
    desks_[event.desk].emergency->accepted_by = event.by;
}

template <>
void Hall::on(const EmergencyCleared& event) {
    desks_[event.desk].emergency.reset();
}

template <>
void Hall::on(const PromiseMade& event) {
    Visit& one = visit(event.number);
    const bool was_made = one.promise.has_value();
    one.promise = Promise{event.from, event.to, event.at_latest, event.basis, last_at_, was_made};
}

template <>
void Hall::on(const DayEnded&) {
    for (Visit& one : visits_) {
        end_part(one);
        const bool was_served =
            std::holds_alternative<InService>(one.state) || std::holds_alternative<Parked>(one.state);
        if (std::holds_alternative<Waiting>(one.state)) stop_waiting(one);
        if (was_served) {
            one.state = Done{last_at_};
        } else if (!is_over(one.state) && !std::holds_alternative<Collecting>(one.state)) {
            one.state = Missed{last_at_};
        }
    }
    desks_.clear();
    has_ended_ = true;
}

template <>
void Hall::on(const ModelFollowed& event) {
    edition_ = event.edition;
    go_by(edition_);
}

void Hall::apply(const HallEvent& event, Instant at) {
    if (is_untouched_ && !std::holds_alternative<ModelFollowed>(event)) go_by(first_edition);
    is_untouched_ = false;
    rest_until(at);
    last_at_ = std::max(last_at_, at);
    std::visit([this](const auto& one) { on(one); }, event);
}

}  // namespace balcao::office
