#include "model/remarks.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "text/near.hpp"

namespace balcao::model {
namespace {

constexpr std::size_t remarks_max = 1000;
constexpr std::size_t names_max = 5000;  // beyond that, looking for near ones would take too long

}  // namespace

std::string format_remark(const Remark& remark) {
    constexpr std::string_view names[] = {"", "warning: ", "note: "};
    const std::string_view severity = names[static_cast<std::size_t>(remark.severity)];
    if (remark.line == 0) {
        if (remark.file.empty()) return fmt::format("{}{}", severity, remark.what.plain());
        return fmt::format("{}: {}{}", remark.file, severity, remark.what.plain());
    }
    return fmt::format("{}:{}:{}: {}{}", remark.file, remark.line, remark.column, severity,
                       remark.what.plain());
}

void Remarks::add(Severity severity, const text::YamlMark& mark, Sentence what) {
    if (severity == Severity::mistake && ++mistakes_ > remarks_max) return;
    if (severity != Severity::mistake && remarks_.size() > 2 * remarks_max) return;
    remarks_.push_back(
        {severity, mark.file ? *mark.file : std::string{}, mark.line, mark.column, std::move(what)});
}

std::vector<Remark> Remarks::in_order() const {
    std::vector<Remark> sorted = remarks_;
    const auto place = [](const Remark& remark) {
        return std::tie(remark.file, remark.line, remark.column, remark.severity, remark.what.plain());
    };
    std::stable_sort(sorted.begin(), sorted.end(),
                     [&](const Remark& a, const Remark& b) { return place(a) < place(b); });
    sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
    if (mistakes_ > remarks_max)
        sorted.push_back(
            {Severity::mistake, {}, 0, 0, fmt::format("{} mistakes more", mistakes_ - remarks_max)});
    return sorted;
}

std::string listed(const std::vector<std::string>& names) { return listed_in("en", names); }

std::string instead_of(std::string_view written, const std::vector<std::string>& names) {
    if (names.size() > names_max) return {};
    if (const auto near = text::near_miss(written, names)) return fmt::format("; did you mean {}?", *near);
    if (names.empty() || names.size() > 16) return {};
    std::string all;
    for (const std::string& name : names)
        all += (all.empty() ? "" : ", ") + name;
    return fmt::format("; expected one of: {}", all);
}

}  // namespace balcao::model
