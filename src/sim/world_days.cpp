// The calendar of a world: days begin, sites open and close, rosters change, breaks are taken.
#include <algorithm>

#include "sim/world.hpp"

namespace balcao::sim {

using random::Draws;
using random::Stream;

World::World(const CityPlan& city, const WorldPlan& plan)
    : city_{city}, plan_{plan}, arrivals_{plan.sources.size()} {
    ledger.contacts.resize(plan.classes.size() * hours);
    ledger.legs.resize(plan.legs.size());
    ledger.sites.resize(plan.sites.size() * hours);
    ledger.desks.resize(plan.groups.size() * hours);
    ledger.needs.resize(plan.classes.size());
    histograms.wait_served.resize(plan.classes.size());
    histograms.wait_unserved.resize(plan.classes.size());
    histograms.in_system.resize(plan.classes.size());
    for (const auto& site : plan.sites) {
        auto& state = sites_.emplace_back(site.hall);
        state.line_inside.resize(site.lines.size());
        for (const auto group : site.groups)
            state.hall.set_desks(plan.groups[group].index, plan.groups[group].desk_count);
    }
    groups_.resize(plan.groups.size());
    sources_.resize(plan.sources.size());
    for (std::uint32_t group = 0; group < plan.groups.size(); ++group)
        for (std::size_t number = 0; number < plan.groups[group].group.breaks.size(); ++number)
            breaks_.emplace_back(group, number);
}

void World::begin(random::Seed seed) {
    seed_ = seed;
    const auto stream = [&](std::uint64_t entity, Purpose purpose) {
        return Stream::of(seed, entity, static_cast<std::uint64_t>(purpose));
    };
    for (std::size_t index = 0; index < plan_.sources.size(); ++index) {
        const auto entity = plan_.sources[index].entity;
        auto& state = sources_[index];
        state = {};
        state.arrival = stream(entity, Purpose::arrival);
        state.service = stream(entity, Purpose::service);
        state.patience = stream(entity, Purpose::patience);
        state.channel = stream(entity, Purpose::channel);
        state.digital = stream(entity, Purpose::digital);
        state.balking = stream(entity, Purpose::balking);
        state.route = stream(entity, Purpose::route);
        state.missing = stream(entity, Purpose::missing_document);
        state.learning = stream(entity, Purpose::learning);
        state.retry_share = stream(entity, Purpose::retry_share);
        state.retry_after = stream(entity, Purpose::retry_after);
        state.request = stream(entity, Purpose::booking_request);
        state.days_ahead = stream(entity, Purpose::days_ahead);
        state.no_show = stream(entity, Purpose::no_show);
        state.punctuality = stream(entity, Purpose::punctuality);
        state.day_factor = stream(entity, Purpose::day_factor);
        state.after_work = stream(entity, Purpose::after_work);
    }
    for (std::size_t index = 0; index < plan_.groups.size(); ++index) {
        const auto entity = plan_.groups[index].entity;
        groups_[index] = {};
        groups_[index].absence = stream(entity, Purpose::absence);
        groups_[index].away = stream(entity, Purpose::away);
    }
    able_.clear();
    for (const auto& people : plan_.people)
        able_.push_back(people.size > 0 ? people.digital * people.size : people.digital);
    needs_.clear();
    free_needs_.clear();
    later_.clear();
    probes.clear();
    needs.clear();
    unit_ = none;
    open_needs_ = 0;
    stranded_ = 0;
    was_stopped_ = false;
    day_ = -1;
    span_begin_ = 0;
    start_span();
    if (plan_.has_bookings) fill_books();
}

// Everything at rest, the clock at the span's origin.
void World::start_span() {
    events_.clear();
    deadlines_.clear();
    persons_.clear();
    free_persons_.clear();
    today_.clear();
    free_today_.clear();
    traced_.clear();
    now_ = hour_begin_ = day_begin_ = counted_from_ = 0;
    hour_end_ = des::hour;
    hour_ = 0;
    for (std::size_t source = 0; source < sources_.size(); ++source)
        arrivals_.set(static_cast<std::uint32_t>(source), des::never);
    desks_.assign(plan_.desk_count, Desk{});
    for (std::uint32_t index = 0; index < plan_.groups.size(); ++index) {
        const auto& group = plan_.groups[index];
        for (std::uint32_t place = 0; place < group.desk_count; ++place) {
            desks_[group.first_desk + place].group = index;
            desks_[group.first_desk + place].place = place;
        }
        groups_[index].level = 0;
        groups_[index].present = 0;
        groups_[index].present_since = 0;
        groups_[index].spare.clear();
    }
    for (std::size_t index = 0; index < sites_.size(); ++index) {
        auto& site = sites_[index];
        site.hall.clear();
        for (const auto group : plan_.sites[index].groups)
            if (plan_.groups[group].is_unlimited) site.hall.set_idle(plan_.groups[group].index, 0);
        std::ranges::fill(site.line_inside, 0);
        site.inside = 0;
        site.remote_inside = 0;
        site.counted_since = 0;
        site.is_open = false;
        site.may_start = false;
    }
}

bool World::run_day() {
    if (day_ >= 0) span_begin_ += des::day;
    was_stopped_ = false;
    start_span();
    begin_day(day_ + 1);
    if (!run_events(day_bound)) return false;
    end_day();
    return true;
}

bool World::run_until(Time end) {
    if (day_ < 0) begin_day(0);
    if (!run_events(end)) return false;
    advance(end);
    return true;
}

// What is not an arrival, the end of a service or of patience: the loop itself takes those.
void World::handle(const des::Event& event) {
    const auto subject = event.subject();
    switch (event.kind()) {
        case desk_returns:
            if (desks_[subject].ends_order != event.order) return;
            if (desks_[subject].is_on_break) make_present(desks_[subject], true);
            desks_[subject].is_on_break = false;
            free_desk(subject);
            return;
        case contact_comes: {
            const Pending contact = today_[subject];
            free_today_.push_back(subject);
            admit(contact);
            return;
        }
        case site_opens:
            open_site(subject);
            return;
        case site_closes:
            close_site(subject);
            return;
        case roster_changes:
            change_roster(subject);
            return;
        case break_begins:
            begin_break(subject);
            return;
        case midnight:
            begin_day(day_ + 1);
            return;
        default:
            return;
    }
}

void World::begin_day(int day) {
    day_ = day;
    if (city_.is_steady_state) {
        day_begin_ = static_cast<Time>(day) * des::day;
        events_.push(day_begin_ + des::day, midnight, 0);
    }
    const Date date = city_.first_day + std::chrono::days{day};
    for (std::uint32_t site = 0; site < sites_.size(); ++site) {
        sites_[site].open_today = plan_.sites[site].site.open.on(date);
        schedule_site(site, day);
    }
    for (std::uint32_t index = 0; index < plan_.sources.size(); ++index) {
        const auto& plan = plan_.sources[index];
        auto& state = sources_[index];
        if (plan.demand.bookings) take_requests(index, day);
        if (!plan.demand.arrivals) continue;
        state.segments = rates_on(plan, plan_.sites[plan.site].site, date, city_.first_day);
        if (plan.demand.arrivals->day_factor) {
            Draws draws{state.day_factor, static_cast<std::uint64_t>(day)};
            const double factor = std::max(0.0, plan.day_factor.draw(draws));
            for (auto& segment : state.segments)
                segment.rate *= factor;
            std::erase_if(state.segments, [](const RateSegment& segment) { return segment.rate <= 0; });
        }
        state.segment = 0;
        state.position = state.segments.empty() ? 0 : static_cast<double>(state.segments.front().begin);
        state.count = 0;
        state.tries = 0;
        state.batch_left = 0;
        arrivals_.set(index, next_arrival(index));
    }
    load_pending(day);
}

void World::draw_absences(std::uint32_t site, int day) {
    for (const auto index : plan_.sites[site].groups) {
        auto& state = groups_[index];
        const auto& group = plan_.groups[index];
        if (group.group.absence <= 0) continue;
        const auto concurrent = static_cast<std::uint32_t>(group.group.concurrent);
        for (std::uint32_t place = 0; place < group.desk_count; ++place) {
            const auto draw = (static_cast<std::uint64_t>(day) << 24) | (place / concurrent);
            desks_[group.first_desk + place].is_absent =
                Draws{state.absence, draw}.chance(group.group.absence);
        }
        // Doors that are open at midnight do not open again: who is away today is known now.
        if (sites_[site].is_open) set_level(index, state.level);
    }
}

void World::schedule_rosters(std::uint32_t site, int weekday) {
    const auto& plan = plan_.sites[site];
    for (const auto index : plan.groups) {
        const auto* roster = std::get_if<model::Roster>(&plan_.groups[index].group.count);
        if (roster == nullptr) continue;
        if (plan.site.open.always) events_.push(minute_today(0), roster_changes, site);
        for (const auto& [days, ranges] : roster->weekly) {
            if (!days.has(weekday)) continue;
            for (const auto& [range, desks] : ranges) {
                events_.push(minute_today(range.begin_minute), roster_changes, site);
                events_.push(minute_today(range.end_minute), roster_changes, site);
            }
        }
    }
}

void World::schedule_site(std::uint32_t site, int day) {
    const auto& open = sites_[site].open_today;
    const bool never_closes = plan_.sites[site].site.open.always;
    draw_absences(site, day);
    for (const auto& range : open) {
        if (!never_closes || day == 0) events_.push(minute_today(range.begin_minute), site_opens, site);
        if (!never_closes) events_.push(minute_today(range.end_minute), site_closes, site);
    }
    schedule_rosters(site, weekday_index(city_.first_day + std::chrono::days{day}));
    if (open.empty()) return;
    for (std::uint32_t which = 0; which < breaks_.size(); ++which) {
        const auto& group = plan_.groups[breaks_[which].first];
        if (group.site != site) continue;
        const int at_minute = group.group.breaks[breaks_[which].second].at_minute;
        events_.push(minute_today(at_minute), break_begins, which);
    }
}

void World::count_open(std::uint32_t site) {
    auto& state = sites_[site];
    if (state.may_start) {
        const Time from = std::max(state.counted_since, counted_from_);
        count_hours(from,
                    [&](std::size_t hour, Time time) { ledger.sites[site * hours + hour].open += time; });
    }
    state.counted_since = now_;
}

void World::count_present(std::uint32_t group) {
    auto& state = groups_[group];
    if (state.present > 0 && sites_[plan_.groups[group].site].is_open) {
        const Time from = std::max(state.present_since, counted_from_);
        count_hours(from, [&](std::size_t hour, Time time) {
            ledger.desks[group * hours + hour].staffed += time * state.present;
        });
    }
    state.present_since = now_;
}

void World::make_present(Desk& desk, bool present) {
    auto& state = groups_[desk.group];
    if (desk.place >= state.level || desk.is_absent) return;
    count_present(desk.group);
    state.present += present ? 1 : -1;
}

std::uint32_t World::level_now(const GroupPlan& group) const {
    const auto concurrent = static_cast<std::uint32_t>(group.group.concurrent);
    if (const auto* number = std::get_if<int>(&group.group.count))
        return static_cast<std::uint32_t>(*number) * concurrent;
    const auto* roster = std::get_if<model::Roster>(&group.group.count);
    if (roster == nullptr) return 0;
    const int weekday = weekday_index(city_.first_day + std::chrono::days{day_});
    const auto minute = static_cast<int>((now_ - day_begin_) / des::minute);
    for (const auto& [days, ranges] : roster->weekly) {
        if (!days.has(weekday)) continue;
        for (const auto& [range, desks] : ranges)
            if (range.begin_minute <= minute && minute < range.end_minute)
                return static_cast<std::uint32_t>(desks) * concurrent;
    }
    return 0;
}

// Desks below the level serve; those above finish whom they serve and close.
void World::set_level(std::uint32_t index, std::uint32_t level) {
    const auto& group = plan_.groups[index];
    auto& state = groups_[index];
    count_present(index);
    state.level = level;
    state.present = 0;
    for (std::uint32_t place = 0; place < group.desk_count; ++place) {
        auto& desk = desks_[group.first_desk + place];
        const bool is_wanted = place < level && !desk.is_absent;
        count_unscheduled(desk);
        desk.unscheduled_since = is_wanted ? des::never : now_;
        if (is_wanted && !desk.is_on_break) ++state.present;
        if (is_wanted && desk.state == DeskState::closed) {
            free_desk(group.first_desk + place);
        } else if (!is_wanted && desk.state == DeskState::idle) {
            sites_[group.site].hall.set_busy(group.index, place);
            desk.state = DeskState::closed;
        }
    }
}

void World::change_roster(std::uint32_t site) {
    if (!sites_[site].is_open) return;
    for (const auto group : plan_.sites[site].groups)
        if (std::holds_alternative<model::Roster>(plan_.groups[group].group.count))
            if (const auto level = level_now(plan_.groups[group]); level != groups_[group].level)
                set_level(group, level);
}

void World::open_site(std::uint32_t site) {
    auto& state = sites_[site];
    count_open(site);
    state.is_open = true;
    state.may_start = true;
    for (const auto index : plan_.sites[site].groups) {
        const auto& group = plan_.groups[index];
        if (group.is_unlimited) {
            while (const auto queue = rules::next_queue(state.hall, group.index, now_)) {
                const auto person = state.hall.head(*queue);
                leave_queue(person);
                start_service(seize(site, group.index), person);
            }
            continue;
        }
        groups_[index].present_since = now_;
        set_level(index, level_now(group));
        for (std::uint32_t place = 0; place < group.desk_count; ++place) {
            const auto desk = group.first_desk + place;
            if (desks_[desk].state != DeskState::idle) continue;
            state.hall.set_busy(group.index, place);
            free_desk(desk);
        }
    }
}

void World::close_site(std::uint32_t site) {
    auto& state = sites_[site];
    count_open(site);
    for (const auto index : plan_.sites[site].groups) {
        count_present(index);
        groups_[index].present = 0;
        for (std::uint32_t place = 0; place < plan_.groups[index].desk_count; ++place) {
            auto& desk = desks_[plan_.groups[index].first_desk + place];
            desk.unscheduled_since = std::min(desk.unscheduled_since, now_);
        }
    }
    state.is_open = false;
    if (plan_.sites[site].sends_away) send_waiting_away(site);
    if (state.inside == 0) state.may_start = false;
}

void World::send_waiting_away(std::uint32_t site) {
    auto& hall = sites_[site].hall;
    for (std::size_t queue = 0; queue < plan_.sites[site].hall.queues.size(); ++queue)
        while (hall.length(static_cast<rules::QueueIndex>(queue)) > 0)
            leave_unserved(hall.head(static_cast<rules::QueueIndex>(queue)), true);
}

void World::begin_break(std::uint32_t which) {
    const auto [index, number] = breaks_[which];
    const auto& group = plan_.groups[index];
    if (!sites_[group.site].is_open) return;
    const Time length = group.group.breaks[number].length.count();
    for (std::uint32_t place = 0; place < std::min(groups_[index].level, group.desk_count); ++place) {
        const auto desk_index = group.first_desk + place;
        auto& desk = desks_[desk_index];
        if (desk.is_absent) continue;
        desk.pending_break += length;
        if (desk.state != DeskState::idle) continue;
        sites_[group.site].hall.set_busy(group.index, place);
        free_desk(desk_index);
    }
}

void World::end_day() {
    if ((!events_.empty() || !deadlines_.empty()) && inside() > 0) was_stopped_ = true;
    stranded_ = was_stopped_ ? 0 : inside();
    for (std::uint32_t site = 0; site < sites_.size(); ++site) {
        count_open(site);
        send_waiting_away(site);
    }
    settle();
    // Only a day that was stopped has someone at a desk still.
    for (std::uint32_t person = 0; was_stopped_ && person < persons_.size(); ++person)
        if (persons_[person].is_inside) leave_without(person, true);
}

void World::settle() {
    for (std::uint32_t site = 0; site < sites_.size(); ++site)
        count_open(site);
    for (std::uint32_t group = 0; group < groups_.size(); ++group)
        count_present(group);
    for (auto& desk : desks_)
        if (desk.state == DeskState::busy ? desk.person != none : desk.is_working_after) count_busy(desk);
    for (const auto& person : persons_) {
        if (!person.is_inside) continue;
        const auto site = plan_.classes[person.contact_class].site;
        const Time from = std::max(person.arrived, counted_from_);
        ledger.contacts[person.cell].system_area += now_ - from;
        count_hours(from, [&](std::size_t hour, Time time) {
            ledger.sites[site * hours + hour].system_area += time;
        });
        if (!person.is_waiting) continue;
        const Time waits_from = std::max(person.joined, counted_from_);
        ledger.contacts[person.cell].queue_area += now_ - waits_from;
        count_hours(waits_from, [&](std::size_t hour, Time time) {
            ledger.sites[site * hours + hour].queue_area += time;
        });
    }
    counted_from_ = now_;
}

std::int64_t World::inside() const {
    std::int64_t people = 0;
    for (const auto& site : sites_)
        people += site.inside;
    return people;
}

}  // namespace balcao::sim
