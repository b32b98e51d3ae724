// Distributions, for all channels or one per channel (context.hpp).
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "model/context.hpp"
#include "model/read_csv.hpp"

namespace balcao::model {
namespace {

constexpr double cv_max = 100;
constexpr double factor_max = 1e9;

std::vector<std::string> distribution_names() {
    std::vector<std::string> names;
    for (const KeyRow& row : keys_of("distribution"))
        names.emplace_back(row.key);
    return names;
}

bool is_distribution_name(std::string_view key) {
    const auto rows = keys_of("distribution");
    return std::any_of(rows.begin(), rows.end(), [&](const KeyRow& row) { return row.key == key; });
}

class DistributionReader {
public:
    DistributionReader(const Context& context, Quantity quantity) : context_{context}, quantity_{quantity} {}

    [[nodiscard]] std::optional<Distribution> read(const Yaml& node) const {
        if (node.is_scalar()) return constant(node);
        if (!node.is_map()) {
            expected(context_, node, example_of(is_time() ? "time" : "factor"));
            return std::nullopt;
        }
        if (node.entries.size() != 1) {
            context_.mistake(node.mark,
                             fmt::format("expected one distribution, found {} keys", node.entries.size()));
            return std::nullopt;
        }
        return read_form(node.entries.front());
    }

    [[nodiscard]] std::optional<Distribution> read_form(const YamlEntry& entry) const {
        if (!is_distribution_name(entry.key)) {
            context_.mistake(entry.key_mark,
                             fmt::format("{} is no distribution{}", text::quote_yaml(entry.key),
                                         instead_of(entry.key, distribution_names())));
            return std::nullopt;
        }
        if (entry.value.is_null()) {
            context_.mistake(entry.key_mark, fmt::format("{} has no value", entry.key));
            return std::nullopt;
        }
        const std::string& name = entry.key;
        if (name == "constant") return constant(entry.value);
        if (name == "exponential") return exponential(entry.value);
        if (name == "erlang") return erlang(entry.value);
        if (name == "normal") return normal(entry.value);
        if (name == "uniform") return uniform(entry.value);
        if (name == "triangular") return triangular(entry.value);
        if (name == "mixture") return mixture(entry.value);
        if (name == "empirical") return empirical(entry.value);
        return by_mean_and_cv(name, entry.value);
    }

private:
    using Found = std::optional<Distribution>;

    [[nodiscard]] bool is_time() const { return quantity_ != Quantity::factor; }

    // A parameter in the unit of the quantity: microseconds, or none.
    [[nodiscard]] std::optional<double> value(const Yaml& node, Sign sign) const {
        if (quantity_ == Quantity::factor) {
            const auto number = read_number(context_, node, {0, factor_max});
            if (number && *number == 0 && sign == Sign::positive) {
                context_.mistake(node.mark, "0 is too small: expected a number above zero");
                return std::nullopt;
            }
            return number;
        }
        const Sign allowed = quantity_ == Quantity::signed_time && sign != Sign::positive ? Sign::any : sign;
        const auto length = read_duration(context_, node, allowed);
        if (!length) return std::nullopt;
        return static_cast<double>(length->count());
    }

    [[nodiscard]] Found constant(const Yaml& node) const {
        const auto at = value(node, Sign::not_negative);
        if (!at) return std::nullopt;
        return Distribution{Constant{*at}};
    }

    [[nodiscard]] Found exponential(const Yaml& node) const {
        const auto mean = value(node, Sign::positive);
        if (!mean) return std::nullopt;
        return Distribution{Exponential{*mean}};
    }

    [[nodiscard]] Found erlang(const Yaml& node) const {
        const Fields fields{context_, node, "mean_and_k"};
        const Yaml* mean_node = fields.find("mean");
        const Yaml* k_node = fields.find("k");
        if (mean_node == nullptr || k_node == nullptr) return std::nullopt;
        const auto mean = value(*mean_node, Sign::positive);
        const auto k = read_integer(context_, *k_node, {1, 1000});
        if (!mean || !k) return std::nullopt;
        return Distribution{Erlang{*mean, *k}};
    }

    [[nodiscard]] Found by_mean_and_cv(const std::string& name, const Yaml& node) const {
        const Fields fields{context_, node, "mean_and_cv"};
        const Yaml* mean_node = fields.find("mean");
        const Yaml* cv_node = fields.find("cv");
        if (mean_node == nullptr || cv_node == nullptr) return std::nullopt;
        const auto mean = value(*mean_node, Sign::positive);
        const auto cv = read_number(context_, *cv_node, {0, cv_max});
        if (!mean || !cv) return std::nullopt;
        if (name == "hyperexponential" && *cv < 1) {
            context_.mistake(cv_node->mark,
                             fmt::format("cv {} is too small: a hyperexponential has 1 or more", *cv));
            return std::nullopt;
        }
        if (*cv < 0.01) {
            context_.mistake(cv_node->mark, "cv is too small: expected 0.01 or more; constant has no spread");
            return std::nullopt;
        }
        if (name == "gamma") return Distribution{Gamma{*mean, *cv}};
        if (name == "lognormal") return Distribution{Lognormal{*mean, *cv}};
        if (name == "weibull") return Distribution{Weibull{*mean, *cv}};
        return Distribution{Hyperexponential{*mean, *cv}};
    }

    [[nodiscard]] Found normal(const Yaml& node) const {
        const Fields fields{context_, node, "mean_and_sd"};
        const Yaml* mean_node = fields.find("mean");
        const Yaml* sd_node = fields.find("sd");
        if (mean_node == nullptr || sd_node == nullptr) return std::nullopt;
        const auto mean = value(*mean_node, Sign::not_negative);
        const auto sd = value(*sd_node, Sign::positive);
        if (!mean || !sd) return std::nullopt;
        return Distribution{Normal{*mean, *sd}};
    }

    [[nodiscard]] std::vector<double> values(const Yaml& node,
                                             std::size_t count,
                                             std::string_view what) const {
        std::vector<double> all;
        const auto& items = items_of(context_, node, what);
        if (node.is_sequence() && items.size() != count)
            context_.mistake(node.mark, fmt::format("expected {}, found a list of {}", what, items.size()));
        for (const Yaml& item : items)
            if (const auto one = value(item, Sign::not_negative)) all.push_back(*one);
        if (all.size() != count || items.size() != count) return {};
        if (!std::is_sorted(all.begin(), all.end()) || all.front() == all.back()) {
            context_.mistake(node.mark, "expected values that go up, the lowest first");
            return {};
        }
        return all;
    }

    [[nodiscard]] Found uniform(const Yaml& node) const {
        const auto ends = values(node, 2, "a list of the lowest and the highest value");
        if (ends.empty()) return std::nullopt;
        return Distribution{Uniform{ends[0], ends[1]}};
    }

    [[nodiscard]] Found triangular(const Yaml& node) const {
        const auto points = values(node, 3, "a list of the lowest, the likeliest and the highest value");
        if (points.empty()) return std::nullopt;
        return Distribution{Triangular{points[0], points[1], points[2]}};
    }

    [[nodiscard]] std::optional<Branch> branch(const Yaml& item) const {
        const Fields fields{context_, item, "branch", is_distribution_name};
        if (!fields.is_map()) return std::nullopt;
        const Yaml* share_node = fields.find("share");
        const auto share = share_node != nullptr ? read_share(context_, *share_node) : std::nullopt;
        Found distribution;
        int forms = 0;
        for (const YamlEntry& entry : item.entries) {
            if (!is_distribution_name(entry.key)) continue;
            ++forms;
            distribution = read_form(entry);
        }
        if (forms != 1) {
            context_.mistake(
                item.mark,
                fmt::format("expected a share and one distribution, found {} distributions", forms));
            return std::nullopt;
        }
        if (!share || !distribution) return std::nullopt;
        return Branch{*share, std::move(*distribution)};
    }

    [[nodiscard]] Found mixture(const Yaml& node) const {
        Mixture mixture;
        double sum = 0;
        const auto& items = items_of(context_, node, "a list of {share: …, <distribution>}");
        for (const Yaml& item : items) {
            auto one = branch(item);
            if (!one) continue;
            sum += one->share;
            mixture.branches.push_back(std::move(*one));
        }
        if (mixture.branches.size() != items.size()) return std::nullopt;
        if (std::abs(sum - 1) > 1e-6) {
            if (node.is_sequence())
                context_.mistake(node.mark,
                                 fmt::format("the shares add up to {:g} %: expected 100 %", sum * 100));
            return std::nullopt;
        }
        return Distribution{std::move(mixture)};
    }

    [[nodiscard]] Found empirical(const Yaml& node) const {
        const auto file = read_file_name(context_, node);
        if (!file) return std::nullopt;
        auto values = read_empirical_values(context_, node, *file, quantity_);
        if (values.empty()) return std::nullopt;
        return Distribution{Empirical{file->from_model, std::move(values)}};
    }

    const Context& context_;
    Quantity quantity_;
};

// Whether a map is one value per channel: none of its keys names a distribution, and some key is a channel.
bool is_per_channel(const Context& context, const Yaml& node) {
    if (!node.is_map()) return false;
    bool has_channel = false;
    for (const YamlEntry& entry : node.entries) {
        if (is_distribution_name(entry.key)) return false;
        has_channel = has_channel || context.channels.contains(entry.key);
    }
    return has_channel;
}

template <class T, class ReadOne>
PerChannel<T> read_per_channel(const Context& context, const Yaml& node, ReadOne read_one) {
    PerChannel<T> values;
    if (!is_per_channel(context, node)) {
        values.all = read_one(node);
        return values;
    }
    const std::vector<std::string> known{context.channels.begin(), context.channels.end()};
    for (const YamlEntry& entry : node.entries) {
        if (!context.channels.contains(entry.key)) {
            context.mistake(entry.key_mark,
                            fmt::format("no desk serves a channel named {}{}", text::quote_yaml(entry.key),
                                        instead_of(entry.key, known)));
            continue;
        }
        if (auto value = read_one(entry.value))
            values.by_channel.emplace_back(ChannelKey{entry.key}, std::move(*value));
    }
    return values;
}

}  // namespace

std::optional<Distribution> read_distribution(const Context& context, const Yaml& node, Quantity quantity) {
    return DistributionReader{context, quantity}.read(node);
}

PerChannel<Distribution> read_times(const Context& context, const Yaml& node) {
    return read_per_channel<Distribution>(
        context, node, [&](const Yaml& one) { return read_distribution(context, one, Quantity::time); });
}

PerChannel<Money> read_fees(const Context& context, const Yaml& node) {
    return read_per_channel<Money>(context, node, [&](const Yaml& one) { return read_money(context, one); });
}

}  // namespace balcao::model
