#pragma once
// What all pages of a kiosk have: the site's name, languages as large buttons, what is true of the hall now,
// the way back to the beginning (by itself too), help and the complaints book. Internal to `web`.
#include <functional>
#include <string>
#include <string_view>

#include "web/device_pages.hpp"

namespace balcao::web {

// Whether the site gives tickets at this moment, and why not.
struct KioskState {
    enum class Gives : unsigned char { yes, closed, ended, given_out, unknown } gives = Gives::unknown;
    std::size_t waiting = 0;

    [[nodiscard]] bool gives_tickets() const { return gives == Gives::yes; }
};

KioskState kiosk_state(const Shared& shared, const model::SiteKey& site);

// In the person's language; empty while tickets are given.
std::string why_no_ticket(const KioskState& state, const Words& words);

// How long a page stays before the kiosk begins anew for whoever comes next.
inline constexpr int ticket_seconds = 40;
inline constexpr int choice_seconds = 60;

struct KioskPage {
    Words words;
    std::string title;
    std::string path{};  // below "/kiosk": "", "/help"
    bool is_start = false;
    int back_after = choice_seconds;  // seconds; 0: never
    bool has_priority = false;        // carried along
    std::string live{};               // another stream than the hall's
    int status = 200;
};

http::Response kiosk_page(const Shared& shared,
                          const Machine& machine,
                          const KioskPage& about,
                          const std::function<void(html::Content&)>& fill);

// Large buttons for the three languages; `room` is "kiosk" or "display", `path` what follows it.
void write_kiosk_languages(html::Content& into,
                           const Words& words,
                           std::string_view room,
                           std::string_view path = {},
                           bool has_priority = false);

// An address of the kiosk in the page's language, with the priority that was claimed.
html::Url kiosk_url(const Words& words, std::initializer_list<std::string_view> below, bool has_priority);

// The part that follows the hall.
void write_kiosk_now(html::Content& into, const KioskState& state, const Words& words);

// The beginning for whoever comes next: in the city's first language.
html::Url kiosk_start(const Machine& machine);

// The address of a page of ours that a telephone can open: under the name that the installation was given,
// else that by which the kiosk came.
std::string address_outside(const Shared& shared, const http::Request& request, const html::Url& page);

}  // namespace balcao::web
