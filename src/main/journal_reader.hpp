#pragma once
// The record of a journal, opened for the commands that only read: model, store and clock in one piece. Used
// by statistics, export, law and calibrate.
#include <memory>
#include <optional>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "edition/editions.hpp"
#include "main/installation.hpp"
#include "main/record_commands.hpp"
#include "record/reader.hpp"

namespace balcao::cli {

class JournalReader {
public:
    // Nothing after its mistakes were told.
    static std::unique_ptr<JournalReader> open(const std::string& model, const Where& where);

    // The version in force in the journal; of a journal without versions that of the file.
    [[nodiscard]] const model::Model& model() const { return *model_; }

    [[nodiscard]] const record::Reader& reader() const { return *reader_; }

    [[nodiscard]] const Installation& installation() const { return installation_; }

private:
    JournalReader(model::Model model, Installation installation)
        : model_{std::make_shared<const model::Model>(std::move(model))},
          installation_{std::move(installation)} {}

    Result<record::Reader> read();

    std::shared_ptr<const model::Model> model_;
    Installation installation_;
    SystemClock clock_;
    std::unique_ptr<edition::Editions> editions_;
    std::optional<record::Reader> reader_;
};

// Writes the logs of requests that the command asks for. Error: unavailable ("stopped"), or what cannot be
// written.
Result<void> write_case_logs(const Export& command,
                             const record::Wanted& wanted,
                             const JournalReader& journal);

// The days and the site that the options ask for; nothing after telling what is wrong.
std::optional<record::Wanted> wanted_of(const Recorded& of);

}  // namespace balcao::cli
