#pragma once
// A small shop for tests of the record: events said one after the other by minutes after midnight, and what
// becomes of them.
#include <string>
#include <string_view>

#include "base/zone.hpp"
#include "model/model.hpp"
#include "record/hall_day.hpp"

namespace balcao::record {

inline constexpr double ten = 600;  // o\'clock, in minutes

// Two desks a and one desk b for identity and papers, one desk c for booked people; open 09:00 to 17:00 on
// the 24th of November 2026, a Tuesday. `more` is added to the model.
const model::Model& shop_of_test(std::string_view more = "");

class Told {
public:
    // At so many minutes after midnight from now on.
    Told& at(double minute);

    Told& begun(std::uint32_t number, std::string_view service = "identity", bool has_priority = false);
    Told& booked(std::uint32_t number, double appointment_minute, std::string_view service = "identity");
    Told& called(std::uint32_t number,
                 std::string_view desk,
                 std::vector<std::uint32_t> passed_over = {},
                 office::CalledBy called_by = office::CalledBy::rule);
    Told& started(std::uint32_t number, std::string_view desk);
    Told& ended(std::uint32_t number, std::string_view desk);
    Told& told(office::HallEvent event);

    // The day as it looks at that minute; later than 1440 is the day after.
    [[nodiscard]] HallDay day(double now_minute) const;

    [[nodiscard]] static Instant instant(double minute);

    static office::DeskId desk(std::string_view text);

private:
    double minute_ = 0;
    HallEvents events_;
};

const Zone& zone_of_test();

}  // namespace balcao::record
