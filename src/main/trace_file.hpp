#pragma once
// Where --trace goes: a record a visit, as CSV (one line a leg) or as an OCEL 2.0 event log (JSON), streamed
// to a file that appears when it is whole. Used by `simulate` only.
#include <memory>
#include <string>

#include "base/result.hpp"
#include "model/model.hpp"
#include "sim/trace.hpp"

namespace balcao::cli {

class TraceFile : public sim::Trace {
public:
    // Writes what is left and gives the file its name. Error: what could not be written.
    virtual Result<void> finish() = 0;
};

// Null for an empty path. Errors: an ending that is neither .csv nor .json; what cannot be opened.
Result<std::unique_ptr<TraceFile>> open_trace(const std::string& path, const model::Model& model);

}  // namespace balcao::cli
