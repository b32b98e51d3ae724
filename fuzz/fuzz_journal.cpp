// Feeds what a journal, a backup or somebody with a receipt may hand over with whatever libFuzzer invents.
// The first byte chooses what the rest is: the events of a hall, of a day's bookings, of a person's bookings
// or of the staff (a line for its type, a line for its body, and so on), a line of a backup, a receipt, a
// signed head. Nothing may crash, and what is written must read back.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.hpp"
#include "booking/inspect.hpp"
#include "journal/checkpoint.hpp"
#include "keeping/backup_line.hpp"
#include "keeping/receipt.hpp"
#include "office/inspect.hpp"
#include "staff/staff_event.hpp"

namespace {

using namespace balcao;

constexpr const char* verifier = "balcao/fuzz+00000000+AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

std::vector<journal::Event> events_of(std::string_view bytes, const std::string& stream) {
    std::vector<journal::Event> events;
    const auto line = [&bytes] {
        const auto end = bytes.find('\n');
        const auto found = bytes.substr(0, end);
        bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
        return std::string{found};
    };
    while (!bytes.empty() && events.size() < 64) {
        journal::Event event;
        event.stream = stream;
        event.version = events.size() + 1;
        event.at =
            Instant{std::chrono::milliseconds{1'767'600'000'000 + static_cast<long>(events.size()) * 1000}};
        event.type = line();
        event.body = line();
        events.push_back(std::move(event));
    }
    return events;
}

void try_bookings(const std::vector<journal::Event>& events) {
    static const Zone zone = *Zone::find("Europe/Lisbon");
    static_cast<void>(booking::inspect(events, zone, [](const model::SiteKey&, Instant) { return nullptr; }));
}

void try_line(std::string_view bytes) {
    const auto read = keeping::read_line(bytes);
    if (!read) return;
    const auto written = std::visit([](const auto& one) { return keeping::line_of(one); }, *read);
    const auto again = keeping::read_line(written);
    BALCAO_CHECK(again.has_value());
    BALCAO_CHECK(std::visit([](const auto& one) { return keeping::line_of(one); }, *again) == written);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view bytes{reinterpret_cast<const char*>(data) + 1, size - 1};
    switch (data[0] % 7) {
        case 0:
            static_cast<void>(office::inspect(events_of(bytes, "site/shop/2026-01-05")));
            break;
        case 1:
            try_bookings(events_of(bytes, "book/shop/2026-01-05"));
            break;
        case 2:
            try_bookings(events_of(bytes, "booker/0123456789ABCDEF"));
            break;
        case 3:
            for (const auto& event : events_of(bytes, "staff"))
                static_cast<void>(staff::decode(event).has_value());
            break;
        case 4:
            try_line(bytes);
            break;
        case 5:
            static_cast<void>(keeping::read_receipt(bytes, verifier).has_value());
            break;
        default:
            static_cast<void>(journal::read_checkpoint(bytes, verifier).has_value());
    }
    return 0;
}
