#include "record/site_record.hpp"

#include <algorithm>

#include "stats/batch.hpp"

namespace balcao::record {
namespace {

using std::chrono::days;

constexpr double usual_limit = 20;  // minutes, where no target names one
constexpr double confidence = 0.95;
constexpr double minute = 60e6;
constexpr std::chrono::seconds young{30};  // as long as what may still change is shown as it was

std::optional<Mean> mean_of(const std::vector<double>& x, const std::vector<double>& y) {
    const auto estimate = stats::batch_ratio({x, y}, confidence);
    if (!estimate) return std::nullopt;
    return Mean{estimate->ratio.mean, estimate->ratio.half_width};
}

void add(std::vector<DutyKept>& to, const model::DutyKey& duty, Kept kept) {
    auto one = std::ranges::find(to, duty, &DutyKept::duty);
    if (one == to.end()) one = to.insert(one, DutyKept{.duty = duty});
    one->kept += kept == Kept::kept ? 1 : 0;
    one->broken += kept == Kept::broken ? 1 : 0;
    one->look += kept == Kept::look ? 1 : 0;
}

}  // namespace

double SiteRecords::limit_minutes(const model::SiteKey& site) const {
    const auto model = reader_.model();
    for (const model::Target& target : model->targets) {
        const bool is_for_everybody = !target.service && !target.group && !target.channel;
        if (target.limit && is_for_everybody && (!target.site || *target.site == site))
            return static_cast<double>(target.limit->count()) / minute;
    }
    return usual_limit;
}

Result<LawDay> SiteRecords::law(const model::SiteKey& site, Date date) const {
    BALCAO_TRY(const auto day, reader_.day(site, date));
    return law_day(day, *day.model, reader_.zone());
}

SiteRecords::Site& SiteRecords::site_of(const model::SiteKey& site) const {
    const std::lock_guard lock{mutex_};
    return sites_[site];
}

Result<std::shared_ptr<const SiteRecords::Day>> SiteRecords::day(Site& there,
                                                                 const model::SiteKey& site,
                                                                 Date date) const {
    const Instant now = reader_.now();
    const auto known = there.days.find(date);
    if (known != there.days.end() && now < known->second.until) return known->second.day;
    BALCAO_TRY(const auto hall, reader_.day(site, date));
    auto made = std::make_shared<Day>();
    City city{*hall.model, reader_.zone()};
    city.limits = {limit_minutes(site)};
    DaySums sums;
    add_to(sums, hall, city);
    made->sums = sums.parts[sim::Breakdown{.site = site.text()}].sums;
    if (!hall.is_empty())
        for (const DutyFound& found : law_day(hall, *hall.model, reader_.zone()).duties)
            made->duties.emplace_back(found.duty.key, found.kept);
    std::shared_ptr<const Day> kept = std::move(made);
    // What is collected days later changes nothing that is counted; the day before is still being ended.
    const bool is_over = date < reader_.today() - days{1};
    there.days.insert_or_assign(date, Known{kept, is_over ? Instant::max() : now + young});
    return kept;
}

Result<std::vector<Week>> SiteRecords::weeks(const model::SiteKey& site, int count) const {
    Site& there = site_of(site);
    const std::lock_guard lock{there.mutex};
    std::vector<Week> weeks;
    const Date today = reader_.today();
    Date monday = today - days{weekday_index(today)};
    for (int place = 0; place < count; ++place, monday -= days{7}) {
        Week week{.monday = monday};
        std::vector<double> waits;
        std::vector<double> served;
        std::vector<double> gone;
        std::vector<double> came;
        std::vector<double> within;
        std::vector<double> timed;
        for (Date date = monday; date < monday + days{7} && date <= today; date += days{1}) {
            BALCAO_TRY(const auto one, day(there, site, date));
            for (const auto& [duty, kept] : one->duties)
                add(week.duties, duty, kept);
            const Sums& sums = one->sums;
            if (sums.arrivals == 0) continue;
            ++week.days;
            week.sums += sums;
            waits.push_back(static_cast<double>(sums.wait_served) / minute);
            served.push_back(static_cast<double>(sums.timed_served));
            gone.push_back(static_cast<double>(sums.abandoned + sums.sent_away));
            came.push_back(static_cast<double>(sums.arrivals - sums.open_tickets));
            within.push_back(static_cast<double>(sums.within.front()));
            timed.push_back(static_cast<double>(sums.timed_all));
        }
        week.wait = mean_of(waits, served);
        week.left_share = mean_of(gone, came);
        week.within = mean_of(within, timed);
        weeks.push_back(std::move(week));
    }
    return weeks;
}

}  // namespace balcao::record
