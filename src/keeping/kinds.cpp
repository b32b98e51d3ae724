// The kinds of streams that have rules of their own.
#include "base/civil.hpp"
#include "keeping/verify.hpp"
#include "office/inspect.hpp"
#include "staff/roll.hpp"
#include "staff/staff_event.hpp"

namespace balcao::keeping {

namespace {

// "site/baixa/2026-11-22".
bool is_hall(std::string_view stream) {
    constexpr std::string_view beginning = "site/";
    const auto last = stream.rfind('/');
    return stream.starts_with(beginning) && last > beginning.size() &&
           stream.find('/', beginning.size()) == last && parse_date(stream.substr(last + 1)).has_value();
}

// "staff", "staff/2026-11-22".
bool is_roll(std::string_view stream) { return stream == "staff" || stream.starts_with("staff/"); }

// Every event can be read, and the roll takes it.
std::vector<std::string> inspect_roll(const std::vector<journal::Event>& events) {
    std::vector<std::string> found;
    staff::Roll roll;
    for (const auto& event : events) {
        const auto decoded = staff::decode(event);
        if (decoded)
            roll.apply(*decoded, event.version, event.at);
        else
            found.push_back(decoded.error().what);
    }
    return found;
}

}  // namespace

std::vector<StreamKind> known_kinds() {
    return {{"hall", is_hall, office::inspect}, {"staff stream", is_roll, inspect_roll}};
}

}  // namespace balcao::keeping
