// Feeds the API's reading of bodies and addresses with whatever libFuzzer invents. The first byte chooses the
// operation; the rest is a body, or after a further byte a parameter or a moment. It must never crash, a body
// without faults must be what its shape says, and each fault must be worded in every language. It opens no
// socket.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "api/problem.hpp"
#include "api/schema.hpp"
#include "api/table.hpp"
#include "base/check.hpp"

namespace {

using namespace balcao;
using namespace balcao::api;

void word(const std::vector<Fault>& faults) {
    for (const auto language : text::spoken_languages) {
        const Words words{language};
        for (const auto& fault : faults)
            BALCAO_CHECK(!text_of(fault, words).empty());
        if (faults.empty()) continue;
        const auto response = response_of(problem_of_faults(faults, words), words);
        const auto written = text::Json::parse(http::view_of(response.body), "problem");
        BALCAO_CHECK(written.has_value() && written->root()["errors"].size() == faults.size());
    }
}

void try_body(const Operation& operation, std::string_view sent) {
    const std::size_t depth = depth_of(sent);
    const auto parsed = text::Json::parse(sent, "body");
    if (!parsed) return;
    // What is JSON is never deeper than it was thought to be.
    if (!parsed->root().is_object() && !parsed->root().is_array()) BALCAO_CHECK(depth == 0);
    const auto faults = faults_of(operation.body, parsed->root());
    word(faults);
    if (!faults.empty()) return;
    BALCAO_CHECK(parsed->root().is_object());
    for (const auto& member : operation.body->members)
        BALCAO_CHECK(!member.is_needed || parsed->root()[member.name].exists());
    for (const auto name : parsed->root().keys()) {
        bool is_known = false;
        for (const auto& member : operation.body->members)
            is_known = is_known || member.name == name;
        BALCAO_CHECK(is_known);
    }
}

void try_parameters(const Operation& operation, std::string_view sent) {
    for (const auto& member : operation.query)
        word(faults_of_text(member.schema, sent, "?" + member.name));
    const auto moment = parse_instant(sent);
    if (moment) BALCAO_CHECK(parse_instant(format_instant(*moment)) == moment);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const auto& operation = operations()[data[0] % operations().size()];
    const std::string_view rest{reinterpret_cast<const char*>(data) + 1, size - 1};
    if (operation.body)
        try_body(operation, rest);
    else
        try_parameters(operation, rest);
    return 0;
}
