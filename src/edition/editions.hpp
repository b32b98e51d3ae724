#pragma once
// The model of a city as it came into force, version after version: who published each, when and why, and its
// text. The server begins with it and follows it, the pages of administration change it; any number of
// threads and of server processes may. It knows no hall and no booking: whoever publishes has looked what
// stands in the way. A command takes the key by which its caller may repeat it.
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "edition/edition_event.hpp"
#include "journal/settle.hpp"
#include "journal/store.hpp"
#include "model/model.hpp"
#include "model/read.hpp"

namespace balcao::edition {

// A version without its text.
struct Entry {
    Number number = 0;
    Instant at{};
    std::string name;
    std::string hash;
    Origin origin = Origin::file;
    std::string by;  // the account; empty: the installation
    std::string note;
    Number back_to = 0;  // of one that went back
    friend bool operator==(const Entry&, const Entry&) = default;
};

struct InForce {
    Entry entry;
    std::shared_ptr<const model::Model> model;
};

enum class Reason : std::uint8_t {
    unavailable,        // the journal cannot be read or written now
    changed_meanwhile,  // another version is in force than the one that was changed
    same_as_now,        // what is to be published is in force
    no_such_version,
    wrong_model,      // `remarks`
    other_time_zone,  // halls and bookings are days of the city's clocks
    note_missing,
};

// "changed-meanwhile": the name that programs see.
std::string_view name_of(Reason reason);

struct Refusal {
    Reason reason{};
    std::vector<model::Remark> remarks{};
};

template <class T>
using Answer = std::variant<T, Refusal>;

// A text that could be published, and what there is to say about it all the same.
struct Readable {
    model::Model model;
    std::vector<model::Remark> remarks;  // warnings and notes
};

// Who changes the version in force, and why.
struct Hand {
    Number based_on = 0;  // the version that was seen
    std::string by;
    std::string note;
};

class Editions {
public:
    // Reads what is there. Error: unavailable, or invalid when the journal holds what this version of Balcão
    // does not know. Store and clock must outlive it.
    static Result<std::unique_ptr<Editions>> open(journal::Store& store, const Clock& clock);

    // What a server was started with: published when there is no version yet, and when it says something else
    // than the last version that came from a file; else what is in force stays. A first day that differs is
    // no difference: a file without one has that of its reading.
    Answer<InForce> start_with(const model::Model& file);

    // Reads a text as the model of this city and checks it, as publishing would; nothing is written.
    [[nodiscard]] Answer<Readable> read(const std::string& text) const;

    // A text as the next version.
    Answer<Entry> publish(const std::string& text, const Hand& hand, const std::string& key);

    // An earlier text as the next version.
    Answer<Entry> go_back(Number to, const Hand& hand, const std::string& key);

    // From memory. There is one after `start_with`.
    [[nodiscard]] std::optional<InForce> in_force() const;

    // All, the first one first.
    [[nodiscard]] std::vector<Entry> entries() const;

    // Read anew. Error: not_found, unavailable, invalid.
    [[nodiscard]] Result<std::string> text_of(Number number) const;
    [[nodiscard]] Result<std::shared_ptr<const model::Model>> model_of(Number number) const;

    // Reads what others published. Error: unavailable, invalid.
    Result<void> catch_up();

private:
    Editions(journal::Store& store, const Clock& clock) : store_{store}, clock_{clock} {}

    // Makes the event on the version in force; null before the first.
    using Decide = std::function<Answer<ModelPublished>(const InForce*)>;

    Answer<Entry> run(const std::string& command, const Decide& decide);
    Result<void> read_on();
    [[nodiscard]] Result<ModelPublished> event_of(Number number) const;
    [[nodiscard]] const Entry* last_of_file() const;

    journal::Store& store_;
    const Clock& clock_;
    std::mutex writing_;  // one command at a time; what it guards is also read under `mutex_`
    journal::StreamEnd end_;
    mutable std::mutex mutex_;
    std::vector<Entry> entries_;
    std::shared_ptr<const model::Model> model_;  // of the last
};

}  // namespace balcao::edition
