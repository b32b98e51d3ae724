#include "connect/entity_call.hpp"

#include <algorithm>
#include <memory>

#include "base/moment.hpp"
#include "connect/http_client.hpp"
#include "text/json.hpp"

namespace balcao::connect {
namespace {

constexpr std::string_view also_name = "also";

// A member of the body: a text, or members of its own in the order in which they came.
struct Branch {
    std::string text{};
    std::vector<std::pair<std::string, std::unique_ptr<Branch>>> members{};

    [[nodiscard]] Branch* find(std::string_view name) const {
        const auto found = std::find_if(members.begin(), members.end(),
                                        [&](const auto& member) { return member.first == name; });
        return found == members.end() ? nullptr : found->second.get();
    }

    Branch& add(std::string_view name) {
        members.emplace_back(std::string{name}, std::make_unique<Branch>());
        return *members.back().second;
    }
};

// False where something stands in the way.
bool put(Branch& root, std::string_view path, const std::string& text) {
    std::vector<std::string_view> names;
    for (std::size_t from = 0; from <= path.size();) {
        const auto end = std::min(path.find('.', from), path.size());
        names.push_back(path.substr(from, end - from));
        from = end + 1;
    }
    if (names.front() == also_name) return false;
    Branch* at = &root;
    for (std::size_t place = 0; place < names.size(); ++place) {
        const bool is_last = place + 1 == names.size();
        Branch* next = at->find(names[place]);
        if (next != nullptr && (is_last || next->members.empty())) return false;
        at = next != nullptr ? next : &at->add(names[place]);
    }
    at->text = text;
    return true;
}

void write_branch(text::JsonWriter& json, const Branch& branch) {
    json.begin_object();
    for (const auto& [name, member] : branch.members) {
        json.key(name);
        if (member->members.empty())
            json.value(member->text);
        else
            write_branch(json, *member);
    }
    json.end();
}

Branch tree_of(const std::vector<cases::Datum>& data, const std::vector<model::FieldName>& fields) {
    Branch root;
    std::vector<const cases::Datum*> left;
    // What the entity has a name for comes to its place first.
    for (const auto& datum : data) {
        const auto field = std::find_if(fields.begin(), fields.end(),
                                        [&](const model::FieldName& one) { return one.said == datum.name; });
        if (field == fields.end() || !put(root, field->field, datum.text)) left.push_back(&datum);
    }
    std::vector<const cases::Datum*> also;
    for (const auto* datum : left) {
        if (root.find(datum->name) == nullptr && datum->name != also_name)
            root.add(datum->name).text = datum->text;
        else
            also.push_back(datum);
    }
    if (!also.empty()) {
        Branch& more = root.add(also_name);
        for (const auto* datum : also)
            more.add(datum->name).text = datum->text;
    }
    return root;
}

std::vector<std::string> headers_of(const cases::Effect& effect) {
    return {"Accept: application/json, application/problem+json",
            "User-Agent: balcao",
            "Balcao-Entity: " + url_encoded(effect.entity.text()),
            "Balcao-Case: " + cases::to_text(effect.number),
            "Balcao-Step: " + url_encoded(effect.step.text()),
            "Balcao-Service: " + url_encoded(effect.service.text()),
            "Balcao-Protocol: " + std::to_string(effect.protocol),
            "Balcao-Attempt: " + std::to_string(effect.attempt)};
}

}  // namespace

std::string data_json(const std::vector<cases::Datum>& data, const std::vector<model::FieldName>& fields) {
    std::string body;
    {
        text::JsonWriter json{body};
        write_branch(json, tree_of(data, fields));
    }
    return body;
}

std::string entity_address(std::string_view address, std::string_view path, std::string_view query) {
    const auto own_query = std::min(address.find('?'), address.size());
    std::string whole{address.substr(0, own_query)};
    if (!path.empty()) {
        while (whole.ends_with('/'))
            whole.pop_back();
        whole += path;
    }
    whole += address.substr(own_query);
    if (!query.empty()) whole += (own_query < address.size() ? "&" : "?") + std::string{query};
    return whole;
}

EntityCall request_of(const cases::Effect& effect, const model::WayIn& way) {
    EntityCall call{way.address, headers_of(effect), {}};
    call.headers.emplace_back("Content-Type: application/json");
    call.headers.push_back("Idempotency-Key: " + url_encoded(effect.key));
    if (effect.errand == cases::Errand::deliver) {
        call.body = data_json(effect.data, way.fields);
    } else {
        call.url = entity_address(way.address, "/" + url_encoded(effect.reference) + "/undo", {});
        call.body = "{}";
    }
    return call;
}

EntityCall event_of(const cases::Effect& effect,
                    const model::WayIn& way,
                    std::string_view source,
                    Instant now) {
    EntityCall call{way.address, headers_of(effect), {}};
    call.headers.emplace_back("Content-Type: application/cloudevents+json; charset=utf-8");
    const bool is_undo = effect.errand == cases::Errand::undo;
    text::JsonWriter json{call.body};
    json.begin_object();
    json.member("specversion", "1.0").member("id", effect.key).member("source", source);
    json.member("type", is_undo ? "city.balcao.request.undo" : "city.balcao.request.deliver");
    json.member("subject", cases::to_text(effect.number) + "/" + effect.step.text());
    json.member("time", format_moment(now)).member("datacontenttype", "application/json");
    json.member("service", effect.service.text());
    json.member("protocol", static_cast<std::int64_t>(effect.protocol)).member("attempt", effect.attempt);
    json.key("data");
    if (is_undo)
        json.begin_object().member("reference", effect.reference).end();
    else
        write_branch(json, tree_of(effect.data, way.fields));
    json.end();
    return call;
}

EntityCall look_up_of(const cases::Effect& effect, const model::WayIn& way) {
    return {entity_address(way.address, {}, "key=" + url_encoded(effect.key)), headers_of(effect), {}};
}

EntityCall list_of(const model::WayIn& way, Instant since, std::string_view page) {
    std::string query = "since=" + url_encoded(format_moment(since));
    if (!page.empty()) query += "&page=" + url_encoded(page);
    return {entity_address(way.address, {}, query), {"Accept: application/json", "User-Agent: balcao"}, {}};
}

}  // namespace balcao::connect
