// Appointments as they live: the free slots of fifty sites for a month, asked for the first time after a
// start and again; and whole bookings (held, named, confirmed, cancelled) by many clients on SQLite, on one
// site and day or spread over all.
//
//     bench_booking FOLDER [ROUNDS] [CLIENTS] [BOOKINGS EACH]
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "base/set_clock.hpp"
#include "booking/book.hpp"
#include "booking/bookings.hpp"
#include "journal/memory_store.hpp"
#include "journal/settle.hpp"
#include "sqlite/store.hpp"

using namespace balcao;
using namespace balcao::booking;
using namespace std::chrono_literals;

namespace {

constexpr int sites = 50;
constexpr int days_of_month = 31;
constexpr int share_booked = 60;  // of a hundred places
const model::ServiceKey identity{"identity"};

double milliseconds_since(std::chrono::steady_clock::time_point begin) {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

// As in bench_slots: mornings and afternoons, slots of 15 minutes, three places, two of them public.
model::Model city(int places) {
    model::Model model;
    model.time_zone = "Europe/Lisbon";
    model::Service service;
    service.key = identity;
    model.services.push_back(service);
    for (int number = 0; number < sites; ++number) {
        model::Site site;
        site.key = model::SiteKey{"site-" + std::to_string(number)};
        site.open.weekly = {{*parse_weekdays("mon-sat"), {TimeRange{510, 1170}}}};
        site.open.holidays = "PT";
        model::DeskGroup desks;
        desks.count = 3;
        desks.serves = {{identity}};
        site.desks.push_back(desks);
        for (const auto& [key, hours] :
             {std::pair{"morning", TimeRange{540, 780}}, std::pair{"afternoon", TimeRange{840, 1140}}}) {
            model::AppointmentWindow window;
            window.key = model::WindowKey{key};
            window.hours = {hours};
            window.slot = 15min;
            window.places = places;
            window.for_public = places - 1;
            site.appointments.windows.push_back(window);
        }
        model.sites.push_back(site);
    }
    return model;
}

// Fills the books as commands would have, one commit a day; how many bookings there are.
std::size_t fill(journal::Store& store, const std::vector<FreeAt>& free, const Zone& zone) {
    std::uint64_t seed = 1;
    std::size_t booked = 0;
    for (const auto& at : free) {
        std::map<Date, journal::Commit> commits;
        for (const auto& start : at.starts)
            for (int place = 0; place < 3; ++place) {
                seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
                if ((seed >> 33) % 100 >= share_booked) continue;
                const DayName day{at.site, zone.at(start.start).date};
                BookingHeld event;
                event.booking = new_booking(day);
                event.what = {start.start,
                              start.minutes,
                              model::WindowKey{start.window == 0 ? "morning" : "afternoon"},
                              model::ChannelKey{"counter"},
                              {identity},
                              std::to_string(booked),
                              place == 2,
                              PersonName{"p"},
                              "sealed",
                              {},
                              false,
                              1};
                journal::append(commits[day.date], stream_of(day), {}, encode(event), start.start);
                ++booked;
            }
        for (auto& [date, commit] : commits)
            if (journal::write_and_wait(store, std::move(commit)) != journal::Outcome::written) std::abort();
    }
    return booked;
}

void show_free(const crypto::SecretKey& key, int rounds) {
    journal::MemoryStore store;
    SetClock clock;
    const auto model = city(3);
    const auto zone = *Zone::find(model.time_zone);
    const Date first = *parse_date("2026-10-01");
    clock.set(zone.midnight(first));
    const Search search{{},
                        {identity},
                        model::ChannelKey{"counter"},
                        rules::Who::staff,
                        first,
                        first + std::chrono::days{days_of_month - 1}};
    const auto empty = *Bookings::open(store, clock, key, model);
    const std::size_t booked = fill(store, *empty->free_starts(search), zone);
    const auto bookings = *Bookings::open(store, clock, key, model);
    auto begin = std::chrono::steady_clock::now();
    std::size_t free = 0;
    for (const auto& at : *bookings->free_starts(search))
        free += at.starts.size();
    const double first_ms = milliseconds_since(begin);
    std::vector<double> times;
    times.reserve(static_cast<std::size_t>(rounds));
    for (int round = 0; round < rounds; ++round) {
        begin = std::chrono::steady_clock::now();
        if (!bookings->free_starts(search)) std::abort();
        times.push_back(milliseconds_since(begin));
    }
    std::sort(times.begin(), times.end());
    std::printf("first_ms=%.1f median_ms=%.2f longest_ms=%.2f free=%zu booked=%zu\n", first_ms,
                times[times.size() / 2], times.back(), free, booked);
}

// Held, named, confirmed, cancelled: four durable commands; none may be refused.
bool book_and_cancel(Bookings& bookings, const Wanted& wish, const std::string& who) {
    const auto held = bookings.hold(wish, who);
    if (!std::holds_alternative<Slip>(held)) return false;
    const Contact contact{who, who + "@example.org", "", "", "pt"};
    const auto named = bookings.give_contact(ByLink{std::get<Slip>(held).link}, contact, who);
    if (!std::holds_alternative<Slip>(named)) return false;
    const auto confirmed = bookings.confirm(ByLink{std::get<Slip>(named).confirmation}, who);
    if (!std::holds_alternative<Slip>(confirmed)) return false;
    const ByLink hand{std::get<Slip>(confirmed).link};
    return std::holds_alternative<Slip>(bookings.cancel(hand, CancelReason::person_asked, who));
}

// A folder for the journal, how many clients, and how many bookings each of them makes.
struct Load {
    std::filesystem::path folder;
    int clients = 1;
    int each = 1;
};

void show_commands(const crypto::SecretKey& key, const Load& load, bool is_spread) {
    const auto& [folder, clients, each] = load;
    std::filesystem::create_directories(folder);
    const auto path = folder / "booking.db";
    for (const char* end : {"", "-wal", "-shm"})
        std::filesystem::remove(path.string() + end);
    const auto store = *sqlite::Store::open({.path = path.string()});
    const SystemClock clock;
    const auto model = city(1000);
    const auto zone = *Zone::find(model.time_zone);
    const auto bookings = *Bookings::open(*store, clock, key, model);
    Date day = zone.at(clock.now()).date + std::chrono::days{7};
    while (weekday_index(day) != 0)
        day += std::chrono::days{1};
    std::atomic<int> done{0};
    const auto begin = std::chrono::steady_clock::now();
    std::vector<std::thread> threads;
    threads.reserve(static_cast<std::size_t>(load.clients));
    for (int client = 0; client < clients; ++client)
        threads.emplace_back([&, client] {
            for (int number = 0; number < load.each; ++number) {
                const int site = is_spread ? (client * load.each + number) % sites : 0;
                const Wanted wish{
                    model.sites[static_cast<std::size_t>(site)].key, {identity}, model::ChannelKey{"counter"},
                    zone.midnight(day) + 9h + 15min * (number % 16), {},         {}};
                if (book_and_cancel(*bookings, wish, std::to_string(client) + "-" + std::to_string(number)))
                    ++done;
            }
        });
    for (auto& thread : threads)
        thread.join();
    const double seconds = milliseconds_since(begin) / 1000;
    if (done != clients * each) std::abort();
    std::printf("%s=%.0f\n", is_spread ? "spread_per_second" : "one_day_per_second", 4.0 * done / seconds);
}

}  // namespace

int main(int count, char** arguments) {
    const auto argument = [&](int place, int usual) {
        return count > place ? std::max(1, std::atoi(arguments[place])) : usual;
    };
    const Load load{count > 1 ? arguments[1] : ".", argument(3, 64), argument(4, 20)};
    const auto key = crypto::SecretKey::random();
    show_free(key, argument(2, 101));
    show_commands(key, load, true);
    show_commands(key, load, false);
    return 0;
}
