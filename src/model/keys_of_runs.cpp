// Who comes, and what is simulated: the keys of demand, scenarios and situations.
#include "model/key_rows.hpp"

namespace balcao::model {
namespace {

constexpr KeyRow run_rows[] = {
    {"travel", "speed", "speed", "15 km/h", "From door to door."},
    {"travel", "per_km", "money", "0 EUR", "What a kilometre costs."},

    {"demand", "id", "id", "the service, with -2, -3 where it is not the first", "The entry's name."},
    {"demand", "service", "id", required, "What these people come for."},
    {"demand", "site", "id", required, "Where they come."},
    {"demand", "group", "id", "", "The group of `people` that they are of."},
    {"demand", "priority", "integer", "0", "The smallest number goes first."},
    {"demand", "arrivals", "arrivals", "", "When people come without an appointment."},
    {"demand", "bookings", "bookings", "", "How people ask for and keep appointments."},
    {"demand", "duration", "per_channel_time", "the service's", "How long one of these people takes."},
    {"demand", "patience", "per_channel_time", "the service's",
     "The wait after which one of these people gives up, unserved."},
    {"demand", "channels", "channels", "all by the counter",
     "The share of each channel; they add up to 100 %."},
    {"demand", "balking", "balking", "", "Who turns away before queueing."},
    {"demand", "if_unserved", "if_unserved", "", "Who comes again after leaving unserved."},
    {"demand", "missing_document", "share", "0 %", "The share of the served who must come again."},
    {"demand", "learns", "share", "0 %", "The share that can do it alone after an assisted visit."},
    {"demand", "source", "source_name", "",
     "Where the figures come from: a key of `sources`, `demonstration` or `unverified`."},

    {"texts", "<language>", "string", "", "The text in this language."},

    {"channel_times", "<channel>", "time", "", "For this channel."},

    {"channel_money", "<channel>", "money", "", "For this channel."},

    {"channels", "<channel>", "share | channel_share", "", "The share of the contacts on this channel."},

    {"channel_share", "share", "share", required, "The share of the contacts on this channel."},
    {"channel_share", "site", "id", "the entry's site, or the only one that serves it",
     "The site that serves this channel."},

    {"arrivals", "poisson", "rate", "", "At this rate while the site is open."},
    {"arrivals", "per_hour", "per_hour", "",
     "People per hour in each range of hours; none in those not named."},
    {"arrivals", "by_weekday", "by_weekday", "",
     "Another pattern for some days of the week; none on days not named."},
    {"arrivals", "renewal", "time", "", "Independent gaps with this distribution, from opening on."},
    {"arrivals", "batch", "batch", "", "Several people at once."},
    {"arrivals", "log", "file", "",
     "A CSV file with the columns time and, where known, duration, patience, desk."},
    {"arrivals", "growth", "growth", "0 % per year", "Growth, compounded by the day from first_day on."},
    {"arrivals", "season", "season", "", "Factors on months; 1 for those not named."},
    {"arrivals", "day_factor", "factor", "", "One draw a day: busy and quiet days."},
    {"arrivals", "dates", "dates", "", "Factors on single days."},

    {"per_hour", "<hours>", "number", "", "People per hour in this range."},

    {"by_weekday", "<weekdays>", "day_pattern", "", "The pattern of these days."},

    {"day_pattern", "poisson", "rate", "", "At this rate while the site is open."},
    {"day_pattern", "per_hour", "per_hour", "", "People per hour in each range of hours."},

    {"batch", "size", "integer", required, "People at once."},
    {"batch", "poisson", "rate", required, "So many batches, while the site is open."},

    {"season", "<month>", "number", "", "The factor on this month."},

    {"dates", "<date>", "number", "", "The factor on this day."},

    {"bookings", "per_day", "number", required,
     "People who ask for a slot, on each day that the site opens."},
    {"bookings", "slot", "duration", "that of the site's window",
     "The length of a slot; must be given where no window of the site offers the service."},
    {"bookings", "per_slot", "integer", "1, or the places of the site's window where slot is its",
     "People per slot."},
    {"bookings", "days_ahead", "time", "the next day", "How far ahead the wished day is."},
    {"bookings", "no_show", "share", "0 %", "The share that does not come."},
    {"bookings", "punctuality", "time", "on time", "The arrival before (negative) or after the booked time."},
    {"bookings", "late_after", "duration", "never", "Who comes later than this is a walk-in."},

    {"balking", "at_length", "integer", required, "So many people waiting at the site, or more."},
    {"balking", "share", "share", "100 %", "The share that then turns away."},

    {"if_unserved", "retry_after", "time", required, "How long until the person comes again."},
    {"if_unserved", "share", "share", "100 %", "The share that comes again."},
    {"if_unserved", "at_most", "integer", "1", "How often."},

    {"target", "measure", "measure", required, "The measure of a run."},
    {"target", "limit", "duration", "", "The wait that `served_within` speaks of."},
    {"target", "at_least", "share | number | duration | money", "",
     "Met when the whole interval is at or above this."},
    {"target", "at_most", "share | number | duration | money", "",
     "Met when the whole interval is at or below this."},
    {"target", "site", "id", "all", "For one site."},
    {"target", "service", "id", "all", "For one service."},
    {"target", "group", "id", "all", "For one group of people."},
    {"target", "channel", "channel", "all", "For one channel."},

    {"distribution", "constant", "duration | number", "", "Always this."},
    {"distribution", "exponential", "duration | number", "", "Exponential with this mean."},
    {"distribution", "erlang", "mean_and_k", "", "The sum of k exponential phases."},
    {"distribution", "gamma", "mean_and_cv", "", "Gamma."},
    {"distribution", "lognormal", "mean_and_cv", "", "Lognormal."},
    {"distribution", "weibull", "mean_and_cv", "", "Weibull."},
    {"distribution", "hyperexponential", "mean_and_cv", "",
     "Two balanced exponential phases; cv at least 1."},
    {"distribution", "normal", "mean_and_sd", "", "Normal; lengths of time are cut at zero."},
    {"distribution", "uniform", "list (duration | number)", "", "Between two values: `[3 min, 9 min]`."},
    {"distribution", "triangular", "list (duration | number)", "",
     "Lowest, likeliest, highest: `[2 min, 5 min, 12 min]`."},
    {"distribution", "mixture", "list branch", "",
     "One of several distributions, by shares that add up to 100 %."},
    {"distribution", "empirical", "file", "",
     "One of the values of a CSV file, each as likely as the others."},

    {"mean_and_k", "mean", "duration | number", required, "The mean."},
    {"mean_and_k", "k", "integer", required, "The number of phases, at least 1."},

    {"mean_and_cv", "mean", "duration | number", required, "The mean."},
    {"mean_and_cv", "cv", "number", required, "The standard deviation divided by the mean."},

    {"mean_and_sd", "mean", "duration | number", required, "The mean."},
    {"mean_and_sd", "sd", "duration | number", required, "The standard deviation."},

    {"branch", "share", "share", required, "The share of this branch."},
    {"branch", "<distribution>", "", "", "The distribution of this branch."},

    {"scenario", "about", "text", "", "What the scenario tries out."},
    {"scenario", "changes", "list change", required, "The changes to the model, made in this order."},

    {"change", "set", "path", "",
     "What to give another value, which must be there: `sites.shop.desks.a.count`."},
    {"change", "to", "", "", "The value for `set`."},
    {"change", "scale", "path", "", "What to multiply: rates, counts, durations, all those below the path."},
    {"change", "by", "number | share", "", "The factor for `scale`."},
    {"change", "add", "path", "", "What to add: a key that is not there yet, or a list that gets one more."},
    {"change", "value", "", "", "The value for `add`."},
    {"change", "remove", "path", "", "What to take away."},

    {"situation", "about", "text", "", "The situation in a sentence."},
    {"situation", "person", "person", required, "Who comes, and for what."},
    {"situation", "must", "list must", required, "What must come true."},

    {"person", "group", "id", "", "The group of `people` that this person is of."},
    {"person", "wants", "id", required, "A service or a life event."},
    {"person", "needs", "id | list id", "all of them",
     "Of the life event that is wanted, the services that this person needs."},
    {"person", "can", "channel | list channel", "[counter]",
     "The channels that this person can use, best first."},
    {"person", "site", "id", "any that serves the need, the nearest first", "Where this person goes."},
    {"person", "from", "moment", required,
     "When the need arises in each simulated week: `mon 10:00`, or a date and hour for that day of the "
     "week."},

    {"must", "served", "boolean", "", "Everything wanted is done."},
    {"must", "visits", "at_most_integer", "", "No more visits than this: `at most 1`."},
    {"must", "within", "duration", "", "From the need to its end."},
    {"must", "cost", "at_most_money", "", "Fees and travel together: `at most 30 EUR`."},
};

}  // namespace

std::span<const KeyRow> key_rows_of_runs() { return run_rows; }

}  // namespace balcao::model
