#pragma once
// Tables in CSV (RFC 4180), in and out: a header row, columns by name, every mistake with file and line. Used
// for open data, logs and results; it holds the whole table in memory (a text and eight bytes a field) and
// guesses no types.
#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/civil.hpp"
#include "base/result.hpp"

namespace balcao::text {

// A table whose rows all have as many fields as its header. Rows and columns count from 0, lines from 1.
class CsvTable {
public:
    // Comma or semicolon, whichever the header has more of; CRLF or LF; a byte-order mark is skipped, and so
    // are empty lines. Errors (invalid) name the line: not UTF-8, an unterminated quote, too few or too many
    // fields, a column twice, no header. `name` stands for the file in messages.
    static Result<CsvTable> parse(std::string content, std::string name);
    // The same from a file, packed with gzip or not (read_file).
    static Result<CsvTable> read(const std::filesystem::path& path);

    [[nodiscard]] const std::string& name() const { return name_; }

    [[nodiscard]] const std::vector<std::string>& columns() const { return columns_; }

    [[nodiscard]] std::size_t row_count() const { return lines_.size(); }

    [[nodiscard]] std::optional<std::size_t> find_column(std::string_view column) const;
    // The same, with an error (invalid) that names the nearest one or all that are there.
    [[nodiscard]] Result<std::size_t> column(std::string_view column) const;

    // A view into the table; it lives as long as the table is neither moved nor destroyed.
    [[nodiscard]] std::string_view field(std::size_t row, std::size_t column) const {
        const Field& found = fields_[row * columns_.size() + column];
        return {content_.data() + found.begin, found.length};
    }

    // The line on which the row begins.
    [[nodiscard]] std::size_t line(std::size_t row) const { return lines_[row]; }

    // A field as what it must be; the error (invalid) is that of `mistake`. An empty field is a mistake.
    [[nodiscard]] Result<double> number(std::size_t row, std::size_t column) const;
    [[nodiscard]] Result<std::int64_t> whole_number(std::size_t row, std::size_t column) const;
    [[nodiscard]] Result<Date> date(std::size_t row, std::size_t column) const;

    // "tickets.csv:12: served: 'x' is not a number": `what` follows the value.
    [[nodiscard]] Error mistake(std::size_t row, std::size_t column, std::string_view what) const;

private:
    // Offsets, not views: they stay right when the table moves.
    struct Field {
        std::uint32_t begin = 0;
        std::uint32_t length = 0;
    };

    friend class CsvParser;
    CsvTable() = default;

    std::string name_;
    std::string content_;
    std::vector<std::string> columns_;
    std::vector<Field> fields_;
    std::vector<std::uint32_t> lines_;
};

// Appends rows to a text that it does not own. Fields are quoted where they must be; lines end with LF;
// numbers have a decimal point and their shortest form, whatever the reader's language.
class CsvWriter {
public:
    explicit CsvWriter(std::string& out, char separator = ',') : out_{out}, separator_{separator} {}

    CsvWriter& field(std::string_view text);

    CsvWriter& field(const char* text) { return field(std::string_view{text}); }

    // Infinite and not-a-number are written as empty fields, as nothing is known there.
    CsvWriter& field(double number);
    CsvWriter& field(std::int64_t number);

    CsvWriter& field(int number) { return field(std::int64_t{number}); }

    CsvWriter& empty_field() { return field(std::string_view{}); }

    void end_row();
    // Texts only, and the end of the row.
    void row(std::initializer_list<std::string_view> texts);

private:
    std::string& out_;
    char separator_;
    bool is_row_begun_ = false;
};

}  // namespace balcao::text
