// Free slots of fifty sites for a month, three fifths of their places booked: what a calendar page asks for.
// Prints the median and the longest of so many rounds.
//
//     bench_slots [ROUNDS]
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "rules/slots.hpp"

using namespace balcao;
using namespace balcao::rules;
using namespace std::chrono_literals;

namespace {

constexpr int sites = 50;
constexpr int days_of_month = 31;
constexpr int share_booked = 60;  // of a hundred places

struct Shop {
    SlotPlan plan;
    std::vector<Booking> bookings;
};

// Two windows a day, mornings and afternoons, with slots of 15 minutes and three places, two of them public.
model::Model city() {
    model::Model model;
    model::Service service;
    service.key = model::ServiceKey{"identity"};
    model.services.push_back(service);
    model::Site site;
    site.key = model::SiteKey{"shop"};
    site.open.weekly = {{*parse_weekdays("mon-sat"), {TimeRange{510, 1170}}}};
    site.open.holidays = "PT";
    model::DeskGroup desks;
    desks.count = 3;
    desks.serves = {{service.key}};
    site.desks.push_back(desks);
    for (const auto& [key, hours] :
         {std::pair{"morning", TimeRange{540, 780}}, std::pair{"afternoon", TimeRange{840, 1140}}}) {
        model::AppointmentWindow window;
        window.key = model::WindowKey{key};
        window.hours = {hours};
        window.slot = 15min;
        window.places = 3;
        window.for_public = 2;
        site.appointments.windows.push_back(window);
    }
    model.sites.push_back(site);
    return model;
}

// Books a share of the places of every start, by a fixed order of draws.
Shop shop_of(const model::Model& model, const LocalDays& days, const Asked& asked, std::uint64_t seed) {
    Shop shop{*make_slot_plan(model, model.sites.front()), {}};
    for (const FreeStart& start : free_starts(shop.plan, days, {}, asked))
        for (int place = 0; place < 3; ++place) {
            seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
            if ((seed >> 33) % 100 >= share_booked) continue;
            Booking booking;
            booking.number = shop.bookings.size() + 1;
            booking.start = start.start;
            booking.minutes = start.minutes;
            booking.window = start.window;
            booking.who = place < 2 ? Who::citizen : Who::staff;
            shop.bookings.push_back(booking);
        }
    return shop;
}

}  // namespace

int main(int count, char** arguments) {
    const int rounds = count > 1 ? std::max(1, std::atoi(arguments[1])) : 101;
    const auto zone = Zone::find("Europe/Lisbon");
    const auto first = parse_date("2026-10-01");
    if (!zone || !first) return 1;
    const model::Model model = city();
    Asked asked;
    asked.services = {model.services.front().key};
    asked.now = zone->midnight(*first);
    const Date last = *first + std::chrono::days{days_of_month - 1};
    std::vector<Shop> shops;
    shops.reserve(sites);
    for (int i = 0; i < sites; ++i)
        shops.push_back(shop_of(model, LocalDays{*zone, *first, last}, asked, static_cast<std::uint64_t>(i)));

    std::vector<double> milliseconds;
    std::size_t free = 0;
    std::size_t booked = 0;
    for (int round = 0; round < rounds; ++round) {
        free = booked = 0;
        const auto begin = std::chrono::steady_clock::now();
        const LocalDays days{*zone, *first, last};
        for (const Shop& shop : shops) {
            free += free_starts(shop.plan, days, shop.bookings, asked).size();
            booked += shop.bookings.size();
        }
        milliseconds.push_back(
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
    }
    std::sort(milliseconds.begin(), milliseconds.end());
    std::printf("median_ms=%.2f longest_ms=%.2f free=%zu booked=%zu\n", milliseconds[milliseconds.size() / 2],
                milliseconds.back(), free, booked);
    return 0;
}
