#pragma once
// What a person can ask of the record of the live office: statistics, exports, how the duties were kept.
// Filled by record_options.cpp from the command line; each function returns the exit status as in
// commands.hpp.
#include <functional>
#include <optional>
#include <string>

#include "main/commands.hpp"

namespace CLI {  // NOLINT(readability-identifier-naming): the library's own name
class App;
}  // namespace CLI

namespace balcao::cli {

// Which halls on which days.
struct Recorded {
    std::string model;
    Where where;
    std::string from;  // a date; empty: the first that the journal has
    std::string to;    // a date; empty: the last
    std::string site;  // empty: all
};

struct Statistics {
    Recorded of;
    std::string json;    // "-" or a file; empty: a table
    std::string beside;  // the JSON of a simulation; empty: none
    bool simulates = false;
    int replications = 10;
    bool requires_targets = false;
};

struct Export {
    Recorded of;
    std::string csv;         // the table of periods
    std::string ocel;        // an OCEL 2.0 log
    std::string cases_ocel;  // the same of requests
    std::string cases_xes;   // of requests, as IEEE 1849
};

// The catalogue of a model, as CPSV-AP in JSON-LD.
struct Catalogue {
    std::string model;
    std::string base;       // what names of things begin with; empty: urn:balcao:…
    std::string out = "-";  // or a file
};

struct Law {
    Recorded of;
    std::string date;  // one day, in place of from and to
    std::string json;  // "-" or a file; empty: as a person reads it
    bool requires_duties = false;
};

int statistics(const Statistics& command);
int export_periods(const Export& command);
int export_catalogue(const Catalogue& command);
int law(const Law& command);

// Adds these commands to the command line.
void add_record_commands(CLI::App& app, std::function<int()>& answer);

}  // namespace balcao::cli
