#pragma once
// Looks ahead in every hall that changed: asks a forecaster for the waits, promises each new ticket by when
// it is called, and keeps what pages may show. Off the path of commands: its threads are its callers'.
// Used by `main`, which hands in the forecaster and calls look_ahead() each second, and by the pages.
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <vector>

#include "office/front_office.hpp"
#include "office/hall_snapshot.hpp"
#include "office/promises.hpp"
#include "rules/hall_past.hpp"
#include "rules/outlook.hpp"

namespace balcao::office {

// Who forecasts. Called by one thread at a time.
class Forecaster {
public:
    virtual ~Forecaster() = default;

    // What was measured at a site before, for the forecasts of that date. Always before the first of them.
    virtual void learn(const Layout& layout, Date date, const rules::HallPast& past) = 0;

    // For everybody who waits and for who would join each of `newcomers` now; promises are to be kept in the
    // share `level` of cases.
    virtual rules::Outlook forecast(const Layout& layout,
                                    const rules::HallNow& now,
                                    const std::vector<rules::QueueIndex>& newcomers,
                                    double level) = 0;
};

// Who knows the appointments. Called by one thread at a time.
class Appointments {
public:
    virtual ~Appointments() = default;

    // Those of that site and date that were confirmed and whose people have not come, with how likely each
    // comes. Error: unavailable.
    virtual Result<std::vector<DueVisit>> due(const model::SiteKey& site, Date date, Instant now) = 0;
};

// What is known of the waits of one site.
struct SiteOutlook {
    std::shared_ptr<const Layout> layout;
    Date date{};
    Instant made{};
    rules::Outlook outlook;
    PromiseRecord today;
    PromiseRecord week;  // today and the six days before
    double level = PromiseLevel::target;

    // Null where nothing is said.
    [[nodiscard]] const rules::WaitAnswer* of(Number number) const;
    [[nodiscard]] const rules::WaitAnswer* of_newcomer(const ServiceKey& service) const;
};

class Foresight {
public:
    // Before the office's first command, for it listens to what happens there. All must outlive it. Without
    // `appointments` nobody is expected.
    Foresight(FrontOffice& office,
              const Clock& clock,
              Forecaster& forecaster,
              Appointments* appointments = nullptr);

    // Called after each new outlook of a site, by the thread of look_ahead. Before the first look only.
    void listen(std::function<void(const model::SiteKey&)> listener);

    // Every hall that changed since the last look, and those in use whose outlook is old; each at most once a
    // second by the clock. Error: unavailable, the first that was met; the other sites are looked at all the
    // same.
    Result<void> look_ahead();

    // The same for one site; nothing for a site without tickets.
    Result<void> look_ahead(const model::SiteKey& key);

    // From any thread. Null while nothing is known or the site is closed and empty.
    [[nodiscard]] std::shared_ptr<const SiteOutlook> of(const model::SiteKey& site) const;

    struct Counters {
        std::uint64_t forecasts = 0;
        double seconds = 0;  // of the forecasts, added up
        double longest = 0;
        std::uint64_t promises = 0;  // handed in
    };

    [[nodiscard]] Counters counters() const;

    // Days before today from which is learnt.
    static constexpr int days_learnt = 28;

private:
    struct Site {
        std::shared_ptr<const Layout> layout;
        Date date{};
        bool is_learnt = false;
        bool was_handed_over = false;
        rules::HallPast past;       // before today
        PromiseRecord days_before;  // of this week
        PromiseLevel level;
        Instant looked{};
        Instant learnt{};  // with what today has shown
    };

    // Halls that changed since the last look. Answers of the office may come when nobody looks any more, so
    // they have a share in it.
    class Marks {
    public:
        void set(const model::SiteKey& site, bool has_changed);
        [[nodiscard]] bool has(const model::SiteKey& site) const;

    private:
        mutable std::mutex mutex_;
        std::set<model::SiteKey> changed_;
    };

    // What a look at a hall found.
    struct Seen {
        rules::HallNow now;
        PromiseRecord today;
        PromiseLevel level;
        std::map<Number, std::optional<Promise>> open;  // who waits for the first call
        bool is_in_use = false;
        Edition edition = first_edition;
    };

    Result<void> look_at(const model::SiteKey& key, Site& site, bool has_changed);
    Result<void> learn(const model::SiteKey& key, Site& site, Date today);
    Result<void> learn_today(const model::SiteKey& key, Site& site, Instant now);
    Result<void> expect(const model::SiteKey& key, const Site& site, rules::HallNow& now, Instant at);
    Result<Seen> see(const model::SiteKey& key, const Site& site, Instant at);
    void promise(const model::SiteKey& key, const Site& site, const Seen& seen, const rules::Outlook& told);
    void publish(const model::SiteKey& key, std::shared_ptr<const SiteOutlook> outlook);
    [[nodiscard]] std::vector<rules::QueueIndex> newcomers_of(const Layout& layout) const;

    FrontOffice& office_;
    const Clock& clock_;
    Forecaster& forecaster_;
    Appointments* appointments_;
    std::vector<std::function<void(const model::SiteKey&)>> listeners_;
    std::shared_ptr<Marks> changed_ = std::make_shared<Marks>();
    std::mutex looking_;  // of the sites and the forecaster: one look at a time
    std::map<model::SiteKey, Site> sites_;
    mutable std::mutex mutex_;  // of what follows
    std::map<model::SiteKey, std::shared_ptr<const SiteOutlook>> outlooks_;
    Counters counters_;
};

}  // namespace balcao::office
