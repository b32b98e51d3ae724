#pragma once
// A PostgreSQL server of its own for tests and benchmarks: made in a folder for the moment, reached by a
// socket in that folder only, with fsync on. It and its folder go when the object does, and also when the
// program dies. Needs Debian's postgresql-15; run by root, the server runs as the user postgres. It throws
// std::runtime_error with the server's own words.
#include <array>
#include <atomic>
#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <pwd.h>
#include <spawn.h>
#include <stdexcept>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include "postgres/connection.hpp"

namespace balcao::postgres {

class Cluster {
public:
    Cluster() : folder_{made_folder()} {
        guard();
        run({program("initdb"), "-D", data(), "-U", "balcao", "-A", "trust", "-E", "UTF8", "--locale=C",
             "--no-sync"});
        // After a hard stop the server flushes what the stop may have left: in one go, not file by file.
        std::ofstream{data() + "/postgresql.conf", std::ios::app}
            << "listen_addresses = ''\nunix_socket_directories = '" << folder_
            << "'\nfsync = on\nrecovery_init_sync_method = syncfs\n";
        start();
    }

    ~Cluster() {
        ::close(alive_);
        ::waitpid(guard_, nullptr, 0);
    }

    void start() {
        run({program("pg_ctl"), "-D", data(), "-w", "-t", "30", "-l", folder_ + "/log", "start"});
    }

    // As a power cut ends it, but for what the disk holds back: no session is ended in order, and what comes
    // next is a recovery from the write-ahead log.
    void stop_hard() { run({program("pg_ctl"), "-D", data(), "-w", "-m", "immediate", "stop"}); }

    [[nodiscard]] std::string url(const std::string& database) const {
        return "postgresql://balcao@/" + database + "?host=" + folder_;
    }

    // The address of a new, empty database; `options` as CREATE DATABASE takes them.
    std::string new_database(const std::string& options = "") {
        const auto name = "journal_" + std::to_string(++databases_);
        carry_out(url("postgres"), "CREATE DATABASE " + name + " " + options);
        return url(name);
    }

    // The address of one database that is emptied each time: sessions that are still in it are ended, and
    // what was in it is dropped. Quicker than a new one.
    std::string emptied_database() {
        if (emptied_.empty()) emptied_ = new_database();
        carry_out(emptied_,
                  "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity "
                  "WHERE datname = current_database() AND pid <> pg_backend_pid()");
        carry_out(emptied_, "DROP SCHEMA IF EXISTS balcao CASCADE");
        return emptied_;
    }

    // One statement by a session of its own, past any store.
    static Rows carry_out(const std::string& url, const std::string& statement) {
        Connection connection{url, std::chrono::seconds{20}};
        return connection.run({"of_test", statement.c_str()});
    }

    Cluster(const Cluster&) = delete;
    Cluster& operator=(const Cluster&) = delete;
    Cluster(Cluster&&) = delete;
    Cluster& operator=(Cluster&&) = delete;

private:
    [[nodiscard]] std::string data() const { return folder_ + "/data"; }

    static std::string made_folder() {
        std::string folder = (std::filesystem::temp_directory_path() / "balcao-postgres-XXXXXX").string();
        if (::mkdtemp(folder.data()) == nullptr) throw std::runtime_error{"no folder for a database"};
        const passwd* user =
            ::geteuid() == 0 ? ::getpwnam("postgres") : nullptr;  // NOLINT(concurrency-mt-unsafe)
        if (::geteuid() == 0 && (user == nullptr || ::chown(folder.c_str(), user->pw_uid, user->pw_gid) != 0))
            throw std::runtime_error{"there is no user postgres: install postgresql-15"};
        return folder;
    }

    static std::string program(const std::string& name) {
        std::string installed = "/usr/lib/postgresql/15/bin/" + name;
        if (!std::filesystem::exists(installed))
            throw std::runtime_error{installed + " is missing: install postgresql-15"};
        return installed;
    }

    // A shell that reads a pipe which nobody writes to: when its other end closes, however this program
    // ended, it stops the server and takes the folder away.
    void guard() {
        constexpr const char* script =
            "trap '' INT TERM HUP; read -r _; pid=$(head -n 1 \"$1/data/postmaster.pid\" 2>/dev/null) && "
            "kill -QUIT \"$pid\" && while kill -0 \"$pid\" 2>/dev/null; do sleep 0.02; done; rm -rf \"$1\"";
        std::array<int, 2> pipe{};
        if (::pipe2(pipe.data(), O_CLOEXEC) != 0) throw std::runtime_error{"no pipe"};
        alive_ = pipe[1];
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, pipe[0], 0);
        guard_ = spawn({"/bin/sh", "-c", script, "guard", folder_}, actions);
        posix_spawn_file_actions_destroy(&actions);
        ::close(pipe[0]);
    }

    void run(std::vector<std::string> command) const {
        if (::geteuid() == 0)
            command.insert(command.begin(), {"/usr/bin/setpriv", "--reuid=postgres", "--regid=postgres",
                                             "--init-groups", "--"});
        const std::string said = folder_ + "/said";
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_addopen(&actions, 1, said.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        posix_spawn_file_actions_adddup2(&actions, 1, 2);
        const pid_t child = spawn(command, actions);
        posix_spawn_file_actions_destroy(&actions);
        int status = 0;
        if (::waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0) return;
        throw std::runtime_error{command.back() + " failed: " + content_of(said) +
                                 content_of(folder_ + "/log")};
    }

    static pid_t spawn(std::vector<std::string> command, const posix_spawn_file_actions_t& actions) {
        std::vector<char*> words;
        words.reserve(command.size() + 1);
        for (auto& word : command)
            words.push_back(word.data());
        words.push_back(nullptr);
        pid_t child = 0;
        if (::posix_spawn(&child, words.front(), &actions, nullptr, words.data(), environ) != 0)
            throw std::runtime_error{"cannot run " + command.front()};
        return child;
    }

    static std::string content_of(const std::string& path) {
        std::ifstream file{path};
        return {std::istreambuf_iterator<char>{file}, {}};
    }

    const std::string folder_;
    int alive_ = -1;
    pid_t guard_ = 0;
    std::atomic<int> databases_ = 0;
    std::string emptied_;
};

// One for all tests of a program, made when it is first asked for.
inline Cluster& cluster() {
    static Cluster one;
    return one;
}

}  // namespace balcao::postgres
