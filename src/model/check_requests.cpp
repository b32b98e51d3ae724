// Checks of what is asked for without going there: references, who answers, ways on which anybody could read.
#include <algorithm>

#include <fmt/format.h>

#include "model/check.hpp"

namespace balcao::model {
namespace {

using Path = std::vector<std::string>;

class RequestsCheck {
public:
    explicit RequestsCheck(const CheckedModel& checked)
        : checked_{checked},
          details_{keys_of_things(checked.model.details)},
          facts_{keys_of_things(checked.model.facts)} {}

    void check() const {
        for (const Detail& detail : checked_.model.details)
            if (checked_.model.find(FactKey{detail.key.text()}) != nullptr)
                checked_.remarks.mistake(
                    checked_.places.key({"details", detail.key.text()}),
                    fmt::format("{} is the name of a fact: give the detail another", detail.key.text()));
        for (const Entity& entity : checked_.model.entities)
            check_way(entity, {"entities", entity.key.text(), "way_in"});
        for (const Service& service : checked_.model.services)
            if (service.request) check_request(service, {"services", service.key.text(), "request"});
    }

private:
    static Path below(Path path, std::string part) {
        path.push_back(std::move(part));
        return path;
    }

    void check_way(const Entity& entity, const Path& path) const {
        const WayIn& way = entity.way_in;
        std::vector<std::string> known = details_;
        known.insert(known.end(), facts_.begin(), facts_.end());
        for (const FieldName& one : way.fields)
            refer(checked_, checked_.places.key(below(below(path, "fields"), one.said)), one.said, known,
                  "detail or fact");
        const bool is_here = way.address.starts_with("http://127.0.0.1") ||
                             way.address.starts_with("http://localhost") ||
                             way.address.starts_with("http://[::1]");
        if (way.address.starts_with("http://") && !is_here)
            checked_.remarks.warning(
                checked_.places.value(below(path, "address")),
                "what people say goes over a line that is not sealed: expected https://");
    }

    // Names that stand alone, or in a list.
    template <class Keys>
    void check_names(const Keys& keys,
                     const std::vector<std::string>& known,
                     std::string_view what,
                     const Path& path) const {
        const bool is_list = checked_.places.has(below(path, "0"));
        for (std::size_t i = 0; i < keys.size(); ++i)
            refer(checked_, checked_.places.value(is_list ? below(path, std::to_string(i)) : path),
                  keys[i].text(), known, what);
    }

    void check_request(const Service& service, const Path& path) const {
        if (!service.entity)
            checked_.remarks.mistake(
                checked_.places.key(path),
                fmt::format("{} has no entity: nobody would get what is asked for", service.key.text()));
        check_names(service.request->asks, details_, "detail", below(path, "asks"));
        check_names(service.request->tells, facts_, "fact", below(path, "tells"));
    }

    const CheckedModel& checked_;
    std::vector<std::string> details_;
    std::vector<std::string> facts_;
};

}  // namespace

void check_requests(const CheckedModel& checked) { RequestsCheck{checked}.check(); }

}  // namespace balcao::model
