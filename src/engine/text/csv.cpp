#include "text/csv.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "base/check.hpp"
#include "base/utf8.hpp"
#include "text/file.hpp"
#include "text/near.hpp"
#include "text/number.hpp"

namespace balcao::text {

// Walks over the content once. Quoted fields with doubled quotes are closed up in place, so that every field
// is a stretch of the content.
class CsvParser {
public:
    CsvParser(std::string content, std::string name) {
        table_.content_ = std::move(content);
        table_.name_ = std::move(name);
    }

    Result<CsvTable> parse() {
        if (table_.content_.size() > std::numeric_limits<std::uint32_t>::max())
            return Error{Errc::invalid, fmt::format("{}: larger than 4 GiB; split it", table_.name_)};
        if (const auto wrong = find_invalid_utf8(table_.content_)) return not_utf8(*wrong);
        if (table_.content_.starts_with("\xEF\xBB\xBF")) at_ = 3;
        find_separator();
        if (auto header = parse_header(); !header) return header.error();
        const std::size_t width = table_.columns_.size();
        while (skip_empty_lines()) {
            table_.lines_.push_back(line_);
            const std::size_t before = table_.fields_.size();
            if (auto row = parse_row(); !row) return row.error();
            const std::size_t found = table_.fields_.size() - before;
            if (found != width)
                return mistake(table_.lines_.back(),
                               fmt::format("{} fields, but the header has {}", found, width));
        }
        return std::move(table_);
    }

private:
    [[nodiscard]] bool is_end() const { return at_ == table_.content_.size(); }

    [[nodiscard]] char here() const { return table_.content_[at_]; }

    [[nodiscard]] bool is_line_end() const {
        return is_end() || here() == '\n' || (here() == '\r' && table_.content_.compare(at_, 2, "\r\n") == 0);
    }

    void take_line_end() {
        if (is_end()) return;
        at_ += here() == '\r' ? 2 : 1;
        ++line_;
    }

    // False at the end of the content.
    bool skip_empty_lines() {
        while (!is_end() && is_line_end())
            take_line_end();
        return !is_end();
    }

    void find_separator() {
        const std::string_view rest = std::string_view{table_.content_}.substr(at_);
        const std::string_view first = rest.substr(rest.find_first_not_of("\r\n") == std::string_view::npos
                                                       ? rest.size()
                                                       : rest.find_first_not_of("\r\n"));
        const std::string_view header = first.substr(0, first.find('\n'));
        separator_ = std::ranges::count(header, ';') > std::ranges::count(header, ',') ? ';' : ',';
    }

    Result<void> parse_header() {
        if (!skip_empty_lines())
            return Error{Errc::invalid, fmt::format("{}: empty; a header row was expected", table_.name_)};
        const std::uint32_t line = line_;
        if (auto row = parse_row(); !row) return row;
        for (const auto field : std::exchange(table_.fields_, {})) {
            std::string column = table_.content_.substr(field.begin, field.length);
            if (std::ranges::find(table_.columns_, column) != table_.columns_.end())
                return mistake(line, fmt::format("the column '{}' stands twice in the header", column));
            table_.columns_.push_back(std::move(column));
        }
        return {};
    }

    Result<void> parse_row() {
        for (;;) {
            if (!is_end() && here() == '"') {
                if (auto field = parse_quoted(); !field) return field;
            } else {
                parse_plain();
            }
            if (is_line_end()) {
                take_line_end();
                return {};
            }
            ++at_;  // the separator
        }
    }

    void parse_plain() {
        const std::size_t begin = at_;
        while (!is_line_end() && here() != separator_)
            ++at_;
        add(begin, at_);
    }

    Result<void> parse_quoted() {
        std::string& content = table_.content_;
        const std::uint32_t opened_on = line_;
        const std::size_t begin = ++at_;
        std::size_t end = begin;
        for (;; ++at_) {
            if (is_end()) return mistake(opened_on, "a quote is opened and never closed");
            if (here() == '"') {
                ++at_;
                if (is_end() || here() != '"') break;
            }
            if (here() == '\n') ++line_;
            content[end++] = here();
        }
        if (!is_line_end() && here() != separator_)
            return mistake(line_, "text after a closing quote; a quote inside a field is written twice");
        add(begin, end);
        return {};
    }

    void add(std::size_t begin, std::size_t end) {
        table_.fields_.push_back(
            {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end - begin)});
    }

    [[nodiscard]] Error mistake(std::uint32_t line, std::string_view what) const {
        return {Errc::invalid, fmt::format("{}:{}: {}", table_.name_, line, what)};
    }

    [[nodiscard]] Error not_utf8(std::size_t offset) const {
        const auto before = std::string_view{table_.content_}.substr(0, offset);
        const auto line = static_cast<std::uint32_t>(std::ranges::count(before, '\n') + 1);
        return mistake(line, "not UTF-8; save the file as UTF-8");
    }

    CsvTable table_;
    std::size_t at_ = 0;
    std::uint32_t line_ = 1;
    char separator_ = ',';
};

Result<CsvTable> CsvTable::parse(std::string content, std::string name) {
    return CsvParser{std::move(content), std::move(name)}.parse();
}

Result<CsvTable> CsvTable::read(const std::filesystem::path& path) {
    BALCAO_TRY(std::string content, read_file(path));
    return parse(std::move(content), path.native());
}

std::optional<std::size_t> CsvTable::find_column(std::string_view column) const {
    const auto found = std::ranges::find(columns_, column);
    if (found == columns_.end()) return std::nullopt;
    return static_cast<std::size_t>(found - columns_.begin());
}

Result<std::size_t> CsvTable::column(std::string_view column) const {
    if (const auto found = find_column(column)) return *found;
    const auto near = near_miss(column, columns_);
    const std::string hint = near ? fmt::format("did you mean '{}'?", *near)
                                  : fmt::format("there are: {}", fmt::join(columns_, ", "));
    return Error{Errc::invalid, fmt::format("{}: no column '{}'; {}", name_, column, hint),
                 std::string{column}};
}

Error CsvTable::mistake(std::size_t row, std::size_t column, std::string_view what) const {
    return {Errc::invalid,
            fmt::format("{}:{}: {}: '{}' {}", name_, line(row), columns_[column], field(row, column), what),
            columns_[column]};
}

Result<double> CsvTable::number(std::size_t row, std::size_t column) const {
    if (const auto value = parse_number(field(row, column))) return *value;
    return mistake(row, column, "is not a number");
}

Result<std::int64_t> CsvTable::whole_number(std::size_t row, std::size_t column) const {
    if (const auto value = parse_whole_number(field(row, column))) return *value;
    return mistake(row, column, "is not a whole number");
}

Result<Date> CsvTable::date(std::size_t row, std::size_t column) const {
    if (const auto value = parse_date(field(row, column))) return *value;
    return mistake(row, column, "is not a date (2026-01-05)");
}

CsvWriter& CsvWriter::field(std::string_view text) {
    if (is_row_begun_) out_ += separator_;
    is_row_begun_ = true;
    const bool needs_quotes = text.find_first_of("\"\r\n") != std::string_view::npos ||
                              text.find(separator_) != std::string_view::npos || text.starts_with(' ') ||
                              text.ends_with(' ');
    if (!needs_quotes) {
        out_ += text;
        return *this;
    }
    out_ += '"';
    for (const char c : text) {
        if (c == '"') out_ += '"';
        out_ += c;
    }
    out_ += '"';
    return *this;
}

CsvWriter& CsvWriter::field(double number) {
    return std::isfinite(number) ? field(std::string_view{format_shortest(number)}) : empty_field();
}

CsvWriter& CsvWriter::field(std::int64_t number) {
    return field(std::string_view{fmt::format_int{number}.c_str()});
}

void CsvWriter::end_row() {
    BALCAO_CHECK(is_row_begun_);
    out_ += '\n';
    is_row_begun_ = false;
}

void CsvWriter::row(std::initializer_list<std::string_view> texts) {
    for (const std::string_view text : texts)
        field(text);
    end_row();
}

}  // namespace balcao::text
