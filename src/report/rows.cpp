#include "report/rows.hpp"

#include <algorithm>

namespace balcao::report {

unsigned parts_of(const sim::Breakdown& breakdown) {
    return (breakdown.site ? part_site : 0U) | (breakdown.service ? part_service : 0U) |
           (breakdown.desk ? part_desk : 0U) | (breakdown.step ? part_step : 0U) |
           (breakdown.group ? part_group : 0U) | (breakdown.channel ? part_channel : 0U) |
           (breakdown.hour ? part_hour : 0U);
}

std::vector<const sim::Row*> rows_of(const sim::Results& results, const Measured& measured, unsigned parts) {
    std::vector<const sim::Row*> found;
    for (const sim::Row& row : results.rows)
        if (Measured{row.measure, row.limit_minutes} == measured && parts_of(row.of) == parts)
            found.push_back(&row);
    return found;
}

const sim::Row* row_of(const sim::Results& results, const Measured& measured, const sim::Breakdown& of) {
    for (const sim::Row& row : results.rows)
        if (row.measure == measured.measure && row.limit_minutes == measured.limit_minutes && row.of == of)
            return &row;
    return nullptr;
}

std::vector<double> limits_of(const sim::Results& results) {
    std::vector<double> limits;
    for (const sim::Row& row : results.rows)
        if (row.measure == sim::Measure::served_within && row.limit_minutes)
            limits.push_back(*row.limit_minutes);
    std::sort(limits.begin(), limits.end());
    limits.erase(std::unique(limits.begin(), limits.end()), limits.end());
    return limits;
}

}  // namespace balcao::report
