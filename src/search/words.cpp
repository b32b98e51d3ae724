#include "search/words.hpp"

#include <algorithm>
#include <array>
#include <libstemmer.h>
#include <set>

#include "text/utf8.hpp"

namespace balcao::search {
namespace {

constexpr std::size_t word_most = 40;
constexpr std::size_t words_most = 200;

// Words of grammar, and those with which people ask rather than say what for; folded.
const std::set<std::string, std::less<>>& silent_words(std::string_view language) {
    static const std::set<std::string, std::less<>> none;
    static const std::set<std::string, std::less<>> portuguese{
        "a",      "agora",   "ainda",    "algo",     "alguem", "algum",    "alguma",   "algumas",  "alguns",
        "ali",    "amanha",  "ano",      "anos",     "antes",  "ao",       "aos",      "aquela",   "aquele",
        "aqui",   "as",      "assim",    "ate",      "bem",    "boa",      "bom",      "ca",       "cada",
        "coisa",  "com",     "comigo",   "como",     "cujo",   "da",       "daqui",    "dar",      "das",
        "dava",   "de",      "dela",     "delas",    "dele",   "deles",    "dentro",   "depois",   "desde",
        "deu",    "devo",    "dia",      "dias",     "disse",  "disseram", "diz",      "dizem",    "do",
        "dois",   "dos",     "duas",     "dum",      "duma",   "e",        "ela",      "elas",     "ele",
        "eles",   "em",      "entao",    "entre",    "era",    "eram",     "essa",     "esse",     "esta",
        "estar",  "estava",  "este",     "estou",    "eu",     "faco",     "favor",    "faz",      "fazer",
        "fica",   "ficar",   "ficou",    "foi",      "fora",   "fosse",    "fui",      "gostaria", "gostava",
        "ha",     "havia",   "hoje",     "ir",       "isso",   "isto",     "ja",       "la",       "lhe",
        "logo",   "mais",    "mal",      "mas",      "me",     "mes",      "meses",    "mesmo",    "meu",
        "meus",   "mim",     "minha",    "minhas",   "muito",  "na",       "nada",     "nao",      "nas",
        "nem",    "ninguem", "no",       "noite",    "nos",    "nossa",    "nosso",    "num",      "numa",
        "nunca",  "o",       "obrigada", "obrigado", "ola",    "onde",     "ontem",    "os",       "ou",
        "outra",  "outras",  "outro",    "outros",   "para",   "pedir",    "pela",     "pelo",     "pode",
        "poder",  "por",     "porque",   "posso",    "pra",    "precisa",  "precisar", "preciso",  "quais",
        "qual",   "quando",  "quase",    "que",      "quem",   "querer",   "queria",   "quero",    "sabe",
        "saber",  "se",      "sei",      "seis",     "seja",   "sejam",    "sem",      "semana",   "semanas",
        "sempre", "ser",     "seu",      "seus",     "so",     "sobre",    "sou",      "sua",      "suas",
        "tambem", "tanto",   "tao",      "tarde",    "te",     "tem",      "tenho",    "ter",      "tinha",
        "tive",   "toda",    "todas",    "todo",     "todos",  "tratar",   "tres",     "tudo",     "um",
        "uma",    "umas",    "uns",      "vai",      "vez",    "vezes",    "vou"};
    static const std::set<std::string, std::less<>> english{
        "a",     "about",    "after",      "ago",      "already",  "also",      "always",  "am",
        "an",    "and",      "another",    "any",      "anybody",  "anyone",    "apply",   "are",
        "as",    "ask",      "at",         "back",     "be",       "because",   "been",    "before",
        "being", "both",     "but",        "by",       "can",      "could",     "d",       "day",
        "days",  "did",      "didn",       "do",       "does",     "don",       "dont",    "each",
        "else",  "everyone", "everything", "for",      "from",     "get",       "go",      "going",
        "got",   "had",      "has",        "have",     "he",       "hello",     "help",    "her",
        "here",  "hi",       "him",        "his",      "how",      "i",         "if",      "im",
        "in",    "into",     "is",         "isn",      "it",       "its",       "just",    "know",
        "like",  "ll",       "m",          "make",     "me",       "mine",      "month",   "months",
        "must",  "my",       "need",       "needs",    "never",    "night",     "no",      "nobody",
        "not",   "now",      "of",         "off",      "on",       "one",       "only",    "or",
        "other", "others",   "our",        "out",      "over",     "please",    "re",      "really",
        "s",     "said",     "same",       "say",      "says",     "she",       "should",  "since",
        "six",   "so",       "some",       "somebody", "someone",  "something", "still",   "t",
        "tell",  "than",     "thank",      "thanks",   "that",     "the",       "their",   "them",
        "then",  "there",    "these",      "they",     "thing",    "think",     "this",    "those",
        "three", "to",       "today",      "told",     "tomorrow", "too",       "two",     "until",
        "up",    "us",       "ve",         "very",     "want",     "wants",     "was",     "wasnt",
        "way",   "we",       "week",       "weeks",    "were",     "what",      "when",    "where",
        "which", "while",    "who",        "why",      "will",     "with",      "without", "would",
        "year",  "years",    "yesterday",  "you",      "your"};
    static const std::set<std::string, std::less<>> spanish{
        "a",      "ahi",     "ahora",    "al",      "algo",    "alguien", "algun",    "alguna",   "alli",
        "ano",    "anos",    "antes",    "aqui",    "asi",     "aunque",  "ayer",     "bien",     "buenas",
        "buenos", "cada",    "como",     "con",     "cosa",    "cual",    "cuando",   "cuanta",   "cuanto",
        "dar",    "de",      "debo",     "del",     "dentro",  "desde",   "despues",  "dia",      "dias",
        "dice",   "dicen",   "dijeron",  "dijo",    "donde",   "dos",     "e",        "el",       "ella",
        "ellos",  "en",      "entonces", "entre",   "era",     "es",      "esa",      "ese",      "eso",
        "esta",   "estaba",  "estar",    "este",    "esto",    "estoy",   "favor",    "fue",      "fuera",
        "fui",    "gracias", "gustaria", "ha",      "haber",   "habia",   "hacer",    "hago",     "han",
        "hasta",  "hay",     "he",       "hola",    "hoy",     "ir",      "la",       "las",      "le",
        "les",    "lo",      "los",      "mal",     "manana",  "mas",     "me",       "mes",      "meses",
        "mi",     "mis",     "mismo",    "muy",     "nada",    "nadie",   "necesita", "necesito", "ni",
        "no",     "noche",   "nos",      "nuestra", "nuestro", "nunca",   "o",        "otra",     "otras",
        "otro",   "otros",   "para",     "pedir",   "pero",    "poder",   "por",      "porque",   "puede",
        "puedo",  "que",     "queria",   "quien",   "quienes", "quiero",  "sabe",     "saber",    "se",
        "sea",    "seis",    "semana",   "semanas", "ser",     "si",      "siempre",  "sin",      "sobre",
        "solo",   "soy",     "su",       "sus",     "tambien", "tan",     "tanto",    "tarde",    "te",
        "tener",  "tengo",   "tenia",    "tiene",   "toda",    "todas",   "todo",     "todos",    "tramitar",
        "tres",   "tu",      "tus",      "u",       "un",      "una",     "unas",     "uno",      "unos",
        "va",     "vez",     "voy",      "y",       "ya",      "yo"};
    if (language == "pt") return portuguese;
    if (language == "en") return english;
    if (language == "es") return spanish;
    return none;
}

// Plurals whose singular had an accent, which the stemmers look for and folding took away.
std::string as_one(std::string_view language, const std::string& word) {
    using Ending = std::pair<std::string_view, std::string_view>;
    static constexpr std::array<Ending, 5> portuguese{
        {{"oes", "ao"}, {"aes", "ao"}, {"ais", "al"}, {"eis", "el"}, {"ois", "ol"}}};
    static constexpr std::array<Ending, 1> spanish{{{"iones", "ion"}}};
    const auto replaced = [&](const auto& endings) {
        for (const auto& [many, one] : endings)
            if (word.size() > many.size() + 2 && word.ends_with(many))
                return word.substr(0, word.size() - many.size()).append(one);
        return word;
    };
    if (language == "pt") return replaced(portuguese);
    if (language == "es") return replaced(spanish);
    return word;
}

}  // namespace

Words::Words(std::string_view language) : language_{language} {
    if (!silent_words(language).empty()) stemmer_ = sb_stemmer_new(language_.c_str(), nullptr);
}

Words::~Words() { sb_stemmer_delete(stemmer_); }

std::string Words::stem_of(const std::string& folded) const {
    if (stemmer_ == nullptr) return folded;
    const std::string one = as_one(language_, folded);
    const auto* stem = sb_stemmer_stem(stemmer_, reinterpret_cast<const sb_symbol*>(one.data()),
                                       static_cast<int>(one.size()));
    if (stem == nullptr) return one;
    return {reinterpret_cast<const char*>(stem), static_cast<std::size_t>(sb_stemmer_length(stemmer_))};
}

bool Words::says_nothing(const std::string& folded) const { return silent_words(language_).contains(folded); }

std::vector<Word> Words::of(std::string_view text) const {
    std::vector<Word> words;
    std::string word;
    const auto end_word = [&] {
        if (!word.empty() && word.size() <= word_most && words.size() < words_most && !says_nothing(word))
            words.push_back({word, stem_of(word)});
        word.clear();
    };
    for (const char letter : text::fold(text)) {
        if ((letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9'))
            word += letter;
        else
            end_word();
    }
    end_word();
    return words;
}

}  // namespace balcao::search
