#pragma once
// The live front office of a city: takes commands for its sites' halls, decides them in order, writes the
// events to the journal and answers when they are durable. Any number of threads may hand in commands; any
// number of front offices (one a server process) may share one journal. It knows no page and no protocol, and
// checks nobody's rights.
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/instant.hpp"
#include "base/zone.hpp"
#include "journal/store.hpp"
#include "office/command.hpp"
#include "office/hall.hpp"
#include "office/in_the_way.hpp"
#include "office/layouts.hpp"

namespace balcao::office {

class Room;

// One command for one hall.
struct Request {
    model::SiteKey site;
    std::optional<Date> date{};  // of the hall; none: today by the clocks of the city
    std::string key{};  // the command's own: the same key again gets the same answer and does nothing more
    Command command;
};

struct Accepted {
    std::string
        json;  // what is true of the visit or desk after the command: {"site", "date", "number", "state", …}
};

// The journal cannot be written or read now. Nothing happened, or the same key will find what did.
struct Unavailable {};

using Reply = std::variant<Accepted, Refusal, Unavailable>;
using Answered = std::function<void(const Reply&)>;

// Durable events of one hall, in order, and the hall as they left it; no event where another model came into
// force for a hall in which nothing has happened yet. Only valid during the call.
struct Happened {
    const Hall& hall;
    const std::vector<std::pair<HallEvent, Instant>>& events;
};

using Listener = std::function<void(const Happened&)>;

class FrontOffice {
public:
    // Error: not_found for a time zone that is not known, invalid for a site with too many queues. Store and
    // clock must outlive it and every answer that is still to come.
    static Result<std::unique_ptr<FrontOffice>> open(journal::Store& store,
                                                     const Clock& clock,
                                                     std::shared_ptr<const model::Model> model);
    // The same under an edition of the model; `find` brings those of before, which older halls followed.
    static Result<std::unique_ptr<FrontOffice>> open(journal::Store& store,
                                                     const Clock& clock,
                                                     NumberedModel in_force,
                                                     FindModel find);

    // Goes on under a later edition of the model: the halls of today and of days to come follow it with their
    // next event, those of days gone by stay with theirs. Nobody loses ticket, place or desk. An edition that
    // is not later changes nothing. Error: as `open`, and invalid for another time zone; then nothing has
    // changed. From any thread.
    Result<void> adopt(NumberedModel model);

    FrontOffice(const FrontOffice&) = delete;
    FrontOffice& operator=(const FrontOffice&) = delete;
    FrontOffice(FrontOffice&&) = delete;
    FrontOffice& operator=(FrontOffice&&) = delete;
    ~FrontOffice();

    // Called with every change once it is durable, for one hall at a time in the order of its events. Before
    // the first command only.
    void listen(Listener listener);

    // Calls `answered` once, from any thread, never before the events of the command are durable. A refusal
    // too waits until what it rests on is durable. Error: not_found for a site that is not in the model, or
    // no longer where a ticket is asked for; then it is not called.
    Result<void> handle(Request request, Answered answered);

    // Looks at a hall as far as it is durable, with every pause ended that is over. `look` must be quick and
    // must not hand in a command. Error: not_found for the site, unavailable when the journal cannot be read.
    Result<void> look(const model::SiteKey& site,
                      std::optional<Date> date,
                      const std::function<void(const Hall&)>& look);

    // The durable events of one hall, in order, read anew; empty for a day without any. Error: not_found for
    // the site, unavailable when the journal cannot be read, invalid for what no version has written.
    Result<std::vector<std::pair<HallEvent, Instant>>> history(const model::SiteKey& site, Date date) const;

    // Reads what other front offices wrote to the halls that are in use here, and tells the listeners. Error:
    // unavailable.
    Result<void> catch_up();

    // Returns when every command has been answered, which the store does in the end whatever happens. To be
    // called when none comes in any more and before what the answers speak of goes away.
    void settle();

    // What people in the halls of today would lose by that model; it must be asked before one is adopted
    // that people decided on. Error: as `adopt`, and unavailable when a hall cannot be read.
    Result<std::vector<InTheWay>> in_the_way(const std::shared_ptr<const model::Model>& model);

    // The model in force. It may be another one the next time; what it hands out stays as it is as long as
    // the office lives.
    [[nodiscard]] const model::Model& model() const { return layouts_->model(); }

    [[nodiscard]] NumberedModel in_force() const { return layouts_->in_force(); }

    [[nodiscard]] const Zone& zone() const { return zone_; }

    // The layout of a site in the edition in force; of a site that is no longer in the model the last one.
    // Null when there is none of that name.
    [[nodiscard]] std::shared_ptr<const Layout> layout(const model::SiteKey& site) const;

private:
    FrontOffice(journal::Store& store, const Clock& clock, std::shared_ptr<Layouts> layouts, Zone zone);
    std::vector<std::shared_ptr<Room>> rooms();
    std::shared_ptr<Room> room(const model::SiteKey& site, std::optional<Date> date);

    journal::Store& store_;
    const Clock& clock_;
    std::shared_ptr<Layouts> layouts_;
    Zone zone_;
    std::vector<Listener> listeners_;
    std::mutex mutex_;
    std::map<std::pair<model::SiteKey, Date>, std::shared_ptr<Room>> rooms_;
};

}  // namespace balcao::office
