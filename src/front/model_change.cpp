#include "front/model_change.hpp"

#include <algorithm>
#include <charconv>

#include "model/week.hpp"

namespace balcao::front {
namespace {

constexpr std::array<std::string_view, 8> kind_names{"hours",     "closure",      "date-hours", "desks",
                                                     "site-name", "service-name", "text",       "back"};

std::string_view trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

std::vector<std::string_view> parts_of(std::string_view text) {
    std::vector<std::string_view> parts;
    while (!trim(text).empty()) {
        const auto comma = std::min(text.find(','), text.size());
        parts.push_back(trim(text.substr(0, comma)));
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return parts;
}

// Hours as people write them: "9:00-13:00", with a hyphen or a dash.
std::optional<TimeRange> range_of(std::string_view typed) {
    std::string plain;
    for (std::size_t place = 0; place < typed.size(); ++place) {
        const bool is_dash = typed.substr(place, 3) == "–" || typed.substr(place, 3) == "—";
        if (is_dash) place += 2;
        if (is_dash || typed[place] == '-')
            plain += '-';
        else if (typed[place] != ' ')
            plain += typed[place];
    }
    const auto dash = plain.find('-');
    if (dash == std::string::npos) return std::nullopt;
    const auto in_full = [](std::string text) {
        if (text.find(':') == std::string::npos) text += ":00";
        return text.find(':') == 1 ? "0" + text : text;
    };
    return parse_time_range(in_full(plain.substr(0, dash)) + "-" + in_full(plain.substr(dash + 1)));
}

std::optional<std::vector<TimeRange>> hours_of(std::string_view typed) {
    std::vector<TimeRange> hours;
    for (const auto part : parts_of(typed)) {
        const auto range = range_of(part);
        if (!range || (!hours.empty() && range->begin_minute < hours.back().end_minute)) return std::nullopt;
        hours.push_back(*range);
    }
    return hours;
}

class Changing {
public:
    Changing(ModelChange& change, model::Model model, const Words& words)
        : change_{change}, model_{std::move(model)}, words_{words} {}

    std::optional<model::Model> make() && {
        switch (change_.kind) {
            case ChangeKind::hours:
                set_hours();
                break;
            case ChangeKind::closure:
                set_closure();
                break;
            case ChangeKind::date_hours:
                set_date_hours();
                break;
            case ChangeKind::desks:
                set_desks();
                break;
            case ChangeKind::site_name:
                if (auto* site = site_there()) set_name(site->name);
                break;
            case ChangeKind::service_name:
                set_service_name();
                break;
            default:
                return std::nullopt;
        }
        if (!change_.wrong.empty()) return std::nullopt;
        return std::move(model_);
    }

private:
    void say(std::string_view field, std::string what) {
        change_.wrong.emplace_back(std::string{field}, std::move(what));
    }

    model::Site* site_there() {
        const auto site = std::ranges::find_if(
            model_.sites, [&](const auto& one) { return one.key.text() == change_.text("site"); });
        if (site != model_.sites.end()) return &*site;
        say("site", words_("The model in force has no such site any more."));
        return nullptr;
    }

    void set_hours() {
        auto* site = site_there();
        if (site == nullptr) return;
        std::vector<std::pair<WeekdaySet, std::vector<TimeRange>>> weekly;
        for (std::size_t day = 0; day < weekday_names.size(); ++day) {
            const auto hours = hours_of(change_.text(weekday_names[day]));
            if (!hours)
                say(weekday_names[day],
                    words_(
                        "Write hours like 09:00-13:00, 14:00-17:00, one after the other, or leave the field "
                        "empty for a day on which the site is closed."));
            if (!hours || hours->empty()) continue;
            auto same = std::ranges::find_if(weekly, [&](const auto& one) { return one.second == *hours; });
            if (same == weekly.end()) same = weekly.insert(same, {WeekdaySet{}, *hours});
            same->first.bits = static_cast<std::uint8_t>(same->first.bits | (1U << day));
        }
        site->open.always = false;
        site->open.weekly = std::move(weekly);
    }

    void set_closure() {
        const auto date = parse_date(change_.text("date"));
        if (!date) return say("date", words_("Choose the date, or write it like 2026-12-24."));
        auto* chosen = site_there();
        if (chosen == nullptr) return;
        const bool is_everywhere = !change_.text("everywhere").empty();
        const bool opens = change_.text("what") == "open";
        for (auto& site : model_.sites) {
            if (&site != chosen && !is_everywhere) continue;
            auto& closed = site.open.closed;
            std::erase(closed, *date);
            if (opens || site.open.always) continue;
            closed.insert(std::ranges::lower_bound(closed, *date), *date);
            std::erase_if(site.open.dates, [&](const auto& said) { return said.date == *date; });
        }
    }

    // Other hours on one date, or the usual ones again.
    void set_date_hours() {
        const auto date = parse_date(change_.text("date"));
        if (!date) return say("date", words_("Choose the date, or write it like 2026-12-24."));
        auto* chosen = site_there();
        if (chosen == nullptr) return;
        const bool is_usual = change_.text("what") == "usual";
        const auto hours = hours_of(change_.text("hours"));
        if (!is_usual && (!hours || hours->empty()))
            return say("hours",
                       words_("Write the hours of that day, like 09:00-12:00. For a day on which the "
                              "site is closed, use the form above."));
        const auto name = name_of_date();
        const bool is_everywhere = !change_.text("everywhere").empty();
        for (auto& site : model_.sites) {
            if ((&site != chosen && !is_everywhere) || site.open.always) continue;
            auto& dates = site.open.dates;
            std::erase_if(dates, [&](const auto& said) { return said.date == *date; });
            if (is_usual) continue;
            std::erase(site.open.closed, *date);
            dates.insert(std::ranges::lower_bound(dates, *date, {}, &model::DateHours::date),
                         {*date, name, *hours});
        }
    }

    // Why the hours are others: in every language, or in none.
    LocalText name_of_date() {
        const bool is_named = std::ranges::any_of(model_.languages, [&](const auto& language) {
            return !trim(change_.text("name-" + language)).empty();
        });
        LocalText name;
        if (is_named) set_name(name);
        return name;
    }

    void set_desks() {
        auto* site = site_there();
        if (site == nullptr) return;
        const auto group = std::ranges::find_if(
            site->desks, [&](const auto& one) { return one.key.text() == change_.text("desks"); });
        if (group == site->desks.end())
            return say("desks", words_("The model in force has no such desks any more."));
        const auto typed = trim(change_.text("count"));
        int count = 0;
        const auto read = std::from_chars(typed.data(), typed.data() + typed.size(), count);
        const bool is_number = read.ec == std::errc{} && read.ptr == typed.data() + typed.size();
        if (!is_number || count < 1 || count > 999)
            return say("count", words_("Write how many desks there are, from 1 to 999."));
        group->count = count;
    }

    void set_service_name() {
        const auto service = std::ranges::find_if(
            model_.services, [&](const auto& one) { return one.key.text() == change_.text("service"); });
        if (service == model_.services.end())
            return say("service", words_("The model in force has no such service any more."));
        set_name(service->name);
    }

    void set_name(LocalText& name) {
        LocalText named;
        for (const auto& language : model_.languages) {
            const std::string field = "name-" + language;
            const auto typed = trim(change_.text(field));
            if (typed.empty()) say(field, words_("Write the name in every language of the city."));
            if (typed.size() > 200) say(field, words_("A name here has at most 200 letters."));
            named.texts.emplace_back(language, std::string{typed});
        }
        // One and the same everywhere is a plain text.
        const bool is_same = std::ranges::all_of(
            named.texts, [&](const auto& one) { return one.second == named.texts.front().second; });
        if (is_same && !named.texts.empty()) named.texts = {{"", named.texts.front().second}};
        name = std::move(named);
    }

    ModelChange& change_;
    model::Model model_;
    const Words& words_;
};

}  // namespace

std::string ModelChange::wrong_with(std::string_view field) const {
    for (const auto& [name, what] : wrong)
        if (name == field) return what;
    return {};
}

std::string_view name_of(ChangeKind kind) { return kind_names[static_cast<std::size_t>(kind)]; }

std::optional<ChangeKind> change_kind_of(std::string_view name) {
    const auto found = std::ranges::find(kind_names, name);
    if (found == kind_names.end()) return std::nullopt;
    return static_cast<ChangeKind>(found - kind_names.begin());
}

std::optional<ModelChange> change_in(const http::Fields& form) {
    const auto kind = change_kind_of(form.text("kind"));
    if (!kind) return std::nullopt;
    ModelChange change;
    change.kind = *kind;
    for (const auto& field : form)
        if (field.name != "key" && field.name != "based-on" && field.name != "note")
            change.fields.add(field.name, field.value);
    return change;
}

std::vector<http::Field> carried(const ModelChange& change) {
    return {change.fields.begin(), change.fields.end()};
}

std::optional<model::Model> changed_by(ModelChange& change, const model::Model& now, const Words& words) {
    return Changing{change, now, words}.make();
}

std::string hours_text(const std::vector<TimeRange>& hours) {
    std::string text;
    for (const TimeRange range : hours)
        text += (text.empty() ? "" : ", ") + format_time_range(range);
    return text;
}

std::string hours_text(const model::OpeningHours& open, int weekday) {
    return hours_text(model::open_on_weekday(open, weekday));
}

}  // namespace balcao::front
