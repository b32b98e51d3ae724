#include "booking/look.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "booking/members.hpp"
#include "journal/codec.hpp"

namespace balcao::booking {
namespace {

const std::string looks_prefix = "looks/";

constexpr std::array<std::string_view, 4> form_words{"to-serve", "person-asked", "to-tell", "to-put-right"};

}  // namespace

// What the journal's codec asks of the types in events.
std::span<const std::string_view> words_of(LookReason) {
    static constexpr std::array<std::string_view, 4> words{"to_serve", "person_asked", "to_tell",
                                                           "to_put_right"};
    return words;
}

template <class Part, class Event>
requires std::same_as<std::remove_const_t<Event>, PersonSeen>

void members(Part& part, Event& event) {
    part("booking", event.booking);
    part.may_lack("why", event.why);
    part("role", event.role);
    part("site", event.site);
    part.may_lack("desk", event.desk);
    part.may_lack("list", event.is_of_list);
    part("by", event.by);
}

std::string_view name_of(LookReason reason) { return form_words.at(static_cast<std::size_t>(reason)); }

std::optional<LookReason> look_reason_of(std::string_view name) {
    const auto* found = std::find(form_words.begin(), form_words.end(), name);
    if (found == form_words.end()) return std::nullopt;
    return static_cast<LookReason>(found - form_words.begin());
}

const std::vector<LookReason>& all_look_reasons() {
    static const std::vector<LookReason> all{LookReason::to_serve, LookReason::person_asked,
                                             LookReason::to_tell, LookReason::to_put_right};
    return all;
}

std::string stream_of_looks(const BookingKey& booking) { return looks_prefix + booking.text(); }

bool is_stream_of_looks(std::string_view stream) { return stream.starts_with(looks_prefix); }

journal::Draft encode(const LookEvent& event) { return journal::encode_as_draft(event); }

Result<LookEvent> decode_look(const journal::Event& event) { return journal::decode_as<LookEvent>(event); }

std::vector<std::string> inspect_looks(const std::vector<journal::Event>& events) {
    std::vector<std::string> found;
    Instant last{};
    for (const auto& event : events) {
        const auto say = [&](const std::string& what) {
            found.push_back("event " + std::to_string(event.version) + " " + what);
        };
        if (event.at < last) say("happened before the event in front of it");
        last = event.at;
        const auto decoded = decode_look(event);
        if (!decoded) {
            found.push_back(decoded.error().what);
            continue;
        }
        const auto& seen = std::get<PersonSeen>(*decoded);
        if (stream_of_looks(seen.booking) != event.stream) say("is of another booking");
        if (seen.by.empty() || seen.role.empty()) say("does not say who looked");
    }
    return found;
}

}  // namespace balcao::booking
