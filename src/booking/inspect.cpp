#include "booking/inspect.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "booking/booking_event.hpp"

namespace balcao::booking {
namespace {

using std::chrono::minutes;

// What somebody who only reads makes of one booking in one stream.
struct Life {
    Placed what;
    bool is_sure = false;    // confirmed
    bool is_inside = false;  // checked in
    bool is_missed = false;
    Instant until{};  // of what is not sure

    [[nodiscard]] bool stands(Instant at) const { return is_sure || until > at; }
};

using Lives = std::map<BookingKey, Life>;

// A person's list: what each booking is, and until when it is theirs.
struct Own {
    std::string site;
    Instant start{};
    Instant until{};
    friend bool operator==(const Own&, const Own&) = default;
};

using Owned = std::map<BookingKey, Own>;

// Of "book/<site>/<date>".
std::string site_of(const std::string& stream) { return stream.substr(5, stream.rfind('/') - 5); }

// What is wrong, and with which event; of none where whole streams do not fit together.
struct Fault {
    std::string stream;
    std::uint64_t version = 0;
    std::string what;
};

std::string sentence_of(const Fault& fault) {
    return (fault.stream.empty() ? "" : fault.stream) +
           (fault.version == 0 ? "" : " " + std::to_string(fault.version)) +
           (fault.stream.empty() ? "" : ": ") + fault.what;
}

class Inspector {
public:
    Inspector(std::optional<Zone> zone, PlanOf plan_of)
        : zone_{std::move(zone)}, plan_of_{std::move(plan_of)} {}

    // What was found since it was last asked.
    std::vector<Fault> found() { return std::exchange(found_, {}); }

    void check(const journal::Event& event) {
        if (!is_inspected(event.stream)) return;
        const bool is_book = event.stream.starts_with("book/");
        version_ = event.version;
        stream_ = event.stream;
        at_ = event.at;
        auto& [version, last] = ends_[event.stream];
        if (event.version != ++version) say("comes where version " + std::to_string(version) + " should");
        version = event.version;
        if (event.at < last) say("happened before the event in front of it");
        last = event.at;
        is_book ? check_book(event) : check_booker(event);
    }

    void finish() {
        const auto owned = compare_days();
        if (left_ != come_) found_.push_back({{}, 0, "what moved away is not what came"});
        for (const auto& [stream, list] : bookers_) {
            const auto in_books = owned.find(stream);
            if (in_books == owned.end() ? !list.empty() : in_books->second != list)
                found_.push_back({stream, 0, "is not what the books say"});
        }
        for (const auto& [stream, list] : owned)
            if (!bookers_.contains(stream))
                found_.push_back({stream, 0, "is not there, but the books say what is in it"});
    }

private:
    void say(std::string what) { found_.push_back({stream_, version_, std::move(what)}); }

    // Whether that moment is on another day than that; not known without a zone.
    [[nodiscard]] bool is_elsewhen(Instant at, const std::string& date) const {
        return zone_ && format_date(zone_->at(at).date) != date;
    }

    // No booking stands on two days; whose they are.
    std::map<std::string, Owned> compare_days() {
        std::map<BookingKey, std::string> seen;
        std::map<std::string, Owned> owned;
        for (const auto& [stream, lives] : books_)
            for (const auto& [booking, life] : lives) {
                const auto [other, is_new] = seen.emplace(booking, stream);
                if (!is_new)
                    found_.push_back({stream, 0, booking.text() + " stands in " + other->second + " too"});
                for (const auto& mark : life.what.marks)
                    owned["booker/" + mark][booking] = {site_of(stream), life.what.start,
                                                        life.is_sure ? Instant{} : life.until};
            }
        return owned;
    }

    void check_book(const journal::Event& event) {
        const auto decoded = decode_book(event);
        if (!decoded) return say(decoded.error().what);
        lives_ = &books_[event.stream];
        std::visit([this](const auto& one) { on(one); }, *decoded);
    }

    void check_booker(const journal::Event& event) {
        const auto decoded = decode_booker(event);
        if (!decoded) return say(decoded.error().what);
        auto& list = bookers_[event.stream];
        if (const auto* taken = std::get_if<BookingTaken>(&*decoded))
            list[taken->booking] = {taken->site.text(), taken->start, taken->until};
        else if (list.erase(std::get<BookingLeft>(*decoded).booking) == 0)
            say("left what was not there");
    }

    void on(const BookingHeld& event) {
        begin(event.booking, {event.what, event.until == Instant{}, false, false, event.until});
    }

    void on(const BookingMovedHere& event) {
        begin(event.booking, {event.what, true, false, false, {}});
        come_.insert(move_of(event.booking, event.start, event.what.start, site_of(stream_)));
    }

    void on(const BookingMovedAway& event) {
        Life* life = find(event.booking, "moved");
        if (life == nullptr) return;
        if (!life->is_sure || life->is_inside || life->is_missed)
            say(event.booking.text() + " could not move");
        left_.insert(move_of(event.booking, life->what.start, event.start, event.site.text()));
        lives_->erase(event.booking);
    }

    void on(const ContactGiven& event) {
        Life* life = find(event.booking, "given to somebody");
        if (life == nullptr) return;
        if (!life->stands(at_)) say(event.booking.text() + " was given to somebody after it had lapsed");
        life->what.marks = event.marks;
        life->what.person = event.person;
        if (!life->is_sure) life->until = event.until;
    }

    void on(const BookingConfirmed& event) {
        Life* life = find(event.booking, "confirmed");
        if (life == nullptr) return;
        if (life->is_sure) say(event.booking.text() + " was confirmed twice");
        if (life->what.person.empty()) say(event.booking.text() + " was confirmed for nobody");
        if (!life->stands(at_)) say(event.booking.text() + " was confirmed after it had lapsed");
        life->is_sure = true;
    }

    void on(const BookingCancelled& event) {
        const Life* life = find(event.booking, "cancelled");
        if (life == nullptr) return;
        if (life->is_inside || life->is_missed) say(event.booking.text() + " could not be cancelled");
        lives_->erase(event.booking);
    }

    void on(const CheckedIn& event) {
        Life* life = find(event.booking, "checked in");
        if (life == nullptr) return;
        if (!life->is_sure) say(event.booking.text() + " came in without being confirmed");
        if (life->is_inside) say(event.booking.text() + " came in twice");
        if (zone_ && zone_->at(life->what.start).date != zone_->at(at_).date)
            say(event.booking.text() + " came in on another day");
        life->is_inside = true;
        life->is_missed = false;
    }

    void on(const CheckInUndone& event) {
        Life* life = find(event.booking, "sent back");
        if (life == nullptr) return;
        if (!life->is_inside) say(event.booking.text() + " was sent back but had not come");
        life->is_inside = false;
    }

    void on(const BookingMissed& event) {
        Life* life = find(event.booking, "missed");
        if (life == nullptr) return;
        if (!life->is_sure || life->is_inside) say(event.booking.text() + " was missed but could not be");
        life->is_missed = true;
    }

    template <class Event>
    void on(const Event& event) {
        find(event.booking, "changed");
    }

    Life* find(const BookingKey& booking, const char* what) {
        const auto found = lives_->find(booking);
        if (found != lives_->end()) return &found->second;
        say(booking.text() + " was " + what + " but is not there");
        return nullptr;
    }

    void begin(const BookingKey& booking, Life life) {
        const auto [there, is_new] = lives_->emplace(booking, std::move(life));
        if (!is_new) return say(booking.text() + " began twice");
        const rules::SlotPlan* plan = plan_of_(model::SiteKey{site_of(stream_)}, at_);
        const auto& what = there->second.what;
        if (is_elsewhen(what.start, stream_.substr(stream_.rfind('/') + 1)))
            say(booking.text() + " is in the book of another day");
        if (plan == nullptr || !zone_) return;
        const auto window = std::find_if(plan->windows.begin(), plan->windows.end(),
                                         [&](const auto& one) { return one.window.key == what.window; });
        if (window == plan->windows.end()) return say(booking.text() + " is in no window");
        for (int minute = 0; minute < what.minutes; ++minute)
            count(*window, what, what.start + minutes{minute});
    }

    // The people in a window at one moment, as they stand when the event happens.
    void count(const rules::WindowPlan& window, const Placed& fresh, Instant moment) {
        int all = 0;
        int of_public = 0;
        std::map<model::ServiceKey, int> of_service;
        for (const auto& [booking, life] : *lives_) {
            const auto& what = life.what;
            const bool is_there = what.window == fresh.window && what.start <= moment &&
                                  moment < what.start + minutes{what.minutes} && life.stands(at_) &&
                                  !life.is_missed;
            if (!is_there) continue;
            ++all;
            of_public += what.is_staff ? 0 : 1;
            for (const auto& service :
                 std::set<model::ServiceKey>(what.services.begin(), what.services.end()))
                ++of_service[service];
        }
        const auto clock = zone_->at(moment);
        const auto minute = static_cast<int>(clock.since_midnight / minutes{1});
        int places = 0;
        for (const auto& [hours, here] : window.places[static_cast<std::size_t>(weekday_index(clock.date))])
            if (hours.begin_minute <= minute && minute < hours.end_minute) places += here;
        const std::string when = format_date(clock.date) + " " + format_time_of_day(minute);
        if (all > places)
            say(std::to_string(all) + " people for " + std::to_string(places) + " places at " + when);
        const auto& quota = window.window.for_public;
        if (quota && !fresh.is_staff && of_public > *quota)
            say("more of the public than its places at " + when);
        for (const auto& [service, most] : window.window.most)
            if (of_service[service] > most)
                say("more people for " + service.text() + " than may be at " + when);
    }

    static std::string move_of(const BookingKey& booking,
                               Instant from,
                               Instant to,
                               const std::string& to_site) {
        return booking.text() + " " + std::to_string(from.time_since_epoch().count()) + " " +
               std::to_string(to.time_since_epoch().count()) + " " + to_site;
    }

    const std::optional<Zone> zone_;
    const PlanOf plan_of_;
    std::vector<Fault> found_;
    std::uint64_t version_ = 0;
    std::string stream_;
    Instant at_{};
    std::map<std::string, std::pair<std::uint64_t, Instant>> ends_;
    std::map<std::string, Lives> books_;
    std::map<std::string, Owned> bookers_;
    std::multiset<std::string> left_;
    std::multiset<std::string> come_;
    Lives* lives_ = nullptr;
};

}  // namespace

bool is_inspected(std::string_view stream) {
    return stream.starts_with("book/") || stream.starts_with("booker/");
}

std::vector<std::string> inspect(const std::vector<journal::Event>& events,
                                 const Zone& zone,
                                 const PlanOf& plan_of) {
    Inspector inspector{zone, plan_of};
    for (const auto& event : events)
        inspector.check(event);
    inspector.finish();
    std::vector<std::string> found;
    for (const auto& fault : inspector.found())
        found.push_back(sentence_of(fault));
    return found;
}

struct Inspection::Parts {
    Parts(std::optional<Zone> zone, PlanOf plan_of) : inspector{std::move(zone), std::move(plan_of)} {}

    Inspector inspector;
};

Inspection::Inspection(std::optional<Zone> zone, PlanOf plan_of)
    : parts_{std::make_unique<Parts>(std::move(zone), std::move(plan_of))} {}

Inspection::~Inspection() = default;

Result<std::unique_ptr<Inspection>> Inspection::under(const model::Model* model) {
    const auto nowhere = [](const model::SiteKey&, Instant) -> const rules::SlotPlan* { return nullptr; };
    if (model == nullptr) return std::make_unique<Inspection>(std::nullopt, nowhere);
    BALCAO_TRY(auto zone, Zone::find(model->time_zone));
    auto plans = std::make_shared<std::map<model::SiteKey, rules::SlotPlan>>();
    for (const auto& site : model->sites) {
        BALCAO_TRY(auto plan, rules::make_slot_plan(*model, site));
        plans->emplace(site.key, std::move(plan));
    }
    return std::make_unique<Inspection>(
        std::move(zone), [plans](const model::SiteKey& site, Instant) -> const rules::SlotPlan* {
            const auto found = plans->find(site);
            return found == plans->end() ? nullptr : &found->second;
        });
}

std::vector<std::string> Inspection::take(const std::vector<journal::Event>& stream) {
    for (const auto& event : stream)
        parts_->inspector.check(event);
    std::vector<std::string> found;
    for (const auto& fault : parts_->inspector.found())
        found.push_back("event " + std::to_string(fault.version) + ": " + fault.what);
    return found;
}

std::vector<std::string> Inspection::finish() {
    parts_->inspector.finish();
    std::vector<std::string> found;
    for (const auto& fault : parts_->inspector.found())
        found.push_back(sentence_of(fault));
    return found;
}

}  // namespace balcao::booking
