#pragma once
// What an installation decides about its appointments beside the model; what stands here is used unless it
// says otherwise. Handed to Bookings::open.
#include <chrono>
#include <string>
#include <vector>

namespace balcao::booking {

struct Settings {
    // A person may check in so long before the appointment and so long after it; staff all day.
    std::chrono::minutes early_check_in{30};
    std::chrono::minutes late_check_in{15};

    std::size_t name_letters_most = 100;
    std::size_t note_letters_most = 500;

    // "+351": of phone numbers without a country's; tells two ways of typing one number from two numbers.
    std::string phone_prefix = "+351";

    // Who cancels an appointment is told so in a letter: the contact is kept, sealed anew, until the letter
    // is.
    bool tells_of_cancelling = false;

    // Whom the limits per person do not bind: "ines@example.org", or "@example.org" for all who are there.
    std::vector<std::string> exempt;
};

}  // namespace balcao::booking
