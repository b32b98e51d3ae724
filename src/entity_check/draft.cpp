#include "entity_check/draft.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "text/yaml.hpp"

namespace balcao::entity_check {
namespace {

using text::Yaml;

constexpr int depth_most = 8;  // of references and of objects within each other
constexpr std::size_t fields_most = 500;

// Letters and digits alone, small: "dateOfBirth", "date_of_birth" and "date-of-birth" are one name.
std::string plain(std::string_view name) {
    std::string out;
    for (const char letter : name) {
        if (letter >= 'A' && letter <= 'Z') out += static_cast<char>(letter - 'A' + 'a');
        if ((letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || (letter & 0x80) != 0)
            out += letter;
    }
    return out;
}

// "Tax number (NIF)" is said by all of it, by what stands before the brackets, and by what stands in them.
bool is_said(std::string_view text, const std::string& called) {
    const auto open = text.find('(');
    if (plain(text) == called || plain(text.substr(0, open)) == called) return true;
    return open != std::string_view::npos && plain(text.substr(open)) == called;
}

std::string_view text_at(const Yaml* node, std::string_view key) {
    const Yaml* found = node == nullptr ? nullptr : node->find(key);
    return found == nullptr || !found->is_scalar() ? std::string_view{} : std::string_view{found->scalar};
}

// What browsers call it, and how programs often do.
const std::map<std::string, std::set<std::string>>& usual_names() {
    static const std::map<std::string, std::set<std::string>> names{
        {"name", {"name", "fullname", "applicantname", "nome", "nomecompleto", "nombre"}},
        {"bday", {"birthdate", "dateofbirth", "dob", "birthday", "datanascimento", "fechanacimiento"}},
        {"email", {"email", "mail", "emailaddress", "correio", "correo"}},
        {"tel", {"phone", "telephone", "phonenumber", "mobile", "telefone", "telefono"}},
        {"street-address", {"address", "streetaddress", "morada", "direccion"}}};
    return names;
}

class Reading {
public:
    Reading(const Yaml& root, const model::Model& city, const DraftOf& of)
        : root_{root}, city_{city}, of_{of} {}

    Result<Draft> read() {
        if (!text_at(&root_, "openapi").starts_with("3."))
            return wrong(root_, "this is no description in OpenAPI 3: expected \"openapi\": \"3.…\"");
        BALCAO_TRY(const auto chosen, choose());
        BALCAO_TRY(draft_.way_in.address, address(chosen.path));
        const Yaml& post = *chosen.post;
        draft_.way_in.by = chosen.is_event ? model::WayKind::events : model::WayKind::http;
        if (has_parameter(post, "header", "idempotency-key") || chosen.is_event)
            draft_.way_in.on_doubt = model::OnDoubt::send_again;
        else if (const Yaml* get = chosen.item->find("get");
                 get != nullptr && has_parameter(*get, "query", "key"))
            draft_.way_in.on_doubt = model::OnDoubt::look_up;
        draft_.way_in.takes_back = takes_back(chosen.path);
        read_token(post);
        if (chosen.schema != nullptr) read_schema(*chosen.schema, {}, true, 0);
        return std::move(draft_);
    }

private:
    struct Chosen {
        std::string path;
        const Yaml* item = nullptr;
        const Yaml* post = nullptr;
        const Yaml* schema = nullptr;
        bool is_event = false;
    };

    [[nodiscard]] Error wrong(const Yaml& at, const std::string& what) const {
        std::string where = of_.file;
        if (at.mark.line > 0)
            where += ":" + std::to_string(at.mark.line) + ":" + std::to_string(at.mark.column);
        return {Errc::invalid, what, where};
    }

    // What a local reference leads to; null for one that leads nowhere, or in a circle.
    [[nodiscard]] const Yaml* resolved(const Yaml* node) const {
        for (int depth = 0; node != nullptr && depth < depth_most; ++depth) {
            const std::string_view to = text_at(node, "$ref");
            if (to.empty()) return node;
            if (!to.starts_with("#/")) return nullptr;
            const Yaml* found = &root_;
            for (std::string_view rest = to.substr(2); found != nullptr && !rest.empty();) {
                const auto slash = rest.find('/');
                found = found->find(unescaped(rest.substr(0, slash)));
                rest = slash == std::string_view::npos ? std::string_view{} : rest.substr(slash + 1);
            }
            node = found;
        }
        return nullptr;
    }

    // A part of a JSON pointer (RFC 6901).
    static std::string unescaped(std::string_view part) {
        std::string out;
        for (std::size_t at = 0; at < part.size(); ++at) {
            const bool is_escape = part[at] == '~' && at + 1 < part.size();
            if (is_escape) ++at;
            out += !is_escape ? part[at] : part[at] == '1' ? '/' : '~';
        }
        return out;
    }

    [[nodiscard]] bool has_parameter(const Yaml& operation,
                                     std::string_view in,
                                     std::string_view name) const {
        const Yaml* list = operation.find("parameters");
        if (list == nullptr) return false;
        return std::ranges::any_of(list->items, [&](const Yaml& one) {
            const Yaml* parameter = resolved(&one);
            return text_at(parameter, "in") == in && plain(text_at(parameter, "name")) == plain(name);
        });
    }

    // The request that a city makes: one POST of an object of JSON, or of an event, to a path without parts
    // that change.
    Result<Chosen> choose() const {
        std::vector<Chosen> found;
        if (const Yaml* paths = root_.find("paths"))
            for (const auto& [path, mark, item] : paths->entries) {
                if (path.find('{') != std::string::npos || (!of_.path.empty() && path != of_.path)) continue;
                const Yaml* post = item.find("post");
                const Yaml* body = post == nullptr ? nullptr : resolved(post->find("requestBody"));
                const Yaml* content = body == nullptr ? nullptr : body->find("content");
                if (content == nullptr) continue;
                for (const auto& [type, type_mark, media] : content->entries) {
                    const bool is_event = type.starts_with("application/cloudevents+json");
                    if (!is_event && !type.starts_with("application/json")) continue;
                    const Yaml* schema = resolved(media.find("schema"));
                    if (is_event && schema != nullptr) schema = data_of(*schema);
                    found.push_back({path, &item, post, schema, is_event});
                    break;
                }
            }
        if (found.size() > 1) {
            std::vector<Chosen> with_key;
            std::ranges::copy_if(found, std::back_inserter(with_key), [&](const Chosen& one) {
                return has_parameter(*one.post, "header", "idempotency-key");
            });
            if (with_key.size() == 1) return with_key.front();
            std::string names;
            for (const auto& one : found)
                names += (names.empty() ? "" : ", ") + one.path;
            return wrong(*root_.find("paths"),
                         "several requests could be meant: say which with --path: " + names);
        }
        if (found.empty())
            return wrong(root_, of_.path.empty()
                                    ? "no path takes an object of JSON by POST"
                                    : "the path " + of_.path + " takes no object of JSON by POST");
        return found.front();
    }

    // What an event of CloudEvents carries.
    [[nodiscard]] const Yaml* data_of(const Yaml& schema) const {
        const Yaml* properties = schema.find("properties");
        return properties == nullptr ? nullptr : resolved(properties->find("data"));
    }

    [[nodiscard]] Result<std::string> address(const std::string& path) const {
        std::string base = of_.base;
        const Yaml* servers = root_.find("servers");
        if (base.empty() && servers != nullptr && !servers->items.empty())
            base = text_at(&servers->items.front(), "url");
        if (!base.starts_with("https://") && !base.starts_with("http://"))
            return wrong(servers == nullptr ? root_ : *servers,
                         "no address is named: say where it is with --base https://entity.example");
        while (base.ends_with('/'))
            base.pop_back();
        return base + path;
    }

    // "POST /requests/{reference}/undo".
    [[nodiscard]] bool takes_back(const std::string& path) const {
        return std::ranges::any_of(root_.find("paths")->entries, [&](const text::YamlEntry& one) {
            return one.key.starts_with(path + "/{") && one.key.ends_with("}/undo") &&
                   one.value.find("post") != nullptr;
        });
    }

    void read_token(const Yaml& post) {
        const Yaml* security =
            post.find("security") != nullptr ? post.find("security") : root_.find("security");
        const Yaml* components = root_.find("components");
        const Yaml* schemes = components == nullptr ? nullptr : components->find("securitySchemes");
        if (security == nullptr || schemes == nullptr) return;
        for (const Yaml& any : security->items)
            for (const auto& wanted : any.entries) {
                const Yaml* scheme = resolved(schemes->find(wanted.key));
                if (text_at(scheme, "type") == "http") draft_.has_token = true;
                if (text_at(scheme, "type") == "apiKey" && text_at(scheme, "in") == "header") {
                    draft_.has_token = true;
                    draft_.header = text_at(scheme, "name");
                }
            }
    }

    // The ends of an object, each by its names from the outside on.
    void read_schema(const Yaml& schema, const std::string& before, bool is_needed, int depth) {
        if (depth > depth_most) return;
        if (const Yaml* all = schema.find("allOf"))
            for (const Yaml& part : all->items)
                if (const Yaml* one = resolved(&part)) read_schema(*one, before, is_needed, depth + 1);
        const Yaml* properties = schema.find("properties");
        if (properties == nullptr) return;
        std::set<std::string> needed;
        if (const Yaml* names = schema.find("required"))
            for (const Yaml& name : names->items)
                needed.insert(name.scalar);
        for (const auto& [name, mark, value] : properties->entries) {
            const Yaml* property = resolved(&value);
            if (property == nullptr || ++read_ > fields_most) continue;
            const std::string path = before.empty() ? name : before + "." + name;
            const bool is_one_needed = is_needed && needed.contains(name);
            if (property->find("properties") != nullptr || property->find("allOf") != nullptr)
                read_schema(*property, path, is_one_needed, depth + 1);
            else
                add_field(name, path, *property, is_one_needed);
        }
    }

    void add_field(const std::string& name, const std::string& path, const Yaml& property, bool is_needed) {
        const model::Detail* detail = detail_of(name, path, property);
        if (detail == nullptr) {
            (is_needed ? draft_.unknown_needed : draft_.unknown).push_back(path);
            return;
        }
        known_.insert(detail->key);
        if (detail->key.text() != path) draft_.way_in.fields.push_back({detail->key.text(), path});
    }

    // By its key, by its name in any language, by what stands as its title, or by what browsers call it; each
    // detail once.
    [[nodiscard]] const model::Detail* detail_of(const std::string& name,
                                                 const std::string& path,
                                                 const Yaml& property) const {
        const std::string title = plain(text_at(&property, "title"));
        const auto is_called = [&](const model::Detail& detail, const std::string& called) {
            if (plain(detail.key.text()) == called) return true;
            return std::ranges::any_of(detail.name.texts,
                                       [&](const auto& text) { return is_said(text.second, called); });
        };
        for (const std::string& called : {plain(path), plain(name), title})
            for (const auto& detail : city_.details)
                if (!called.empty() && !known_.contains(detail.key) && is_called(detail, called))
                    return &detail;
        for (const auto& detail : city_.details) {
            const auto usual = usual_names().find(detail.autofill);
            if (usual != usual_names().end() && usual->second.contains(plain(name)) &&
                !known_.contains(detail.key))
                return &detail;
        }
        return nullptr;
    }

    const Yaml& root_;
    const model::Model& city_;
    const DraftOf& of_;
    Draft draft_{};
    std::set<model::DetailKey> known_{};
    std::size_t read_ = 0;
};

std::string listed(const std::vector<std::string>& names) {
    std::string text;
    for (const auto& name : names)
        text += (text.empty() ? "" : ", ") + name;
    return text;
}

}  // namespace

Result<Draft> draft_of(std::string_view description, const model::Model& city, const DraftOf& of) {
    const auto document = text::parse_yaml(description, of.file);
    if (!document.root) {
        const auto& problem = document.problems.front();
        return Error{
            Errc::invalid, problem.what,
            of.file + ":" + std::to_string(problem.mark.line) + ":" + std::to_string(problem.mark.column)};
    }
    return Reading{*document.root, city, of}.read();
}

std::string text_of(const Draft& draft, const std::string& key) {
    const auto& way = draft.way_in;
    const auto member = [](Yaml& map, const std::string& name, Yaml value) {
        map.entries.push_back({name, {}, std::move(value)});
    };
    Yaml way_in = Yaml::of(Yaml::Kind::map);
    member(way_in, "by", Yaml::of_scalar(model::name_of(way.by)));
    member(way_in, "address", Yaml::of_scalar(way.address));
    member(way_in, "on_doubt", Yaml::of_scalar(model::name_of(way.on_doubt)));
    if (way.takes_back) member(way_in, "takes_back", Yaml::of_scalar("true"));
    if (!way.fields.empty()) {
        Yaml fields = Yaml::of(Yaml::Kind::map);
        for (const auto& field : way.fields)
            member(fields, field.said, Yaml::of_scalar(field.field));
        member(way_in, "fields", std::move(fields));
    }
    std::string text = "entities:\n  " + key + ":\n    name: " + text::quote_yaml(key) + "   # for people\n";
    text += "    way_in: " + text::write_yaml_flow(way_in);
    if (!text.ends_with('\n')) text += '\n';
    if (draft.has_token)
        text += "# It wants to know who asks: put its token into the file of --secrets, as entity." + key +
                ".token" + (draft.header.empty() ? "" : ", and entity." + key + ".header = " + draft.header) +
                "\n";
    if (way.on_doubt == model::OnDoubt::ask_person)
        text +=
            "# It promises nothing when an answer is lost: somebody asks it then, and nothing is sent "
            "twice.\n";
    if (!draft.unknown_needed.empty())
        text +=
            "# It needs these, and no detail of the model is one of them: " + listed(draft.unknown_needed) +
            "\n";
    if (!draft.unknown.empty())
        text += "# It knows these too, which no detail of the model is: " + listed(draft.unknown) + "\n";
    return text + "# Try it before it joins: balcao entity-check " + way.address + "\n";
}

}  // namespace balcao::entity_check
