#include <doctest/doctest.h>
#include <fmt/format.h>

#include "plan/daily_data.hpp"
#include "plan/doubtful_days.hpp"
#include "plan/families.hpp"
#include "plan/log_model.hpp"
#include "plan/ticket_log.hpp"

namespace balcao::plan {
namespace {

const char* const header =
    "date,store,district,municipality,tickets,attended,abandoned,mean_wait_min,mean_service_min\n";

}  // namespace

TEST_CASE("rows that contradict themselves are named with their line and left out") {
    const DailyData data = *parse_daily_data(std::string{header} +
                                                 "2025-01-06,B,d,m,10,9,1,5,6\n"
                                                 "2025-01-06,A,d,m,10,9,2,5,6\n"
                                                 "2025-13-06,A,d,m,10,9,1,5,6\n"
                                                 "2025-01-06,B,d,m,12,12,0,5,6\n"
                                                 "2025-01-07,B,d,m,10,9,1,-5,6\n"
                                                 "2025-01-08,B,d,m,0,0,0,,\n"
                                                 "2025-01-09,B,d,m,3,0,3,,\n",
                                             "daily.csv");
    REQUIRE(data.days.size() == 2);
    CHECK(data.shops[static_cast<std::size_t>(data.days[0].shop)].name == "B");
    CHECK_FALSE(data.days[1].wait);
    REQUIRE(data.left_out.size() == 5);
    CHECK(data.left_out[0].why == "line 3: 10 tickets are not 9 attended and 2 abandoned");
    CHECK(data.left_out[2].why == "line 5: the shop has an earlier row for this day");
    CHECK(data.left_out[4].why == "line 7: no ticket was taken");
}

TEST_CASE("a table without a needed column is refused") {
    const Result<DailyData> data = parse_daily_data("date,store,tickets\n", "daily.csv");
    REQUIRE_FALSE(data);
    CHECK(data.error().what.find("attended") != std::string::npos);
}

TEST_CASE("a stub of a day is measured against its weekday, not against busier days") {
    std::string rows = header;
    for (int week = 0; week < 6; ++week) {
        const Date monday = *parse_date("2025-01-06") + std::chrono::days{7 * week};
        rows += format_date(monday) + ",A,d,m,300,290,10,20,6\n";
        rows += format_date(monday + std::chrono::days{5}) + ",A,d,m,40,40,0,20,6\n";  // Saturdays are small
    }
    rows += "2025-02-17,A,d,m,30,30,0,20,6\n";  // a Monday
    rows += "2025-02-18,A,d,m,30,0,30,,\n";     // nobody attended
    const DailyData data = *parse_daily_data(rows, "daily.csv");
    const DayJudgement judgement = judge_days(data, *parse_date("2025-02-28"));
    std::size_t stubs = 0;
    for (const DoubtfulDay& doubtful : judgement.doubtful)
        if (doubtful.doubt == Doubt::stub_day) {
            ++stubs;
            CHECK(data.days[doubtful.row].date == *parse_date("2025-02-17"));
        }
    CHECK(stubs == 1);
    CHECK(judgement.use.back() == LeftOutOf::everything);
}

TEST_CASE("shops are known by the same name in every table") {
    CHECK(branch_of("Loja de Cidadão do Cacém") == "loja_de_cidadao_do_cacem");
    CHECK(branch_of("  Loja – Nº 5 ") == "loja_n_5");
}

TEST_CASE("services fall into their families by name") {
    CHECK(family_of("Cartão de Cidadão - Pedido/Renovação") == Family::registry);
    CHECK(family_of("Execuções Fiscais") == Family::treasury);
    CHECK(family_of("Atendimento Geral") == Family::general);
}

TEST_CASE("a log of tickets gives rates by hour, durations, patience and the desks that were seen") {
    std::string rows = "taken,called,ended,site,service,desk,outcome\n";
    for (const char* day : {"2026-01-05", "2026-01-12"})  // two Mondays
        rows += fmt::format(
            "{0} 09:00:00,{0} 09:01:00,{0} 09:05:00,Hall,Cards,1,served\n"
            "{0} 09:10:00,{0} 09:12:00,{0} 09:20:00,Hall,Cards,2,served\n"
            "{0} 09:30:00,,{0} 09:37:00,Hall,Cards,,left\n"
            "{0} 10:30:00,{0} 10:30:00,{0} 10:36:00,Hall,Cards,1,served\n",
            day);
    rows += "2026-01-12 11:00:00,2026-01-12 10:00:00,2026-01-12 11:05:00,Hall,Cards,1,served\n";
    const TicketLog log = *parse_ticket_log(rows, "log.csv", *parse_date("2026-01-31"));
    REQUIRE(log.tickets.size() == 8);
    REQUIRE(log.left_out.size() == 1);
    CHECK(log.left_out[0].why == "line 10: called before the ticket was taken");
    const std::vector<LoggedSite> sites = fit_log(log);
    REQUIRE(sites.size() == 1);
    const LoggedService& cards = sites[0].services[0];
    CHECK(cards.per_hour[0][9] == doctest::Approx(3));
    CHECK(cards.per_hour[0][10] == doctest::Approx(1));
    CHECK(cards.duration->mean == doctest::Approx(6).epsilon(0.01));
    CHECK(*cards.leaving_rate == doctest::Approx(1 / 10.0));  // 2 left in 2·(1 + 2 + 7 + 0) minutes
    int at_nine = 0;
    for (const LoggedDesks& desks : sites[0].desks)
        at_nine += desks.count[0][9];
    CHECK(at_nine == 2);
    CHECK(sites[0].opening[0] == 9);
    CHECK(sites[0].closing[0] == 11);
}

TEST_CASE("who left unseen was gone when the next of her service, or of her desk, was called") {
    std::string rows = "taken,called,ended,service,desk,outcome\n";
    const auto at = [](const char* time) { return std::string{"2026-01-05 "} + time + ":00"; };
    rows += at("09:00") + "," + at("09:01") + "," + at("09:05") + ",Cards,1,served\n";
    rows += at("09:10") + ",,,Cards,,left\n";                      // gone by 09:18
    rows += at("09:12") + ",,,Cards,2,left\n";                     // gone by 09:30, when desk 2 calls
    rows += at("09:14") + "," + at("09:40") + ",,Cards,1,left\n";  // did not answer at 09:40
    rows += at("09:15") + "," + at("09:18") + "," + at("09:20") + ",Cards,1,served\n";
    rows += at("09:16") + "," + at("09:17") + "," + at("09:19") + ",Passports,2,served\n";
    rows += at("09:20") + "," + at("09:30") + "," + at("09:35") + ",Cards,2,served\n";
    rows += at("09:50") + ",,,Cards,,left\n";  // nobody is called after her
    const std::vector<LoggedSite> sites =
        fit_log(*parse_ticket_log(rows, "log.csv", *parse_date("2026-01-31")));
    const LoggedService& cards = sites.at(0).services.at(0);
    CHECK(cards.waits.left == 4);
    CHECK(cards.waits.left_unseen == 3);
    CHECK(cards.waits.left_unknown == 1);
    std::vector<double> gone_by;
    for (const CensoredWait& wait : cards.waits.waits)
        if (wait.end == WaitEnd::left_before) gone_by.push_back(wait.length);
    CHECK(gone_by == std::vector<double>{26, 18, 8});
    CHECK(*cards.leaving_rate > 3.0 / (1 + 3 + 10 + 26 + 18 + 8));
    CHECK(log_in_words(sites).at(2).find("3 of the 4 who left did so at an unknown moment") !=
          std::string::npos);
    CHECK(model_of_log(sites, *parse_date("2026-01-31")).find("patience:") != std::string::npos);
}

}  // namespace balcao::plan
