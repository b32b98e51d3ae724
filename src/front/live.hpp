#pragma once
// What changes on open pages: fragments of pages that are drawn anew when their hall changed, and sent to
// every stream that follows them when they look different. Drawn once for all who see the same, off the path
// of commands. Whoever comes, or comes back, first gets the fragment as it is now.
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "cases/case_number.hpp"
#include "http/reply.hpp"
#include "model/keys.hpp"

namespace balcao::front {

class Live {
public:
    // Draws a fragment now; nothing when that cannot be done now (the storage is away): what was sent stays.
    using Draw = std::function<std::optional<std::string>()>;

    // `look_again`: how often everything is looked at without any event, for hours begin and end without one.
    explicit Live(std::chrono::milliseconds look_again);
    ~Live();
    Live(const Live&) = delete;
    Live& operator=(const Live&) = delete;
    Live(Live&&) = delete;
    Live& operator=(Live&&) = delete;

    // Whether somebody may go on looking; asked now and then.
    using Holds = std::function<bool()>;

    // The stream follows the fragment of that name from now on. `draw` is kept from the first who follows; it
    // must be good for all who follow by the same name. No site: what shows several of them.
    void follow(const model::SiteKey& site,
                const std::string& name,
                const http::EventStream& stream,
                const Draw& draw);
    // The same of what is no site's: a case.
    void follow(const cases::CaseNumber& number,
                const std::string& name,
                const http::EventStream& stream,
                const Draw& draw);

    // The stream is closed, at the next look at everything, once `holds` says no. For what only who is signed
    // in may see.
    void close_unless(const http::EventStream& stream, Holds holds);

    // Something of that site's hall changed; of that case. Returns at once.
    void changed(const model::SiteKey& site);
    void changed(const cases::CaseNumber& number);

private:
    struct Fragment {
        Draw draw;
        http::Topic topic{};
        std::string sent{};
        std::mutex mutex{};  // so that nobody joins between drawing and sending
    };

    using Fragments = std::map<std::string, std::shared_ptr<Fragment>>;
    using Subject = std::string;  // of what a fragment shows: a site, a case, or empty: the whole city

    struct Guarded {
        http::EventStream stream;
        Holds holds;
    };

    void work(const std::stop_token& stop);
    void close_what_may_not_go_on();
    std::vector<std::shared_ptr<Fragment>> followed_at(const Subject& subject);
    static bool draw_anew(Fragment& fragment);
    void follow_subject(const Subject& subject,
                        const std::string& name,
                        const http::EventStream& stream,
                        const Draw& draw);

    const std::chrono::milliseconds look_again_;
    std::mutex mutex_;
    std::condition_variable_any woken_;
    std::map<Subject, Fragments> subjects_;  // of which something is followed
    std::set<Subject> changed_;
    std::vector<Guarded> guarded_;
    std::jthread thread_;  // last: it uses all the others
};

}  // namespace balcao::front
