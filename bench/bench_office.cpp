// Commands of the live office as browsers send them: forms over HTTP, through the pages, the hall's decisions
// and a journal in SQLite with full flushes, each answered when it is durable. The server runs in a process
// of its own, the load generator in this one: half of the connections take tickets, the others call, start
// and finish at a desk each.
//   bench_office FOLDER [CONNECTIONS [SECONDS]]              each asks again as soon as it has its answer
//   bench_office FOLDER CONNECTIONS SECONDS COMMANDS         so many a second, at their times, whoever waits
#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <filesystem>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include "cases/cases.hpp"
#include "http/client.hpp"
#include "http/server.hpp"
#include "model/read.hpp"
#include "sqlite/store.hpp"
#include "web/pages.hpp"

namespace {

using namespace balcao;
using Steady = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr const char* password = "quatro casas verdes hoje";

std::shared_ptr<const model::Model> site_model(std::size_t desks) {
    const std::string text =
        "balcao: 1\nname: {en: Bench}\nlanguages: [en]\ntime_zone: Europe/Lisbon\nfirst_day: 2026-01-05\n"
        "services:\n  identity: {name: {en: Identity}, duration: 6 min}\n"
        "sites:\n  shop:\n    name: {en: Shop}\n    open: {mon-sun: \"00:00-24:00\"}\n"
        "    tickets: {first: 1, last: 99999}\n    desks:\n      desk: {name: {en: Desk}, count: " +
        std::to_string(desks) +
        ", serves: [identity]}\ndemand:\n  - {site: shop, service: identity, arrivals: {poisson: 10 per "
        "hour}}\n";
    const model::MemoryFiles files{{{"bench.yaml", text}}};
    auto read = model::read_model("bench.yaml", files, {});
    for (const auto& remark : read.remarks)
        std::fprintf(stderr, "%s\n", model::format_remark(remark).c_str());
    if (!read.value) std::abort();
    return std::make_shared<const model::Model>(*std::move(read.value));
}

// The server's process; ends with a signal.
[[noreturn]] void serve(const std::string& folder, std::size_t desks, int port_pipe) {
    const SystemClock clock;
    auto store = sqlite::Store::open({.path = folder + "/journal.db"});
    if (!store) std::abort();
    auto office = office::FrontOffice::open(**store, clock, site_model(desks));
    const auto key = crypto::SecretKey::random();
    staff::Settings settings;
    settings.cost = crypto::PasswordCost::lowest;
    settings.second_factor = staff::SecondFactor::as_one_likes;
    auto staff = staff::Staff::open(**store, clock, key, settings);
    auto bookings = booking::Bookings::open(**store, clock, key, *site_model(desks));
    auto devices = device::Devices::open(**store, clock, key);
    if (!office || !staff || !bookings || !devices) std::abort();
    const auto first = (*staff)->found({"clerk-0", "Clerk"}, password, "first");
    const auto& manager = std::get<staff::AccountKey>(first);
    for (std::size_t place = 1; place < desks; ++place) {
        const std::string name = "clerk-" + std::to_string(place);
        const auto account =
            (*staff)->add(manager, {name, name}, {{staff::Role::attendant, std::nullopt}}, {});
        const auto invitation = (*staff)->invite(manager, std::get<staff::AccountKey>(account), {});
        (void)(*staff)->accept(std::get<staff::Invitation>(invitation).token, password, {});
    }
    const SteadyStopwatch stopwatch;
    const cases::Settings agreed{(*office)->zone()};
    cases::Cases cases{**store, clock, stopwatch, key, agreed};
    web::Pages pages{{**office, **staff, **bookings, **devices, cases}, clock, {.installation = key}};
    http::Settings http;
    http.hooks = pages.hooks();
    auto server = http::Server::start(std::move(http), pages.router());
    if (!server) std::abort();
    const std::uint16_t port = (*server)->port();
    if (write(port_pipe, &port, sizeof port) != sizeof port) std::abort();
    while (true)
        pause();
}

struct House {
    pid_t process = 0;
    std::uint16_t port = 0;

    House(const std::string& folder, std::size_t desks) {
        std::array<int, 2> ends{};
        if (pipe(ends.data()) != 0) std::abort();
        process = fork();
        if (process == 0) serve(folder, desks, ends[1]);
        if (read(ends[0], &port, sizeof port) != sizeof port) std::abort();
    }

    House(const House&) = delete;
    House& operator=(const House&) = delete;
    House(House&&) = delete;
    House& operator=(House&&) = delete;

    ~House() {
        kill(process, SIGTERM);
        waitpid(process, nullptr, 0);
    }

    // The cookie of one of those who work there.
    [[nodiscard]] std::string sign_in(std::size_t clerk) const {
        const auto answer = http::fetch(
            {.method = http::Method::post,
             .url = "http://127.0.0.1:" + std::to_string(port) + "/en/sign-in",
             .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
             .body = "sign-in-name=clerk-" + std::to_string(clerk) + "&password=quatro+casas+verdes+hoje"});
        if (!answer || answer->status != 303) std::abort();
        const std::string cookie{answer->headers.text("set-cookie")};
        return cookie.substr(0, cookie.find(';'));
    }
};

// One connection and whoever sends by it.
class Client {
public:
    Client(std::uint16_t port, std::size_t place, std::string cookie)
        : place_{place}, cookie_{std::move(cookie)}, descriptor_{socket(AF_INET, SOCK_STREAM, 0)} {
        sockaddr_in there{};
        there.sin_family = AF_INET;
        there.sin_port = htons(port);
        there.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(descriptor_, reinterpret_cast<sockaddr*>(&there), sizeof there) != 0) std::abort();
        const int on = 1;
        setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    }

    [[nodiscard]] int descriptor() const { return descriptor_; }

    // The next command, due at that time.
    void ask(Steady::time_point due) {
        due_ = due;
        answer_.clear();
        const std::string request = next();
        if (send(descriptor_, request.data(), request.size(), 0) != static_cast<ssize_t>(request.size()))
            std::abort();
    }

    // True when the answer is whole.
    bool hear() {
        std::array<char, 16384> bytes{};
        const ssize_t got = read(descriptor_, bytes.data(), bytes.size());
        if (got <= 0) std::abort();
        answer_.append(bytes.data(), static_cast<std::size_t>(got));
        const auto end = answer_.find("\r\n\r\n");
        if (end == std::string::npos) return false;
        const auto length = answer_.find("Content-Length: ");
        if (length == std::string::npos || length > end) std::abort();
        return answer_.size() >= end + 4 + std::strtoull(answer_.c_str() + length + 16, nullptr, 10);
    }

    [[nodiscard]] bool is_accepted() const { return answer_.starts_with("HTTP/1.1 303"); }

    [[nodiscard]] double waited() const {
        return std::chrono::duration<double, std::milli>(Steady::now() - due_).count();
    }

private:
    // Even ones take tickets; each of the others opens its desk first.
    std::string next() {
        if (place_ % 2 == 0) return form("/en/sites/shop/tickets", "service=identity&key=" + key(26));
        static const std::array verbs{"next", "start", "finish"};
        const std::string verb = count_ == 0 ? "open" : verbs[(count_ - 1) % verbs.size()];
        return form("/en/desk/shop/desk-" + std::to_string(1 + place_ / 2) + "/" + verb, "key=" + key(64));
    }

    // Hexadecimal digits are good for both kinds of forms; no two are the same.
    std::string key(std::size_t digits) {
        char text[65];
        std::snprintf(text, sizeof text, "%0*llX", static_cast<int>(digits),
                      static_cast<unsigned long long>(place_ * 100'000'000 + ++count_));
        std::string key{text};
        if (digits == 64)
            std::ranges::transform(key, key.begin(),
                                   [](char one) { return static_cast<char>(std::tolower(one)); });
        return key;
    }

    std::string form(const std::string& path, const std::string& body) const {
        std::string request = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\n";
        if (place_ % 2 == 1) request += "Cookie: " + cookie_ + "\r\n";
        return request + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " +
               std::to_string(body.size()) + "\r\n\r\n" + body;
    }

    std::size_t place_;
    std::string cookie_;
    int descriptor_;
    std::uint64_t count_ = 0;
    std::string answer_{};
    Steady::time_point due_{};
};

struct Found {
    std::vector<double> waits;
    std::uint64_t accepted = 0;
    double seconds = 0;
};

// `rate` 0: as fast as they are answered.
Found press(std::vector<Client>& clients, double seconds, double rate) {
    Found found;
    const int poll = epoll_create1(0);
    for (auto& client : clients) {
        epoll_event event{EPOLLIN, {.ptr = &client}};
        epoll_ctl(poll, EPOLL_CTL_ADD, client.descriptor(), &event);
    }
    const auto begin = Steady::now();
    const auto end =
        begin + std::chrono::duration_cast<Steady::duration>(std::chrono::duration<double>{seconds});
    std::deque<Client*> idle;
    for (auto& client : clients)
        idle.push_back(&client);
    std::uint64_t sent = 0;
    std::array<epoll_event, 256> events{};
    while (Steady::now() < end || idle.size() < clients.size()) {
        const auto now = Steady::now();
        while (!idle.empty() && now < end) {
            auto due = now;
            if (rate > 0) {
                due = begin + std::chrono::duration_cast<Steady::duration>(
                                  std::chrono::duration<double>{static_cast<double>(sent) / rate});
                if (due > now) break;
            }
            ++sent;
            idle.front()->ask(due);
            idle.pop_front();
        }
        const int count =
            epoll_wait(poll, events.data(), static_cast<int>(events.size()), rate > 0 ? 1 : 100);
        for (int place = 0; place < count; ++place) {
            auto& client = *static_cast<Client*>(events[static_cast<std::size_t>(place)].data.ptr);
            if (!client.hear()) continue;
            found.waits.push_back(client.waited());
            found.accepted += client.is_accepted() ? 1U : 0U;
            idle.push_back(&client);
        }
    }
    found.seconds = std::chrono::duration<double>(Steady::now() - begin).count();
    std::ranges::sort(found.waits);
    return found;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fprintf(stderr, "usage: %s FOLDER [CONNECTIONS [SECONDS [COMMANDS A SECOND]]]\n", argv[0]);
        return 2;
    }
    const std::string folder = argv[1];
    const std::size_t connections = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 64;
    const double seconds = argc > 3 ? std::atof(argv[3]) : 5;
    const double rate = argc > 4 ? std::atof(argv[4]) : 0;
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    const House house{folder, connections / 2 + 1};
    std::vector<Client> clients;
    for (std::size_t place = 0; place < connections; ++place)
        clients.emplace_back(house.port, place, place % 2 == 1 ? house.sign_in(place / 2) : std::string{});
    const auto found = press(clients, seconds, rate);
    const auto quantile = [&](double share) {
        return found
            .waits[std::min(found.waits.size() - 1,
                            static_cast<std::size_t>(share * static_cast<double>(found.waits.size())))];
    };
    std::printf("commands/s=%.0f accepted=%llu asked=%zu p50_ms=%.2f p99_ms=%.2f\n",
                static_cast<double>(found.accepted) / found.seconds,
                static_cast<unsigned long long>(found.accepted), found.waits.size(), quantile(0.5),
                quantile(0.99));
    return 0;
}
