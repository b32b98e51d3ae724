#include "rehearsal.hpp"

#include <fmt/format.h>

#include "auditor.hpp"
#include "base/check.hpp"
#include "office/front_office.hpp"
#include "people.hpp"
#include "town.hpp"

namespace balcao::rehearsal {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t rounds_most = 60;  // until everybody has an answer, when nothing goes wrong any more

class Day {
public:
    Day(std::uint64_t seed, Tally& tally, std::ostream* told)
        : dice_{seed}, tally_{tally}, told_{told}, auditor_{disk_, tally} {
        for (int server = 0; server < 2; ++server)
            servers_.push_back(std::make_unique<Server>(disk_, dice_, tally_, now_));
        found_staff();
    }

    void step() {
        ++tally_.steps;
        now_ += std::chrono::milliseconds{dice_.below(30'000)};
        fail();
        people_.act();
        for (const auto& server : servers_)
            if (dice_.once_in(2)) server->line.write(dice_.below(4));
        if (dice_.once_in(3)) servers_[dice_.below(servers_.size())]->carry();
        hear_news();
        auditor_.look();
    }

    void end() {
        people_.mend();
        for (const auto& server : servers_) {
            server->line.mend();
            server->clock.set_off(0ms);
        }
        bool is_settled = false;
        for (std::size_t round = 0; round < rounds_most && !is_settled; ++round) {
            now_ += 1s;
            for (const auto& server : servers_) {
                server->line.write(10'000);
                server->catch_up();
            }
            is_settled = people_.ask_again();
        }
        auditor_.look();
        if (!is_settled) auditor_.find("somebody never gets an answer");
        now_ += 20min;  // what a clock that went ahead saw end has ended by now
        for (const auto& server : servers_)
            server->catch_up();
        auditor_.compare_tickets();
        auditor_.look_at_bookings();
        people_.compare_pages();
        compare_halls();
        compare_bookings();
    }

    [[nodiscard]] Auditor& auditor() { return auditor_; }

private:
    void say(const std::string& what) {
        if (told_ != nullptr) *told_ << fmt::format("{:4} {}\n", tally_.steps, what);
    }

    // Until the journal has taken it.
    template <class Ask>
    static auto insist(const Ask& ask) {
        for (;;) {
            auto answer = ask();
            if (std::get_if<staff::Refusal>(&answer) == nullptr) return std::get<0>(std::move(answer));
        }
    }

    // Ana may do everything; Rui and Eva serve people at the shop.
    void found_staff() {
        auto& staff = *servers_.front()->staff;
        const staff::Actor ana = insist([&] { return staff.found({"ana", "Ana"}, password, "first"); });
        for (const std::string name : {"rui", "eva"}) {
            const auto account = insist([&] {
                return staff.add(ana, {name, name}, {{staff::Role::attendant, shop}}, "add " + name);
            });
            const auto invitation = insist([&] { return staff.invite(ana, account, {}); });
            insist([&] { return staff.accept(invitation.token, password, "accept " + name); });
        }
    }

    void kill(std::size_t server) {
        servers_[server]->die();
        people_.server_died(server);
        servers_[server]->start();
    }

    void fail() {
        const auto server = dice_.below(servers_.size());
        if (dice_.once_in(60)) {
            say(fmt::format("server {} is killed", server));
            tally_.count(Fault::server_killed);
            kill(server);
        }
        if (dice_.once_in(120)) {
            say(fmt::format("server {} is stopped and begins anew", server));
            tally_.count(Fault::server_restarted);
            servers_[server]->line.write(10'000);
            kill(server);
        }
        if (dice_.once_in(40)) {
            const auto off = std::chrono::milliseconds{dice_.below(600'000)} - 5min;
            say(fmt::format("the clock of server {} is {} ms off", server, off.count()));
            tally_.count(Fault::clock_jumps);
            servers_[server]->clock.set_off(off);
        }
        if (dice_.once_in(90)) {
            tally_.count(Fault::day_passes);
            now_ += std::chrono::hours{1 + dice_.below(9)};
            const auto local = zone_.at(now_);
            if (local.since_midnight > 17h && !dice_.once_in(4))
                now_ = zone_.midnight(local.date + std::chrono::days{1}) + 9h + 30min;
            say("hours pass");
            end_yesterday();
        }
    }

    // As a server does by night.
    void end_yesterday() {
        auto& server = *servers_[dice_.below(servers_.size())];
        const Date yesterday = server.office->zone().at(server.clock.now()).date - std::chrono::days{1};
        static_cast<void>(server.bookings->end_day(shop, yesterday));
        static_cast<void>(server.office
                              ->handle({.site = shop,
                                        .date = yesterday,
                                        .key = "day-end/shop/" + format_date(yesterday),
                                        .command = office::EndDay{}},
                                       [](const office::Reply&) {})
                              .has_value());
    }

    void hear_news() {
        for (std::size_t server = 0; server < servers_.size(); ++server) {
            if (deaf_until_[server] > tally_.steps) continue;
            if (dice_.once_in(100)) {
                tally_.count(Fault::news_late);
                deaf_until_[server] = tally_.steps + 10 + dice_.below(40);
            } else if (dice_.once_in(3)) {
                servers_[server]->catch_up();
            }
        }
    }

    void compare_halls() {
        for (const auto& [stream, events] : auditor_.halls()) {
            const auto date = *parse_date(stream.substr(stream.rfind('/') + 1));
            const auto layout = servers_.front()->office->layout(shop);
            office::Hall fold{layout, date};
            for (const auto& event : events)
                fold.apply(*office::decode(event), event.at);
            fold.rest_until(now_);
            for (const auto& server : servers_) {
                bool is_same = false;
                const auto looked = server->office->look(
                    shop, date, [&](const office::Hall& hall) { is_same = hall == fold; });
                if (!looked || !is_same)
                    auditor_.find("a server sees another hall than the journal: " + stream);
            }
        }
    }

    // Each server knows the same bookings as one that begins now.
    void compare_bookings() {
        Server fresh{disk_, dice_, tally_, now_};
        fresh.line.mend();
        const auto today = fresh.office->zone().at(now_).date;
        for (int day = -2; day < 30; ++day) {
            const auto date = today + std::chrono::days{day};
            const auto wanted = fresh.bookings->day(shop, date);
            for (const auto& server : servers_) {
                const auto known = server->bookings->day(shop, date);
                const auto* a = std::get_if<booking::Day>(&wanted);
                const auto* b = std::get_if<booking::Day>(&known);
                if (a == nullptr || b == nullptr || !(*a == *b))
                    auditor_.find("a server knows other appointments than the journal on " +
                                  format_date(date));
            }
        }
    }

    Dice dice_;
    Tally& tally_;
    std::ostream* told_;
    Zone zone_ = *Zone::find("Europe/Lisbon");
    Instant now_ = zone_.midnight(*parse_date("2026-01-05")) + 9h + 30min;
    journal::MemoryStore disk_;
    Auditor auditor_;
    People::Servers servers_;
    People people_{servers_, dice_, tally_, auditor_, told_};
    std::array<std::uint64_t, 2> deaf_until_{};
};

}  // namespace

Rehearsed rehearse(std::uint64_t seed, std::size_t steps, std::ostream* told) {
    draw_secrets_from(seed);
    Rehearsed rehearsed;
    Day day{seed, rehearsed.tally, told};
    for (std::size_t step = 1; step <= steps && day.auditor().faults().empty(); ++step) {
        day.step();
        if (step % 50 == 0) day.auditor().look_at_bookings();
        rehearsed.failed_at = step;
    }
    if (day.auditor().faults().empty()) day.end();
    rehearsed.faults = day.auditor().faults();
    return rehearsed;
}

}  // namespace balcao::rehearsal
