// Letters on a double screen, as browsers send and hear them: each of the pairs has a mediator who types over
// HTTP and a citizen's screen with an open stream, on a journal in SQLite; how long a letter takes from one
// to the other. The server runs in a process of its own.
//     bench_assist FOLDER [PAIRS [SECONDS [LETTERS A SECOND OF EACH PAIR]]]
#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <string>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

#include "assist/sessions.hpp"
#include "cases/terms.hpp"
#include "http/client.hpp"
#include "http/server.hpp"
#include "model/read.hpp"
#include "sqlite/store.hpp"
#include "web/pages.hpp"

namespace {

using namespace balcao;
using Steady = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr std::size_t typists = 8;  // threads of this process that send

std::shared_ptr<const model::Model> town() {
    const std::string text =
        "balcao: 1\nname: {en: Bench}\nlanguages: [en]\ntime_zone: Europe/Lisbon\nfirst_day: 2026-01-05\n"
        "entities:\n  office: {name: {en: Office}}\n"
        "details:\n  full-name: {name: {en: Full name}, autofill: name}\n"
        "services:\n  card: {name: {en: Card}, entity: office, duration: 6 min, request: {asks: full-name}}\n"
        "sites:\n  shop:\n    name: {en: Shop}\n    open: {mon-sun: \"00:00-24:00\"}\n"
        "    tickets: {first: 1, last: 99}\n    desks:\n      desk: {name: {en: Desk}, serves: [card]}\n"
        "demand:\n  - {site: shop, service: card, arrivals: {poisson: 10 per hour}}\n";
    const model::MemoryFiles files{{{"bench.yaml", text}}};
    auto read = model::read_model("bench.yaml", files, {});
    for (const auto& remark : read.remarks)
        std::fprintf(stderr, "%s\n", model::format_remark(remark).c_str());
    if (!read.value) std::abort();
    return std::make_shared<const model::Model>(*std::move(read.value));
}

// One session: where its mediator types, and what its citizen's screen keeps.
struct Pair {
    std::string session;
    std::string secret;
};

// What the server tells of itself, in lines.
struct Told {
    std::uint16_t port = 0;
    std::string cookie;  // of the mediator
    std::vector<Pair> pairs;
};

std::string sign_in(std::uint16_t port) {
    const auto answer = http::fetch({.method = http::Method::post,
                                     .url = "http://127.0.0.1:" + std::to_string(port) + "/en/sign-in",
                                     .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
                                     .body = "sign-in-name=rita&password=quatro+casas+verdes+hoje"});
    if (!answer || answer->status != 303) std::abort();
    const std::string cookie{answer->headers.text("set-cookie")};
    return cookie.substr(0, cookie.find(';'));
}

std::vector<Pair> opened(assist::Sessions& sessions, const staff::AccountKey& rita, std::size_t count) {
    std::vector<Pair> pairs;
    for (std::size_t place = 0; place < count; ++place) {
        const auto slip = sessions.open({.mediator = assist::MediatorKey{rita.text()},
                                         .site = model::SiteKey{"shop"},
                                         .subject = {model::ServiceKey{"card"}, {}},
                                         .edition = "1",
                                         .steps = {assist::StepKey{"service.card"}}},
                                        "");
        const std::string secret = assist::Sessions::new_secret();
        const auto joined =
            sessions.join(std::get<assist::CodeSlip>(slip).text, {secret, assist::ScreenKind::own}, "");
        pairs.push_back({std::get<assist::SessionKey>(joined).text(), secret});
    }
    return pairs;
}

[[noreturn]] void serve(const std::string& folder, std::size_t pairs, int told) {
    const SystemClock clock;
    auto store = sqlite::Store::open({.path = folder + "/journal.db"});
    if (!store) std::abort();
    const auto model = town();
    auto office = office::FrontOffice::open(**store, clock, model);
    const auto key = crypto::SecretKey::random();
    staff::Settings settings;
    settings.cost = crypto::PasswordCost::lowest;
    settings.second_factor = staff::SecondFactor::as_one_likes;
    auto staff = staff::Staff::open(**store, clock, key, settings);
    auto bookings = booking::Bookings::open(**store, clock, key, *model);
    auto devices = device::Devices::open(**store, clock, key);
    if (!office || !staff || !bookings || !devices) std::abort();
    const SteadyStopwatch stopwatch;
    cases::Settings agreed{(*office)->zone()};
    agreed.entities.replace(cases::terms_of(*model));
    cases::Cases cases{**store, clock, stopwatch, key, agreed};
    const assist::Settings screens{(*office)->zone(),
                                   [](const assist::MediatorKey&, const assist::Subject&) { return true; }};
    assist::Sessions sessions{**store, clock, key, screens};
    web::Pages pages{{**office, **staff, **bookings, **devices, cases},
                     clock,
                     {.installation = key, .sessions = &sessions}};
    http::Settings http;
    http.hooks = pages.hooks();
    auto server = http::Server::start(std::move(http), pages.router());
    if (!server) std::abort();
    const auto rita = (*staff)->found({"rita", "Rita"}, "quatro casas verdes hoje", "first");
    const auto all = opened(sessions, std::get<staff::AccountKey>(rita), pairs);
    std::FILE* out = fdopen(told, "w");
    std::fprintf(out, "%d\n%s\n", (*server)->port(), sign_in((*server)->port()).c_str());
    for (const auto& pair : all)
        std::fprintf(out, "%s %s\n", pair.session.c_str(), pair.secret.c_str());
    std::fclose(out);
    while (true)
        pause();
}

struct Server {
    pid_t process = 0;
    Told told{};

    Server(const std::string& folder, std::size_t pairs) {
        std::array<int, 2> ends{};
        if (pipe(ends.data()) != 0) std::abort();
        process = fork();
        if (process == 0) serve(folder, pairs, ends[1]);
        close(ends[1]);
        std::FILE* in = fdopen(ends[0], "r");
        std::array<char, 512> first{};
        std::array<char, 512> second{};
        if (std::fscanf(in, "%511s", first.data()) != 1) std::abort();
        told.port = static_cast<std::uint16_t>(std::atoi(first.data()));
        if (std::fscanf(in, "%511s", first.data()) != 1) std::abort();
        told.cookie = first.data();
        while (std::fscanf(in, "%511s %511s", first.data(), second.data()) == 2)
            told.pairs.push_back({first.data(), second.data()});
        std::fclose(in);
    }

    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    Server(Server&&) = delete;
    Server& operator=(Server&&) = delete;

    ~Server() {
        kill(process, SIGTERM);
        waitpid(process, nullptr, 0);
    }

    [[nodiscard]] std::string url(const std::string& path) const {
        return "http://127.0.0.1:" + std::to_string(told.port) + path;
    }
};

std::int64_t now() { return Steady::now().time_since_epoch().count(); }

// A citizen's screen that is open: each letter tells when it was typed.
void watch(const Server& server,
           const Pair& pair,
           const std::atomic<bool>& is_over,
           std::vector<double>& waits) {
    auto reader =
        http::EventReader::open({.url = server.url("/en/screen/" + pair.session + "/live"),
                                 .headers = {{"Cookie", "screen=" + pair.session + "." + pair.secret}}});
    if (!reader) std::abort();
    while (!is_over) {
        const auto event = reader->next(200ms);
        if (!event) std::abort();
        if (!*event || (*event)->name != "echo") continue;
        auto at = (*event)->data.find("\"text\"");
        if (at == std::string::npos) std::abort();
        at = (*event)->data.find_first_of("0123456789", at);
        const auto typed = std::strtoll((*event)->data.c_str() + at, nullptr, 10);
        waits.push_back(static_cast<double>(now() - typed) / 1e6);
    }
}

// Types for its share of the pairs, each letter at its time.
std::size_t type(const Server& server, std::size_t place, double letters, Steady::time_point end) {
    auto line = http::Connection::open("127.0.0.1", server.told.port, 5s);
    if (!line) std::abort();
    std::vector<const Pair*> mine;
    for (std::size_t pair = place; pair < server.told.pairs.size(); pair += typists)
        mine.push_back(&server.told.pairs[pair]);
    const auto between = std::chrono::duration_cast<Steady::duration>(std::chrono::duration<double>{
        1.0 / (letters * static_cast<double>(std::max<std::size_t>(mine.size(), 1)))});
    std::size_t sent = 0;
    for (auto due = Steady::now(); due < end && !mine.empty(); due += between) {
        std::this_thread::sleep_until(due);
        const Pair& pair = *mine[sent % mine.size()];
        const auto answer =
            line->ask({.method = http::Method::post,
                       .url = server.url("/en/mediation/shop/" + pair.session + "/type"),
                       .headers = {{"Cookie", server.told.cookie},
                                   {"Content-Type", "application/x-www-form-urlencoded"}},
                       .body = "step=service.card&field=detail.full-name&stroke=" + std::to_string(now()) +
                               "&text=" + std::to_string(now())});
        if (!answer || answer->status != 204) {
            std::fprintf(stderr, "a letter was refused: %d\n", answer ? answer->status : 0);
            std::exit(1);
        }
        ++sent;
    }
    return sent;
}

double quantile(const std::vector<double>& sorted, double share) {
    return sorted.empty() ? 0
                          : sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))];
}

}  // namespace

int main(int count, char** words) {
    if (count < 2) {
        std::fprintf(stderr, "bench_assist FOLDER [PAIRS [SECONDS [LETTERS A SECOND OF EACH PAIR]]]\n");
        return 2;
    }
    const std::string folder = words[1];
    const std::size_t pairs = count > 2 ? std::strtoull(words[2], nullptr, 10) : 200;
    const int seconds = count > 3 ? std::atoi(words[3]) : 10;
    const double letters = count > 4 ? std::atof(words[4]) : 2;
    std::filesystem::create_directories(folder);
    const Server server{folder, pairs};
    std::atomic<bool> is_over = false;
    std::vector<std::vector<double>> heard(server.told.pairs.size());
    std::vector<std::jthread> screens;
    for (std::size_t place = 0; place < heard.size(); ++place)
        screens.emplace_back([&, place] { watch(server, server.told.pairs[place], is_over, heard[place]); });
    std::this_thread::sleep_for(1s);
    const auto end = Steady::now() + std::chrono::seconds{seconds};
    std::atomic<std::size_t> sent = 0;
    {
        std::vector<std::jthread> senders;
        for (std::size_t place = 0; place < typists; ++place)
            senders.emplace_back([&, place] { sent += type(server, place, letters, end); });
    }
    std::this_thread::sleep_for(1s);
    is_over = true;
    screens.clear();
    std::vector<double> all;
    for (const auto& one : heard)
        all.insert(all.end(), one.begin(), one.end());
    std::ranges::sort(all);
    std::printf(
        "%zu pairs, %zu letters sent, %zu heard; p50 %.1f ms, p95 %.1f ms, p99 %.1f ms, longest %.1f ms\n",
        server.told.pairs.size(), sent.load(), all.size(), quantile(all, 0.5), quantile(all, 0.95),
        quantile(all, 0.99), all.empty() ? 0 : all.back());
    return all.size() == sent ? 0 : 1;
}
