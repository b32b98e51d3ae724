// How an entity is reached, what people say of themselves, and what is asked for without going there.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "model/readers.hpp"
#include "model/tree_of_model.hpp"

namespace balcao::model {
namespace {

constexpr std::array<const char*, 6> detail_kinds{"text", "long_text", "date", "digits", "mail", "phone"};
constexpr std::array<const char*, 3> effect_classes{"reversible", "compensable", "point_of_no_return"};
constexpr std::array<const char*, 4> way_kinds{"inbox", "http", "events", "mail"};
constexpr std::array<const char*, 3> doubts{"ask_person", "send_again", "look_up"};

constexpr Bounds lengths{1, 40};
constexpr Bounds requests_at_once{1, 1'000};
constexpr Bounds requests_a_minute{1, 1'000'000};
constexpr std::size_t asked_most = 40;

bool is_autofill(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == ' ';
    });
}

// "applicant.name": names of members, each of letters, digits, "_" and "-".
bool is_field(std::string_view text) {
    if (text.empty() || text.size() > 200 || text.front() == '.' || text.back() == '.' ||
        text.find("..") != std::string_view::npos)
        return false;
    return std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
               c == '-' || c == '.';
    });
}

void read_fields(const Context& context, const Yaml& node, WayIn& way) {
    for (const YamlEntry& entry :
         entries_of(context, node, "a field for what was said, such as {full-name: applicant.name}")) {
        if (!check_name(context, entry.key_mark, entry.key)) continue;
        const std::string field = read_string(context, entry.value).value_or("");
        const auto same = std::ranges::find(way.fields, field, &FieldName::field);
        if (field.empty()) continue;
        if (!is_field(field))
            expected(context, entry.value, "the name of a field such as applicant.name");
        else if (same != way.fields.end())
            context.mistake(entry.value.mark,
                            fmt::format("the field {} is that of {} already", field, same->said));
        else
            way.fields.push_back({entry.key, field});
    }
}

template <class Word>
void read_one_of(const Context& context, const Fields& fields, std::string_view key, Word& word) {
    const Yaml* node = fields.find(key);
    if (node == nullptr) return;
    std::optional<std::size_t> place;
    if constexpr (std::is_same_v<Word, WayKind>)
        place = read_word(context, *node, {way_kinds[0], way_kinds[1], way_kinds[2], way_kinds[3]});
    else if constexpr (std::is_same_v<Word, OnDoubt>)
        place = read_word(context, *node, {doubts[0], doubts[1], doubts[2]});
    else if constexpr (std::is_same_v<Word, EffectClass>)
        place = read_word(context, *node, {effect_classes[0], effect_classes[1], effect_classes[2]});
    else
        place = read_word(context, *node,
                          {detail_kinds[0], detail_kinds[1], detail_kinds[2], detail_kinds[3],
                           detail_kinds[4], detail_kinds[5]});
    if (place) word = Word{static_cast<unsigned char>(*place)};
}

void read_bounds(const Context& context, const Fields& fields, WayIn& way) {
    const auto read_time = [&](std::string_view key, Sign sign, Duration& into) {
        if (const Yaml* node = fields.find(key)) into = read_duration(context, *node, sign).value_or(into);
    };
    read_time("due", Sign::positive, way.due);
    read_time("gives_up", Sign::positive, way.gives_up);
    read_time("settles", Sign::not_negative, way.settles);
    if (const Yaml* node = fields.find("at_once"))
        way.at_once = read_integer(context, *node, requests_at_once).value_or(way.at_once);
    if (const Yaml* node = fields.find("per_minute"))
        way.per_minute = read_integer(context, *node, requests_a_minute).value_or(way.per_minute);
}

// "stand-in:NAME"; whether there is one of that name is known where it is started.
void check_stand_in(const Context& context, const Yaml& address, const WayIn& way) {
    const auto name = way.stand_in();
    const bool is_name =
        !name.empty() && name.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") == std::string_view::npos;
    if (!is_name) expected(context, address, "the name of a stand-in, such as stand-in:keys");
}

void check_address(const Context& context, const Yaml& node, const Fields& fields, const WayIn& way) {
    const Yaml* address = fields.find("address");
    if (way.by == WayKind::inbox) {
        for (const char* key :
             {"address", "on_doubt", "takes_back", "fields", "at_once", "per_minute", "gives_up", "settles"})
            if (const Yaml* node_of = fields.find(key))
                context.mistake(node_of->mark,
                                fmt::format("{} says nothing of an inbox: nobody sends there", key));
        return;
    }
    if (address == nullptr) {
        if (!fields.has_unknown())
            context.mistake(node.mark, fmt::format("a way in by {} needs an address", name_of(way.by)));
        return;
    }
    const bool is_web = way.address.starts_with("https://") || way.address.starts_with("http://");
    if (way.is_stand_in()) return check_stand_in(context, *address, way);
    const bool is_mail = way.address.find('@') != std::string::npos &&
                         way.address.find_first_of(" \t<>,") == std::string::npos;
    if (way.by == WayKind::mail && (is_web || !is_mail))
        expected(context, *address, "a mail address such as requests@entity.example");
    if (way.by != WayKind::mail && !is_web) expected(context, *address, example_of("url"));
    if (way.by == WayKind::mail && way.on_doubt != OnDoubt::ask_person)
        context.mistake(fields.find("on_doubt")->mark, "a letter can neither be looked up nor be sent twice");
    if (way.by == WayKind::mail && way.takes_back)
        context.mistake(fields.find("takes_back")->mark,
                        "a letter does not say whether something was taken back: a person finds out");
}

template <class Keys>
void read_keys(const Context& context, const Yaml* node, Keys& keys) {
    if (node == nullptr) return;
    for (const auto& [name, mark] : read_names(context, *node)) {
        typename Keys::value_type key{name};
        if (std::ranges::find(keys, key) != keys.end())
            context.mistake(mark, fmt::format("{} is named twice in this list", name));
        else
            keys.push_back(std::move(key));
    }
    if (keys.size() > asked_most) context.mistake(node->mark, fmt::format("more than {}", asked_most));
}

}  // namespace

std::string name_of(DetailKind kind) { return detail_kinds.at(static_cast<std::size_t>(kind)); }

std::string name_of(EffectClass effect) { return effect_classes.at(static_cast<std::size_t>(effect)); }

std::string name_of(WayKind kind) { return way_kinds.at(static_cast<std::size_t>(kind)); }

std::string name_of(OnDoubt doubt) { return doubts.at(static_cast<std::size_t>(doubt)); }

WayIn read_way_in(const Context& context, const Yaml& node) {
    WayIn way;
    const Fields fields{context, node, "way_in"};
    if (!fields.is_map()) return way;
    read_one_of(context, fields, "by", way.by);
    read_one_of(context, fields, "on_doubt", way.on_doubt);
    if (const Yaml* address = fields.find("address"))
        way.address = read_string(context, *address).value_or("");
    if (const Yaml* takes = fields.find("takes_back"))
        way.takes_back = read_boolean(context, *takes).value_or(false);
    if (const Yaml* eyes = fields.find("four_eyes"))
        way.four_eyes = read_boolean(context, *eyes).value_or(false);
    read_bounds(context, fields, way);
    if (const Yaml* names = fields.find("fields")) read_fields(context, *names, way);
    check_address(context, node, fields, way);
    return way;
}

Detail read_detail(const Context& context, const YamlEntry& entry) {
    Detail detail;
    detail.key = DetailKey{entry.key};
    const Fields fields{context, entry.value, "detail"};
    if (!fields.is_map()) return detail;
    if (const Yaml* name = fields.find("name")) detail.name = read_text(context, *name);
    if (const Yaml* help = fields.find("help")) detail.help = read_text(context, *help);
    read_one_of(context, fields, "kind", detail.kind);
    if (const Yaml* length = fields.find("length")) {
        detail.length = read_integer(context, *length, lengths).value_or(0);
        if (detail.kind != DetailKind::digits)
            context.mistake(length->mark, fmt::format("length belongs to a detail of the kind digits, not {}",
                                                      name_of(detail.kind)));
    }
    if (const Yaml* autofill = fields.find("autofill")) {
        detail.autofill = read_string(context, *autofill).value_or("");
        if (!is_autofill(detail.autofill))
            expected(context, *autofill, "what browsers know it as, such as name or bday");
    }
    return detail;
}

Request read_request(const Context& context, const Yaml& node) {
    Request request;
    const Fields fields{context, node, "request"};
    if (!fields.is_map()) return request;
    read_keys(context, fields.find("asks"), request.asks);
    read_keys(context, fields.find("tells"), request.tells);
    read_one_of(context, fields, "effect", request.effect);
    return request;
}

namespace {

Yaml tree_of_names(const std::vector<FieldName>& fields) {
    MapNode map;
    for (const FieldName& one : fields)
        map.add(one.said, one.field);
    return map.is_empty() ? Yaml{} : map.node();
}

void add_boolean(MapNode& map, const char* key, bool value) {
    if (value) map.add(key, "true");
}

}  // namespace

Yaml tree_of(const WayIn& way) {
    const WayIn usual;
    if (way == usual) return {};
    MapNode map;
    const auto add_time = [&](const char* key, Duration value, Duration otherwise) {
        if (value != otherwise) map.add(key, format_duration(value));
    };
    const auto add_number = [&](const char* key, int value, int otherwise) {
        if (value != otherwise) map.add(key, std::to_string(value));
    };
    if (way.by != usual.by) map.add("by", name_of(way.by));
    map.add("address", way.address);
    if (way.on_doubt != usual.on_doubt) map.add("on_doubt", name_of(way.on_doubt));
    add_boolean(map, "takes_back", way.takes_back);
    add_boolean(map, "four_eyes", way.four_eyes);
    add_time("due", way.due, usual.due);
    add_number("at_once", way.at_once, usual.at_once);
    add_number("per_minute", way.per_minute, usual.per_minute);
    add_time("gives_up", way.gives_up, usual.gives_up);
    add_time("settles", way.settles, usual.settles);
    return map.add("fields", tree_of_names(way.fields)).node();
}

Yaml tree_of(const Detail& detail) {
    MapNode map;
    map.add("name", tree_of_text(detail.name)).add("help", tree_of_text(detail.help));
    if (detail.kind != DetailKind::text) map.add("kind", name_of(detail.kind));
    if (detail.length != 0) map.add("length", std::to_string(detail.length));
    return map.add("autofill", detail.autofill).node();
}

Yaml tree_of(const Request& request) {
    MapNode map;
    const auto names = [](const auto& keys) { return keys.empty() ? Yaml{} : list_or_one(texts_of(keys)); };
    map.add("asks", names(request.asks)).add("tells", names(request.tells));
    if (request.effect != EffectClass::compensable) map.add("effect", name_of(request.effect));
    return map.node();
}

}  // namespace balcao::model
