#include "text/yaml.hpp"

#include <algorithm>
#include <map>
#include <unordered_set>
#include <utility>
#include <yaml.h>

#include <fmt/format.h>

namespace balcao::text {
namespace {

// libyaml's words, and ours for people who have never heard of "block mappings".
struct Wording {
    std::string_view theirs;
    std::string_view ours;
};

constexpr Wording wordings[] = {
    {"did not find expected key",
     "expected a key of the map here: is the line indented as the one above it?"},
    {"did not find expected '-' indicator", "expected an item of the list, beginning with \"- \""},
    {"did not find expected ',' or '}'", "expected \",\" or \"}\" after an entry of the map in braces"},
    {"did not find expected ',' or ']'", "expected \",\" or \"]\" after an item of the list in brackets"},
    {"did not find expected node content", "expected a value here"},
    {"did not find expected <document start>", "expected the end of the file: more follows after the model"},
    {"found unexpected end of stream", "the file ends inside quotes: expected the closing quote"},
    {"found unexpected document indicator", "\"---\" or \"...\" inside quotes: expected the closing quote"},
    {"mapping values are not allowed in this context",
     "a \": \" is not allowed here: put the text in quotes, or "
     "begin the key on a line of its own"},
    {"block sequence entries are not allowed in this context", "a list item (\"- \") is not allowed here"},
    {"could not find expected ':'", "expected \": \" after the key"},
    {"found character that cannot start any token",
     "this character cannot begin a value: put the text in quotes, "
     "and indent with spaces, never tabs"},
    {"found a tab character that violates indentation", "indented with a tab: indent with spaces"},
    {"found unknown escape character", "unknown escape after \"\\\" in double quotes"},
    {"found undefined tag handle", "tags (\"!\") have no meaning here"},
    {"did not find expected tag URI", "tags (\"!\") have no meaning here"},
    {"did not find expected alphabetic or numeric character",
     "expected a name after \"*\" or \"&\": put a text "
     "that begins so in quotes"},
    {"control characters are not allowed", "a control character is not allowed"},
    {"invalid leading UTF-8 octet", "not UTF-8 text: save the file as UTF-8"},
    {"invalid trailing UTF-8 octet", "not UTF-8 text: save the file as UTF-8"},
    {"incomplete UTF-8 octet sequence", "not UTF-8 text: save the file as UTF-8"},
    {"invalid Unicode character", "not UTF-8 text: save the file as UTF-8"},
    {"invalid length of a UTF-8 sequence", "not UTF-8 text: save the file as UTF-8"},
};

std::string in_our_words(const char* problem) {
    if (problem == nullptr) return "the file cannot be read as YAML";
    for (const auto& [theirs, ours] : wordings)
        if (theirs == problem) return std::string{ours};
    return fmt::format("the file cannot be read as YAML: {}", problem);
}

std::size_t count_nodes(const Yaml& node) {
    std::size_t count = 1;
    for (const Yaml& item : node.items)
        count += count_nodes(item);
    for (const YamlEntry& entry : node.entries)
        count += count_nodes(entry.value);
    return count;
}

// A map or list that is still open while events come in.
struct Open {
    Yaml node{};
    std::string anchor{};
    std::optional<std::pair<std::string, YamlMark>> key{};  // of a map: read, its value still due
    bool key_is_wrong = false;                              // its value is read and dropped
    std::unordered_set<std::string> keys{};                 // of a map
};

class Builder {
public:
    Builder(std::string file, const YamlLimits& limits)
        : file_{std::make_shared<const std::string>(std::move(file))}, limits_{limits} {}

    Builder(const Builder&) = delete;
    Builder& operator=(const Builder&) = delete;
    Builder(Builder&&) = delete;
    Builder& operator=(Builder&&) = delete;

    ~Builder() { yaml_parser_delete(&parser_); }

    YamlDocument build(std::string_view content) {
        if (yaml_parser_initialize(&parser_) == 0) {
            fail({}, "there is not enough memory to read the file");
            return std::move(document_);
        }
        yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
        yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(content.data()),
                                     content.size());
        while (!done_) {
            yaml_event_t event;
            if (yaml_parser_parse(&parser_, &event) == 0) {
                fail_by_syntax(content);
                break;
            }
            take(event);
            yaml_event_delete(&event);
        }
        if (failed_)
            document_.root.reset();
        else if (!document_.root)
            document_.root = Yaml::of(Yaml::Kind::null, mark_at(1, 1));
        return std::move(document_);
    }

private:
    [[nodiscard]] YamlMark mark_at(int line, int column) const { return {file_, line, column, line, column}; }

    [[nodiscard]] YamlMark mark_of(const yaml_event_t& event) const {
        return {file_, static_cast<int>(event.start_mark.line) + 1,
                static_cast<int>(event.start_mark.column) + 1, static_cast<int>(event.end_mark.line) + 1,
                static_cast<int>(event.end_mark.column) + 1};
    }

    void fail(YamlMark mark, std::string what) {
        if (!mark.file) mark.file = file_;
        document_.problems.push_back({std::move(mark), std::move(what)});
        failed_ = true;
        done_ = true;
    }

    void complain(const YamlMark& mark, std::string what) {
        if (document_.problems.size() < 1000) document_.problems.push_back({mark, std::move(what)});
    }

    void fail_by_syntax(std::string_view content) {
        if (parser_.error == YAML_READER_ERROR) {  // has an offset in bytes only
            const auto before = content.substr(0, std::min(parser_.problem_offset, content.size()));
            const auto line = std::count(before.begin(), before.end(), '\n') + 1;
            const auto begin = before.rfind('\n');
            const auto column = before.size() - (begin == std::string_view::npos ? 0 : begin + 1) + 1;
            fail(mark_at(static_cast<int>(line), static_cast<int>(column)), in_our_words(parser_.problem));
            return;
        }
        YamlMark mark = mark_at(static_cast<int>(parser_.problem_mark.line) + 1,
                                static_cast<int>(parser_.problem_mark.column) + 1);
        std::string what = in_our_words(parser_.problem);
        if (parser_.context != nullptr && parser_.context_mark.line != parser_.problem_mark.line)
            what += fmt::format(" (in what begins in line {}, column {})", parser_.context_mark.line + 1,
                                parser_.context_mark.column + 1);
        fail(std::move(mark), std::move(what));
    }

    void take(const yaml_event_t& event) {
        switch (event.type) {
            case YAML_DOCUMENT_START_EVENT:
                if (document_.root) fail(mark_of(event), "a second document begins here: one file holds one");
                break;
            case YAML_STREAM_END_EVENT:
                done_ = true;
                break;
            case YAML_SCALAR_EVENT:
                take_scalar(event);
                break;
            case YAML_ALIAS_EVENT:
                take_alias(event);
                break;
            case YAML_SEQUENCE_START_EVENT:
                open(event, Yaml::Kind::sequence, event.data.sequence_start.anchor,
                     event.data.sequence_start.tag);
                break;
            case YAML_MAPPING_START_EVENT:
                open(event, Yaml::Kind::map, event.data.mapping_start.anchor, event.data.mapping_start.tag);
                break;
            case YAML_SEQUENCE_END_EVENT:
            case YAML_MAPPING_END_EVENT:
                close(event);
                break;
            default:
                break;
        }
    }

    void refuse_tag(const yaml_event_t& event, const unsigned char* tag) {
        if (tag != nullptr)
            complain(mark_of(event),
                     "tags (\"!\") have no meaning here: put a text that begins so in quotes");
    }

    void take_scalar(const yaml_event_t& event) {
        const auto& data = event.data.scalar;
        Yaml node = Yaml::of(Yaml::Kind::null, mark_of(event));
        node.scalar.assign(reinterpret_cast<const char*>(data.value), data.length);
        node.quoted = data.style != YAML_PLAIN_SCALAR_STYLE;
        const bool is_nothing = !node.quoted && (node.scalar.empty() || node.scalar == "~");
        node.kind = is_nothing ? Yaml::Kind::null : Yaml::Kind::scalar;
        if (is_nothing) node.scalar.clear();
        refuse_tag(event, data.tag);
        if (takes_key()) {
            take_key(std::move(node));
            return;
        }
        finish(std::move(node), data.anchor);
    }

    void take_alias(const yaml_event_t& event) {
        const std::string name = reinterpret_cast<const char*>(event.data.alias.anchor);
        const YamlMark mark = mark_of(event);
        const auto found = anchors_.find(name);
        if (found == anchors_.end()) {
            fail(mark, fmt::format("*{} repeats a value that no &{} above has named", name, name));
            return;
        }
        copied_ += count_nodes(found->second);
        nodes_ += count_nodes(found->second);
        if (copied_ > limits_.copied_nodes_max) {
            fail(mark, "too much is repeated by \"*\" names");
            return;
        }
        Yaml copy = found->second;
        if (takes_key()) {
            take_key(std::move(copy));
            return;
        }
        finish(std::move(copy), nullptr);
    }

    [[nodiscard]] bool takes_key() const {
        return !open_.empty() && open_.back().node.is_map() && !open_.back().key;
    }

    void take_key(Yaml node) {
        Open& map = open_.back();
        map.key_is_wrong = false;
        if (node.is_map() || node.is_sequence()) {
            fail(node.mark, "a key must be a text of one line: close the braces, or put the text in quotes");
            return;
        }
        if (node.is_null()) {
            complain(node.mark, "a key is missing before the \":\"");
            map.key_is_wrong = true;
        } else if (!map.keys.insert(node.scalar).second) {
            const YamlMark first = map.node.find_entry(node.scalar)->key_mark;
            complain(node.mark, fmt::format("the key {} is given twice; first in line {}, column {}",
                                            quote_yaml(node.scalar), first.line, first.column));
            map.key_is_wrong = true;
        }
        map.key.emplace(std::move(node.scalar), std::move(node.mark));
    }

    void open(const yaml_event_t& event,
              Yaml::Kind kind,
              const unsigned char* anchor,
              const unsigned char* tag) {
        refuse_tag(event, tag);
        if (static_cast<int>(open_.size()) >= limits_.depth_max) {
            fail(mark_of(event), fmt::format("nested deeper than {} levels", limits_.depth_max));
            return;
        }
        if (takes_key()) {
            take_key(Yaml::of(kind, mark_of(event)));
            return;
        }
        Open next;
        next.node = Yaml::of(kind, mark_of(event));
        if (anchor != nullptr) next.anchor = reinterpret_cast<const char*>(anchor);
        open_.push_back(std::move(next));
    }

    void close(const yaml_event_t& event) {
        Open done = std::move(open_.back());
        open_.pop_back();
        done.node.mark.end_line = static_cast<int>(event.end_mark.line) + 1;
        done.node.mark.end_column = static_cast<int>(event.end_mark.column) + 1;
        const auto* anchor =
            done.anchor.empty() ? nullptr : reinterpret_cast<const unsigned char*>(done.anchor.c_str());
        finish(std::move(done.node), anchor);
    }

    // A node is complete: it goes into the map or list around it.
    void finish(Yaml node, const unsigned char* anchor) {
        if (++nodes_ > limits_.nodes_max) {
            fail(node.mark, "the file holds too much");
            return;
        }
        if (anchor != nullptr) {
            copied_ += count_nodes(node);
            if (copied_ > limits_.copied_nodes_max) {
                fail(node.mark, "too much is named by \"&\"");
                return;
            }
            anchors_[reinterpret_cast<const char*>(anchor)] = node;
        }
        if (open_.empty()) {
            document_.root = std::move(node);
            return;
        }
        Open& outer = open_.back();
        if (outer.node.is_sequence()) {
            outer.node.items.push_back(std::move(node));
            return;
        }
        if (!outer.key_is_wrong)
            outer.node.entries.push_back(
                {std::move(outer.key->first), std::move(outer.key->second), std::move(node)});
        outer.key.reset();
    }

    std::shared_ptr<const std::string> file_;
    YamlLimits limits_;
    yaml_parser_t parser_{};
    YamlDocument document_;
    std::vector<Open> open_;
    std::map<std::string, Yaml> anchors_;
    std::size_t nodes_ = 0;
    std::size_t copied_ = 0;
    bool failed_ = false;
    bool done_ = false;
};

}  // namespace

const YamlEntry* Yaml::find_entry(std::string_view key) const {
    for (const YamlEntry& entry : entries)
        if (entry.key == key) return &entry;
    return nullptr;
}

const Yaml* Yaml::find(std::string_view key) const {
    const YamlEntry* entry = find_entry(key);
    return entry == nullptr ? nullptr : &entry->value;
}

Yaml* Yaml::find(std::string_view key) {
    for (YamlEntry& entry : entries)
        if (entry.key == key) return &entry.value;
    return nullptr;
}

Yaml Yaml::of(Kind kind, YamlMark mark) {
    Yaml node;
    node.kind = kind;
    node.mark = std::move(mark);
    return node;
}

Yaml Yaml::of_scalar(std::string text, YamlMark mark) {
    Yaml node = of(Kind::scalar, std::move(mark));
    node.scalar = std::move(text);
    return node;
}

YamlDocument parse_yaml(std::string_view content, std::string file, const YamlLimits& limits) {
    if (content.size() > limits.bytes_max) {
        const auto shared = std::make_shared<const std::string>(std::move(file));
        return {.problems = {{YamlMark{.file = shared},
                              fmt::format("the file is larger than {} bytes", limits.bytes_max)}}};
    }
    return Builder{std::move(file), limits}.build(content);
}

}  // namespace balcao::text
