#include "staff/password.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "base/utf8.hpp"
#include "text/utf8.hpp"

namespace balcao::staff {
namespace {

constexpr std::size_t letters_left_least = 8;
constexpr std::size_t different_letters_least = 5;

// What lists of leaked passwords have most often, in Portuguese, English and Spanish; each is taken out like
// a name, so that "palavrapasse2026" is none either.
constexpr std::array<std::string_view, 36> common_words{
    "palavrapasse", "palavra",    "password", "passw0rd", "p@ssw0rd", "passwort",   "contrasena", "senha",
    "segredo",      "secret",     "letmein",  "bemvindo", "mudar",    "bienvenido", "welcome",    "admin",
    "administra",   "utilizador", "usuario",  "user",     "iloveyou", "amote",      "teamo",      "benfica",
    "sporting",     "fcporto",    "portugal", "football", "futebol",  "superman",   "princesa",   "princess",
    "dragon",       "monkey",     "changeme", "alterar"};

constexpr std::array<std::string_view, 6> runs{"abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz",
                                               "0123456789012345678901234567890123456789",
                                               "qwertyuiopasdfghjklzxcvbnmqwertyuiop",
                                               "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
                                               "1q2w3e4r5t6y7u8i9o0p",
                                               "azertyuiopqsdfghjklmwxcvbn"};

std::size_t count_letters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char byte) {
        return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
    }));
}

void take_out(std::string& text, std::string_view word) {
    for (auto place = text.find(word); place != std::string::npos; place = text.find(word, place))
        text.erase(place, word.size());
}

// One short piece again and again, few letters, or a run.
bool is_even(std::string_view text) {
    if (std::set<char>(text.begin(), text.end()).size() < different_letters_least) return true;
    for (const auto run : runs) {
        const std::string backwards{run.rbegin(), run.rend()};
        for (const std::string_view way : {run, std::string_view{backwards}})
            if (way.find(text) != std::string_view::npos) return true;
    }
    for (std::size_t length = 1; length <= 6 && length < text.size(); ++length)
        if (text.substr(length) == text.substr(0, text.size() - length)) return true;
    return false;
}

template <class Words>
bool is_made_of(std::string text, const Words& words) {
    const std::size_t before = text.size();
    for (const auto& word : words)
        take_out(text, word);
    return text.size() < before && (count_letters(text) < letters_left_least || is_even(text));
}

bool is_between_words(char letter) {
    return std::string_view{" .,;:!?-_+'/"}.find(letter) != std::string_view::npos;
}

std::string without_gaps(std::string text) {
    std::erase_if(text, is_between_words);
    return text;
}

// Whole names without gaps, and their parts.
std::vector<std::string> words_of(const std::vector<std::string>& names) {
    std::vector<std::string> words;
    const auto keep = [&](const std::string& word) {
        if (count_letters(word) > 3) words.push_back(word);
    };
    for (const auto& name : names) {
        const std::string folded = text::fold(name);
        keep(without_gaps(folded));
        std::string part;
        for (const char letter : folded) {
            if (!is_between_words(letter) && letter != '@') {
                part.push_back(letter);
                continue;
            }
            keep(part);
            part.clear();
        }
        keep(part);
    }
    // The longest first, so that a part does not break the whole that it is in.
    std::sort(words.begin(), words.end(), [](const auto& a, const auto& b) {
        return a.size() != b.size() ? a.size() > b.size() : a < b;
    });
    return words;
}

}  // namespace

std::optional<Reason> fault_of_password(std::string_view password,
                                        const std::vector<std::string>& own,
                                        const std::vector<std::string>& city) {
    if (find_invalid_utf8(password)) return Reason::password_not_text;
    const std::size_t letters = count_letters(password);
    if (letters < password_letters_least) return Reason::password_too_short;
    if (letters > password_letters_most) return Reason::password_too_long;
    const std::string folded = text::fold(password);
    if (is_even(folded)) return Reason::password_too_even;
    const std::string letters_only = without_gaps(folded);
    if (is_made_of(letters_only, common_words)) return Reason::password_common;
    if (is_made_of(letters_only, words_of(own))) return Reason::password_names_person;
    if (is_made_of(letters_only, words_of(city))) return Reason::password_names_city;
    return std::nullopt;
}

}  // namespace balcao::staff
