#pragma once
// The connections that read: each is lent to one thread at a time, made when it is first needed and again
// when it was lost. Used by the store in this folder.
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "postgres/connection.hpp"

namespace balcao::postgres {

class Readers {
public:
    Readers(std::string url, std::chrono::milliseconds patience, std::size_t count)
        : url_{std::move(url)}, patience_{patience}, idle_(count) {}

    // Lends a connection. A connection that was lost while it lay idle is made anew, once. Throws Failure.
    template <class Use>
    auto with(const Use& use) {
        Lent lent{*this};
        if (lent.connection) {
            try {
                return use(*lent.connection);
            } catch (const Failure& failure) {
                if (failure.trouble() != Trouble::lost) throw;
                lent.connection.reset();
            }
        }
        lent.connection = std::make_unique<Connection>(url_, patience_);
        try {
            return use(*lent.connection);
        } catch (const Failure& failure) {
            if (failure.trouble() == Trouble::lost) lent.connection.reset();
            throw;
        }
    }

private:
    // Gives the place back however its use ends.
    class Lent {
    public:
        explicit Lent(Readers& lender) : connection{lender.take()}, lender_{lender} {}

        ~Lent() { lender_.give_back(std::move(connection)); }

        Lent(const Lent&) = delete;
        Lent& operator=(const Lent&) = delete;
        Lent(Lent&&) = delete;
        Lent& operator=(Lent&&) = delete;

        std::unique_ptr<Connection> connection;

    private:
        Readers& lender_;
    };

    std::unique_ptr<Connection> take() {
        std::unique_lock lock{mutex_};
        if (!returned_.wait_for(lock, 2 * patience_, [this] { return !idle_.empty(); }))
            throw Failure{"", "all connections for reading are in use"};
        auto connection = std::move(idle_.back());
        idle_.pop_back();
        return connection;
    }

    void give_back(std::unique_ptr<Connection> connection) {
        {
            const std::lock_guard lock{mutex_};
            idle_.push_back(std::move(connection));
        }
        returned_.notify_one();
    }

    const std::string url_;
    const std::chrono::milliseconds patience_;
    std::mutex mutex_;
    std::condition_variable returned_;
    std::vector<std::unique_ptr<Connection>> idle_;  // nothing: a place for one that is still to be made
};

}  // namespace balcao::postgres
