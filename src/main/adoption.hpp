#pragma once
// The model in force in a running server: begins with the version that the journal and the model's file say,
// and brings every later one into the office and the bookings, whoever published it on whichever server. Used
// by `serve`, from its keepers and from the pages; any thread may.
#include <memory>
#include <mutex>

#include "base/result.hpp"
#include "booking/bookings.hpp"
#include "edition/editions.hpp"
#include "main/case_office.hpp"
#include "office/front_office.hpp"

namespace balcao::cli {

// The version in force with which a server that was started with this file begins; what became of the file is
// said in a line. Error: unavailable, invalid; a file that no server could adopt is never published.
Result<edition::InForce> begin_with(edition::Editions& editions, const model::Model& file);

// Where the office finds the editions that older halls followed.
office::FindModel models_of(const edition::Editions& editions);

class Adoption {
public:
    // All must outlive it; the first is what the others were opened with.
    Adoption(edition::Editions& editions,
             office::FrontOffice& office,
             booking::Bookings& bookings,
             CaseOffice& cases)
        : editions_{editions}, office_{office}, bookings_{bookings}, cases_{cases} {}

    // Reads what was published and goes over to it. Error: unavailable, invalid; then what was in force
    // stays.
    Result<void> step();

private:
    edition::Editions& editions_;
    office::FrontOffice& office_;
    booking::Bookings& bookings_;
    CaseOffice& cases_;
    std::mutex mutex_;
};

}  // namespace balcao::cli
