#include "report/page.hpp"

#include <algorithm>

#include "html/html.hpp"
#include "report/assets.hpp"
#include "report/json.hpp"

namespace balcao::report {

namespace {

using html::Content;
using html::Url;
using html::with;

const char* name_of(Drawing drawing) {
    switch (drawing) {
        case Drawing::lines:
            return "lines";
        case Drawing::dots:
            return "dots";
        case Drawing::hours:
            return "hours";
        case Drawing::differences:
            return "differences";
        case Drawing::curves:
            return "curves";
        case Drawing::group_dots:
            return "group-dots";
        case Drawing::map:
            break;
    }
    return "map";
}

const char* name_of(Tone tone) {
    switch (tone) {
        case Tone::good:
            return "good";
        case Tone::bad:
            return "bad";
        case Tone::unclear:
            return "unclear";
        case Tone::none:
            break;
    }
    return "";
}

// One language of the page.
class Article {
public:
    Article(const Page& page, const Words& words)
        : page_{page},
          words_{words},
          content_{page.contents.at(static_cast<std::size_t>(words.language()))} {}

    void write(Content& main) const {
        const std::string_view code = words_.code();
        main.element<"article">(
            {with<"id">(code), with<"lang">(code), with<"data-in">(code), with<"tabindex">("-1")},
            [&](Content& article) {
                write_head(article);
                write_contents(article);
                for (const Section& section : content_.sections)
                    write_section(article, section);
                article.element<"footer">([&](Content& foot) {
                    foot.element<"p">(
                        words_("This page holds all it needs: it asks nothing of the network and keeps "
                               "nothing of its reader."));
                });
            });
    }

private:
    [[nodiscard]] std::string id(const std::string& name) const {
        return std::string{words_.code()} + "-" + name;
    }

    void write_head(Content& article) const {
        article.element<"section">(
            {with<"class">("answer"), with<"aria-labelledby">(id("title"))}, [&](Content& head) {
                head.element<"p">({with<"class">("kicker")}, content_.kicker);
                head.element<"h1">({with<"id">(id("title"))}, content_.title);
                if (!content_.about.empty()) head.element<"p">({with<"class">("about")}, content_.about);
                head.element<"div">({with<"class">("sentences")}, [&](Content& box) {
                    for (const std::string& sentence : content_.answer)
                        box.element<"p">(sentence);
                });
                if (!content_.key_figures.empty()) write_key_figures(head);
                for (const std::string& remark : content_.remarks)
                    head.element<"p">({with<"class">("remark")}, remark);
                for (const std::string& note : content_.notes)
                    head.element<"p">({with<"class">("remark"), with<"lang">("en")}, note);
            });
        article.text("\n");
    }

    void write_key_figures(Content& head) const {
        head.element<"dl">({with<"class">("key-figures")}, [&](Content& list) {
            for (const KeyFigure& figure : content_.key_figures)
                list.element<"div">([&](Content& box) {
                    box.element<"dt">(figure.name);
                    box.element<"dd">([&](Content& value) {
                        value.element<"strong">(figure.value);
                        if (!figure.note.empty()) value.text(" ").element<"small">(figure.note);
                    });
                });
        });
    }

    void write_contents(Content& article) const {
        article.element<"nav">({with<"aria-label">(words_("On this page"))}, [&](Content& nav) {
            nav.element<"ul">([&](Content& list) {
                for (const Section& section : content_.sections)
                    list.element<"li">([&](Content& item) {
                        item.element<"a">({with<"href">(Url::fragment(id(section.id)))}, section.title);
                    });
            });
        });
        article.text("\n");
    }

    void write_section(Content& article, const Section& section) const {
        const std::string title_id = id(section.id);
        article.element<"section">({with<"aria-labelledby">(title_id)}, [&](Content& box) {
            box.element<"h2">({with<"id">(title_id)}, section.title);
            for (const std::string& paragraph : section.paragraphs)
                box.element<"p">(paragraph);
            if (!section.command.empty())
                box.element<"pre">(
                    {with<"tabindex">("0"), with<"role">("region"), with<"aria-label">(words_("Command"))},
                    [&](Content& pre) { pre.element<"code">(section.command); });
            write_terms(box, section);
            write_links(box, section);
            for (const Figure& figure : section.figures)
                write_figure(box, figure);
        });
        article.text("\n");
    }

    static void write_terms(Content& box, const Section& section) {
        if (section.terms.empty()) return;
        box.element<"dl">({with<"class">("terms")}, [&](Content& list) {
            for (const auto& [term, meaning] : section.terms) {
                list.element<"dt">(term);
                list.element<"dd">(meaning);
            }
        });
    }

    void write_links(Content& box, const Section& section) const {
        if (section.links.empty()) return;
        box.element<"h3">(words_("Sources of the model"));
        box.element<"ul">([&](Content& list) {
            for (const auto& [title, address] : section.links)
                write_link(list, title, address);
        });
    }

    static void write_link(Content& list, const std::string& title, const std::string& address) {
        list.element<"li">([&](Content& item) {
            if (const std::optional<Url> url = Url::web(address))
                item.element<"a">({with<"href">(*url), with<"rel">("noreferrer")}, title);
            else
                item.text(title);
        });
    }

    void write_figure(Content& box, const Figure& figure) const {
        const std::string title_id = id(figure.id + "-title");
        box.element<"figure">(
            {with<"id">(id(figure.id)), with<"aria-labelledby">(title_id)}, [&](Content& at) {
                at.element<"figcaption">([&](Content& caption) {
                    caption.element<"h3">({with<"id">(title_id)}, figure.title);
                    if (!figure.lead.empty()) caption.element<"p">(figure.lead);
                });
                const std::string label = figure.title + ". " + figure.lead +
                                          (figure.lead.empty() ? "" : " ") +
                                          words_("The table below has the numbers.");
                for (const Drawing drawing : figure.drawings)
                    at.element<"div">({with<"class">("plot"), with<"role">("img"), with<"aria-label">(label),
                                       with<"data-drawing">(name_of(drawing)),
                                       with<"data-spans">(words_("the interval spans more than one shade")),
                                       with<"data-most">(dots_max), with<"hidden">()},
                                      "");
                if (figure.drawings.empty())
                    write_table(at, figure);
                else
                    at.element<"details">(
                        {with<"open">(), when(figure.is_table_open, with<"data-stays">())},
                        [&](Content& details) {
                            details.element<"summary">(words_("Table: {title}", {{"title", figure.title}}));
                            write_table(details, figure);
                        });
                at.element<"p">({with<"class">("download")}, [&](Content& line) {
                    line.element<"a">({with<"href">(Url::data<"text/csv;charset=utf-8">(figure.csv)),
                                       with<"download">(page_.file_name + "-" + figure.id + ".csv")},
                                      words_("Download as CSV: {title}", {{"title", figure.title}}));
                });
            });
        box.text("\n");
    }

    void write_table(Content& details, const Figure& figure) const {
        const std::string caption_id = id(figure.id + "-caption");
        details.element<"div">({with<"class">("scroll"), with<"role">("region"),
                                with<"aria-labelledby">(caption_id), with<"tabindex">("0")},
                               [&](Content& scroll) {
                                   scroll.element<"table">([&](Content& table) {
                                       table.element<"caption">(
                                           {with<"id">(caption_id)},
                                           words_("{title} (± is the interval)", {{"title", figure.title}}));
                                       write_rows(table, figure);
                                   });
                               });
    }

    void write_rows(Content& table, const Figure& figure) const {
        table.element<"thead">([&](Content& head) {
            head.element<"tr">([&](Content& row) {
                row.element<"th">({with<"scope">("col")}, figure.row_heading);
                for (const Column& column : figure.columns)
                    write_column(row, figure, column);
            });
        });
        for (std::size_t from = 0; from < figure.lines.size();) {
            std::size_t to = from + 1;
            while (to < figure.lines.size() && !figure.lines[to].begins_group)
                ++to;
            write_body(table, figure, from, to);
            from = to;
        }
    }

    // The lines of one group, or all where there are no groups.
    static void write_body(Content& table, const Figure& figure, std::size_t from, std::size_t to) {
        const Line& first = figure.lines[from];
        table.element<"tbody">(
            {when(first.begins_group, with<"data-group">(first.heading)),
             when(first.at_least.has_value(), with<"data-at-least">(rounded(first.at_least.value_or(0)))),
             when(first.at_most.has_value(), with<"data-at-most">(rounded(first.at_most.value_or(0)))),
             when(!first.wanted.empty(), with<"data-wanted">(first.wanted))},
            [&](Content& body) {
                for (std::size_t i = from; i < to; ++i) {
                    body.element<"tr">([&](Content& row) {
                        write_line_heading(row, figure, figure.lines[i]);
                        for (const Cell& cell : figure.lines[i].cells)
                            write_cell(row, cell);
                    });
                    body.text("\n");
                }
            });
    }

    // What the drawing of a column's panel leaves out, in words; empty when nothing.
    [[nodiscard]] std::string cut_text(const Figure& figure, const Column& column) const {
        if (column.panel.empty() || !holds_dots(figure)) return {};
        std::size_t all = 0;
        for (std::size_t i = 0; i < figure.columns.size(); ++i)
            if (figure.columns[i].panel == column.panel)
                for (const Line& line : figure.lines)
                    if (i < line.cells.size() && line.cells[i].estimate) ++all;
        if (all <= dots_max) return {};
        return words_("{shown} of {all} shown; all in the table",
                      {{"shown", std::to_string(dots_max)}, {"all", std::to_string(all)}});
    }

    static bool holds_dots(const Figure& figure) {
        return std::find(figure.drawings.begin(), figure.drawings.end(), Drawing::dots) !=
               figure.drawings.end();
    }

    void write_column(Content& row, const Figure& figure, const Column& column) const {
        const std::string cut = cut_text(figure, column);
        const auto place = static_cast<std::size_t>(&column - figure.columns.data());
        const bool is_prose = std::any_of(figure.lines.begin(), figure.lines.end(), [&](const Line& line) {
            return place < line.cells.size() && line.cells[place].is_prose;
        });
        row.element<"th">({with<"scope">("col"), when(is_prose, with<"class">("prose")),
                           when(!column.panel.empty(), with<"data-panel">(column.panel)),
                           when(!cut.empty(), with<"data-cut">(cut)),
                           when(!column.series.empty(), with<"data-series">(column.series)),
                           when(!column.unit.empty(), with<"data-unit">(column.unit)),
                           when(!column.measure.empty(), with<"data-measure">(column.measure))},
                          column.heading);
    }

    static void write_line_heading(Content& row, const Figure& figure, const Line& line) {
        const model::Location place = line.location.value_or(model::Location{});
        row.element<"th">({with<"scope">(line.begins_group ? "rowgroup" : "row"),
                           when(line.cells.empty(), with<"colspan">(figure.columns.size() + 1)),
                           when(line.level.has_value(), with<"data-level">(rounded(line.level.value_or(0)))),
                           when(!line.tick.empty(), with<"data-tick">(line.tick)),
                           when(line.hour.has_value(), with<"data-hour">(line.hour.value_or(0))),
                           when(line.location.has_value(), with<"data-latitude">(rounded(place.latitude))),
                           when(line.location.has_value(), with<"data-longitude">(rounded(place.longitude))),
                           when(!line.unit.empty(), with<"data-unit">(line.unit))},
                          line.heading);
    }

    static void write_cell(Content& row, const Cell& cell) {
        const bool is_drawn = cell.estimate && cell.estimate->half_width;
        const double mean = is_drawn ? rounded(cell.estimate->mean) : 0;
        const double half_width = is_drawn ? rounded(*cell.estimate->half_width) : 0;
        row.element<"td">(
            {when(cell.tone != Tone::none, with<"class">(name_of(cell.tone))),
             when(cell.is_prose && cell.tone == Tone::none, with<"class">("prose")),
             when(!cell.mark.empty(), with<"data-mark">(cell.mark)), when(is_drawn, with<"data-mean">(mean)),
             when(is_drawn, with<"data-half-width">(half_width))},
            cell.text);
    }

    const Page& page_;
    const Words& words_;
    const PageContent& content_;
};

void write_top(Content& body, const Page& page, const std::array<Words, 3>& words) {
    body.element<"header">({with<"class">("top")}, [&](Content& top) {
        for (const Words& in : words)
            top.element<"a">({with<"class">("skip"), with<"href">(Url::fragment(in.code())),
                              with<"lang">(in.code()), with<"data-in">(in.code())},
                             in("Skip to the content"));
        top.element<"p">({with<"class">("brand"), with<"lang">("pt")}, "Balcão");
        top.element<"fieldset">({with<"class">("languages")}, [&](Content& choice) {
            choice.element<"legend">("Língua · Language · Idioma");
            for (const Language language : languages) {
                const std::string id = "language-" + std::string{code_of(language)};
                choice.element<"span">([&](Content& pair) {
                    pair.empty<"input">({with<"type">("radio"), with<"name">("language"), with<"id">(id),
                                         with<"value">(code_of(language)), with<"autocomplete">("off"),
                                         when(language == page.first, with<"checked">())});
                    pair.element<"label">({with<"for">(id), with<"lang">(code_of(language))},
                                          own_name_of(language));
                });
            }
        });
    });
}

}  // namespace

std::string html_of(const Page& page) {
    const std::array<Words, 3> words{Words{languages[0]}, Words{languages[1]}, Words{languages[2]}};
    const std::string title = page.contents.at(static_cast<std::size_t>(page.first)).title + " · Balcão";
    html::Html made = html::document(
        {.language = code_of(page.first),
         .title = title,
         .security_policy =
             "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"},
        [](Content& head) {
            head.empty<"meta">({with<"name">("color-scheme"), with<"content">("light dark")});
            head.style_sheet(html::Trusted::built_in<page_style>());
        },
        [&](Content& body) {
            write_top(body, page, words);
            body.element<"main">([&](Content& main) {
                for (const Words& in : words)
                    Article{page, in}.write(main);
            });
            if (!page_script().empty()) body.script(html::Trusted::built_in<page_script>());
        });
    return std::move(made).text() + "\n";
}

}  // namespace balcao::report
