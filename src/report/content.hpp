#pragma once
// What the report page says, as values in one language, before it is HTML: sentences, figures (each of them a
// table that may also be drawn) and sections. Made by summary.cpp, figures.cpp and compare_figures.cpp from a
// model and its results; written by page.cpp. Nothing here knows of markup, and no estimate comes without its
// interval.
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/site.hpp"
#include "report/numbers.hpp"

namespace balcao::report {

// What a cell says beside its number, so that it can have a sign and a colour.
enum class Tone : unsigned char { none, good, bad, unclear };

struct Cell {
    std::string text{};                  // as people read it, never empty
    std::optional<Estimate> estimate{};  // what is drawn; only with a half-width
    Tone tone = Tone::none;
    bool is_prose = false;  // a sentence and no number: it may be broken into lines
    std::string mark{};     // said at this point of a curve: where it breaks
};

struct Column {
    std::string heading{};
    // For the drawing. Columns of one panel share an axis; an empty panel is not drawn.
    std::string panel{};
    std::string series{};   // the column's name within its panel; may be empty
    std::string unit{};     // sim::unit_of; "points" for a difference of shares
    std::string measure{};  // sim::name_of
};

struct Line {
    std::string heading{};
    std::vector<Cell> cells{};                  // one a column
    std::optional<int> hour{};                  // when the lines are hours
    std::optional<model::Location> location{};  // when the lines are sites
    std::string unit{};                         // when each line has its own
    std::optional<double> level{};              // when the lines are the steps of a curve
    std::string tick{};                         // the step in few characters, below the curve
    // A line that stands over those after it, up to the next such line: they make a panel of their own, and
    // what its cells say is said of each column's series. Its bounds are drawn as lines.
    bool begins_group = false;
    std::optional<double> at_least{};
    std::optional<double> at_most{};
    std::string wanted{};  // the bounds in words
};

// As many as a drawing of dots shows; beyond, it says less than its table.
inline constexpr std::size_t dots_max = 40;

// How a script may draw a table; without scripts the table stands alone.
enum class Drawing : unsigned char {
    lines,        // hours along, a panel each with bands for intervals
    dots,         // lines below each other, a panel each with bars for intervals
    hours,        // columns are hours: a small panel each line, or a field of shades
    differences,  // a panel each line, scenarios below each other, zero marked
    map,          // sites at their place, size by people, shade by wait
    curves,       // a panel each group: lines are steps along, columns are series, bounds and breaks marked
    group_dots,   // a panel each group: dots as above, bounds marked
};

struct Figure {
    std::string id{};  // of letters and "-", unique in the page
    std::string title{};
    std::string lead{};         // what to see in it, a sentence or two; may be empty
    std::string row_heading{};  // what the lines are: "Hour", "Service"
    std::vector<Column> columns{};
    std::vector<Line> lines{};
    std::vector<Drawing> drawings{};
    bool is_table_open = false;  // the table says more than its drawing, and stays open below it
    std::string csv{};           // the same numbers in full, for machines
};

// One number of the summary.
struct KeyFigure {
    std::string name{};
    std::string value{};
    std::string note{};
};

struct Section {
    std::string id{};
    std::string title{};
    std::vector<std::string> paragraphs{};
    std::vector<Figure> figures{};
    std::string command{};                                     // what repeats the run
    std::vector<std::pair<std::string, std::string>> terms{};  // a word and what it means
    std::vector<std::pair<std::string, std::string>> links{};  // a title and an address
};

struct PageContent {
    std::string kicker{};  // what kind of page it is
    std::string title{};
    std::string about{};                // the model's own words; may be empty
    std::vector<std::string> answer{};  // two sentences
    std::vector<KeyFigure> key_figures{};
    std::vector<std::string> remarks{};  // what the reader must know
    std::vector<std::string> notes{};    // of the run, in English
    std::vector<Section> sections{};
};

}  // namespace balcao::report
