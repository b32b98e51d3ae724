#pragma once
// An OCEL 2.0 event log (JSON) that is streamed to wherever it goes. Used for the visits of a simulated run
// and for those of the live office; it knows neither, and no file.
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace balcao::record {

// Where a text goes, piece by piece.
using Sink = std::function<void(std::string_view)>;

// OCEL 2.0 wants every object before or after all events; the objects are gathered as text while the events
// stream out, so memory grows with the objects, by about a hundred bytes each.
class OcelLog {
public:
    using Attribute = std::pair<std::string, std::string>;               // name, type
    using Type = std::pair<std::string, std::vector<Attribute>>;         // name, its attributes
    using Values = std::vector<std::pair<std::string, std::string>>;     // name, value
    using Relations = std::vector<std::pair<std::string, std::string>>;  // object, qualifier

    struct Object {
        std::string id;
        std::string type;
        Relations relations{};
    };

    struct ValuesAt {
        std::string time{};  // RFC 3339
        Values values{};
    };

    OcelLog(Sink sink, const std::vector<Type>& objects, const std::vector<Type>& events);

    void object(const Object& object, const ValuesAt& attributes);

    void event(std::string_view type,
               const std::string& time,
               const Values& values,
               const Relations& relations);

    // Whatever was written is whole after it.
    void finish();

private:
    Sink write_;
    std::string objects_;
    std::uint64_t events_ = 0;
};

}  // namespace balcao::record
