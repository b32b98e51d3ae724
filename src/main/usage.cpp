#include "main/usage.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string_view>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "text/near.hpp"
#include "text/number.hpp"

namespace balcao::cli {

namespace {

// The command that was being read when the mistake was met; the program itself before any command.
const CLI::App& command_of(const CLI::App& app) {
    const auto commands = app.get_subcommands();
    return commands.empty() ? app : *commands.back();
}

std::string help_of(const CLI::App& app) {
    const CLI::App& command = command_of(app);
    if (&command == &app) return "see balcao help";
    return fmt::format("see balcao help {}", command.get_name());
}

// Every long name of an option: "--days".
std::vector<std::string> option_names(const CLI::App& command) {
    std::vector<std::string> names;
    for (const CLI::Option* option : command.get_options())
        for (const std::string& name : option->get_lnames())
            names.push_back("--" + name);
    return names;
}

std::string unexpected(const CLI::App& app) {
    const auto words = app.remaining(true);
    if (words.empty()) return fmt::format("something is too much; {}", help_of(app));
    // A value that follows an unknown option is no news: the option is.
    const auto option = std::find_if(words.begin(), words.end(),
                                     [](const std::string& each) { return each.starts_with('-'); });
    const std::string& word = option != words.end() ? *option : words.front();
    if (!word.starts_with('-'))
        return fmt::format("'{}' is one word too many; quote names that have spaces, and {}", word,
                           help_of(app));
    const auto near = text::near_miss(word.substr(0, word.find('=')), option_names(command_of(app)));
    if (near) return fmt::format("there is no option {}; did you mean {}?", word, *near);
    return fmt::format("there is no option {}; {}", word, help_of(app));
}

// What stands before the colon of CLI11's sentence: the option's name.
std::string subject_of(const CLI::ParseError& error) {
    const std::string_view text = error.what();
    const auto end = text.find_first_of(": ");
    return std::string{text.substr(0, end)};
}

}  // namespace

CLI::Option* takes_whole_number(CLI::Option* option, long long least, long long most) {
    return option->check([least, most](const std::string& text) -> std::string {
        long long number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error == std::errc{} && end == text.data() + text.size() && number >= least && number <= most)
            return {};
        return fmt::format("'{}' is not a whole number from {} to {}", text, least, most);
    });
}

CLI::Option* takes_number(CLI::Option* option, double most) {
    return option->check([most](const std::string& text) -> std::string {
        const auto number = text::parse_number(text);
        if (number && std::isfinite(*number) && *number >= 0 && *number <= most) return {};
        return fmt::format("'{}' is not a number from 0 to {}", text, most);
    });
}

CLI::Option* takes_one_of(CLI::Option* option, std::vector<std::string> words) {
    return option->check([words = std::move(words)](const std::string& text) -> std::string {
        if (std::find(words.begin(), words.end(), text) != words.end()) return {};
        return fmt::format("'{}' is not one of {}", text, fmt::join(words, ", "));
    });
}

std::string wrong_command(const CLI::App& app, const std::string& word) {
    std::vector<std::string> names;
    for (const CLI::App* command : app.get_subcommands(nullptr))
        names.push_back(command->get_name());
    if (std::find(names.begin(), names.end(), word) != names.end()) return {};
    if (const auto near = text::near_miss(word, names))
        return fmt::format("there is no command {}; did you mean {}?", word, *near);
    return fmt::format("there is no command {}; the commands are {}", word, fmt::join(names, ", "));
}

std::string sentence_of(const CLI::App& app, const CLI::ParseError& error) {
    const std::string_view text = error.what();
    if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) return unexpected(app);
    if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr) {
        if (app.get_subcommands().empty() && !app.remaining(true).empty()) return unexpected(app);
        return fmt::format("{} is missing; {}", subject_of(error), help_of(app));
    }
    if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr)
        return text.ends_with("missing")
                   ? fmt::format("{}: the value is missing; {}", subject_of(error), help_of(app))
                   : fmt::format("{} is given more than once; give it once", subject_of(error));
    return fmt::format("{}; {}", text, help_of(app));
}

}  // namespace balcao::cli
