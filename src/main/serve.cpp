// `balcao serve`: joins journal, office and pages, and keeps the house while they work.
#include <charconv>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string_view>
#include <thread>

#include <fmt/format.h>

#include "booking/bookings.hpp"
#include "device/devices.hpp"
#include "http/server.hpp"
#include "keeping/receipt.hpp"
#include "main/adoption.hpp"
#include "main/assist_office.hpp"
#include "main/commands.hpp"
#include "main/console.hpp"
#include "main/demonstration.hpp"
#include "main/doors.hpp"
#include "main/due_appointments.hpp"
#include "main/effect_simulator.hpp"
#include "main/first_account.hpp"
#include "main/forecaster.hpp"
#include "main/forgetting.hpp"
#include "main/installation.hpp"
#include "main/pay_office.hpp"
#include "main/post_office.hpp"
#include "main/sign_in_providers.hpp"
#include "main/stand_ins.hpp"
#include "office/foresight.hpp"
#include "office/front_office.hpp"
#include "outcomes/figures.hpp"
#include "record/site_record.hpp"
#include "staff/staff.hpp"
#include "web/pages.hpp"

namespace balcao::cli {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t leaves_at_once = 10'000;

struct Address {
    std::string host;
    std::uint16_t port = 0;
};

// "127.0.0.1:8080", "[::1]:8080".
std::optional<Address> parse_address(std::string_view text) {
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos) return std::nullopt;
    Address address;
    const auto digits = text.substr(colon + 1);
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), address.port);
    if (read.ec != std::errc{} || read.ptr != digits.data() + digits.size()) return std::nullopt;
    auto host = text.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    if (host.empty()) return std::nullopt;
    address.host = host;
    return address;
}

// Something that is done again and again until the end, and at once when it is woken.
class Keeper {
public:
    Keeper(std::chrono::milliseconds every, std::function<void()> work)
        : every_{every}, work_{std::move(work)}, thread_{[this](const std::stop_token& stop) {
              run(stop);
          }} {}

    void wake() {
        const std::lock_guard lock{mutex_};
        is_woken_ = true;
        woken_.notify_one();
    }

private:
    void run(const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            work_();
            std::unique_lock lock{mutex_};
            woken_.wait_for(lock, stop, every_, [this] { return is_woken_; });
            is_woken_ = false;
        }
    }

    std::chrono::milliseconds every_;
    std::function<void()> work_;
    std::mutex mutex_;
    std::condition_variable_any woken_;
    bool is_woken_ = false;
    std::jthread thread_;  // last: it uses all the others
};

// Says what goes wrong in the background once, and again when it is mended.
class Trouble {
public:
    explicit Trouble(const char* where) : where_{where} {}

    void tell(const Result<void>& result) {
        const std::string what = result ? "" : result.error().what;
        if (what == last_) return;
        last_ = what;
        complain(what.empty() ? fmt::format("{}: works again", where_) : fmt::format("{}: {}", where_, what));
    }

private:
    const char* where_;
    std::string last_;
};

// Takes what is new into the Merkle log.
Result<void> take_new_leaves(const OpenJournal& journal, journal::Log& log, const Clock& clock) {
    const auto is_notary = journal.is_notary();
    if (!is_notary) return is_notary.error();
    while (*is_notary && !stop_flag()) {
        const auto taken = log.take(clock.now(), leaves_at_once);
        if (!taken && taken.error().code == Errc::conflict) return {};  // another one took them
        if (!taken) return taken.error();
        if (*taken < leaves_at_once) return {};
    }
    return {};
}

// Ends the halls of yesterday that are still open: who waited is set down as missed, who was served as done.
Result<void> end_yesterday(office::FrontOffice& office, booking::Bookings& bookings, const Clock& clock) {
    const Date yesterday = office.zone().at(clock.now()).date - std::chrono::days{1};
    // Also where a site or its windows were taken away since.
    for (const auto& site : bookings.sites()) {
        if (std::holds_alternative<booking::Refusal>(bookings.end_day(site, yesterday)))
            return Error{Errc::unavailable, "the appointments of yesterday cannot be ended now"};
        if (office.layout(site) == nullptr) continue;
        bool is_open = false;
        auto looked = office.look(site, yesterday, [&](const office::Hall& hall) {
            is_open = !hall.has_ended() && !hall.visits().empty();
        });
        if (!looked) return looked;
        if (!is_open) continue;
        const std::string key = fmt::format("day-end/{}/{}", site.text(), format_date(yesterday));
        auto handled =
            office.handle({.site = site, .date = yesterday, .key = key, .command = office::EndDay{}},
                          [](const office::Reply&) {});
        if (!handled) return handled;
    }
    return {};
}

web::Proofs proofs_of(const OpenJournal& journal, const journal::Log& log) {
    return {.log_key = log.verifier(),
            .receipt =
                [store = journal.store, &log](const front::TicketName& ticket) {
                    return keeping::receipt_of(*store, log, {ticket.site, ticket.date, ticket.number});
                },
            .case_receipt =
                [store = journal.store, &log](const cases::CaseNumber& number) {
                    return keeping::receipt_of(*store, log, number);
                },
            .session_receipt =
                [store = journal.store, &log](const assist::SessionKey& session) {
                    return keeping::receipt_of_session(*store, log, assist::stream_of(session));
                },
            .head = [kept = journal] { return kept.log->last_checkpoint(); }};
}

struct Parts {
    model::Model model;
    Installation installation;
    Address address;
    std::vector<openid::ProviderSettings> providers;
};

// The people of a demonstration and its clock; for a real office, its clock alone.
struct Day {
    std::unique_ptr<Clock> clock;
    const DemonstrationClock* demonstration = nullptr;
    std::vector<sim::TracedVisit> people;
};

Result<Day> day_of(const Serve& command, const model::Model& model) {
    Day day;
    if (!command.is_demonstration) {
        day.clock = std::make_unique<SystemClock>();
        return day;
    }
    const auto zone = Zone::find(model.time_zone);
    if (!zone) return zone.error();
    const auto begins = beginning_of_demonstration(model, *zone, zone->at(SystemClock{}.now()).date);
    auto people = people_of(model, zone->at(begins).date);
    if (!people) return people.error();
    auto clock = std::make_unique<DemonstrationClock>(begins);
    day.demonstration = clock.get();
    day.clock = std::move(clock);
    day.people = *std::move(people);
    return day;
}

staff::Settings staff_settings(const Serve& command,
                               const model::Model& model,
                               const SignInProviders& providers) {
    staff::Settings settings;
    providers.put_into(settings);
    if (command.is_demonstration) settings.second_factor = staff::SecondFactor::as_one_likes;
    for (const auto& [language, name] : model.name.texts)
        settings.words.push_back(name);
    for (const auto& site : model.sites)
        for (const auto& [language, name] : site.name.texts)
            settings.words.push_back(name);
    return settings;
}

struct Following {
    Adoption& adoption;
    office::FrontOffice& office;
    staff::Staff& staff;
    booking::Bookings& bookings;
    device::Devices& devices;
    CaseOffice& cases;
    AssistOffice& assist;
    PayOffice& money;
};

Result<void> catch_up(const Following& rooms) {
    auto& [adoption, office, staff, bookings, devices, cases, assist, money] = rooms;
    // First, so that halls meet no version that is new to this server; what is wrong with it stops nothing.
    auto followed = adoption.step();
    if (auto read = office.catch_up(); !read) return read;
    if (auto read = staff.catch_up(); !read) return read;
    if (auto read = devices.catch_up(); !read) return read;
    while (!stop_flag()) {
        const auto taken = bookings.catch_up(leaves_at_once);
        if (!taken) return taken.error();
        if (*taken == 0) break;
    }
    if (auto read = cases.catch_up(); !read) return read;
    if (auto read = assist.catch_up(); !read) return read;
    if (auto read = money.catch_up(); !read) return read;
    return followed;
}

Result<void> count_outcomes(outcomes::Outcomes& outcomes) {
    while (!stop_flag()) {
        BALCAO_TRY(const std::size_t taken, outcomes.catch_up(leaves_at_once));
        if (taken == 0) break;
    }
    return {};
}

http::Settings server_settings(const Serve& command, const Address& address, const Doors& doors) {
    http::Settings settings;
    settings.address = address.host;
    settings.port = address.port;
    settings.threads = command.threads;
    settings.proxies = command.proxies;
    settings.hooks = doors.hooks();
    settings.hooks.fault = [](std::string_view what) { complain(what); };
    return settings;
}

// "http://127.0.0.1:8080"
std::string name_of(const Address& address, std::uint16_t port) {
    const bool is_ipv6 = address.host.find(':') != std::string::npos;
    return fmt::format("http://{}:{}", is_ipv6 ? "[" + address.host + "]" : address.host, port);
}

booking::Settings booking_settings(const PostOptions& post) {
    booking::Settings settings;
    settings.tells_of_cancelling = post.ways.mail || post.ways.phone;
    return settings;
}

// The entities of a demonstration; nothing where the model names none of them. Elsewhere nobody is there.
Result<std::unique_ptr<StandIns>> begin_stand_ins(const Serve& command,
                                                  const model::Model& model,
                                                  const Clock& clock) {
    if (!needs_stand_ins(model)) return std::unique_ptr<StandIns>{};
    if (command.is_demonstration) return StandIns::start(clock);
    for (const auto& entity : model.entities)
        if (entity.way_in.is_stand_in())
            complain(
                fmt::format("entities.{}.way_in: {} is there in a demonstration only; what is asked of it "
                            "waits until the model names where it is",
                            entity.key.text(), entity.way_in.address));
    return std::unique_ptr<StandIns>{};
}

int serve_until_stopped(const Serve& command,
                        Parts parts,
                        const std::function<void(std::function<void()>)>& on_news) {
    auto& journal = parts.installation.journal;
    auto day = day_of(command, parts.model);
    if (!day) return fail(day.error());
    const Clock& clock = *day->clock;
    auto editions = edition::Editions::open(*journal.store, clock);
    if (!editions) return fail(editions.error());
    const auto in_force = begin_with(**editions, parts.model);
    if (!in_force) return fail(in_force.error());
    const auto& model = in_force->model;
    auto office = office::FrontOffice::open(*journal.store, clock, {model, in_force->entry.number},
                                            models_of(**editions));
    if (!office) return fail(office.error());
    SignInProviders providers{std::move(parts.providers)};
    auto staff = staff::Staff::open(*journal.store, clock, parts.installation.key,
                                    staff_settings(command, *model, providers));
    if (!staff) return fail(staff.error());
    // The name of the log stays what it was, whatever the model is called now.
    auto log = log_of(parts.installation, "balcao/" + model->key);
    if (!log) return fail(log.error());
    auto forgetting = Forgetting::open(parts.installation, **office, **staff,
                                       {command.data, command.database, command.erased});
    if (!forgetting) return fail(forgetting.error());
    // A demonstration's people come as its model says, so there the model is the history.
    SimulatingForecaster forecaster{command.is_demonstration ? WithoutHistory::trust_the_model
                                                             : WithoutHistory::queue_length};
    auto post_options = PostOptions::from_command(command);
    if (!post_options) return fail(post_options.error());
    auto bookings = booking::Bookings::open(*journal.store, clock, parts.installation.key, *model,
                                            booking_settings(*post_options));
    if (!bookings) return fail(bookings.error());
    DueAppointments due{**bookings, **office};
    office::Foresight foresight{**office, clock, forecaster, &due};
    auto devices = device::Devices::open(*journal.store, clock, parts.installation.key);
    if (!devices) return fail(devices.error());
    auto gate = open_gate(command.limits, command.unlimited);
    if (!gate) return fail(gate.error());
    auto reader = record::Reader::of(
        *journal.store, {[&office] { return (*office)->in_force(); }, models_of(**editions)}, clock);
    if (!reader) return fail(reader.error());
    const record::SiteRecords records{*std::move(reader)};
    std::unique_ptr<StandIns> stand_ins;
    if (auto begun = begin_stand_ins(command, *model, clock); begun)
        stand_ins = *std::move(begun);
    else
        return fail(begun.error());
    CaseOffice case_office{*journal.store,
                           clock,
                           parts.installation.key,
                           *model,
                           {.secrets = command.secrets,
                            .address = post_options->address,
                            .hand_over = post_options->hand_over(),
                            .stand_ins = stand_ins.get()}};
    PayOffice pay_office{*journal.store, clock, *model, case_office.cases(), command.is_demonstration};
    AssistOffice assist_office{*journal.store, clock, parts.installation.key, **office, **staff};
    Adoption adoption{**editions, **office, **bookings, case_office};
    PostOffice post{*std::move(post_options), *journal.store, clock, parts.installation.key};
    outcomes::Outcomes outcomes{*journal.store, (*office)->zone(), parts.installation.key};
    web::Settings of_pages{.installation = parts.installation.key,
                           .is_demonstration = command.is_demonstration,
                           .foresight = &foresight,
                           .proofs = proofs_of(journal, *log),
                           .more_metrics = [&gate](std::string& out) { (*gate)->append_metrics(out); },
                           .records = &records,
                           .editions = editions->get(),
                           .adopt = [&adoption] { return adoption.step(); }};
    post.put_into(of_pages);
    providers.put_into(of_pages);
    EffectSimulator simulator{clock, (*office)->zone()};
    of_pages.simulator = &simulator;
    of_pages.sessions = &assist_office.sessions();
    pay_office.put_into(of_pages);
    of_pages.outcomes = &outcomes;
    web::Pages pages{{**office, **staff, **bookings, **devices, case_office.cases()}, clock, of_pages};
    const auto secrets_of_entities = [&](const model::EntityKey& key) { return case_office.secrets_of(key); };
    const Doors doors{{**office, **staff, **bookings, **devices, case_office.cases()},
                      clock,
                      {pages, **gate, of_pages, secrets_of_entities}};
    std::optional<Demonstration> demonstration;
    if (day->demonstration != nullptr)
        demonstration.emplace(**office, *day->demonstration, day->people,
                              [&](const model::SiteKey& site) { (void)foresight.look_ahead(site); });

    Trouble in_log{"the log of the journal"};
    Trouble in_hall{"halls of yesterday"};
    Trouble in_news{"news of other servers"};
    Trouble in_ledger{"the ledger of erased persons"};
    Keeper notary{1s, [&] { in_log.tell(take_new_leaves(journal, *log, clock)); }};
    std::optional<Keeper> night;
    night.emplace(30s, [&] { in_hall.tell(end_yesterday(**office, **bookings, clock)); });
    const Following following{adoption,  **office,    **staff,       **bookings,
                              **devices, case_office, assist_office, pay_office};
    std::optional<Keeper> news;
    news.emplace(1s, [&] { in_news.tell(catch_up(following)); });
    Keeper erasures{1min, [&] { in_ledger.tell((*forgetting)->step(clock.now())); }};
    Trouble in_waits{"forecasts of waits"};
    Trouble in_lists{"comparing with entities"};
    std::optional<Keeper> lists;
    Trouble in_sums{"comparing with who collects"};
    lists.emplace(10min, [&] {
        in_lists.tell(case_office.compare());
        in_sums.tell(pay_office.reconcile());
    });
    Trouble in_fees{"fees of requests"};
    std::optional<Keeper> fees;
    fees.emplace(1s, [&] { in_fees.tell(pay_office.step()); });
    Trouble in_sessions{"sessions that were handed over"};
    std::optional<Keeper> sessions;
    sessions.emplace(10s, [&] { in_sessions.tell(assist_office.step(case_office.cases())); });
    Trouble in_outcomes{"figures of requests"};
    Keeper counting{1s, [&] { in_outcomes.tell(count_outcomes(outcomes)); }};
    std::optional<Keeper> waits;
    waits.emplace(1s, [&] { in_waits.tell(foresight.look_ahead()); });
    on_news([&news] { news->wake(); });
    // Whoever hands in commands has stopped before the office waits for the last of them.
    const auto settle = [&] {
        on_news({});
        case_office.stop();
        pay_office.stop();
        lists.reset();
        fees.reset();
        sessions.reset();
        waits.reset();
        news.reset();
        night.reset();
        demonstration.reset();
        (*office)->settle();
    };

    pages.prepare();
    auto server = http::Server::start(server_settings(command, parts.address, doors), doors.router());
    if (!server) {
        settle();
        return fail(
            {server.error().code,
             server.error().what + "; stop what listens there, or name another port (0: any that is free)",
             "--listen"});
    }
    const std::string here = name_of(parts.address, (*server)->port());
    if (command.address.empty()) {
        pages.be_found_at(here);
        case_office.be_found_at(here);
    }
    if (stand_ins) stand_ins->report_to(here);
    case_office.start();
    pay_office.start();
    fmt::print("Balcão serves {} at {}/ until it is stopped (Ctrl-C)\n",
               model->name.in(model->languages.front(), model->key), here);
    if (stand_ins)
        fmt::print("Five made-up entities take what is asked for; one fails for a minute: {}\n",
                   stand_ins->page());
    tell_how_to_sign_in({command, address_to_open(command, here), model->languages.front()}, **staff,
                        parts.installation.key);
    post.start(pages, **office, **bookings, command.is_demonstration);
    std::fflush(stdout);
    while (!stop_flag())
        std::this_thread::sleep_for(50ms);
    on_news({});
    providers.stop();
    (*server)->stop(5s);
    post.stop();
    settle();
    return done;
}

}  // namespace

int serve(const Serve& command) {
    auto model = read_model(command.model);
    if (!model) return wrong_input;
    const auto address = parse_address(command.listen);
    if (!address) {
        complain(
            fmt::format("--listen: '{}' is no address with a port; write 127.0.0.1:8080", command.listen));
        return wrong_usage;
    }
    if (const auto gate = open_gate(command.limits, command.unlimited); !gate) {
        complain(gate.error());
        return wrong_usage;
    }
    auto providers = read_providers(command.sign_in);
    if (!providers) return fail(providers.error());
    std::mutex mutex;
    std::function<void()> wake;
    const auto on_news = [&] {
        const std::lock_guard lock{mutex};
        if (wake) wake();
    };
    auto installation = open_installation(command.data, command.database, on_news);
    if (!installation) return fail(installation.error());
    const int status = serve_until_stopped(
        command, {*std::move(model), *std::move(installation), *address, *std::move(providers)},
        [&](std::function<void()> told) {
            const std::lock_guard lock{mutex};
            wake = std::move(told);
        });
    if (status == done) forgive_interrupt();  // being stopped is how a server ends well
    return status;
}

}  // namespace balcao::cli
