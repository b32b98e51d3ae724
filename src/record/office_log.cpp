#include "record/office_log.hpp"

#include <fmt/format.h>

#include "record/period_table.hpp"

namespace balcao::record {
namespace {

const std::vector<OcelLog::Attribute>& of_events() {
    static const std::vector<OcelLog::Attribute> all{
        {"service", "string"}, {"step", "string"}, {"ended_by", "string"}, {"seconds", "float"}};
    return all;
}

}  // namespace

OfficeLog::OfficeLog(Sink sink, const model::Model& model, const Zone& zone)
    : log_{std::move(sink),
           {{"visit",
             {{"taken_by", "string"},
              {"priority", "boolean"},
              {"appointment", "boolean"},
              {"fate", "string"},
              {"exact", "boolean"}}},
            {"site", {}},
            {"desk", {}}},
           {{"arrive", of_events()},
            {"waiting", of_events()},
            {"way", of_events()},
            {"service", of_events()},
            {"parked", of_events()},
            {"away", of_events()},
            {"collecting", of_events()},
            {"leave", {{"fate", "string"}}}}},
      zone_{zone} {
    for (const auto& site : model.sites)
        name(site.key);
}

void OfficeLog::add(const HallDay& day) {
    name(day.site);
    for (const Ticket& ticket : day.tickets)
        add(day, ticket);
}

// A site once, also one that is in no model any more.
void OfficeLog::name(const model::SiteKey& site) {
    if (sites_.insert(site).second) log_.object({"site:" + site.text(), "site"}, {});
}

void OfficeLog::add(const HallDay& day, const Ticket& ticket) {
    const std::string site = "site:" + day.site.text();
    const std::string id =
        fmt::format("visit:{}/{}/{}", day.site.text(), format_date(day.date), ticket.number.value);
    const std::string arrived = time_text(zone_, ticket.arrived);
    log_.event("arrive", arrived, {}, {{id, "visit"}, {site, "at"}});
    for (const Period& period : ticket.periods)
        add(ticket, period, {{id, "visit"}, {site, "at"}});
    const std::string fate{name_of(ticket.fate)};
    if (ticket.fate != Fate::open)
        log_.event("leave", time_text(zone_, ticket.ended), {{"fate", fate}}, {{id, "visit"}, {site, "at"}});
    log_.object({id, "visit", {{site, "at"}}}, {arrived,
                                                {{"taken_by", ticket.taken_by},
                                                 {"priority", ticket.has_priority ? "true" : "false"},
                                                 {"appointment", ticket.appointment ? "true" : "false"},
                                                 {"fate", fate},
                                                 {"exact", ticket.is_exact ? "true" : "false"}}});
}

void OfficeLog::add(const Ticket& ticket, const Period& period, OcelLog::Relations relations) {
    OcelLog::Values values;
    if (period.leg < ticket.legs.size()) {
        values.emplace_back("service", ticket.legs[period.leg].service.text());
        if (const auto& step = ticket.legs[period.leg].step; !step.empty())
            values.emplace_back("step", step.text());
    }
    values.emplace_back("ended_by", name_of(period.ending));
    values.emplace_back(
        "seconds", fmt::format("{:.3f}", static_cast<double>((period.end - period.begin).count()) / 1000));
    if (period.desk) {
        const std::string site = relations.back().first;
        const std::string desk = "desk:" + site.substr(5) + "/" + office::to_string(*period.desk);
        if (desks_.insert(desk).second) log_.object({desk, "desk", {{site, "at"}}}, {});
        relations.emplace_back(desk, "desk");
    }
    log_.event(name_of(period.doing), time_text(zone_, period.begin), values, relations);
}

}  // namespace balcao::record
