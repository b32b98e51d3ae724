#include "edition/edition_event.hpp"

#include <array>
#include <span>

#include "journal/codec.hpp"

namespace balcao::edition {

// What the journal's codec asks of the types in events.
std::span<const std::string_view> words_of(Origin) {
    static constexpr std::array<std::string_view, 3> words{"file", "page", "going_back"};
    return words;
}

template <class Part, class Event>
void members(Part& part, Event& event) {
    part("name", event.name);
    part("hash", event.hash);
    part.may_lack("origin", event.origin);
    part.may_lack("by", event.by);
    part.may_lack("note", event.note);
    part.may_lack("back_to", event.back_to);
    part("text", event.text);
}

journal::Draft encode(const ModelEvent& event) { return journal::encode_as_draft(event); }

Result<ModelEvent> decode(const journal::Event& event) { return journal::decode_as<ModelEvent>(event); }

}  // namespace balcao::edition
