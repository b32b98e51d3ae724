#include "model/sentence.hpp"

#include <array>

#include "text/catalogue.hpp"

namespace balcao::model {
namespace {

using text::catalogue;

std::string day_in(std::string_view language, int weekday) {
    constexpr std::array<std::string_view, 7> days{"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                   "Friday", "Saturday", "Sunday"};
    return std::string{catalogue().text(language, days.at(static_cast<std::size_t>(weekday)))};
}

// Runs of three days and more by their first and last.
std::string days_in(std::string_view language, WeekdaySet days) {
    if (days == WeekdaySet::every_day()) return std::string{catalogue().text(language, "every day")};
    std::vector<std::string> names;
    for (int first = 0; first < 7; ++first) {
        if (!days.has(first)) continue;
        int last = first;
        while (last < 6 && days.has(last + 1))
            ++last;
        if (last - first < 2) {
            names.push_back(day_in(language, first));
            continue;
        }
        names.push_back(
            catalogue().text(language, "{first} to {last}",
                             {{"first", day_in(language, first)}, {"last", day_in(language, last)}}));
        first = last;
    }
    return listed_in(language, names);
}

struct ByKey {
    std::string operator()(const std::string& said) const { return said; }

    std::string operator()(const std::vector<Named>& things) const {
        std::vector<std::string> keys;
        for (const Named& thing : things)
            keys.push_back(thing.key);
        return listed_in("en", keys);
    }

    std::string operator()(WeekdaySet days) const { return format_weekdays(days); }
};

struct ByName {
    std::string_view language;

    std::string operator()(const std::string& said) const { return said; }

    std::string operator()(const std::vector<Named>& things) const {
        std::vector<std::string> names;
        for (const Named& thing : things)
            names.push_back(thing.name.in(language, thing.key));
        return listed_in(language, names);
    }

    std::string operator()(WeekdaySet days) const { return days_in(language, days); }
};

template <class How>
std::string filled(std::string_view form, const Sentence::Parts& parts, const How& how) {
    std::vector<text::Filling> fillings;
    for (const auto& [name, part] : parts)
        fillings.emplace_back(name, std::visit(how, part));
    return text::fill_in(form, fillings);
}

}  // namespace

std::string listed_in(std::string_view language, const std::vector<std::string>& names) {
    if (names.empty()) return {};
    std::string all = names.front();
    for (std::size_t i = 1; i + 1 < names.size(); ++i)
        all += ", " + names[i];
    if (names.size() == 1) return all;
    return catalogue().text(language, "{these} and {last}", {{"these", all}, {"last", names.back()}});
}

Sentence::Sentence(std::string_view pattern, Parts parts)
    : plain_{filled(pattern, parts, ByKey{})}, pattern_{pattern}, parts_{std::move(parts)} {}

std::string Sentence::in(std::string_view language) const {
    if (pattern_.empty()) return plain_;
    const auto form = catalogue().text(language, pattern_);
    std::string sentence = filled(form, parts_, ByName{language});
    if (form.front() >= 'a' && form.front() <= 'z')
        sentence.front() = static_cast<char>(form.front() - 'a' + 'A');
    return sentence;
}

}  // namespace balcao::model
