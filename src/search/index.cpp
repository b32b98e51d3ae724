// The tables are SQLite's FTS5, in memory: for each language one for each kind of text, a row a service, so
// that a long list of documents does not make a name count less. Each word is asked for by itself; what it
// says is bm25 (Robertson and Zaragoza 2009), weighted by the kind of text. The numbers were chosen on the
// sentences of tests/search (docs/adr/0022-search.md).
#include "search/index.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <mutex>
#include <set>
#include <string>

#include <sqlite3.h>

#include "base/check.hpp"
#include "search/everyday.hpp"
#include "search/vocabulary.hpp"
#include "search/words.hpp"

namespace balcao::search {
namespace {

// The kinds of text, and what a word counts in each.
enum class Column : unsigned char { name, also, event, entity, document, foreign, count };
constexpr auto columns = static_cast<std::size_t>(Column::count);
using Texts = std::array<std::string, columns>;
constexpr std::array<double, columns> weights{0.8, 1, 0.6, 0.1, 0.3, 0.5};

// A life event begins with what comes first, so of services that are as near the earlier step is meant.
constexpr double per_step = 0.05;

// A life event with more services than these says less of each.
constexpr double services_at_ease = 8;

// What a word counts that is only near to one of the catalogue; one that stands for another; two words that
// are neighbours in a text as in the sentence, beside what each counts; and each further word of the sentence
// that a service has.
constexpr double of_corrected = 0.4;
constexpr double of_everyday = 0.3;
constexpr double of_neighbours = 0.6;
constexpr double together = 0.3;

void add_text(Texts& texts, Column column, std::string_view text) {
    texts.at(static_cast<std::size_t>(column)).append(text).append(". ");
}

void add_names(Texts& texts, Column column, const model::OtherNames& names, std::string_view language) {
    for (const std::string& name : names.in(language))
        add_text(texts, column, name);
}

class TextsOf {
public:
    TextsOf(const model::Model& model, std::string language)
        : model_{model}, language_{std::move(language)} {}

    [[nodiscard]] Texts of(const model::Service& service) const {
        Texts texts;
        add_text(texts, Column::name, model::name_of(service, language_));
        add_names(texts, Column::also, service.also, language_);
        add_text(texts, Column::also, service.about.in(language_));
        for (const model::LifeEvent& event : model_.life_events)
            if (event.find(service.key) != nullptr) {
                add_text(texts, Column::event, model::name_of(event, language_));
                add_names(texts, Column::event, event.also, language_);
            }
        if (service.entity)
            if (const model::Entity* entity = model_.find(*service.entity)) {
                add_text(texts, Column::entity, model::name_of(*entity, language_));
                add_names(texts, Column::entity, entity->also, language_);
            }
        for (const model::RequiredDocument& needed : service.documents)
            if (const model::Document* document = model_.find(needed.document))
                add_text(texts, Column::document, model::name_of(*document, language_));
        for (const std::string& other : model_.languages) {
            if (other == language_) continue;
            add_text(texts, Column::foreign, model::name_of(service, other));
            add_names(texts, Column::foreign, service.also, other);
        }
        return texts;
    }

private:
    const model::Model& model_;
    std::string language_;
};

// The place of a service in the life events that need it, at its foremost.
std::size_t foremost_step(const model::Model& model, const model::ServiceKey& service) {
    std::size_t foremost = 20;
    for (const model::LifeEvent& event : model.life_events)
        for (std::size_t i = 0; i < event.steps.size(); ++i)
            if (event.steps[i].service == service) foremost = std::min(foremost, i);
    return foremost;
}

// How much the words of its life events say of a service.
double share_of_events(const model::Model& model, const model::ServiceKey& service) {
    double share = 0;
    for (const model::LifeEvent& event : model.life_events)
        if (event.find(service) != nullptr)
            share =
                std::max(share, std::min(1.0, services_at_ease / static_cast<double>(event.steps.size())));
    return share;
}

// One language: a table, the words that it knows, and the statement that asks it.
class Table {
public:
    Table(const model::Model& model, const std::string& language) : language_{language} {
        const int flags =
            SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX;
        BALCAO_CHECK(sqlite3_open_v2(":memory:", &database_, flags, nullptr) == SQLITE_OK);
        run("BEGIN");
        const TextsOf texts{model, language};
        const Words words{language};
        std::array<sqlite3_stmt*, columns> inserts{};
        for (std::size_t i = 0; i < columns; ++i) {
            const std::string table = "texts" + std::to_string(i);
            run("CREATE VIRTUAL TABLE " + table + " USING fts5(words, tokenize = 'ascii')");
            inserts.at(i) = prepared("INSERT INTO " + table + " VALUES (?)");
            asks_.at(i) =
                prepared("SELECT rowid, -bm25(" + table + ") FROM " + table + " WHERE words MATCH ?");
        }
        for (const model::Service& service : model.services) {
            shares_.push_back(share_of_events(model, service.key));
            const Texts of_service = texts.of(service);
            for (std::size_t i = 0; i < columns; ++i) {
                Vocabulary& known =
                    Column{static_cast<unsigned char>(i)} == Column::foreign ? foreign_ : own_;
                bind(inserts.at(i), 1, stems_in(words, of_service.at(i), known));
                BALCAO_CHECK(sqlite3_step(inserts.at(i)) == SQLITE_DONE);
                sqlite3_reset(inserts.at(i));
            }
        }
        for (sqlite3_stmt* insert : inserts)
            sqlite3_finalize(insert);
        run("COMMIT");
        for (const std::string_view group : everyday_words(language)) {
            std::set<std::string> stems;
            for (const Word& word : words.of(group))
                stems.insert(word.stem);
            for (const std::string& stem : stems)
                everyday_[stem].insert(stems.begin(), stems.end());
        }
    }

    ~Table() {
        for (sqlite3_stmt* ask : asks_)
            sqlite3_finalize(ask);
        sqlite3_close(database_);
    }

    Table(const Table&) = delete;
    Table& operator=(const Table&) = delete;

    // Adds to the score of each service (by its place) what the words of the sentence say for it.
    void find(std::string_view sentence, std::vector<double>& scores) {
        const std::vector<Word> words = Words{language_}.of(sentence);
        std::vector<int> matched(scores.size());
        std::set<std::string> asked;
        for (std::size_t i = 0; i < words.size(); ++i) {
            if (!asked.insert(words[i].stem).second) continue;
            const bool is_foreign = !own_.has(words[i]) && foreign_.has(words[i]);
            const Meant meant = is_foreign ? Meant{{words[i].stem}, true} : own_.meant_by(words[i]);
            std::vector<double> of_word(scores.size());
            for (const std::string& stem : meant.stems)
                ask("\"" + stem + "\"", is_foreign, of_word);
            if (!meant.is_exact)
                for (double& score : of_word)
                    score *= of_corrected;
            add_everyday(words[i], of_word);
            for (std::size_t at = 0; at < scores.size(); ++at) {
                if (of_word[at] == 0) continue;
                scores[at] += of_word[at];
                ++matched[at];
            }
            if (i + 1 < words.size() && meant.is_exact) add_pair(words[i], words[i + 1], scores);
        }
        for (std::size_t at = 0; at < scores.size(); ++at)
            scores[at] *= 1 + together * std::max(0, matched[at] - 1);
    }

private:
    void run(const std::string& sql) {
        BALCAO_CHECK(sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
    }

    sqlite3_stmt* prepared(const std::string& sql) {
        sqlite3_stmt* statement = nullptr;
        BALCAO_CHECK(sqlite3_prepare_v2(database_, sql.c_str(), -1, &statement, nullptr) == SQLITE_OK);
        return statement;
    }

    // What other everyday words for the same say, where that is more.
    void add_everyday(const Word& word, std::vector<double>& of_word) {
        const auto group = everyday_.find(word.stem);
        if (group == everyday_.end()) return;
        std::vector<double> of_others(of_word.size());
        for (const std::string& stem : group->second)
            if (stem != word.stem && own_.has({{}, stem})) ask("\"" + stem + "\"", false, of_others);
        for (std::size_t at = 0; at < of_word.size(); ++at)
            of_word[at] = std::max(of_word[at], of_others[at] * of_everyday);
    }

    // Two words that stand side by side in a text too.
    void add_pair(const Word& first, const Word& second, std::vector<double>& scores) {
        std::vector<double> of_pair(scores.size());
        ask("\"" + first.stem + " " + second.stem + "\"", false, of_pair);
        for (std::size_t at = 0; at < scores.size(); ++at)
            scores[at] += of_pair[at] * of_neighbours;
    }

    // The best that each service scores for one phrase and those before: the sum over its texts.
    void ask(const std::string& phrase, bool is_foreign, std::vector<double>& best) {
        std::vector<double> sums(best.size());
        const std::lock_guard one_at_a_time{mutex_};
        for (std::size_t i = 0; i < columns; ++i) {
            if ((Column{static_cast<unsigned char>(i)} == Column::foreign) != is_foreign) continue;
            sqlite3_stmt* ask = asks_.at(i);
            bind(ask, 1, phrase);
            while (sqlite3_step(ask) == SQLITE_ROW) {
                const auto at = static_cast<std::size_t>(sqlite3_column_int64(ask, 0) - 1);
                const double share =
                    Column{static_cast<unsigned char>(i)} == Column::event ? shares_.at(at) : 1;
                sums.at(at) += weights.at(i) * share * sqlite3_column_double(ask, 1);
            }
            sqlite3_reset(ask);
        }
        for (std::size_t at = 0; at < best.size(); ++at)
            best[at] = std::max(best[at], sums[at]);
    }

    static void bind(sqlite3_stmt* statement, int place, const std::string& text) {
        // SQLITE_TRANSIENT is a cast of -1 to a pointer.
        // NOLINTNEXTLINE(cppcoreguidelines-pro-type-cstyle-cast,performance-no-int-to-ptr)
        sqlite3_bind_text(statement, place, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
    }

    static std::string stems_in(const Words& words, const std::string& text, Vocabulary& known) {
        std::string stems;
        for (const Word& word : words.of(text)) {
            known.add(word);
            stems.append(word.stem).append(" ");
        }
        return stems;
    }

    std::string language_;
    std::vector<double> shares_;  // of its life events' words, by the place of the service
    std::map<std::string, std::set<std::string>> everyday_;  // a stem, and those that may stand for it
    Vocabulary own_;
    Vocabulary foreign_;  // of the model's other languages
    sqlite3* database_ = nullptr;
    std::array<sqlite3_stmt*, columns> asks_{};
    std::mutex mutex_;
};

}  // namespace

class Index::Tables {
public:
    explicit Tables(const model::Model& model) : languages_{model.languages} {
        for (const model::Service& service : model.services) {
            services_.push_back(service.key);
            later_.push_back(per_step * static_cast<double>(foremost_step(model, service.key)));
        }
        for (const std::string& language : languages_)
            tables_.try_emplace(language, model, language);
    }

    std::vector<Found> find(std::string_view language, std::string_view sentence, std::size_t most) {
        const auto table = tables_.find(language);
        Table& asked = table == tables_.end() ? tables_.find(languages_.front())->second : table->second;
        std::vector<double> scores(services_.size());
        asked.find(sentence, scores);
        std::vector<std::size_t> places;
        for (std::size_t at = 0; at < scores.size(); ++at)
            if (scores[at] > 0) places.push_back(at);
        std::ranges::stable_sort(places, std::greater{},
                                 [&](std::size_t at) { return scores[at] - later_[at]; });
        std::vector<Found> found;
        for (const std::size_t at : places)
            if (found.size() < most) found.push_back({services_[at], scores[at] - later_[at]});
        return found;
    }

private:
    std::vector<std::string> languages_;
    std::vector<model::ServiceKey> services_;
    std::vector<double> later_;  // what each loses for its place in life events
    std::map<std::string, Table, std::less<>> tables_;
};

Index::Index(std::unique_ptr<Tables> tables) : tables_{std::move(tables)} {}

Index::~Index() = default;
Index::Index(Index&& other) noexcept = default;
Index& Index::operator=(Index&& other) noexcept = default;

Index Index::of(const model::Model& model) { return Index{std::make_unique<Tables>(model)}; }

std::vector<Found> Index::find(std::string_view language, std::string_view sentence, std::size_t most) const {
    return tables_->find(language, sentence, most);
}

}  // namespace balcao::search
