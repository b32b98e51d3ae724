#include "record/ocel_log.hpp"

#include "text/json.hpp"

namespace balcao::record {
namespace {

using text::JsonWriter;

void write_types(JsonWriter& json, const std::vector<OcelLog::Type>& types) {
    json.begin_array();
    for (const auto& [name, attributes] : types) {
        json.begin_object().member("name", name).key("attributes").begin_array();
        for (const auto& [attribute, type] : attributes)
            json.begin_object().member("name", attribute).member("type", type).end();
        json.end().end();
    }
    json.end();
}

void write_relations(JsonWriter& json, const OcelLog::Relations& relations) {
    json.key("relationships").begin_array();
    for (const auto& [object, qualifier] : relations)
        json.begin_object().member("objectId", object).member("qualifier", qualifier).end();
    json.end();
}

std::string types_of(const std::vector<OcelLog::Type>& types) {
    std::string out;
    {
        JsonWriter json{out};
        write_types(json, types);
    }
    return out;
}

}  // namespace

OcelLog::OcelLog(Sink sink, const std::vector<Type>& objects, const std::vector<Type>& events)
    : write_{std::move(sink)} {
    write_("{\"objectTypes\":" + types_of(objects) + ",\n\"eventTypes\":" + types_of(events) +
           ",\n\"events\":[");
}

void OcelLog::object(const Object& object, const ValuesAt& attributes) {
    objects_ += objects_.empty() ? "\n" : ",\n";
    JsonWriter json{objects_};
    json.begin_object().member("id", object.id).member("type", object.type).key("attributes").begin_array();
    for (const auto& [name, value] : attributes.values)
        json.begin_object().member("name", name).member("time", attributes.time).member("value", value).end();
    json.end();
    write_relations(json, object.relations);
    json.end();
}

void OcelLog::event(std::string_view type,
                    const std::string& time,
                    const Values& values,
                    const Relations& relations) {
    std::string line = events_ == 0 ? "\n" : ",\n";
    {
        JsonWriter json{line};
        json.begin_object()
            .member("id", "e" + std::to_string(++events_))
            .member("type", type)
            .member("time", time)
            .key("attributes")
            .begin_array();
        for (const auto& [name, value] : values)
            json.begin_object().member("name", name).member("value", value).end();
        json.end();
        write_relations(json, relations);
        json.end();
    }
    write_(line);
}

void OcelLog::finish() {
    write_("],\n\"objects\":[");
    write_(objects_);
    write_("]}\n");
}

}  // namespace balcao::record
