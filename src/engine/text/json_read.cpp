#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <charconv>
#include <cmath>
#include <limits>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "base/check.hpp"
#include "text/json.hpp"

namespace balcao::text {

struct JsonNode {
    using Members = std::vector<std::pair<std::string, JsonNode>>;
    std::variant<std::nullptr_t, bool, std::int64_t, double, std::string, std::vector<JsonNode>, Members>
        value;
};

namespace {

namespace json = boost::json;

using Members = JsonNode::Members;
using Elements = std::vector<JsonNode>;

constexpr std::size_t depth_max = 100;

// Builds the tree as Boost's parser meets its parts, in place. Boost decides what is JSON; numbers are read
// again here from their text, since Boost rounds them loosely.
class Builder {
public:
    // What Boost asks of a handler: limits, and a callback a part. (1.81: basic_parser.)
    static constexpr std::size_t max_object_size = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t max_array_size = max_object_size;
    static constexpr std::size_t max_key_size = max_object_size;
    static constexpr std::size_t max_string_size = max_object_size;

    using Code = json::error_code;

    bool on_document_begin(Code&) { return true; }

    bool on_document_end(Code&) { return true; }

    bool on_object_begin(Code&) { return begin<Members>(); }

    bool on_array_begin(Code&) { return begin<Elements>(); }

    bool on_object_end(std::size_t, Code&) { return end(); }

    bool on_array_end(std::size_t, Code&) { return end(); }

    bool on_key_part(json::string_view part, std::size_t, Code&) { return gather(part); }

    bool on_key(json::string_view part, std::size_t, Code&) {
        gather(part);
        std::get<Members>(open_.back()->value).emplace_back(gathered(), JsonNode{});
        return true;
    }

    bool on_string_part(json::string_view part, std::size_t, Code&) { return gather(part); }

    bool on_string(json::string_view part, std::size_t, Code&) {
        gather(part);
        return set<std::string>(gathered());
    }

    bool on_number_part(json::string_view part, Code&) { return gather(part); }

    bool on_int64(std::int64_t number, json::string_view, Code&) {
        gathered_.clear();
        return set<std::int64_t>(number);
    }

    bool on_uint64(std::uint64_t, json::string_view part, Code& error) { return set_real(part, error); }

    bool on_double(double, json::string_view part, Code& error) { return set_real(part, error); }

    bool on_bool(bool truth, Code&) { return set<bool>(truth); }

    bool on_null(Code&) { return set<std::nullptr_t>(nullptr); }

    bool on_comment_part(json::string_view, Code&) { return true; }

    bool on_comment(json::string_view, Code&) { return true; }

    JsonNode take() { return std::move(root_); }

private:
    bool gather(json::string_view part) {
        gathered_.append(part.data(), part.size());
        return true;
    }

    std::string gathered() { return std::exchange(gathered_, {}); }

    // The node that the next value fills: the root, a new element, or the member whose name came last.
    JsonNode& next() {
        if (open_.empty()) return root_;
        if (auto* elements = std::get_if<Elements>(&open_.back()->value)) return elements->emplace_back();
        return std::get<Members>(open_.back()->value).back().second;
    }

    template <class T>
    bool set(T value) {
        next().value.emplace<T>(std::move(value));
        return true;
    }

    // An open container does not move: the one around it grows only after it is closed.
    template <class Container>
    bool begin() {
        JsonNode& node = next();
        node.value.emplace<Container>();
        open_.push_back(&node);
        return true;
    }

    bool end() {
        open_.pop_back();
        return true;
    }

    bool set_real(json::string_view part, Code& error) {
        gather(part);
        const std::string text = gathered();
        double number = 0;
        const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
        if (read.ec == std::errc{}) return set<double>(number);
        error = json::make_error_code(json::error::exponent_overflow);  // beyond the range of a double
        return false;
    }

    JsonNode root_;
    std::vector<JsonNode*> open_;
    std::string gathered_;
};

std::string place_of(std::string_view text, std::size_t offset) {
    const std::string_view before = text.substr(0, offset);
    const auto line = std::ranges::count(before, '\n') + 1;
    const auto line_begin = before.rfind('\n');
    const std::size_t column = offset - (line_begin == std::string_view::npos ? 0 : line_begin + 1) + 1;
    return fmt::format("{}:{}", line, column);
}

template <class T>
const T* as(const JsonNode* node) {
    return node != nullptr ? std::get_if<T>(&node->value) : nullptr;
}

template <class T>
std::optional<T> copy_of(const JsonNode* node) {
    const T* found = as<T>(node);
    return found != nullptr ? std::optional<T>{*found} : std::nullopt;
}

}  // namespace

Result<Json> Json::parse(std::string_view text, std::string_view name) {
    json::parse_options options;
    options.max_depth = depth_max;
    json::basic_parser<Builder> parser{options};
    json::error_code error;
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    const std::size_t taken = parser.write_some(false, text.data(), text.size(), error);
    std::size_t offset = std::min(taken, text.size());
    if (!error && offset < text.size()) error = json::make_error_code(json::error::extra_data);
    if (!error) return Json{std::make_shared<const JsonNode>(parser.handler().take())};
    return Error{Errc::invalid,
                 fmt::format("{}:{}: not JSON: {}", name, place_of(text, offset), error.message())};
}

bool JsonView::is_null() const { return as<std::nullptr_t>(node_) != nullptr; }

bool JsonView::is_object() const { return as<Members>(node_) != nullptr; }

bool JsonView::is_array() const { return as<Elements>(node_) != nullptr; }

std::optional<bool> JsonView::as_bool() const { return copy_of<bool>(node_); }

std::optional<double> JsonView::as_number() const {
    if (const auto* whole = as<std::int64_t>(node_)) return static_cast<double>(*whole);
    return copy_of<double>(node_);
}

std::optional<std::int64_t> JsonView::as_whole_number() const {
    const auto* real = as<double>(node_);
    if (real == nullptr) return copy_of<std::int64_t>(node_);
    constexpr double limit =
        9007199254740992.0;  // 2^53: beyond it a double does not say which whole number it is
    if (std::trunc(*real) != *real || std::fabs(*real) > limit) return std::nullopt;
    return static_cast<std::int64_t>(*real);
}

std::optional<std::string_view> JsonView::as_text() const {
    const auto* found = as<std::string>(node_);
    return found != nullptr ? std::optional<std::string_view>{*found} : std::nullopt;
}

JsonView JsonView::operator[](std::string_view name) const {
    const auto* members = as<Members>(node_);
    if (members == nullptr) return {};
    const auto found = std::find_if(members->rbegin(), members->rend(),
                                    [&](const auto& member) { return member.first == name; });
    return found != members->rend() ? JsonView{&found->second} : JsonView{};
}

JsonView JsonView::at(std::size_t index) const {
    if (index >= size()) return {};
    if (const auto* elements = as<Elements>(node_)) return JsonView{&(*elements)[index]};
    return JsonView{&(*as<Members>(node_))[index].second};
}

std::size_t JsonView::size() const {
    if (const auto* elements = as<Elements>(node_)) return elements->size();
    const auto* members = as<Members>(node_);
    return members != nullptr ? members->size() : 0;
}

std::vector<std::string_view> JsonView::keys() const {
    std::vector<std::string_view> names;
    if (const auto* members = as<Members>(node_))
        for (const auto& [name, node] : *members)
            names.emplace_back(name);
    return names;
}

}  // namespace balcao::text
