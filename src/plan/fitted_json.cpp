#include "plan/fitted_json.hpp"

#include <cmath>

#include <fmt/format.h>

#include "text/file.hpp"
#include "text/json.hpp"

namespace balcao::plan {
namespace {

using text::JsonLines;
using text::JsonView;
using text::JsonWriter;

constexpr int version = 1;

double rounded(double value) { return std::round(value * 1e6) / 1e6; }

template <class Values>
void write_numbers(JsonWriter& json, std::string_view name, const Values& values) {
    json.key(name).begin_array();
    for (const auto& value : values)
        json.value(rounded(value));
    json.end();
}

void write_coefficients(JsonWriter& json, const ShopCoefficients& coefficients) {
    json.begin_object().member("level", rounded(coefficients.level));
    write_numbers(json, "weekdays", coefficients.weekdays);
    json.member("tickets", rounded(coefficients.tickets));
    write_numbers(json, "columns", coefficients.columns);
    json.end();
}

void write_targets(JsonWriter& json, const std::array<ShopCoefficients, target_count>& targets) {
    json.key("targets").begin_object(JsonLines::each);
    for (std::size_t k = 0; k < target_count; ++k)
        if (targets[k].is_fitted) {
            json.key(name_of(static_cast<Target>(k)));
            write_coefficients(json, targets[k]);
        }
    json.end();
}

void write_shop(JsonWriter& json, const FittedShop& shop) {
    json.begin_object(JsonLines::each)
        .member("name", shop.shop.name)
        .member("municipality", shop.shop.municipality)
        .member("district", shop.shop.district)
        .member("usual_tickets", shop.usual_tickets)
        .member("usual_wait", shop.usual_wait);
    write_targets(json, shop.targets);
    if (shop.queue) {
        json.key("queue").begin_object();
        json.member("desks", shop.queue->desks)
            .member("service_minutes", rounded(shop.queue->service_minutes))
            .member("leaving_rate_per_minute", shop.queue->leaving_rate)
            .member("capacity_tickets", rounded(shop.queue->curve.capacity()));
        write_numbers(json, "log_waits", shop.queue->curve.log_waits());
        json.end();
    }
    json.key("naive").begin_object(JsonLines::each);
    for (std::size_t k = 0; k < forecast_count; ++k) {
        json.key(name_of(static_cast<Forecast>(k))).begin_array();
        for (const std::optional<double>& mean : shop.naive[k])
            json.value(mean);
        json.end();
    }
    json.end();
    write_numbers(json, "sigma", shop.sigma);
    json.end();
}

void write_profile(JsonWriter& json, std::string_view name, const DayProfile& profile) {
    json.key(name).begin_object();
    write_numbers(json, "edges", profile.edges);
    write_numbers(json, "shares", profile.shares);
    json.end();
}

void write_head(JsonWriter& json, const Fitted& fitted) {
    json.member("balcao_fit", version).member("until", format_date(fitted.until));
    json.key("columns").begin_array();
    for (const CalendarColumn& column : calendar_column_list())
        json.value(column.name);
    json.end();
    json.key("forecasts").begin_array();
    for (std::size_t k = 0; k < forecast_count; ++k)
        json.value(name_of(static_cast<Forecast>(k)));
    json.end();
    json.key("spreads").begin_array(JsonLines::each);
    for (const Spread& spread : fitted.spreads) {
        json.begin_object().member("sigma", rounded(spread.sigma)).member("low", rounded(spread.low));
        json.member("high", rounded(spread.high));
        write_numbers(json, "by_month_ahead", spread.by_month_ahead);
        json.end();
    }
    json.end();
    json.key("shapes").begin_object(JsonLines::each);
    write_profile(json, "early", fitted.shapes.early);
    write_profile(json, "late", fitted.shapes.late);
    json.key("closing_hour").begin_object();
    for (const auto& [branch, hour] : fitted.shapes.closing_hour)
        json.member(branch, hour);
    json.end().end();
}

// Reads the tree back; the first thing that is missing or of another kind is remembered by its name.
class Reader {
public:
    explicit Reader(std::string name) : name_{std::move(name)} {}

    double number(JsonView view, std::string_view what) {
        const std::optional<double> found = view.as_number();
        if (!found) fail(what);
        return found.value_or(0);
    }

    std::string words(JsonView view, std::string_view what) {
        const auto found = view.as_text();
        if (!found) fail(what);
        return std::string{found.value_or("")};
    }

    template <class Values>
    void numbers(JsonView view, std::string_view what, Values& values) {
        if (!view.is_array() || view.size() != values.size()) {
            fail(what);
            return;
        }
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] = number(view.at(i), what);
    }

    std::vector<double> list(JsonView view, std::string_view what) {
        std::vector<double> values(view.size());
        numbers(view, what, values);
        return values;
    }

    void fail(std::string_view what) {
        if (!error_)
            error_ =
                Error{Errc::invalid,
                      fmt::format("{}: '{}' is missing or not as `balcao calibrate` writes it; calibrate "
                                  "again",
                                  name_, what)};
    }

    [[nodiscard]] const std::optional<Error>& error() const { return error_; }

private:
    std::string name_;
    std::optional<Error> error_;
};

void read_targets(Reader& reader, JsonView view, std::array<ShopCoefficients, target_count>& targets) {
    for (std::size_t k = 0; k < target_count; ++k) {
        const JsonView one = view[name_of(static_cast<Target>(k))];
        if (!one.exists()) continue;
        ShopCoefficients& coefficients = targets[k];
        coefficients.is_fitted = true;
        coefficients.level = reader.number(one["level"], "level");
        reader.numbers(one["weekdays"], "weekdays", coefficients.weekdays);
        coefficients.tickets = reader.number(one["tickets"], "tickets");
        reader.numbers(one["columns"], "columns", coefficients.columns);
    }
}

FittedShop read_shop(Reader& reader, JsonView view) {
    FittedShop shop;
    shop.shop = {reader.words(view["name"], "name"), reader.words(view["municipality"], "municipality"),
                 reader.words(view["district"], "district")};
    shop.usual_tickets = reader.number(view["usual_tickets"], "usual_tickets");
    shop.usual_wait = reader.number(view["usual_wait"], "usual_wait");
    read_targets(reader, view["targets"], shop.targets);
    if (const JsonView queue = view["queue"]; queue.exists()) {
        std::vector<double> waits(DayCurve::load_grid().size());
        reader.numbers(queue["log_waits"], "log_waits", waits);
        shop.queue = ShopQueue{static_cast<int>(reader.number(queue["desks"], "desks")),
                               reader.number(queue["service_minutes"], "service_minutes"),
                               reader.number(queue["leaving_rate_per_minute"], "leaving_rate_per_minute"),
                               DayCurve{reader.number(queue["capacity_tickets"], "capacity_tickets"), waits}};
    }
    for (std::size_t k = 0; k < forecast_count; ++k) {
        const JsonView means = view["naive"][name_of(static_cast<Forecast>(k))];
        if (means.size() != 7) reader.fail("naive");
        for (std::size_t weekday = 0; weekday < 7; ++weekday)
            shop.naive[k][weekday] = means.at(weekday).as_number();
    }
    reader.numbers(view["sigma"], "sigma", shop.sigma);
    if (shop.usual_tickets <= 0) reader.fail("usual_tickets");
    return shop;
}

DayProfile read_profile(Reader& reader, JsonView view) {
    DayProfile profile;
    profile.edges = reader.list(view["edges"], "edges");
    profile.shares = reader.list(view["shares"], "shares");
    if (profile.edges.size() < 2 || profile.shares.size() + 1 != profile.edges.size()) reader.fail("shapes");
    return profile;
}

void read_spreads(Reader& reader, JsonView view, std::array<Spread, forecast_count>& spreads) {
    if (view.size() != forecast_count) reader.fail("spreads");
    for (std::size_t k = 0; k < forecast_count; ++k) {
        const JsonView one = view.at(k);
        spreads[k].sigma = reader.number(one["sigma"], "sigma");
        spreads[k].low = reader.number(one["low"], "low");
        spreads[k].high = reader.number(one["high"], "high");
        reader.numbers(one["by_month_ahead"], "by_month_ahead", spreads[k].by_month_ahead);
    }
}

void check_columns(Reader& reader, JsonView names) {
    const auto& known = calendar_column_list();
    if (names.size() != known.size()) reader.fail("columns");
    for (std::size_t i = 0; i < known.size(); ++i)
        if (names.at(i).as_text() != known[i].name) reader.fail("columns");
}

}  // namespace

std::string fitted_json(const Fitted& fitted) {
    std::string out;
    {
        JsonWriter json{out};
        json.begin_object(JsonLines::each);
        write_head(json, fitted);
        json.key("pooled").begin_object(JsonLines::each);
        write_targets(json, fitted.pooled);
        json.end();
        json.key("shops").begin_array(JsonLines::each);
        for (const FittedShop& shop : fitted.shops)
            write_shop(json, shop);
        json.end().end();
    }
    return out + "\n";
}

Result<Fitted> read_fitted(const std::filesystem::path& path) {
    const std::filesystem::path file = std::filesystem::is_directory(path) ? path / fitted_file : path;
    if (file != path && !std::filesystem::exists(file))
        return Error{
            Errc::not_found,
            fmt::format("{} has no {}: `balcao calibrate` writes one with a fit of daily indicators; a fit "
                        "of a log of tickets makes no forecasts",
                        path.string(), fitted_file)};
    BALCAO_TRY(const std::string content, text::read_file(file));
    return parse_fitted(content, file.string());
}

Result<Fitted> parse_fitted(const std::string& content, const std::string& name) {
    BALCAO_TRY(const text::Json document, text::Json::parse(content, name));
    const JsonView root = document.root();
    Reader reader{name};
    if (root["balcao_fit"].as_whole_number() != version) reader.fail("balcao_fit");
    const std::optional<Date> until = parse_date(reader.words(root["until"], "until"));
    if (!until) reader.fail("until");
    check_columns(reader, root["columns"]);
    if (reader.error()) return *reader.error();
    Fitted fitted;
    fitted.until = *until;
    read_spreads(reader, root["spreads"], fitted.spreads);
    fitted.shapes.early = read_profile(reader, root["shapes"]["early"]);
    fitted.shapes.late = read_profile(reader, root["shapes"]["late"]);
    const JsonView closing = root["shapes"]["closing_hour"];
    for (const std::string_view branch : closing.keys())
        fitted.shapes.closing_hour[std::string{branch}] = reader.number(closing[branch], "closing_hour");
    read_targets(reader, root["pooled"]["targets"], fitted.pooled);
    const JsonView shops = root["shops"];
    for (std::size_t i = 0; i < shops.size(); ++i)
        fitted.shops.push_back(read_shop(reader, shops.at(i)));
    if (fitted.shops.empty()) reader.fail("shops");
    if (reader.error()) return *reader.error();
    return fitted;
}

}  // namespace balcao::plan
