#include <atomic>
#include <deque>
#include <map>
#include <mutex>
#include <utility>
#include <vector>

#include "http/exchange.hpp"
#include "http/reply.hpp"
#include "http/session.hpp"

namespace balcao::http {

namespace {

// How many streams get a frame before others on the loop are served: a few milliseconds of sending.
constexpr std::size_t batch = 256;

// The streams of a topic on one loop; touched by that loop's thread only, but for `joining_`, `coming_` and
// `open_`.
class Group : public std::enable_shared_from_this<Group> {
public:
    explicit Group(std::shared_ptr<Loop> loop) : loop_{std::move(loop)} {}

    // Those who are on their way in are counted: a topic that they join must not seem to be nobody's.
    [[nodiscard]] std::size_t open() const {
        const std::size_t coming =
            coming_;  // read first: who comes in meanwhile is counted twice, not left out
        return coming + open_;
    }

    // Any thread.
    void join(const std::shared_ptr<StreamCore>& stream) {
        {
            const std::lock_guard lock{mutex_};
            joining_.push_back(stream);
        }
        ++coming_;
        post([](Group& group) {
            group.add(group.next_joining());
            --group.coming_;
        });
    }

    void publish(const Frame& frame) {
        post([frame](Group& group) { group.enqueue(frame); });
    }

private:
    struct Sending {
        Frame frame;
        std::size_t count = 0;  // who was there when it was published
    };

    void post(std::function<void(Group&)> task) {
        loop_->post([weak = weak_from_this(), task = std::move(task)] {
            if (const auto group = weak.lock()) task(*group);
        });
    }

    // One at a time, so that nobody comes in before what was published before.
    std::shared_ptr<StreamCore> next_joining() {
        const std::lock_guard lock{mutex_};
        auto stream = std::move(joining_.front());
        joining_.pop_front();
        return stream;
    }

    void add(std::shared_ptr<StreamCore> member) {
        if (!member->is_open) return;
        // Those who left are dropped when they may be half of all: each costs a constant in the long run.
        if (sendings_.empty() && members_.size() >= purge_above_) purge();
        members_.push_back(std::move(member));
        open_ = members_.size();
    }

    void purge() {
        std::erase_if(members_, [](const auto& member) { return !member->is_open; });
        purge_above_ = std::max<std::size_t>(batch, 2 * members_.size());
        open_ = members_.size();
    }

    void enqueue(const Frame& frame) {
        sendings_.push_back({frame, members_.size()});
        if (sendings_.size() == 1) go_on();
    }

    // One frame after the other, each to all, so that every stream sees them in order.
    void go_on() {
        const Sending& now = sendings_.front();
        const std::size_t end = std::min(place_ + batch, now.count);
        for (; place_ < end; ++place_)
            if (const auto session = members_[place_]->session.lock()) session->push(now.frame);
        if (place_ == now.count) {
            place_ = 0;
            sendings_.pop_front();
            if (sendings_.empty()) purge();
        }
        if (!sendings_.empty()) post([](Group& group) { group.go_on(); });
    }

    std::shared_ptr<Loop> loop_;
    std::mutex mutex_;  // of joining_
    // Held here, not in what is posted: a loop that has ended would keep the stream, and the stream the loop.
    std::deque<std::shared_ptr<StreamCore>> joining_;
    std::vector<std::shared_ptr<StreamCore>> members_;
    std::deque<Sending> sendings_;
    std::size_t place_ = 0;
    std::size_t purge_above_ = batch;
    std::atomic<std::size_t> open_{0};
    std::atomic<std::size_t> coming_{0};
};

}  // namespace

struct Topic::Core {
    std::mutex mutex;
    std::map<const Loop*, std::shared_ptr<Group>> groups;
};

Topic::Topic() : core_{std::make_shared<Core>()} {}

void Topic::join(const EventStream& stream) const {
    const std::lock_guard lock{core_->mutex};
    auto& group = core_->groups[stream.core_->loop.get()];
    if (!group) group = std::make_shared<Group>(stream.core_->loop);
    group->join(stream.core_);
}

void Topic::publish(const Frame& frame) const {
    const std::lock_guard lock{core_->mutex};
    for (const auto& [loop, group] : core_->groups)
        group->publish(frame);
}

std::size_t Topic::size() const {
    const std::lock_guard lock{core_->mutex};
    std::size_t open = 0;
    for (const auto& [loop, group] : core_->groups)
        open += group->open();
    return open;
}

}  // namespace balcao::http
