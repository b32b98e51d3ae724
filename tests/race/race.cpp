// race sqlite FOLDER [COMMANDS [CLIENTS]]     one server on a file with full flushes
// race postgres [COMMANDS [CLIENTS]]          two servers on one database
// That many clients at one site hand in commands as fast as they are answered: tickets, calls, services,
// appointments for the same places. Then the journal is read anew and audited: no number twice or left out,
// nobody called to two desks, no place sold twice, nothing acknowledged that is not there. Exit 1 when there
// is.
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <future>
#include <iostream>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <thread>

#include <fmt/format.h>

#include "booking/bookings.hpp"
#include "booking/inspect.hpp"
#include "model/read.hpp"
#include "office/front_office.hpp"
#include "office/inspect.hpp"
#include "postgres/cluster_test.hpp"
#include "postgres/store.hpp"
#include "sqlite/store.hpp"
#include "text/json.hpp"

namespace {

using namespace balcao;
using namespace std::chrono_literals;

constexpr const char* site_text = R"(balcao: 1
name: {en: Race}
languages: [en]
time_zone: Europe/Lisbon
first_day: 2026-01-05
services:
  identity: {name: {en: Identity}, duration: 6 min}
  tax: {name: {en: Tax}, duration: 6 min}
sites:
  shop:
    name: {en: Shop}
    open: {mon-sun: "00:00-24:00"}
    tickets: {first: 1, last: 99999}
    queue: [priority, booked_due, arrival]
    appointments:
      windows:
        every: {days: mon-sun, hours: "08-20", slot: 10 min, places: 2, services: [identity]}
    desks:
      both: {name: {en: Desk}, count: 24, serves: [identity, tax]}
demand:
  - {site: shop, service: identity, arrivals: {poisson: 10 per hour}}
)";

constexpr std::uint64_t commands_a_day = 20'000;  // then the clock goes to the next morning
constexpr std::uint64_t one_books_in = 200;
const model::SiteKey shop{"shop"};

std::shared_ptr<const model::Model> site_model() {
    const model::MemoryFiles files{{{"race.yaml", site_text}}};
    auto read = model::read_model("race.yaml", files, {});
    if (!read.value) {
        for (const auto& remark : read.remarks)
            std::cerr << model::format_remark(remark) << '\n';
        std::exit(2);
    }
    return std::make_shared<const model::Model>(*std::move(read.value));
}

// Ten in the morning of a day that goes on with the commands.
class RaceClock final : public Clock {
public:
    [[nodiscard]] Instant now() const override {
        return start_ + std::chrono::days{static_cast<int>(commands / commands_a_day)};
    }

    std::atomic<std::uint64_t> commands{0};

private:
    Instant start_ = Zone::find("Europe/Lisbon")->midnight(*parse_date("2026-01-05")) + 10h;
};

struct Server {
    std::unique_ptr<office::FrontOffice> office;
    std::unique_ptr<booking::Bookings> bookings;
};

struct Told {
    std::mutex mutex;
    std::set<std::pair<std::string, std::uint32_t>> tickets;  // date, number
    std::uint64_t doubled = 0;
    std::atomic<std::uint64_t> accepted{0};
    std::atomic<std::uint64_t> refused{0};
    std::atomic<std::uint64_t> unavailable{0};
    std::atomic<std::uint64_t> held{0};
};

class Client {
public:
    Client(const Server& server, RaceClock& clock, Told& told, std::uint64_t number)
        : server_{server}, clock_{clock}, told_{told}, number_{number}, random_{number} {}

    void run(std::uint64_t commands) {
        while (clock_.commands.fetch_add(1) < commands) {
            if (random_() % one_books_in == 0)
                book();
            else
                ask();
        }
    }

private:
    [[nodiscard]] office::DeskId desk() {
        return {model::DeskKey{"both"}, static_cast<int>(1 + random_() % 24)};
    }

    office::Command any() {
        const office::Number number{static_cast<std::uint32_t>(1 + random_() % 4000)};
        switch (random_() % 12) {
            case 0:
            case 1:
            case 2:
                return office::TakeTicket{
                    .services = {model::ServiceKey{random_() % 2 == 0 ? "identity" : "tax"}}};
            case 3:
                return office::OpenDesk{desk(), office::StaffKey{"staff-" + std::to_string(random_() % 24)}};
            case 4:
            case 5:
            case 6:
                return office::CallNext{desk()};
            case 7:
            case 8:
                return office::Start{desk()};
            case 9:
            case 10:
                return office::Finish{.desk = desk()};
            default:
                return random_() % 2 == 0 ? office::Command{office::Leave{number}}
                                          : office::Command{office::CallNumber{desk(), number}};
        }
    }

    void ask() {
        auto command = any();
        const bool is_ticket = std::holds_alternative<office::TakeTicket>(command);
        std::promise<office::Reply> promise;
        auto future = promise.get_future();
        const auto handled =
            server_.office->handle({.site = shop, .key = key(), .command = std::move(command)},
                                   [&promise](const office::Reply& reply) { promise.set_value(reply); });
        if (!handled) std::abort();
        const auto reply = future.get();
        if (std::holds_alternative<office::Refusal>(reply)) ++told_.refused;
        if (std::holds_alternative<office::Unavailable>(reply)) ++told_.unavailable;
        const auto* accepted = std::get_if<office::Accepted>(&reply);
        if (accepted == nullptr) return;
        ++told_.accepted;
        if (is_ticket) note(accepted->json);
    }

    void note(const std::string& answer) {
        const auto json = text::Json::parse(answer, "answer");
        const auto root = json->root();
        const std::lock_guard lock{told_.mutex};
        const bool is_new =
            told_.tickets
                .emplace(std::string{root["date"].as_text().value_or("")},
                         static_cast<std::uint32_t>(root["number"].as_whole_number().value_or(0)))
                .second;
        if (!is_new) ++told_.doubled;
    }

    // One of 144 places of one of the next thirty days: more people than places.
    void book() {
        const auto zone = *Zone::find("Europe/Lisbon");
        const auto date = zone.at(clock_.now()).date + std::chrono::days{1 + random_() % 30};
        const booking::Wanted wanted{.site = shop,
                                     .services = {model::ServiceKey{"identity"}},
                                     .start = zone.midnight(date) + 8h + 10min * (random_() % 72),
                                     .window = {},
                                     .by = booking::ClerkKey{"clerk"}};
        const auto made = server_.bookings->book(
            wanted, {.name = "Pessoa", .mail = "", .phone = "", .note = "", .language = "en"}, key());
        const auto* slip = std::get_if<booking::Slip>(&made);
        if (slip == nullptr) {
            ++told_.refused;
            return;
        }
        ++told_.held;
        if (random_() % 3 != 0) return;
        static_cast<void>(server_.bookings->cancel(
            booking::ByClerk{slip->booking, booking::ClerkKey{"clerk"}}, booking::CancelReason{}, key()));
    }

    std::string key() { return fmt::format("race/{}/{}", number_, ++keys_); }

    const Server& server_;
    RaceClock& clock_;
    Told& told_;
    std::uint64_t number_;
    std::uint64_t keys_ = 0;
    std::mt19937_64 random_;
};

// Every sentence about what must not be.
std::vector<std::string> audit(const journal::Store& store, const Told& told) {
    std::vector<std::string> faults;
    std::map<std::string, office::Inspector> halls;
    std::vector<journal::Event> bookings;
    std::set<std::pair<std::string, std::uint32_t>> begun;
    journal::Cursor cursor;
    for (;;) {
        auto followed = store.follow(cursor, 10'000);
        if (!followed) return {followed.error().what};
        if (followed->events.empty()) break;
        cursor = followed->next;
        for (auto& event : followed->events) {
            if (event.stream.starts_with("book")) bookings.push_back(std::move(event));
            if (!event.stream.starts_with("site/")) continue;
            halls[event.stream].see(event);
            if (const auto decoded = office::decode(event))
                if (const auto* visit = std::get_if<office::VisitBegun>(&*decoded))
                    begun.emplace(event.stream.substr(event.stream.rfind('/') + 1), visit->number.value);
        }
    }
    for (const auto& [stream, inspector] : halls)
        faults.insert(faults.end(), inspector.found().begin(), inspector.found().end());
    const auto zone = *Zone::find("Europe/Lisbon");
    const auto model = site_model();
    const auto plan = *rules::make_slot_plan(*model, *model->find(shop));
    for (const auto& fault : booking::inspect(bookings, zone, [&](const auto&, Instant) { return &plan; }))
        faults.push_back(fault);
    if (begun != told.tickets)
        faults.push_back(fmt::format("{} tickets in the journal, {} people were told of one", begun.size(),
                                     told.tickets.size()));
    if (told.doubled > 0) faults.push_back(fmt::format("{} tickets were given twice", told.doubled));
    return faults;
}

int race(const std::vector<journal::Store*>& stores, std::uint64_t commands, std::uint64_t clients) {
    RaceClock clock;
    Told told;
    const auto model = site_model();
    const auto key = crypto::SecretKey::random();
    std::vector<Server> servers;
    for (auto* store : stores)
        servers.push_back({*office::FrontOffice::open(*store, clock, model),
                           *booking::Bookings::open(*store, clock, key, *model)});
    const auto begin = std::chrono::steady_clock::now();
    {
        std::vector<std::jthread> threads;
        for (std::uint64_t number = 0; number < clients; ++number)
            threads.emplace_back([&, number] {
                Client{servers[number % servers.size()], clock, told, number}.run(commands);
            });
    }
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    const auto faults = audit(*stores.front(), told);
    fmt::print(
        "{} clients, {} servers, {} commands in {:.1f} s ({:.0f} a second): {} accepted, {} refused, "
        "{} unavailable, {} tickets, {} appointments\n",
        clients, servers.size(), commands, seconds, static_cast<double>(commands) / seconds,
        told.accepted.load(), told.refused.load(), told.unavailable.load(), told.tickets.size(),
        told.held.load());
    for (std::size_t place = 0; place < faults.size() && place < 20; ++place)
        fmt::print("  {}\n", faults[place]);
    fmt::print("{} faults\n", faults.size());
    return faults.empty() ? 0 : 1;
}

std::uint64_t number_in(const std::vector<std::string>& words, std::size_t place, std::uint64_t otherwise) {
    return place < words.size() ? std::strtoull(words[place].c_str(), nullptr, 10) : otherwise;
}

}  // namespace

int main(int count, char** given) {
    const std::vector<std::string> words(given + 1, given + count);
    if (words.size() >= 2 && words.front() == "sqlite") {
        auto store = sqlite::Store::open({.path = words[1] + "/race.db"});
        if (!store) {
            std::cerr << store.error().what << '\n';
            return 2;
        }
        return race({store->get()}, number_in(words, 2, 1'000'000), number_in(words, 3, 64));
    }
    if (!words.empty() && words.front() == "postgres") {
        postgres::Cluster cluster;
        const auto url = cluster.new_database();
        auto one = postgres::Store::open({.url = url});
        auto other = postgres::Store::open({.url = url});
        if (!one || !other) return 2;
        return race({one->get(), other->get()}, number_in(words, 1, 100'000), number_in(words, 2, 64));
    }
    std::cerr << "usage: race sqlite FOLDER [COMMANDS [CLIENTS]] | race postgres [COMMANDS [CLIENTS]]\n";
    return 2;
}
