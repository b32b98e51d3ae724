#pragma once
// What the typed readers share: where remarks go, where files come from, and the typed readers of single
// values. Each gives nothing and a mistake with its place when the value is not of its type. Internal to
// `model`.
#include <cstdint>
#include <filesystem>
#include <functional>
#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/civil.hpp"
#include "base/localized.hpp"
#include "base/money.hpp"
#include "model/demand.hpp"
#include "model/distribution.hpp"
#include "model/key_table.hpp"
#include "model/remarks.hpp"
#include "text/yaml.hpp"

namespace balcao::model {

using text::Yaml;
using text::YamlEntry;
using text::YamlMark;

struct Context {
    Remarks& remarks;
    const Files& files;
    std::filesystem::path folder;       // of the model's main file
    Date first_day{};                   // from which times of logs count
    std::set<std::string> channels{};   // the six of the language and the model's own
    std::set<std::string> languages{};  // of the model

    void mistake(const YamlMark& mark, Sentence what) const { remarks.mistake(mark, std::move(what)); }
};

// The keys of one map, checked against the table of keys: what is not in it is a mistake, and so is the
// absence of a required key.
class Fields {
public:
    // `others` accepts further keys, such as weekdays. A node that is no map is a mistake and has no fields.
    Fields(const Context& context,
           const Yaml& map,
           std::string_view object,
           const std::function<bool(const std::string&)>& others = nullptr);

    // Null when the key is absent or has no value (a mistake told here). The key must be in the table.
    [[nodiscard]] const Yaml* find(std::string_view key) const;

    [[nodiscard]] bool is_map() const { return map_.is_map(); }

    // Something in the map is not of the language: what seems to be missing may be that.
    [[nodiscard]] bool has_unknown() const { return has_unknown_; }

private:
    const Context& context_;
    const Yaml& map_;
    std::string_view object_;
    bool has_unknown_ = false;
};

// "the length of time 6 min", "a list" …: what was found where something else was expected.
std::string described(const Yaml& node);
// The mistake "expected …, found …".
void expected(const Context& context, const Yaml& node, std::string_view what);
// The example of a type of the table, for `expected`.
std::string_view example_of(std::string_view type);

// Bounds are included; `what` names the value in the mistake.
struct Bounds {
    double low;
    double high;
};

std::optional<std::string> read_string(const Context& context,
                                       const Yaml& node,
                                       std::string_view type = "string");
std::optional<double> read_number(const Context& context, const Yaml& node, Bounds bounds);
std::optional<int> read_integer(const Context& context, const Yaml& node, Bounds bounds);
std::optional<bool> read_boolean(const Context& context, const Yaml& node);
std::optional<double> read_share(const Context& context, const Yaml& node);
// A positive factor: 1.2 or 120 %.
std::optional<double> read_factor(const Context& context, const Yaml& node);
enum class Sign : unsigned char { any, not_negative, positive };
std::optional<Duration> read_duration(const Context& context, const Yaml& node, Sign sign);
// People (or batches) per hour.
std::optional<double> read_rate(const Context& context, const Yaml& node);
std::optional<double> read_growth(const Context& context, const Yaml& node);
std::optional<Money> read_money(const Context& context, const Yaml& node);
std::optional<double> read_distance_km(const Context& context, const Yaml& node);
std::optional<double> read_speed_km_per_hour(const Context& context, const Yaml& node);
std::optional<Date> read_date(const Context& context, const Yaml& node);
std::vector<Date> read_dates(const Context& context, const Yaml& node);
LocalText read_text(const Context& context, const Yaml& node);

// A key of a map or a name that refers to one: letters, digits, "_" and "-".
bool is_name(std::string_view text);
std::string read_name(const Context& context, const Yaml& node);
bool check_name(const Context& context, const YamlMark& mark, std::string_view name);
std::string read_channel(const Context& context, const Yaml& node);
// One or a list.
std::vector<std::pair<std::string, YamlMark>> read_names(const Context& context, const Yaml& node);

// One of the words; the position in the list.
std::optional<std::size_t> read_word(const Context& context,
                                     const Yaml& node,
                                     std::initializer_list<std::string_view> words);

// Hours and weekdays stand as keys; a mistake when the key is something else.
std::optional<TimeRange> read_hours(const Context& context, const YamlMark& mark, std::string_view text);
std::optional<WeekdaySet> read_weekdays(const Context& context, const YamlMark& mark, std::string_view text);

// The path of a file that a node names, relative to the file that the node stands in; and the same as seen
// from the model's own folder.
struct NamedFile {
    std::filesystem::path path;
    std::string from_model;
};

std::optional<NamedFile> read_file_name(const Context& context, const Yaml& node);

enum class Quantity : unsigned char { time, signed_time, factor };
std::optional<Distribution> read_distribution(const Context& context, const Yaml& node, Quantity quantity);
PerChannel<Distribution> read_times(const Context& context, const Yaml& node);
PerChannel<Money> read_fees(const Context& context, const Yaml& node);

// The entries of a map, or nothing and a mistake.
const std::vector<YamlEntry>& entries_of(const Context& context, const Yaml& node, std::string_view what);
// The items of a list, or nothing and a mistake.
const std::vector<Yaml>& items_of(const Context& context, const Yaml& node, std::string_view what);

}  // namespace balcao::model
