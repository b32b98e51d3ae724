#include "line.hpp"

namespace balcao::rehearsal {
namespace {

Error no_reading() { return {Errc::unavailable, "the journal cannot be read for a moment"}; }

}  // namespace

bool Line::strikes(Fault fault, std::size_t once_in) const {
    if (is_mended_ || !dice_.once_in(once_in)) return false;
    tally_.count(fault);
    return true;
}

// Halls are told later when their commits are durable; whoever books waits, so that is answered at once.
void Line::submit(journal::Commit commit, journal::Done done) {
    const bool can_wait = !commit.writings.empty() && commit.writings.front().stream.starts_with("site/");
    if (can_wait && !is_hurried_ && (!waiting_.empty() || strikes(Fault::storage_slow, 2))) {
        waiting_.emplace_back(std::move(commit), std::move(done));
        return;
    }
    write(std::move(commit), done);
}

void Line::write(journal::Commit commit, const journal::Done& done) {
    if (strikes(Fault::storage_refuses, 60)) return done(journal::Outcome::unavailable);
    if (strikes(Fault::storage_silent, 60)) {
        disk_.submit(std::move(commit), [](journal::Outcome) {});
        return done(journal::Outcome::unavailable);
    }
    disk_.submit(std::move(commit), done);
}

void Line::write(std::size_t count) {
    for (; count > 0 && !waiting_.empty(); --count) {
        auto [commit, done] = std::move(waiting_.front());
        waiting_.pop_front();
        write(std::move(commit), done);
    }
}

void Line::die() {
    std::size_t written = dice_.below(waiting_.size() + 1);
    while (!waiting_.empty()) {
        auto [commit, done] = std::move(waiting_.front());
        waiting_.pop_front();
        if (written == 0) continue;
        --written;
        disk_.submit(std::move(commit), [](journal::Outcome) {});
    }
}

Result<std::vector<journal::Event>> Line::read(std::string_view stream, std::uint64_t after) const {
    if (strikes(Fault::reading_fails, 400)) return no_reading();
    return disk_.read(stream, after);
}

Result<journal::Followed> Line::follow(const journal::Cursor& after, std::size_t limit) const {
    if (strikes(Fault::reading_fails, 400)) return no_reading();
    return disk_.follow(after, limit);
}

Result<std::optional<std::string>> Line::key_of(std::string_view person) const {
    if (strikes(Fault::reading_fails, 400)) return no_reading();
    return disk_.key_of(person);
}

Result<std::optional<std::string>> Line::answer_to(std::string_view command) const {
    if (strikes(Fault::reading_fails, 400)) return no_reading();
    return disk_.answer_to(command);
}

}  // namespace balcao::rehearsal
