#include "web/reach.hpp"

#include "web/book_words.hpp"

namespace balcao::web {

std::string reach_label(const Shared& shared, const Words& words) {
    if (shared.ways.mail && shared.ways.phone) return words("Mail address or phone number");
    return shared.ways.mail ? words("Mail address") : words("Phone number");
}

std::variant<booking::Contact, std::string> reach_of(const std::string& typed,
                                                     const Shared& shared,
                                                     const Words& words) {
    // Nothing but the way to reach somebody: a name is not asked for.
    booking::Contact contact{.name = "-", .mail = {}, .phone = {}, .note = {}, .language = {}};
    contact.language = words.code();
    const std::string text = booking::trimmed(typed);
    if (text.empty()) return words("Write where we can reach you.");
    const bool is_mail = text.find('@') != std::string::npos || !shared.ways.phone;
    (is_mail ? contact.mail : contact.phone) = text;
    if (const auto fault = shared.bookings.fault_of(contact))
        return refusal_text({.reason = *fault}, shared.office.zone(), words);
    if (!shared.can_reach(contact)) return words("Write where we can reach you.");
    return contact;
}

}  // namespace balcao::web
