#pragma once
// A file that is written piece by piece and appears when it is whole. Used for traces and exports.
#include <optional>
#include <string_view>
#include <utility>

#include "base/result.hpp"
#include "text/file.hpp"

namespace balcao::cli {

// The first error is kept; the rest goes on and the error is told at the end.
class StreamedFile {
public:
    explicit StreamedFile(text::PendingFile file) : file_{std::move(file)} {}

    void write(std::string_view piece);

    // Gives the file its name. Error: what could not be written.
    Result<void> commit();

private:
    text::PendingFile file_;
    std::optional<Error> error_;
};

}  // namespace balcao::cli
