// `balcao entity-check`: the contract test, told sentence by sentence; and `balcao entity-draft`.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "entity_check/check.hpp"
#include "entity_check/draft.hpp"
#include "main/commands.hpp"
#include "main/console.hpp"
#include "text/file.hpp"

namespace balcao::cli {
namespace {

// Nothing after telling what is wrong.
std::optional<entity_check::Declared> declared_by(const EntityCheck& command) {
    entity_check::Declared declared;
    declared.address = command.address;
    const bool is_web = command.address.starts_with("https://") || command.address.starts_with("http://");
    if (!is_web) {
        complain("entity-check: write the address as https://entity.example/requests");
        return std::nullopt;
    }
    if (command.takes_events) declared.by = model::WayKind::events;
    declared.on_doubt = command.kind == "by_key"    ? model::OnDoubt::send_again
                        : command.kind == "look_up" ? model::OnDoubt::look_up
                                                    : model::OnDoubt::ask_person;
    declared.takes_back = command.takes_back;
    declared.credentials.token = command.token;
    declared.credentials.header = command.header;
    declared.gives_up = std::max(std::chrono::milliseconds{1},
                                 std::chrono::milliseconds{std::llround(command.seconds * 1000)});
    declared.example = {{"name", "Ana Exemplo"}};
    if (command.example.empty()) return declared;
    const auto text = text::read_file(command.example);
    auto data = text ? entity_check::read_example(*text) : Result<std::vector<cases::Datum>>{text.error()};
    if (!data) {
        complain({data.error().code, data.error().what, "--example"});
        return std::nullopt;
    }
    declared.example = *std::move(data);
    return declared;
}

void tell_finding(const entity_check::Finding& finding) {
    switch (finding.found) {
        case entity_check::Found::kept:
            fmt::print("ok      {}\n", finding.promise);
            break;
        case entity_check::Found::not_asked:
            fmt::print("–       {}\n        not asked: {}\n", finding.promise, finding.saw);
            break;
        case entity_check::Found::broken:
            fmt::print("failed  {}\n        came: {}\n        mend: {}\n", finding.promise, finding.saw,
                       finding.mend);
            break;
    }
    std::fflush(stdout);
}

}  // namespace

int entity_check(const EntityCheck& command) {
    const auto declared = declared_by(command);
    if (!declared) return wrong_usage;
    const auto findings = entity_check::check(*declared, tell_finding);
    const auto count = [&](entity_check::Found found) {
        return std::ranges::count(findings, found, &entity_check::Finding::found);
    };
    fmt::print("{} kept, {} broken, {} not asked\n", count(entity_check::Found::kept),
               count(entity_check::Found::broken), count(entity_check::Found::not_asked));
    return count(entity_check::Found::broken) == 0 ? done : wrong_input;
}

int entity_draft(const EntityDraft& command) {
    const auto model = read_model(command.model);
    if (!model) return wrong_input;
    const auto text = text::read_file(command.description);
    if (!text) return fail(text.error());
    const auto draft =
        entity_check::draft_of(*text, *model, {command.description, command.path, command.base});
    if (!draft) return fail(draft.error());
    fmt::print("{}", entity_check::text_of(*draft, command.key));
    return done;
}

}  // namespace balcao::cli
