// What the law asks, each duty with its kind, its source and what belongs to that kind.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "model/readers.hpp"

namespace balcao::model {
namespace {

constexpr std::array<const char*, 6> kinds{"walk_in_hours",    "wait_shown", "priority",
                                           "walk_in_capacity", "drop_off",   "screen_languages"};
constexpr std::array<const char*, 4> origins{"text", "excerpt", "summary", "report"};

// The key that belongs to one kind of duty only, and whether that kind cannot do without it.
struct Own {
    const char* key;
    DutyKind kind;
    bool is_needed;
};

constexpr std::array<Own, 4> own_keys{{{"who", DutyKind::priority, true},
                                       {"at_least", DutyKind::walk_in_capacity, false},
                                       {"services", DutyKind::drop_off, true},
                                       {"languages", DutyKind::screen_languages, true}}};

void check_own_keys(const Context& context, const YamlEntry& entry, const Fields& fields, DutyKind kind) {
    for (const Own& own : own_keys) {
        const Yaml* value = fields.find(own.key);
        if (value != nullptr && own.kind != kind)
            context.mistake(value->mark, fmt::format("{} belongs to a duty of the kind {}, not {}", own.key,
                                                     name_of(own.kind), name_of(kind)));
        if (value == nullptr && own.kind == kind && own.is_needed)
            context.mistake(entry.key_mark,
                            fmt::format("a duty of the kind {} needs {}", name_of(kind), own.key));
    }
}

void read_own_keys(const Context& context, const Fields& fields, Duty& duty) {
    if (const Yaml* who = fields.find("who")) duty.who = read_text(context, *who);
    if (const Yaml* share = fields.find("at_least"))
        duty.at_least = read_share(context, *share).value_or(duty.at_least);
    if (const Yaml* services = fields.find("services"))
        for (const auto& [name, mark] : read_names(context, *services))
            duty.services.emplace_back(name);
    if (const Yaml* languages = fields.find("languages"))
        for (const auto& [name, mark] : read_names(context, *languages)) {
            if (!context.languages.contains(name))
                context.mistake(mark, fmt::format("{} is not in the model's languages", name));
            duty.languages.push_back(name);
        }
}

}  // namespace

std::string name_of(DutyKind kind) { return kinds.at(static_cast<std::size_t>(kind)); }

std::string name_of(KnownFrom known_from) { return origins.at(static_cast<std::size_t>(known_from)); }

bool Duty::binds(const SiteKey& site) const {
    return sites.empty() || std::ranges::find(sites, site) != sites.end();
}

Duty read_duty(const Context& context, const YamlEntry& entry) {
    Duty duty;
    duty.key = DutyKey{entry.key};
    const Fields fields{context, entry.value, "duty"};
    if (!fields.is_map()) return duty;
    if (const Yaml* name = fields.find("name")) duty.name = read_text(context, *name);
    if (const Yaml* source = fields.find("source"))
        duty.source = read_string(context, *source, "source_name").value_or("");
    if (const Yaml* known = fields.find("known_from"))
        duty.known_from = KnownFrom{static_cast<unsigned char>(
            read_word(context, *known, {origins[0], origins[1], origins[2], origins[3]}).value_or(0))};
    if (const Yaml* sites = fields.find("sites"))
        for (const auto& [name, mark] : read_names(context, *sites))
            duty.sites.emplace_back(name);
    read_own_keys(context, fields, duty);
    const Yaml* kind = fields.find("kind");
    if (kind == nullptr) return duty;
    const auto word = read_word(context, *kind, {kinds[0], kinds[1], kinds[2], kinds[3], kinds[4], kinds[5]});
    if (!word) return duty;
    duty.kind = DutyKind{static_cast<unsigned char>(*word)};
    check_own_keys(context, entry, fields, duty.kind);
    return duty;
}

}  // namespace balcao::model
