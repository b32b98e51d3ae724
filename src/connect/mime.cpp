#include "connect/mime.hpp"

#include <algorithm>
#include <array>
#include <ctime>

#include <fmt/format.h>

#include "base/civil.hpp"
#include "crypto/hash.hpp"

namespace balcao::connect {
namespace {

constexpr std::size_t line_most = 76;
constexpr std::size_t word_bytes_most = 42;  // of a text in one encoded word: 56 characters of base 64

bool is_plain(char letter) { return letter >= 0x20 && letter < 0x7F; }

bool is_continuation(char letter) { return (static_cast<unsigned char>(letter) & 0xC0U) == 0x80U; }

std::string without_controls(std::string_view text) {
    std::string clean{text};
    for (char& letter : clean)
        if (static_cast<unsigned char>(letter) < 0x20 || letter == 0x7F) letter = ' ';
    return clean;
}

// "Fri, 20 Nov 2026 09:00:00 +0000"
std::string date_of(Instant at) {
    constexpr std::array<const char*, 7> week{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    constexpr std::array<const char*, 12> year{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                               "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto date = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day parts{date};
    const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::seconds>(at - date)};
    return fmt::format(
        "{}, {} {} {} {:02}:{:02}:{:02} +0000", week.at(static_cast<std::size_t>(weekday_index(date))),
        static_cast<unsigned>(parts.day()), year.at(static_cast<unsigned>(parts.month()) - 1),
        static_cast<int>(parts.year()), time.hours().count(), time.minutes().count(), time.seconds().count());
}

std::string lines_of_base64(std::string_view bytes) {
    const std::string all = crypto::to_base64(bytes);
    std::string lines;
    for (std::size_t from = 0; from < all.size(); from += line_most)
        lines += all.substr(from, line_most) + "\r\n";
    return lines;
}

std::string text_part(const letters::Message& message) {
    return "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" +
           quoted_printable(message.text);
}

// Lines of a letter never begin with this: in quoted-printable a "=" is followed by two digits.
std::string boundary_of(const letters::Message& message) { return "=_balcao_" + message.id.text(); }

}  // namespace

bool is_plain_address(std::string_view address) {
    const auto at = address.find('@');
    return at != std::string_view::npos && at > 0 && at + 1 < address.size() &&
           address.find('@', at + 1) == std::string_view::npos && address.size() <= 254 &&
           std::all_of(address.begin(), address.end(), [](char letter) {
               return is_plain(letter) &&
                      std::string_view{" <>,;:\\\"()[]"}.find(letter) == std::string_view::npos;
           });
}

std::optional<Sender> parse_sender(std::string_view text) {
    Sender sender;
    const auto open = text.rfind('<');
    if (open == std::string_view::npos) {
        sender.address = text;
    } else {
        if (!text.ends_with('>')) return std::nullopt;
        sender.address = text.substr(open + 1, text.size() - open - 2);
        sender.name = text.substr(0, text.find_last_not_of(' ', open == 0 ? 0 : open - 1) + 1);
        if (open == 0) sender.name.clear();
    }
    if (!is_plain_address(sender.address)) return std::nullopt;
    return sender;
}

std::string encoded_word(std::string_view text) {
    const std::string clean = without_controls(text);
    const bool is_ascii = std::all_of(clean.begin(), clean.end(), is_plain);
    if (is_ascii && clean.find("=?") == std::string::npos && clean.size() < line_most) return clean;
    std::string words;
    for (std::size_t from = 0; from < clean.size();) {
        std::size_t to = std::min(from + word_bytes_most, clean.size());
        while (to < clean.size() && to > from + 1 && is_continuation(clean[to]))
            --to;
        words += (words.empty() ? "=?utf-8?B?" : "\r\n =?utf-8?B?") +
                 crypto::to_base64(std::string_view{clean}.substr(from, to - from)) + "?=";
        from = to;
    }
    return words;
}

std::string quoted_printable(std::string_view text) {
    std::string out;
    std::size_t column = 0;
    const auto put = [&](const std::string& piece) {
        if (column + piece.size() >= line_most) {
            out += "=\r\n";
            column = 0;
        }
        out += piece;
        column += piece.size();
    };
    for (std::size_t place = 0; place < text.size(); ++place) {
        const char letter = text[place];
        if (letter == '\n') {
            out += "\r\n";
            column = 0;
            continue;
        }
        const bool is_last = place + 1 == text.size() || text[place + 1] == '\n';
        const bool is_itself = is_plain(letter) && letter != '=' && !(letter == ' ' && is_last) &&
                               !(letter == '.' && column == 0) && !(letter == 'F' && column == 0);
        put(is_itself ? std::string{letter} : fmt::format("={:02X}", static_cast<unsigned char>(letter)));
    }
    if (column > 0) out += "\r\n";
    return out;
}

std::string mail_of(const letters::Message& message, const Sender& from) {
    const auto domain = from.address.substr(from.address.find('@') + 1);
    // A name with letters beyond ASCII is an encoded word, which may not stand between quotes.
    std::string name = encoded_word(from.name);
    if (!name.empty() && !name.starts_with("=?")) {
        std::erase_if(name, [](char letter) { return letter == '"' || letter == '\\'; });
        name = "\"" + name + "\"";
    }
    std::string mail = "From: " + (name.empty() ? from.address : name + " <" + from.address + ">") + "\r\n";
    mail += "To: " + message.mail + "\r\n";
    mail += "Subject: " + encoded_word(message.subject) + "\r\n";
    mail += "Date: " + date_of(message.at) + "\r\n";
    mail += "Message-ID: <" + message.id.text() + "@" + domain + ">\r\n";
    mail += "Auto-Submitted: auto-generated\r\nX-Auto-Response-Suppress: All\r\n";
    if (!message.language.empty()) mail += "Content-Language: " + without_controls(message.language) + "\r\n";
    mail += "MIME-Version: 1.0\r\n";
    if (message.calendar.empty()) return mail + text_part(message);
    const std::string boundary = boundary_of(message);
    mail += "Content-Type: multipart/mixed; boundary=\"" + boundary + "\"\r\n\r\n";
    mail += "--" + boundary + "\r\n" + text_part(message);
    mail +=
        "--" + boundary + "\r\nContent-Type: text/calendar; charset=utf-8; method=" + message.method +
        ";\r\n name=\"appointment.ics\"\r\nContent-Disposition: attachment; filename=\"appointment.ics\"\r\n"
        "Content-Transfer-Encoding: base64\r\n\r\n";
    mail += lines_of_base64(message.calendar);
    return mail + "--" + boundary + "--\r\n";
}

}  // namespace balcao::connect
