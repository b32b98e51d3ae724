#pragma once
// What the command line may say: values that options take, and a sentence for each way to get it wrong. Used
// by main.cpp only; it never runs anything.
#include <string>
#include <vector>

namespace CLI {  // NOLINT(readability-identifier-naming): the library's own name
class App;
class Option;
class ParseError;
}  // namespace CLI

namespace balcao::cli {

// An option that takes a whole number within the bounds, and says so when it is given something else.
CLI::Option* takes_whole_number(CLI::Option* option, long long least, long long most);
// An option that takes a number of days, hours …, not negative and not above `most`.
CLI::Option* takes_number(CLI::Option* option, double most);
// An option that takes one of these words.
CLI::Option* takes_one_of(CLI::Option* option, std::vector<std::string> words);

// "there is no command simulat; did you mean simulate?"; empty where the first word is a command.
std::string wrong_command(const CLI::App& app, const std::string& word);

// The mistake in a sentence, with what to write instead: "there is no option --colour; see …".
std::string sentence_of(const CLI::App& app, const CLI::ParseError& error);

}  // namespace balcao::cli
