// Protocols with hosts, read and as a tree.
#include <algorithm>

#include <fmt/format.h>

#include "model/readers.hpp"
#include "model/tree_of_model.hpp"

namespace balcao::model {
namespace {

template <class Key>
std::vector<Key> read_list(const Context& context, const Fields& fields, std::string_view key) {
    std::vector<Key> keys;
    if (const Yaml* node = fields.find(key))
        for (const auto& [name, mark] : read_names(context, *node))
            keys.emplace_back(name);
    return keys;
}

template <class Keys>
void add_list_of(MapNode& map, const char* key, const Keys& keys) {
    if (!keys.empty()) map.add(key, list_or_one(texts_of(keys)));
}

}  // namespace

bool Protocol::names(const SiteKey& site) const { return std::ranges::find(sites, site) != sites.end(); }

bool Protocol::covers(const ServiceKey& service) const {
    return services.empty() || std::ranges::find(services, service) != services.end();
}

Protocol read_protocol(const Context& context, const YamlEntry& entry) {
    Protocol protocol;
    protocol.key = ProtocolKey{entry.key};
    const Fields fields{context, entry.value, "protocol"};
    if (!fields.is_map()) return protocol;
    if (const Yaml* name = fields.find("name")) protocol.name = read_text(context, *name);
    if (const Yaml* host = fields.find("host")) {
        const std::string name = read_name(context, *host);
        if (!name.empty()) protocol.host = EntityKey{name};
    }
    protocol.sites = read_list<SiteKey>(context, fields, "sites");
    protocol.services = read_list<ServiceKey>(context, fields, "services");
    protocol.desks = read_list<DeskKey>(context, fields, "desks");
    if (const Yaml* from = fields.find("from")) protocol.from = read_date(context, *from).value_or(Date{});
    if (const Yaml* until = fields.find("until")) {
        protocol.until = read_date(context, *until);
        if (protocol.until && *protocol.until < protocol.from)
            context.mistake(until->mark, fmt::format("{} ends before it begins on {}", entry.key,
                                                     format_date(protocol.from)));
    }
    if (const Yaml* costs = fields.find("costs")) protocol.costs = read_text(context, *costs);
    if (const Yaml* source = fields.find("source"))
        protocol.source = read_string(context, *source, "source_name").value_or("");
    return protocol;
}

text::Yaml tree_of(const Protocol& protocol) {
    MapNode map;
    map.add("name", tree_of_text(protocol.name)).add("host", protocol.host.text());
    add_list_of(map, "sites", protocol.sites);
    add_list_of(map, "services", protocol.services);
    add_list_of(map, "desks", protocol.desks);
    map.add("from", format_date(protocol.from));
    if (protocol.until) map.add("until", format_date(*protocol.until));
    return map.add("costs", tree_of_text(protocol.costs)).add("source", protocol.source).node();
}

}  // namespace balcao::model
