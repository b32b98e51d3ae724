#include "staff/staff_event.hpp"

#include <limits>
#include <utility>

#include "text/json.hpp"

namespace balcao::staff {
namespace {

using text::JsonView;
using text::JsonWriter;

// The members of every event, in the order in which they are written. `part` is asked for each with its name.
template <class Part, class Event>
void members(Part& part, Event& event) {
    if constexpr (requires { event.account; }) part("account", event.account);
    if constexpr (requires { event.tried; }) part.may_lack("account", event.tried);
    if constexpr (requires { event.session; }) part("session", event.session);
    if constexpr (requires { event.sign_in_name; }) part("sign_in_name", event.sign_in_name);
    if constexpr (requires { event.name; }) part("name", event.name);
    if constexpr (requires { event.grant; }) part("grant", event.grant);
    if constexpr (requires { event.token; }) part("token", event.token);
    if constexpr (requires { event.password; }) part("password", event.password);
    if constexpr (requires { event.secret; }) part("secret", event.secret);
    if constexpr (requires { event.codes; }) part("codes", event.codes);
    if constexpr (requires { event.code; }) part("code", event.code);
    if constexpr (requires { event.epoch; }) part("epoch", event.epoch);
    if constexpr (requires { event.count; }) part("count", event.count);
    if constexpr (requires { event.step; }) part("step", event.step);
    if constexpr (requires { event.has_second_factor; }) part("second_factor", event.has_second_factor);
    if constexpr (requires { event.until; }) part("until", event.until);
    if constexpr (requires { event.seen; }) part("seen", event.seen);
    if constexpr (requires { event.by; }) part.may_lack("by", event.by);
}

// Numbers, moments and truths that are zero are not written.
class Put {
public:
    explicit Put(std::string& out) : json_{out} { json_.begin_object(); }

    void end() { json_.end(); }

    void operator()(std::string_view name, const std::string& words) { json_.member(name, words); }

    template <class Tag>
    void operator()(std::string_view name, const Key<Tag>& key) {
        json_.member(name, key.text());
    }

    template <class Tag>
    void may_lack(std::string_view name, const Key<Tag>& key) {
        if (!key.empty()) json_.member(name, key.text());
    }

    template <std::integral Whole>
    void operator()(std::string_view name, Whole number) {
        if (number != 0) json_.member(name, number);
    }

    void operator()(std::string_view name, Instant at) { (*this)(name, at.time_since_epoch().count()); }

    void operator()(std::string_view name, const Grant& grant) {
        json_.key(name).begin_object().member("role", name_of(grant.role));
        if (grant.site) json_.member("site", grant.site->text());
        json_.end();
    }

    void operator()(std::string_view name, const std::vector<std::string>& texts) {
        json_.key(name).begin_array();
        for (const auto& one : texts)
            json_.value(one);
        json_.end();
    }

private:
    JsonWriter json_;
};

// The first member that is missing or of another form is the mistake that is kept.
class Take {
public:
    explicit Take(JsonView json) : json_{json} {}

    [[nodiscard]] const std::string& mistake() const { return mistake_; }

    void operator()(std::string_view name, std::string& words) {
        const auto found = json_[name].as_text();
        if (!found || found->empty()) return refuse(name);
        words = *found;
    }

    template <class Tag>
    void operator()(std::string_view name, Key<Tag>& key) {
        std::string text;
        (*this)(name, text);
        key = Key<Tag>{std::move(text)};
    }

    template <class Tag>
    void may_lack(std::string_view name, Key<Tag>& key) {
        if (json_[name].exists()) (*this)(name, key);
    }

    void operator()(std::string_view name, bool& truth) {
        if (!json_[name].exists()) return;
        const auto found = json_[name].as_bool();
        if (!found) return refuse(name);
        truth = *found;
    }

    template <std::integral Whole>
    void operator()(std::string_view name, Whole& number) {
        if (!json_[name].exists()) return;
        const auto found = json_[name].as_whole_number();
        if (!found || *found < 0 || !std::in_range<Whole>(*found)) return refuse(name);
        number = static_cast<Whole>(*found);
    }

    void operator()(std::string_view name, Instant& at) {
        std::int64_t count = 0;
        (*this)(name, count);
        at = Instant{std::chrono::milliseconds{count}};
    }

    void operator()(std::string_view name, Grant& grant) {
        const JsonView inner = json_[name];
        const auto role = role_of(inner["role"].as_text().value_or(""));
        const auto site = inner["site"].as_text();
        if (!role || inner["site"].exists() != site.has_value()) return refuse(name);
        grant.role = *role;
        if (site) grant.site = model::SiteKey{std::string{*site}};
    }

    void operator()(std::string_view name, std::vector<std::string>& texts) {
        const JsonView list = json_[name];
        if (!list.is_array()) return refuse(name);
        for (std::size_t place = 0; place < list.size(); ++place) {
            const auto found = list.at(place).as_text();
            if (!found) return refuse(name);
            texts.emplace_back(*found);
        }
    }

private:
    void refuse(std::string_view name) {
        if (mistake_.empty()) mistake_ = name;
    }

    JsonView json_;
    std::string mistake_;
};

template <std::size_t index = 0>
Result<StaffEvent> decode_as(const journal::Event& event, JsonView body) {
    const auto error = [&](const std::string& what) {
        return Error{Errc::invalid, event.stream + " " + std::to_string(event.version) + ": " + what};
    };
    if constexpr (index == std::variant_size_v<StaffEvent>) {
        return error("an event of the type " + event.type + ", which is not known here");
    } else {
        using Type = std::variant_alternative_t<index, StaffEvent>;
        if (event.type != Type::type) return decode_as<index + 1>(event, body);
        Type read;
        Take part{body};
        members(part, read);
        if (part.mistake().empty()) return StaffEvent{std::move(read)};
        return error("the " + part.mistake() + " of this " + event.type + " cannot be read");
    }
}

}  // namespace

journal::Draft encode(const StaffEvent& event) {
    return std::visit(
        [](const auto& one) {
            journal::Draft draft{std::string{one.type}, {}};
            Put part{draft.body};
            members(part, one);
            part.end();
            return draft;
        },
        event);
}

Result<StaffEvent> decode(const journal::Event& event) {
    auto body = text::Json::parse(event.body, event.stream);
    if (!body) return body.error();
    return decode_as(event, body->root());
}

}  // namespace balcao::staff
