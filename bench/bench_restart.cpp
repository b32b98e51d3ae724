// Fills a data folder with so many events as a city's halls leave behind them, up to today, so that a start
// over them can be timed. The events of one day are decided by the office; other days are the same day again.
//   bench_restart FOLDER MODEL EVENTS
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "base/set_clock.hpp"
#include "journal/memory_store.hpp"
#include "keeping/backup.hpp"
#include "model/read.hpp"
#include "office/front_office.hpp"
#include "sqlite/store.hpp"

namespace {

using namespace balcao;
using namespace std::chrono_literals;

[[noreturn]] void fail(const std::string& why) {
    std::fprintf(stderr, "%s\n", why.c_str());
    std::exit(1);
}

// One site's day: people come, and the desk that serves most calls and serves them.
class Day {
public:
    Day(office::FrontOffice& office, SetClock& clock, const model::Site& site, Date date)
        : office_{office}, clock_{clock}, site_{site}, date_{date} {}

    void pass(int people) {
        const model::DeskGroup* group = nullptr;
        for (const auto& one : site_.desks)
            if (!one.serves.empty() && (group == nullptr || one.serves.size() > group->serves.size()))
                group = &one;
        if (group == nullptr) return;
        const office::DeskId desk{group->key, 1};
        ask(office::OpenDesk{desk, office::StaffKey{"bench"}});
        for (int person = 0; person < people; ++person) {
            office::TakeTicket ticket;
            ticket.services = {
                group->serves[static_cast<std::size_t>(person) % group->serves.size()].service};
            ticket.channel = "kiosk";
            ask(std::move(ticket));
            ask(office::CallNext{desk});
            ask(office::Start{desk});
            ask(office::Finish{.desk = desk});
        }
    }

private:
    void ask(office::Command command) {
        clock_.pass(100ms);
        const std::string key = "bench/" + site_.key.text() + "/" + std::to_string(++commands_);
        const auto handled =
            office_.handle({.site = site_.key, .date = date_, .key = key, .command = std::move(command)},
                           [](const office::Reply&) {});
        if (!handled) fail(handled.error().what);
    }

    office::FrontOffice& office_;
    SetClock& clock_;
    const model::Site& site_;
    Date date_;
    int commands_ = 0;
};

// Of the week up to today, the day on which most sites are open.
Date busy_day(const model::Model& model, Date today) {
    Date best = today;
    std::ptrdiff_t most = -1;
    for (Date date = today; date > today - std::chrono::days{7}; date -= std::chrono::days{1}) {
        const auto open = std::count_if(model.sites.begin(), model.sites.end(),
                                        [&](const auto& site) { return !site.open.on(date).empty(); });
        if (open > most) {
            most = open;
            best = date;
        }
    }
    return best;
}

// What every site's day left behind.
std::vector<std::vector<journal::Event>> day_of(const std::shared_ptr<const model::Model>& model, Date date) {
    journal::MemoryStore store;
    SetClock clock{Instant{date} + 9h};
    auto office = office::FrontOffice::open(store, clock, model);
    if (!office) fail(office.error().what);
    std::vector<std::vector<journal::Event>> halls;
    for (const auto& site : model->sites) {
        constexpr int people = 370;
        Day{**office, clock, site, date}.pass(people);
        auto events = store.read("site/" + site.key.text() + "/" + format_date(date), 0);
        if (events && !events->empty()) halls.push_back(*std::move(events));
    }
    return halls;
}

// Hands commits over without waiting for each, but never too many at once.
class Filler {
public:
    explicit Filler(journal::Store& store) : store_{store} {}

    void put(const journal::Event& event) {
        constexpr std::uint64_t ahead_most = 20'000;
        while (asked_ - done_ >= ahead_most)
            std::this_thread::sleep_for(1ms);
        ++asked_;
        store_.submit(
            {.command = "bench/" + event.stream + "/" + std::to_string(event.version),
             .answer = R"({"site": "shop", "date": "2026-01-05", "number": 117, "state": "waiting"})",
             .writings = {{event.stream, event.version - 1, {event}}}},
            [this](journal::Outcome outcome) {
                if (outcome != journal::Outcome::written) fail("a commit was refused");
                ++done_;
            });
    }

    void finish() const {
        while (asked_ != done_)
            std::this_thread::sleep_for(1ms);
    }

    [[nodiscard]] std::uint64_t count() const { return asked_; }

private:
    journal::Store& store_;
    std::uint64_t asked_ = 0;
    std::atomic<std::uint64_t> done_ = 0;
};

// The day that was decided, and the last one that is filled.
struct Days {
    Date decided;
    Date last;
};

void fill(journal::Store& store,
          const std::vector<std::vector<journal::Event>>& halls,
          const Days& days,
          std::uint64_t events) {
    std::uint64_t a_day = 0;
    for (const auto& hall : halls)
        a_day += hall.size();
    if (a_day < halls.size() * 100) fail("the sites of the model serve too few people for a day of work");
    const auto count = static_cast<int>((events + a_day - 1) / a_day);
    Filler filler{store};
    for (int back = count - 1; back >= 0; --back) {
        const Date date = days.last - std::chrono::days{back};
        const auto shift = days.decided - date;
        for (const auto& hall : halls) {
            for (auto event : hall) {
                event.stream = event.stream.substr(0, event.stream.rfind('/') + 1) + format_date(date);
                event.at -= shift;
                event.salt = crypto::random_bytes(16);
                filler.put(event);
            }
        }
    }
    filler.finish();
    std::printf("events=%llu days=%d\n", static_cast<unsigned long long>(filler.count()), count);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 4) fail("bench_restart FOLDER MODEL EVENTS");
    const std::filesystem::path folder{argv[1]};
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    auto read = model::read_model(argv[2], model::DiskFiles{}, {});
    if (!read.value) fail(std::string{argv[2]} + " cannot be read");
    const auto model = std::make_shared<const model::Model>(*std::move(read.value));
    const auto zone = Zone::find(model->time_zone);
    if (!zone) fail(zone.error().what);
    const Date today = zone->at(SystemClock{}.now()).date;
    const auto key = crypto::SecretKey::random();
    std::ofstream{folder / "installation.key"} << crypto::to_hex(key.bytes()) << "\n";
    std::filesystem::permissions(folder / "installation.key",
                                 std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    auto store = sqlite::Store::open({.path = (folder / "journal.db").string()});
    if (!store) fail(store.error().what);
    const Date busy = busy_day(*model, today);
    fill(**store, day_of(model, busy), {busy, today}, std::strtoull(argv[3], nullptr, 10));
    journal::Log log{**store, "balcao/" + model->key, keeping::signing_key_of(key)};
    constexpr std::size_t leaves_at_once = 1000;
    for (;;) {
        const auto taken = log.take(SystemClock{}.now(), leaves_at_once);
        if (!taken) fail(taken.error().what);
        if (*taken < leaves_at_once) return 0;
    }
}
