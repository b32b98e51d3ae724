// How many requests a second the server answers, what one costs it, and how soon a broadcast reaches many
// open streams in how much memory. The server runs in a process of its own, the load generator in this one.
//   bench_http get [CONNECTIONS [SECONDS]]       each connection asks again as soon as it has its answer
//   bench_http streams [STREAMS [BROADCASTS]]
#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <netinet/in.h>
#include <string>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

#include "http/client.hpp"
#include "http/server.hpp"

namespace {

using namespace balcao::http;
using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

double milliseconds_since(Clock::time_point begin) {
    return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

double cpu_seconds() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](timeval time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

// The server's process: a small page, streams, a way to publish to them.
[[noreturn]] void serve(int port_pipe) {
    Topic topic;
    Router router;
    const auto page = std::make_shared<const std::string>(std::string(1000, 'x'));
    router.add(Method::get, "/page", [page](const Request&, Reply reply) {
        reply.send({.headers = {{"Content-Type", "application/octet-stream"}}, .body = page});
    });
    router.add(Method::get, "/stream", [&](const Request&, Reply reply) { topic.join(reply.stream()); });
    router.add(Method::post, "/publish", [&](const Request& request, Reply reply) {
        topic.publish(format_event({"hall", "1", request.body}));
        reply.send(Response::no_content());
    });
    router.add(Method::get, "/cpu", [](const Request&, Reply reply) {
        reply.send(Response::text(std::to_string(cpu_seconds())));
    });
    Settings settings;
    settings.limits.connections_max = 20000;
    auto server = Server::start(std::move(settings), std::move(router));
    if (!server) std::abort();
    const std::uint16_t port = (*server)->port();
    if (write(port_pipe, &port, sizeof port) != sizeof port) std::abort();
    while (true)
        pause();
}

struct House {
    pid_t process = 0;
    std::uint16_t port = 0;

    House() {
        std::array<int, 2> ends{};
        if (pipe(ends.data()) != 0) std::abort();
        process = fork();
        if (process == 0) serve(ends[1]);
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

    [[nodiscard]] std::string url(const std::string& path) const {
        return "http://127.0.0.1:" + std::to_string(port) + path;
    }

    [[nodiscard]] double cpu() const { return std::atof(fetch({.url = url("/cpu")})->body.c_str()); }

    [[nodiscard]] double megabytes() const {
        std::ifstream status{"/proc/" + std::to_string(process) + "/status"};
        std::string word;
        while (status >> word && word != "VmRSS:") {
        }
        double kilobytes = 0;
        status >> kilobytes;
        return kilobytes / 1024;
    }
};

int connect_to(std::uint16_t port, const std::string& request) {
    const int descriptor = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_port = htons(port);
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(descriptor, reinterpret_cast<sockaddr*>(&place), sizeof place) != 0) std::abort();
    if (send(descriptor, request.data(), request.size(), 0) < 0) std::abort();
    return descriptor;
}

double quantile(std::vector<double>& values, double share) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    return values[std::min(values.size() - 1,
                           static_cast<std::size_t>(share * static_cast<double>(values.size())))];
}

struct Asker {
    int descriptor = -1;
    Clock::time_point asked{};
    std::size_t got = 0;
};

int measure_get(int connections, double seconds) {
    const House house;
    const std::string request = "GET /page HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n\r\n";
    // The first answer tells how long all the others are.
    const int first = connect_to(house.port, request);
    std::string answer(4096, '\0');
    std::size_t length = 0;
    while (length < 1000 || answer.find(std::string(1000, 'x')) == std::string::npos)
        length += static_cast<std::size_t>(
            std::max<ssize_t>(0, read(first, answer.data() + length, 4096 - length)));
    close(first);
    const int poll = epoll_create1(0);
    std::vector<Asker> askers(static_cast<std::size_t>(connections));
    const double cpu_before = house.cpu();
    const auto begin = Clock::now();
    for (Asker& asker : askers) {
        asker.asked = Clock::now();
        asker.descriptor = connect_to(house.port, request);
        epoll_event event{EPOLLIN, {.ptr = &asker}};
        epoll_ctl(poll, EPOLL_CTL_ADD, asker.descriptor, &event);
    }
    std::vector<double> waits;
    std::array<epoll_event, 256> events{};
    while (milliseconds_since(begin) < seconds * 1000) {
        const int count = epoll_wait(poll, events.data(), static_cast<int>(events.size()), 100);
        for (int place = 0; place < count; ++place) {
            Asker& asker = *static_cast<Asker*>(events[static_cast<std::size_t>(place)].data.ptr);
            const ssize_t got = read(asker.descriptor, answer.data(), answer.size());
            if (got <= 0) std::abort();
            asker.got += static_cast<std::size_t>(got);
            if (asker.got < length) continue;
            waits.push_back(milliseconds_since(asker.asked));
            asker.got = 0;
            asker.asked = Clock::now();
            if (send(asker.descriptor, request.data(), request.size(), 0) < 0) std::abort();
        }
    }
    const double took = milliseconds_since(begin) / 1000;
    const double cpu = house.cpu() - cpu_before;
    const auto answered = static_cast<double>(waits.size());
    std::printf("requests/s=%.0f cpu_us=%.1f p50_ms=%.2f p99_ms=%.2f rss_mb=%.1f\n", answered / took,
                1e6 * cpu / answered, quantile(waits, 0.5), quantile(waits, 0.99), house.megabytes());
    return 0;
}

// Reads from all streams until each has had the event that ends in `mark`; the milliseconds it took them.
double wait_for_all(int poll,
                    std::vector<std::string>& tails,
                    const std::string& mark,
                    Clock::time_point begin) {
    std::size_t missing = tails.size();
    std::array<epoll_event, 256> events{};
    std::array<char, 4096> bytes{};
    while (missing > 0 && milliseconds_since(begin) < 30000) {
        const int count = epoll_wait(poll, events.data(), static_cast<int>(events.size()), 100);
        for (int place = 0; place < count; ++place) {
            const std::uint64_t data = events[static_cast<std::size_t>(place)].data.u64;
            const ssize_t got = read(static_cast<int>(data >> 32U), bytes.data(), bytes.size());
            if (got <= 0) std::abort();
            std::string& tail = tails[data & 0xFFFFFFFFU];
            tail.append(bytes.data(), static_cast<std::size_t>(got));
            if (tail.find(mark) == std::string::npos) continue;
            tail.clear();
            --missing;
        }
    }
    if (missing > 0) std::abort();
    return milliseconds_since(begin);
}

int measure_streams(int streams, int broadcasts) {
    const House house;
    const double before = house.megabytes();
    const std::string request = "GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n";
    const int poll = epoll_create1(0);
    std::vector<std::string> tails(static_cast<std::size_t>(streams));
    for (std::size_t place = 0; place < tails.size(); ++place) {
        const int descriptor = connect_to(house.port, request);
        epoll_event event{EPOLLIN, {.u64 = static_cast<std::uint64_t>(descriptor) << 32U | place}};
        epoll_ctl(poll, EPOLL_CTL_ADD, descriptor, &event);
    }
    wait_for_all(poll, tails, "\r\n\r\n", Clock::now());
    std::vector<double> reached;
    std::vector<double> pages;
    for (int number = 0; number < broadcasts; ++number) {
        std::this_thread::sleep_for(200ms);
        const std::string mark = "change " + std::to_string(number) + '.';
        const auto begin = Clock::now();
        // Somebody else asks for a page in the middle of it.
        std::thread other{[&] {
            const auto published = fetch(
                {.method = Method::post, .url = house.url("/publish"), .body = std::string(300, 'x') + mark});
            const auto asked = Clock::now();
            const auto page = fetch({.url = house.url("/page")});
            if (!published || !page) std::abort();
            pages.push_back(milliseconds_since(asked));
        }};
        reached.push_back(wait_for_all(poll, tails, mark, begin));
        other.join();
    }
    const double worst = *std::max_element(reached.begin(), reached.end());
    const double page = *std::max_element(pages.begin(), pages.end());
    std::printf(
        "streams=%d reached_ms=%.1f worst_ms=%.1f page_worst_ms=%.1f rss_mb=%.1f rss_before_mb=%.1f\n",
        streams, quantile(reached, 0.5), worst, page, house.megabytes(), before);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    const std::string what = argc > 1 ? argv[1] : "";
    if (what == "get")
        return measure_get(argc > 2 ? std::atoi(argv[2]) : 64, argc > 3 ? std::atof(argv[3]) : 3);
    if (what == "streams")
        return measure_streams(argc > 2 ? std::atoi(argv[2]) : 5000, argc > 3 ? std::atoi(argv[3]) : 10);
    std::fprintf(stderr, "bench_http get [CONNECTIONS [SECONDS]] | streams [STREAMS [BROADCASTS]]\n");
    return 2;
}
