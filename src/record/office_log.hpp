#pragma once
// The visits of the live office as objects, what happened to them as events: an OCEL 2.0 log. Used by
// `balcao export` and the API. No name, no contact, no account of whoever served.
#include <set>
#include <string>

#include "base/zone.hpp"
#include "model/model.hpp"
#include "record/hall_day.hpp"
#include "record/ocel_log.hpp"

namespace balcao::record {

class OfficeLog {
public:
    // The zone must outlive it.
    OfficeLog(Sink sink, const model::Model& model, const Zone& zone);

    // Days in any order, each once.
    void add(const HallDay& day);

    void finish() { log_.finish(); }

private:
    void name(const model::SiteKey& site);
    void add(const HallDay& day, const Ticket& ticket);
    void add(const Ticket& ticket, const Period& period, OcelLog::Relations relations);

    OcelLog log_;
    const Zone& zone_;
    std::set<std::string> desks_;
    std::set<model::SiteKey> sites_;
};

}  // namespace balcao::record
