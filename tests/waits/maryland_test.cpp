// What a real log allows: the offices of the Maryland Motor Vehicle Administration, who waited for what every
// five minutes and the wait that was posted. The posted wait is that of the head of the line: now minus it
// goes back in time in two of a hundred pairs only. So the wait of who came at a moment can be read from what
// was posted later, to within five minutes. Desks, services and breaks are not in it: the hall is one line at
// one desk, at the pace of other days, and the forecast can know no more than the queue length does. What is
// tried here is that the length of the queue, with a pace learnt elsewhere, beats the posted wait, and that
// promises are kept because of their record.
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <vector>

#include <doctest/doctest.h>

#include "model/model.hpp"
#include "sim/hall_forecast.hpp"
#include "text/csv.hpp"

using namespace balcao;

namespace {

struct Posted {
    double minute = 0;
    int waiting = 0;
    double wait = 0;
};

struct Came {
    std::string date;
    double minute = 0;
    int ahead = 0;
    double posted = 0;
    double waited = 0;
};

using Line = std::pair<std::string, std::string>;  // office and service

std::filesystem::path data_file() {
    const char* folder = std::getenv("BALCAO_DATA");  // NOLINT(concurrency-mt-unsafe): one thread
    return std::filesystem::path{folder != nullptr ? folder : "../shared/data"} /
           "queues/mva-maryland.csv.gz";
}

double minute_of(std::string_view time) {
    const auto part = [&](std::size_t at) { return (time[at] - '0') * 10 + (time[at + 1] - '0'); };
    return part(0) * 60 + part(3) + part(6) / 60.0;
}

// Who came at a moment is called when the head of the line came no earlier; straight between two postings.
std::optional<double> wait_of(const std::vector<Posted>& day, std::size_t at) {
    std::optional<std::pair<double, double>> before;  // posted at, when the head came
    for (std::size_t next = at + 1; next < day.size(); ++next) {
        const double moment = day[next].minute;
        const double head = day[next].waiting > 0 ? moment - day[next].wait : moment;
        if (head < day[at].minute) {
            before = {moment, head};
            continue;
        }
        double called = moment;
        if (before && head > before->second)
            called = before->first +
                     (moment - before->first) * (day[at].minute - before->second) / (head - before->second);
        return std::max(0.0, called - day[at].minute);
    }
    return std::nullopt;
}

std::map<Line, std::vector<Came>> read_lines(const text::CsvTable& table) {
    const auto column = [&](const char* name) { return *table.column(name); };
    const auto office = column("office"), service = column("service"), date = column("date");
    const auto people = column("num_people"), wait = column("wait_time"), time = column("time");
    std::map<std::tuple<std::string, std::string, std::string>, std::vector<Posted>> days;
    for (std::size_t row = 0; row < table.row_count(); ++row) {
        const auto waiting = table.whole_number(row, people);
        const auto posted = table.number(row, wait);
        if (!waiting || !posted || table.field(row, time).size() != 8) continue;
        days[{std::string{table.field(row, office)}, std::string{table.field(row, service)},
              std::string{table.field(row, date)}}]
            .push_back({minute_of(table.field(row, time)), static_cast<int>(*waiting), *posted});
    }
    std::map<Line, std::vector<Came>> lines;
    for (auto& [name, day] : days) {
        std::ranges::stable_sort(day, {}, &Posted::minute);
        for (std::size_t at = 0; at < day.size(); ++at) {
            if (day[at].waiting == 0) continue;
            if (const auto waited = wait_of(day, at))
                lines[{std::get<0>(name), std::get<1>(name)}].push_back(
                    {std::get<2>(name), day[at].minute, day[at].waiting, day[at].wait, *waited});
        }
    }
    return lines;
}

struct Errors {
    double squares = 0;
    int count = 0;

    void add(double error) {
        squares += error * error;
        ++count;
    }

    [[nodiscard]] double rmse() const { return std::sqrt(squares / count); }
};

// One line at one desk that is busy.
struct OneDesk {
    rules::HallPlan plan = *rules::make_hall_plan({{}}, {{0}}, {});
    sim::HallHabits habits;

    explicit OneDesk(std::vector<double> lengths) {
        habits.plan = &plan;
        habits.lengths = {sim::LengthOfTime::learnt(std::move(lengths))};
        habits.length_of = {0};
        habits.factor = {1};
        habits.onward.resize(1);
        habits.patience_of.resize(1);
        habits.groups.resize(1);
    }

    OneDesk(const OneDesk&) = delete;
    OneDesk& operator=(const OneDesk&) = delete;
    OneDesk(OneDesk&&) = delete;
    OneDesk& operator=(OneDesk&&) = delete;
    ~OneDesk() = default;

    [[nodiscard]] sim::PathWaits wait_behind(int people, std::uint64_t seed) const {
        rules::HallNow now;
        now.at = des::day;
        now.desks.resize(1);
        now.desks.front().doing = rules::DeskDoing::serving;
        now.desks.front().since = now.at;
        for (int place = 0; place <= people; ++place) {
            rules::WaiterNow waiter;
            waiter.ticket = static_cast<std::uint32_t>(place);
            waiter.arrived = waiter.joined = now.at - people + place;
            now.waiting.push_back(waiter);
        }
        return sim::simulate_hall(habits, now, {}, {.paths = 60, .seed = seed})
            .tickets.at(static_cast<std::uint32_t>(people));
    }
};

}  // namespace

TEST_CASE("at the Maryland offices a learnt pace beats the posted wait, and the record keeps promises true") {
    const auto path = data_file();
    if (!std::filesystem::exists(path)) {
        MESSAGE("skipped: no " << path.string() << " (BALCAO_DATA)");
        return;
    }
    const auto table = text::CsvTable::read(path);
    REQUIRE(table.has_value());
    const auto lines = read_lines(*table);
    std::set<std::string> dates;
    for (const auto& [name, came] : lines)
        for (const auto& one : came)
            dates.insert(one.date);
    const auto middle = *std::next(dates.begin(), static_cast<std::ptrdiff_t>(dates.size() / 2));

    Errors by_length, by_posted, by_forecast;
    int kept = 0, kept_at_first = 0, promised = 0;
    double width = 0;
    for (const auto& [name, came] : lines) {
        double weighted = 0, weights = 0;
        std::vector<double> lengths;
        for (const auto& one : came) {
            if (one.date >= middle) continue;
            const double services = one.ahead + 1;
            weighted += one.waited * services;
            weights += services * services;
            lengths.push_back(one.waited / services);
        }
        if (lengths.size() < sim::enough_of_a_site) continue;
        const double pace = weighted / weights;
        double mean = 0;
        for (const double length : lengths)
            mean += length / static_cast<double>(lengths.size());
        for (double& length : lengths)
            length *= pace / mean * 60e6;
        const OneDesk desk{lengths};
        double level = 0.8;
        std::uint64_t seed = 0;
        for (const auto& one : came) {
            if (one.date < middle || ++seed % 5 != 0) continue;  // a fifth of them is plenty
            const auto waits = desk.wait_behind(one.ahead, seed);
            by_forecast.add(waits.mean() / 60e6 - one.waited);
            by_length.add(pace * (one.ahead + 1) - one.waited);
            by_posted.add(one.posted - one.waited);
            const double promise = std::ceil(static_cast<double>(*waits.quantile(level)) / 60e6);
            const bool is_kept = one.waited <= promise;
            kept_at_first += one.waited * 60e6 <= static_cast<double>(*waits.quantile(0.8)) ? 1 : 0;
            kept += is_kept ? 1 : 0;
            width += promise - std::floor(static_cast<double>(*waits.quantile(0.25)) / 60e6);
            ++promised;
            level = std::clamp(level + 0.02 * (is_kept ? -0.2 : 0.8), 0.5, 0.98);
        }
    }
    const double share = kept / static_cast<double>(promised);
    MESSAGE("RMSE in minutes: queue length "
            << by_length.rmse() << ", posted " << by_posted.rmse() << ", forecast " << by_forecast.rmse()
            << "; of " << promised << " promises kept " << share << " (uncorrected "
            << kept_at_first / static_cast<double>(promised) << "), width " << width / promised);
    CHECK(promised > 3000);
    CHECK(by_length.rmse() < 0.85 * by_posted.rmse());
    CHECK(by_forecast.rmse() < 1.02 * by_length.rmse());
    CHECK(share > 0.75);
    CHECK(share < 0.85);
}
