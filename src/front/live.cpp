#include "front/live.hpp"

namespace balcao::front {
namespace {

// A rush of commands is drawn once; far below what an eye or a display notices.
constexpr std::chrono::milliseconds rest{20};

// What shows several sites changes with each of them.
const std::string whole_city{};

std::string subject_of(const model::SiteKey& site) {
    return site.empty() ? whole_city : "site/" + site.text();
}

http::Frame frame_of(const std::string& fragment) { return http::format_event({.data = fragment}); }

}  // namespace

Live::Live(std::chrono::milliseconds look_again)
    : look_again_{look_again}, thread_{[this](const std::stop_token& stop) { work(stop); }} {}

Live::~Live() = default;

void Live::follow(const model::SiteKey& site,
                  const std::string& name,
                  const http::EventStream& stream,
                  const Draw& draw) {
    follow_subject(subject_of(site), name, stream, draw);
}

void Live::follow(const cases::CaseNumber& number,
                  const std::string& name,
                  const http::EventStream& stream,
                  const Draw& draw) {
    follow_subject(cases::stream_of(number), name, stream, draw);
}

void Live::follow_subject(const Subject& subject,
                          const std::string& name,
                          const http::EventStream& stream,
                          const Draw& draw) {
    std::shared_ptr<Fragment> fragment;
    {
        const std::lock_guard lock{mutex_};
        auto& known = subjects_[subject][name];
        if (known == nullptr) {
            known = std::make_shared<Fragment>();
            known->draw = draw;
        }
        fragment = known;
    }
    const std::lock_guard lock{fragment->mutex};
    // What has changed since it was drawn is news for those who follow already, too.
    const bool is_drawn = draw_anew(*fragment);
    // What was never drawn is not sent as nothing: the page keeps what it came with.
    if (is_drawn || !fragment->sent.empty()) stream.send(frame_of(fragment->sent));
    fragment->topic.join(stream);
}

void Live::changed(const model::SiteKey& site) {
    const std::lock_guard lock{mutex_};
    changed_.insert(subject_of(site));
    changed_.insert(whole_city);
    woken_.notify_one();
}

void Live::changed(const cases::CaseNumber& number) {
    const std::lock_guard lock{mutex_};
    const std::string subject = cases::stream_of(number);
    if (!subjects_.contains(subject)) return;
    changed_.insert(subject);
    woken_.notify_one();
}

void Live::close_unless(const http::EventStream& stream, Holds holds) {
    const std::lock_guard lock{mutex_};
    guarded_.push_back({stream, std::move(holds)});
}

void Live::close_what_may_not_go_on() {
    std::vector<Guarded> guarded;
    {
        const std::lock_guard lock{mutex_};
        guarded.swap(guarded_);
    }
    std::erase_if(guarded, [](const Guarded& one) {
        if (one.stream.is_open() && one.holds()) return false;
        one.stream.close();
        return true;
    });
    const std::lock_guard lock{mutex_};
    guarded_.insert(guarded_.end(), guarded.begin(), guarded.end());
}

void Live::work(const std::stop_token& stop) {
    auto last_look = std::chrono::steady_clock::now();
    while (!stop.stop_requested()) {
        std::set<Subject> subjects;
        {
            std::unique_lock lock{mutex_};
            woken_.wait_for(lock, stop, look_again_, [this] { return !changed_.empty(); });
            subjects.swap(changed_);
            if (subjects.empty())
                for (const auto& [subject, fragments] : subjects_)
                    subjects.insert(subject);
        }
        if (const auto now = std::chrono::steady_clock::now(); now - last_look >= look_again_) {
            last_look = now;
            close_what_may_not_go_on();
        }
        for (const auto& subject : subjects)
            for (const auto& fragment : followed_at(subject)) {
                const std::lock_guard lock{fragment->mutex};
                draw_anew(*fragment);
            }
        std::unique_lock lock{mutex_};
        woken_.wait_for(lock, stop, rest, [] { return false; });
    }
}

// Those of the subject that somebody follows; the others are forgotten.
std::vector<std::shared_ptr<Live::Fragment>> Live::followed_at(const Subject& subject) {
    const std::lock_guard lock{mutex_};
    std::vector<std::shared_ptr<Fragment>> followed;
    const auto found = subjects_.find(subject);
    if (found == subjects_.end()) return followed;
    auto& fragments = found->second;
    for (auto at = fragments.begin(); at != fragments.end();) {
        // Held by nobody else: no one is about to join.
        if (at->second.use_count() == 1 && at->second->topic.size() == 0) {
            at = fragments.erase(at);
        } else {
            followed.push_back(at->second);
            ++at;
        }
    }
    if (fragments.empty()) subjects_.erase(found);
    return followed;
}

// With its mutex held. Whether it could be drawn at all.
bool Live::draw_anew(Fragment& fragment) {
    auto drawn = fragment.draw();
    if (!drawn) return false;
    if (*drawn == fragment.sent) return true;
    fragment.sent = *std::move(drawn);
    fragment.topic.publish(frame_of(fragment.sent));
    return true;
}

}  // namespace balcao::front
