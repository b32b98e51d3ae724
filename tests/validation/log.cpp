// A real counter's log, replayed through the simulator with one queue in order of arrival, and what the
// people did whose waits one queue does not explain.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "base/civil.hpp"
#include "model/read.hpp"
#include "text/csv.hpp"
#include "text/file.hpp"
#include "text/number.hpp"
#include "validation.hpp"

namespace balcao::validation {

namespace {

struct Logged {
    des::Time arrived = 0;  // microseconds after midnight
    des::Time began = 0;
    des::Time ended = 0;
    des::Time length = 0;
    std::string window;
};

struct LoggedSession {
    std::string date;
    int windows = 1;
    std::vector<Logged> people;
};

// "16:28:33" as microseconds after midnight.
des::Time time_of(std::string_view field) {
    des::Time time = 0;
    for (int part = 0; part < 3; ++part) {
        const auto colon = field.find(':');
        const auto number = text::parse_whole_number(field.substr(0, colon));
        if (!number) stop("the log has a time that is not one: " + std::string{field});
        time = time * 60 + *number;
        if (colon == std::string_view::npos) break;
        field.remove_prefix(colon + 1);
    }
    return time * des::second;
}

std::vector<LoggedSession> read_log(const std::filesystem::path& file, const std::string& content) {
    const auto table = text::CsvTable::parse(content, file.string());
    if (!table) stop(table.error().what);
    const auto column = [&](std::string_view name) {
        const auto found = std::ranges::find(table->columns(), name);
        if (found == table->columns().end()) stop(file.string() + " has no column " + std::string{name});
        return static_cast<std::size_t>(found - table->columns().begin());
    };
    const auto session = column("Session");
    std::vector<LoggedSession> sessions;
    std::string last;
    for (std::size_t row = 0; row < table->row_count(); ++row) {
        const std::string number{table->field(row, session)};
        if (sessions.empty() || number != last) {
            sessions.push_back(
                {std::string{table->field(row, column("Date"))},
                 static_cast<int>(*text::parse_whole_number(table->field(row, column("Servers")))),
                 {}});
            last = number;
        }
        sessions.back().people.push_back(
            {time_of(table->field(row, column("Arrive"))), time_of(table->field(row, column("Serv_start"))),
             time_of(table->field(row, column("Serv_end"))),
             *text::parse_whole_number(table->field(row, column("Serv_time_sec"))) * des::second,
             std::string{table->field(row, column("Lane"))}});
    }
    return sessions;
}

// One site of so many desks, who came as logged, in order of arrival.
model::Model model_of(const LoggedSession& session) {
    std::string log = "time_s,duration_s\n";
    for (const auto& person : session.people)
        log += fmt::format("{},{}\n", person.arrived / des::second, person.length / des::second);
    const std::string text = fmt::format(
        "balcao: 1\nname: A session\nfirst_day: 2026-01-05\nservices: {{visit: "
        "{{duration: 1 min}}}}\nsites: {{hall: {{open: {{every day: \"00-24\"}}, desks: "
        "{{window: {{count: {}, serves: [visit]}}}}}}}}\ndemand: [{{service: visit, site: "
        "hall, arrivals: {{log: log.csv}}}}]\n",
        session.windows);
    const auto read =
        model::read_model("session.yaml", model::MemoryFiles{{{"session.yaml", text}, {"log.csv", log}}},
                          {.today = *parse_date("2026-01-07")});
    if (!read.value) stop("the model of a session cannot be read");
    return *read.value;
}

// Windows at which somebody was being served at that moment.
int windows_busy(const LoggedSession& session, des::Time at) {
    return static_cast<int>(std::ranges::count_if(
        session.people, [&](const Logged& each) { return each.began <= at && at < each.ended; }));
}

// A window stood idle for some time while she waited.
bool was_a_window_idle(const LoggedSession& session, const Logged& person) {
    if (windows_busy(session, person.arrived) < session.windows && person.arrived < person.began) return true;
    return std::ranges::any_of(session.people, [&](const Logged& each) {
        return each.ended >= person.arrived && each.ended < person.began &&
               windows_busy(session, each.ended) < session.windows;
    });
}

void classify(Session& counted, const LoggedSession& session, std::size_t place, des::Time wait) {
    const auto& person = session.people[place];
    const auto waited = person.began - person.arrived;
    if (waited == wait) {
        ++counted.exact;
        return;
    }
    const auto began_before = [&](std::size_t from, std::size_t to, auto compare) {
        for (std::size_t other = from; other < to; ++other)
            if (compare(session.people[other])) return true;
        return false;
    };
    const bool is_overtaken = began_before(place + 1, session.people.size(), [&](const Logged& other) {
        return other.arrived > person.arrived && other.began < person.began;
    });
    const bool has_overtaken = began_before(0, place, [&](const Logged& other) {
        return other.arrived < person.arrived && other.began > person.began;
    });
    if (waited < 0)
        ++counted.before_arrival;
    else if (was_a_window_idle(session, person))
        ++counted.idle_elsewhere;
    else if (waited > wait && is_overtaken)
        ++counted.overtaken;
    else if (waited < wait && has_overtaken)
        ++counted.overtook;
    else
        ++counted.follows;
}

}  // namespace

std::optional<std::vector<Session>> replay_log(const std::filesystem::path& file) {
    const auto content = text::read_file(file);
    if (!content) return std::nullopt;
    std::vector<Session> all;
    for (const auto& session : read_log(file, *content)) {
        Session counted;
        counted.date = session.date;
        counted.windows = session.windows;
        counted.people = static_cast<int>(session.people.size());
        const auto visits = first_day_of(model_of(session));
        if (visits.size() != session.people.size()) stop("the replay lost somebody");
        for (std::size_t place = 0; place < visits.size(); ++place)
            classify(counted, session, place, visits[place].waited);
        all.push_back(counted);
    }
    return all;
}

}  // namespace balcao::validation
