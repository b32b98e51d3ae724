#include "model/key_table.hpp"

#include <algorithm>

#include "model/key_rows.hpp"

namespace balcao::model {

std::span<const KeyRow> key_table() {
    static const std::vector<KeyRow> table = [] {
        std::vector<KeyRow> rows;
        for (const auto part : {key_rows_of_services(), key_rows_of_sites(), key_rows_of_runs()})
            rows.insert(rows.end(), part.begin(), part.end());
        return rows;
    }();
    return table;
}

std::span<const KeyRow> keys_of(std::string_view object) {
    const auto table = key_table();
    const auto is_of = [&](const KeyRow& row) { return row.object == object; };
    const auto begin = std::ranges::find_if(table, is_of);
    const auto end = std::find_if_not(begin, table.end(), is_of);
    return {begin, end};
}

}  // namespace balcao::model
