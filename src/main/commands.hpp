#pragma once
// What a person can ask of the program, one struct a command, and the functions that answer. Filled by
// main.cpp from the command line; each function returns the exit status: 0, 1 (the model or data is wrong, or
// an output could not be written), 2 (the command line is wrong), 3 (a target is missed). main.cpp makes a 0
// of a run that Ctrl-C cut short a 130, as shells do.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace balcao::cli {

enum ExitStatus : int { done = 0, wrong_input = 1, wrong_usage = 2, target_missed = 3, stopped = 130 };

struct Check {
    std::string model;
    bool prints = false;
};

struct Diff {
    std::string from;
    std::string to;
};

// What simulate, compare, situations and stress share.
struct Run {
    std::string model;
    std::optional<int> days;
    std::optional<double> warm_up;
    std::optional<int> replications;
    std::string precision;  // "2%"; empty: not asked for
    std::uint64_t seed = 1;
    int threads = 0;
    std::vector<std::string> scenarios;
    std::string json;      // "-" or a file; empty: a table
    std::string report;    // an HTML file; empty: none
    std::string language;  // of the report
    bool requires_targets = false;
    std::string command_line;
};

struct Simulate {
    Run run;
    std::string trace;  // .csv or .json (OCEL 2.0); empty: none
};

struct Compare {
    Run run;
    std::string indifference = "5%";
    std::string ranked_by = "wait";
    bool is_full = false;  // every row in the JSON
};

struct Situations {
    Run run;
    int weeks = 8;
};

struct Stress {
    Run run;
    std::string other;  // a second model, beside the first
};

struct Calibrate {
    std::string folder;  // with `is_from_journal` the model whose office wrote the journal
    std::string until;
    std::string out;
    bool overwrites = false;
    int threads = 0;
    bool is_from_journal = false;
    std::string data = "balcao-data";
    std::string database;
};

struct Score {
    std::string fitted;
    std::string folder;
    std::string from;
    std::string to;
    bool is_given_tickets = false;
    bool is_rolling = false;
    std::string json;
    int threads = 0;
};

struct Serve {
    std::string model;
    std::string data = "balcao-data";  // the folder of the key and of the journal
    std::string database;              // postgres://…; empty: a file in the folder
    std::string listen = "127.0.0.1:8080";
    std::vector<std::string> proxies;  // whose word about a client's address counts
    int threads = 2;
    bool is_demonstration = false;
    std::string erased{};                  // the ledger of the erased; empty: beside the folder
    std::vector<std::string> limits{};     // "tickets=120,1200", "off"
    std::vector<std::string> unlimited{};  // networks whose clients have no limits
    std::string mail{};                    // smtp://host:port; empty: no mail
    std::string mail_from{};               // City <no-reply@city.example>
    std::string mail_authority{};          // a file (PEM) with who vouches for that server
    std::string sms{};                     // https://host/path; empty: no messages to phones
    std::string secrets{};                 // a file with passwords and tokens
    std::string sign_in{};                 // the file of providers by which people may sign in
    std::string address{};  // https://city.example: of the pages, in letters; empty: where it listens
    std::string meetings = "https://meet.jit.si";
};

// Where a journal stands, for the commands that keep it.
struct Where {
    std::string data = "balcao-data";
    std::string database;  // postgres://…; empty: a file in the folder
    std::string erased;    // the ledger of the erased; empty: beside the folder
};

struct Verify {
    Where where;
    std::string witness;  // a file or folder of signed heads; empty: none
    std::string receipt;  // a receipt's file, in place of the journal; empty: none
    std::string key;      // the log's public key, for a receipt; empty: that of the receipt
    std::string model;    // by whose offer the places of appointments are counted; empty: they are not
};

struct Receipt {
    Where where;
    std::string of;  // a ticket or a case
    std::string out = "-";
};

struct Erase {
    Where where;
    std::string person;
};

struct Backup {
    Where where;
    std::string out;
};

struct Restore {
    Where where;
    std::string backup;
};

struct Rebuild {
    Where where;
};

struct StandIn {
    std::string listen = "127.0.0.1:9100";
    std::vector<std::string> kinds;  // of its entities; empty: all
    std::uint64_t seed = 1;
    std::string token;                      // that callers must name, and reports are signed with
    std::string city;                       // http://host:port, told of what was concluded; empty: nobody is
    std::optional<double> concludes_after;  // seconds; nothing: never
};

struct EntityCheck {
    std::string address;
    std::string kind = "by_key";  // look_up, none
    bool takes_events = false;
    bool takes_back = false;
    std::string token;
    std::string header;   // in which the token stands; empty: Authorization
    std::string example;  // a file; empty: one of its own
    double seconds = 30;
};

int check(const Check& command);
int diff(const Diff& command);
int schema();
int simulate(const Simulate& command);
int compare(const Compare& command);
int situations(const Situations& command);
int stress(const Stress& command);
int calibrate(const Calibrate& command);
int score(const Score& command);
int serve(const Serve& command);
int verify(const Verify& command);
int receipt(const Receipt& command);
int rebuild(const Rebuild& command);
int erase(const Erase& command);
int backup(const Backup& command);
int restore(const Restore& command);
int stand_in(const StandIn& command);
int entity_check(const EntityCheck& command);

// An entity's way in, drafted from its own description.
struct EntityDraft {
    std::string description;  // a file, OpenAPI 3
    std::string model;
    std::string key = "entity";  // what the model is to call it
    std::string path{};
    std::string base{};
};

int entity_draft(const EntityDraft& command);

}  // namespace balcao::cli
