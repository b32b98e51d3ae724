// Forecasts against what came: every day of the folder between two dates that has the measure, a forecast and
// a naive forecast. Declared in plan.hpp.
#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "plan/fitted_json.hpp"
#include "plan/forecast.hpp"
#include "plan/plan.hpp"
#include "text/json.hpp"
#include "text/number.hpp"

namespace balcao::plan {
namespace {

using std::chrono::days;

// The origin that answers for a day: the fit itself, or the latest month's start before it.
struct Source {
    const Fitted* fit = nullptr;
    std::map<std::string, const FittedShop*> shops;
};

Source source_of(const Fitted& fit) {
    Source source{&fit, {}};
    for (const FittedShop& shop : fit.shops)
        source.shops.emplace(shop.shop.name, &shop);
    return source;
}

struct Sums {
    std::size_t count = 0;
    double truth = 0;
    double error = 0;
    double naive_error = 0;
    double signed_error = 0;
    std::size_t inside = 0;
};

// Days without a naive forecast, by shop.
using Unjudged = std::map<std::string, std::size_t>;

class Judge {
public:
    Judge(const Fitted& base, const DailyData& data, const CalendarTable& calendar)
        : base_{base}, base_source_{source_of(base)}, data_{data}, calendar_{calendar} {}

    Sums judge(Forecast forecast, const std::vector<Source>& rolling, const ScoreOptions& options) {
        Sums sums;
        unjudged.clear();
        for (const ShopDay& day : data_.days) {
            if (day.date < options.from || day.date > options.to) continue;
            const std::optional<double> truth = truth_of(forecast, day);
            if (!truth) continue;
            const std::string& name = data_.shops[static_cast<std::size_t>(day.shop)].name;
            const std::optional<double> naive = naive_of(forecast, name, day.date);
            const std::optional<Prediction> prediction = predict(forecast, day, name, rolling);
            if (!naive || !prediction) {
                ++unjudged[name];
                continue;
            }
            ++sums.count;
            sums.truth += std::abs(*truth);
            sums.error += std::abs(prediction->middle - *truth);
            sums.signed_error += prediction->middle - *truth;
            sums.naive_error += std::abs(*naive - *truth);
            constexpr double rounding = 1e-9;
            if (*truth >= prediction->low - rounding && *truth <= prediction->high + rounding) ++sums.inside;
        }
        return sums;
    }

    Unjudged unjudged;

private:
    [[nodiscard]] std::optional<double> naive_of(Forecast forecast,
                                                 const std::string& name,
                                                 Date date) const {
        const auto known = base_source_.shops.find(name);
        if (known == base_source_.shops.end()) return {};
        return known->second
            ->naive[static_cast<std::size_t>(forecast)][static_cast<std::size_t>(weekday_index(date))];
    }

    [[nodiscard]] std::optional<Prediction> predict(Forecast forecast,
                                                    const ShopDay& day,
                                                    const std::string& name,
                                                    const std::vector<Source>& rolling) const {
        const Source* source = &base_source_;
        for (const Source& later : rolling)
            if (later.fit->until < day.date) source = &later;
        const auto known = source->shops.find(name);
        if (known == source->shops.end()) return {};
        const std::optional<double> on_scale =
            predict_on_scale(*known->second, {forecast, day.date, day.tickets}, calendar_.on(day.date));
        if (!on_scale) return {};
        const auto spread_shop = base_source_.shops.find(name);
        return with_interval(base_, spread_shop == base_source_.shops.end() ? nullptr : spread_shop->second,
                             forecast, *on_scale, months_ahead(source->fit->until, day.date));
    }

    const Fitted& base_;
    Source base_source_;
    const DailyData& data_;
    const CalendarTable& calendar_;
};

MeasureScore score_of(const char* measure, const Sums& sums) {
    MeasureScore score{.measure = measure, .count = sums.count};
    if (sums.count == 0) return score;
    const double count = static_cast<double>(sums.count);
    score.mae = sums.error / count;
    score.wape = sums.truth > 0 ? sums.error / sums.truth : 0;
    score.naive_mae = sums.naive_error / count;
    score.skill = sums.naive_error > 0 ? 1 - sums.error / sums.naive_error : 0;
    score.coverage_80 = static_cast<double>(sums.inside) / count;
    score.bias = sums.signed_error / count;
    return score;
}

// The last day before each month's start in the span; the first before `from`.
std::vector<Date> rolling_origins(Date from, Date to) {
    std::vector<Date> origins{from - days{1}};
    std::chrono::year_month_day civil{from};
    for (std::chrono::year_month month = civil.year() / civil.month() + std::chrono::months{1};
         Date{month / 1} <= to; month += std::chrono::months{1})
        origins.push_back(Date{month / 1} - days{1});
    return origins;
}

CalendarTable calendar_of(const DailyData& data) {
    Date first = data.days.front().date;
    Date last = first;
    for (const ShopDay& day : data.days) {
        first = std::min(first, day.date);
        last = std::max(last, day.date);
    }
    return {first, last};
}

Result<void> check_options(const ScoreOptions& options, const Fitted& fitted) {
    if (options.from > options.to)
        return Error{Errc::invalid, fmt::format("--from {} is after --to {}", format_date(options.from),
                                                format_date(options.to))};
    if (options.from <= fitted.until)
        return Error{
            Errc::invalid,
            fmt::format("--from {} is not after {}, the last day that the fit has seen; it would be judged "
                        "by days that it knows",
                        format_date(options.from), format_date(fitted.until))};
    return {};
}

void note_unjudged(Scores& scores, const char* measure, const Unjudged& unjudged) {
    std::size_t count = 0;
    std::string names;
    for (const auto& [name, number] : unjudged) {
        count += number;
        if (!names.empty()) names += ", ";
        names += fmt::format("{} ({})", name, number);
    }
    if (count > 0)
        scores.notes.push_back(
            fmt::format("{}: {} days have no forecast or no naive forecast from before {} and are "
                        "not judged: {}",
                        measure, count, format_date(scores.until), names));
}

}  // namespace

Result<Scores> score(const ScoreOptions& options) {
    BALCAO_TRY(const Fitted fitted, read_fitted(options.fitted));
    BALCAO_TRY(const DailyData data, read_daily_data(options.folder));
    if (const Result<void> checked = check_options(options, fitted); !checked) return checked.error();
    if (data.days.empty()) return Error{Errc::invalid, "the folder's daily.csv has no row that can be true"};
    const CalendarTable calendar = calendar_of(data);
    std::vector<Fitted> refits;
    if (options.is_rolling) {
        BALCAO_TRY(const LiveSamples samples, read_live_samples(options.folder));
        const std::vector<Date> origins = rolling_origins(options.from, options.to);
        const double pieces = static_cast<double>(origins.size() * target_count);
        const Work work{options.threads, options.stop, [&](std::size_t done) {
                            if (options.progress)
                                options.progress(static_cast<double>(done) / pieces, "fitting each month");
                        }};
        refits = fit_shops({data, samples, calendar}, origins, work);
        if (work.is_stopped()) return Error{Errc::unavailable, "stopped"};
    }
    std::vector<Source> rolling;
    rolling.reserve(refits.size());
    for (const Fitted& fit : refits)
        rolling.push_back(source_of(fit));
    Scores scores{.until = fitted.until,
                  .from = options.from,
                  .to = options.to,
                  .is_given_tickets = options.is_given_tickets,
                  .is_rolling = options.is_rolling,
                  .measures = {},
                  .notes = {}};
    Judge judge{fitted, data, calendar};
    const auto add = [&](const char* measure, Forecast forecast) {
        scores.measures.push_back(score_of(measure, judge.judge(forecast, rolling, options)));
        note_unjudged(scores, measure, judge.unjudged);
    };
    if (!options.is_given_tickets) add("tickets", Forecast::tickets);
    add("wait", options.is_given_tickets ? Forecast::wait_given : Forecast::wait);
    add("abandoned_share", options.is_given_tickets ? Forecast::abandoned_given : Forecast::abandoned);
    if (scores.measures.front().count == 0)
        return Error{Errc::invalid, fmt::format("{} has no day from {} to {} that can be judged",
                                                (options.folder / "daily.csv").string(),
                                                format_date(options.from), format_date(options.to))};
    return scores;
}

std::string scores_json(const Scores& scores) {
    std::string out;
    {
        text::JsonWriter json{out};
        json.begin_object().key("measures").begin_array(text::JsonLines::each);
        for (const MeasureScore& measure : scores.measures)
            json.begin_object()
                .member("measure", measure.measure)
                .member("count", static_cast<std::int64_t>(measure.count))
                .member("mae", measure.mae)
                .member("wape", measure.wape)
                .member("naive_mae", measure.naive_mae)
                .member("skill", measure.skill)
                .member("coverage_80", measure.coverage_80)
                .end();
        json.end().end();
    }
    return out + "\n";
}

std::string scores_table(const Scores& scores) {
    std::string out = fmt::format("Forecasts of {} to {}, from what was known on {}{}.\n",
                                  format_date(scores.from), format_date(scores.to), format_date(scores.until),
                                  scores.is_rolling ? "; fitted again at each month's start" : "");
    if (scores.is_given_tickets) out += "The day's tickets are given, so they are not forecast.\n";
    out += fmt::format("\n{:<16}{:>7}{:>10}{:>9}{:>11}{:>9}{:>14}{:>10}\n", "measure", "days", "MAE", "WAPE",
                       "naive MAE", "skill", "80 % interval", "bias");
    for (const MeasureScore& measure : scores.measures) {
        const int digits = measure.measure == "abandoned_share" ? 4 : 2;
        out += fmt::format("{:<16}{:>7}{:>10.{}f}{:>8.1f} %{:>10.{}f}{:>8.1f} %{:>12.1f} %{:>10.{}f}\n",
                           measure.measure, measure.count, measure.mae, digits, 100 * measure.wape,
                           measure.naive_mae, digits, 100 * measure.skill, 100 * measure.coverage_80,
                           measure.bias, digits);
    }
    out +=
        "\nMAE in people a day, minutes and shares; skill is 1 - MAE / naive MAE, the naive forecast being "
        "the mean of "
        "the\nsame shop and weekday over the twelve months before. The last column but one is the share of "
        "days "
        "inside the\n80 % interval.\n";
    for (const std::string& note : scores.notes)
        out += note + "\n";
    return out;
}

}  // namespace balcao::plan
