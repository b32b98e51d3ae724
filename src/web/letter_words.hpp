#pragma once
// The words of letters, and appointments as calendars take them. Internal to `web`.
#include <optional>
#include <string>

#include "connect/calendar.hpp"
#include "web/book_words.hpp"

namespace balcao::web {

// What the letter says, in the language of who gets it; unneeded when what it tells of is no longer so.
letters::Written write_letter(const letters::Owed& owed,
                              const std::optional<booking::Contact>& contact,
                              const Shared& shared);

// "https://city.example/pt/appointments/LINK"
std::string whole_address(const Shared& shared, const html::Url& url);

// For whoever has its link (`link` not empty), or for staff, without any name.
connect::CalendarEntry entry_of(const booking::Appointment& appointment,
                                const std::string& link,
                                const Shared& shared,
                                const Words& words);

// For a calendar that is followed: whoever has its address learns when and where, but no link and no code.
connect::CalendarEntry entry_without_rights(const booking::Appointment& appointment,
                                            const Shared& shared,
                                            const Words& words);

// Where to meet by video, once it is confirmed; nothing for what is no such appointment.
std::optional<std::string> meeting_of(const booking::Appointment& appointment, const Shared& shared);
void write_meeting(html::Content& into,
                   const booking::Appointment& appointment,
                   const Shared& shared,
                   const Words& words);

}  // namespace balcao::web
