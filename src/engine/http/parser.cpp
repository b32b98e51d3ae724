// Beast 1.81 asserts that the last chunk has five bytes when it comes in pieces; of an empty body there may
// be four ("0", CR, LF, CR), which it then handles as it should. What it verifies it goes on verifying.
#define BOOST_DISABLE_ASSERTS
#include "http/parser.hpp"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <utility>

#include "base/check.hpp"
#include "http/characters.hpp"
#include "http/uri.hpp"

namespace balcao::http {

namespace {

namespace beast = boost::beast::http;
using Fault = boost::system::error_code;
using Text = boost::beast::string_view;

constexpr int bad_request = 400;
constexpr int content_too_large = 413;
constexpr int target_too_long = 414;
constexpr int headers_too_large = 431;
constexpr int not_implemented = 501;
constexpr int version_not_supported = 505;

// Room made at once for a body that was only announced.
constexpr std::uint64_t reserve_max = 16384;

std::string text_of(Text text) { return {text.data(), text.size()}; }

// What Beast finds, kept in our own values. Fields behind the body (trailers) are read and left out.
template <bool is_request>
class Gatherer : public beast::basic_parser<is_request> {
public:
    RequestHead head;
    int status = 0;
    std::string body;
    std::uint64_t body_bytes_max = 0;

    std::size_t feed(std::string_view bytes, Fault& fault) {
        return this->put(boost::asio::const_buffer{bytes.data(), bytes.size()}, fault);
    }

private:
    void on_request_impl(beast::verb /*verb*/, Text method, Text target, int version, Fault& fault) override {
        head.method = text_of(method);
        head.target = text_of(target);
        head.is_http_1_1 = version == 11;
        fault = {};
    }

    void on_response_impl(int code, Text /*reason*/, int version, Fault& fault) override {
        status = code;
        head.is_http_1_1 = version == 11;
        fault = {};
    }

    void on_field_impl(beast::field /*field*/, Text name, Text value, Fault& fault) override {
        if (!this->is_header_done()) head.headers.add(text_of(name), text_of(value));
        fault = {};
    }

    void on_header_impl(Fault& fault) override { fault = {}; }

    void on_body_init_impl(const boost::optional<std::uint64_t>& length, Fault& fault) override {
        fault = {};
        if (length) body.reserve(std::min(*length, reserve_max));
    }

    std::size_t on_body_impl(Text bytes, Fault& fault) override {
        fault = {};
        if (body.size() + bytes.size() > body_bytes_max) fault = beast::error::body_limit;
        if (!fault) body.append(bytes.data(), bytes.size());
        return bytes.size();
    }

    void on_chunk_header_impl(std::uint64_t /*size*/, Text /*extensions*/, Fault& fault) override {
        fault = {};
    }

    std::size_t on_chunk_body_impl(std::uint64_t /*remain*/, Text bytes, Fault& fault) override {
        return on_body_impl(bytes, fault);
    }

    void on_finish_impl(Fault& fault) override { fault = {}; }
};

// RFC 9112, 6.1 to 6.3 and 3.2: what would let two readers see two bodies, or two hosts. 0 when all is well.
int check_fields(const RequestHead& head) {
    const auto lengths = head.headers.all("Content-Length");
    const auto codings = head.headers.all("Transfer-Encoding");
    if (!codings.empty()) {
        if (!lengths.empty() || !head.is_http_1_1 || codings.size() > 1) return bad_request;
        if (!same_ignoring_case(codings[0], "chunked")) return not_implemented;
    }
    if (lengths.size() > 1) return bad_request;
    if (!lengths.empty() &&
        (lengths[0].empty() || !std::all_of(lengths[0].begin(), lengths[0].end(), is_digit)))
        return bad_request;
    const auto hosts = head.headers.all("Host");
    if (hosts.size() > 1 || (hosts.empty() && head.is_http_1_1)) return bad_request;
    if (!hosts.empty() && !hosts[0].empty() && !is_authority(hosts[0])) return bad_request;
    return 0;
}

}  // namespace

struct RequestParser::Parts {
    HeadLimits limits;
    Stage stage = Stage::head;
    int failure = 0;
    std::string raw_head;
    Gatherer<true> gatherer;

    void fail(int status) {
        stage = Stage::failed;
        failure = status;
    }

    // The status that an unfinished head is already refused with, or 0.
    [[nodiscard]] int check_unfinished(std::string_view head) const {
        const std::size_t end = head.find('\n');
        const std::size_t line = std::min(end, head.size());
        if (line > limits.line_bytes_max + 1) return target_too_long;
        if (end == std::string_view::npos) return 0;
        if (end == 0 || head[end - 1] != '\r') return bad_request;
        return head.size() - end > limits.header_bytes_max + 1 ? headers_too_large : 0;
    }

    std::size_t feed_head(std::string_view bytes) {
        constexpr std::string_view mark = "\r\n\r\n";
        std::size_t skipped = 0;
        if (raw_head.empty())  // RFC 9112, 2.2: an empty line before the request is passed over
            while (skipped < bytes.size() && (bytes[skipped] == '\r' || bytes[skipped] == '\n'))
                ++skipped;
        const std::size_t before = raw_head.size();
        raw_head += bytes.substr(skipped);
        const std::size_t end = raw_head.find(mark, before < mark.size() ? 0 : before - mark.size() + 1);
        if (end == std::string::npos) {
            if (const int status = check_unfinished(raw_head); status != 0) fail(status);
            return bytes.size();
        }
        const std::size_t taken = skipped + end + mark.size() - before;
        raw_head.resize(end + mark.size());
        parse_head();
        raw_head = {};
        return taken;
    }

    void parse_head() {
        if (const int status = check_head(raw_head, limits); status != 0) return fail(status);
        gatherer.header_limit(static_cast<std::uint32_t>(raw_head.size() + 1));
        gatherer.body_limit(boost::none);  // the route decides; until then nothing of it is read
        gatherer.eager(false);
        Fault fault;
        std::string_view rest = raw_head;
        while (!fault && !gatherer.is_header_done() && !rest.empty())
            rest.remove_prefix(gatherer.feed(rest, fault));
        if (fault == beast::error::bad_version) return fail(version_not_supported);
        if (fault || !gatherer.is_header_done()) return fail(bad_request);
        if (const int status = check_fields(gatherer.head); status != 0) return fail(status);
        gatherer.eager(true);
        gatherer.head.keeps_alive = gatherer.keep_alive();
        gatherer.head.has_body = !gatherer.is_done();
        stage = Stage::body;
    }

    std::size_t feed_body(std::string_view bytes) {
        std::size_t taken = 0;
        if (!gatherer.is_done() && !bytes.empty()) {
            Fault fault;
            taken = gatherer.feed(bytes, fault);
            const bool needs_more = fault == beast::error::need_more;
            if (fault == beast::error::body_limit) {
                fail(content_too_large);
            } else if ((fault && !needs_more) || bytes.size() - taken > limits.header_bytes_max + 2) {
                // Too much that is neither body nor the next request: the line before a chunk, or trailers.
                if (!gatherer.is_done()) fail(bad_request);
            }
        }
        if (stage == Stage::body && gatherer.is_done()) stage = Stage::done;
        return taken;
    }
};

RequestParser::RequestParser(const HeadLimits& limits) : parts_{std::make_unique<Parts>()} {
    parts_->limits = limits;
}

RequestParser::~RequestParser() = default;

std::size_t RequestParser::feed(std::string_view bytes) {
    if (parts_->stage == Stage::head) return parts_->feed_head(bytes);
    return parts_->stage == Stage::body ? parts_->feed_body(bytes) : 0;
}

Stage RequestParser::stage() const { return parts_->stage; }

int RequestParser::failure() const { return parts_->failure; }

bool RequestParser::has_begun() const { return parts_->stage != Stage::head || !parts_->raw_head.empty(); }

void RequestParser::allow_body(std::size_t bytes_max) {
    BALCAO_CHECK(parts_->stage == Stage::body);
    auto& gatherer = parts_->gatherer;
    gatherer.body_bytes_max = bytes_max;
    if (const auto length = gatherer.content_length(); length && *length > bytes_max)
        parts_->fail(content_too_large);
    if (gatherer.is_done() && parts_->stage == Stage::body) parts_->stage = Stage::done;
}

RequestHead& RequestParser::head() { return parts_->gatherer.head; }

std::string& RequestParser::body() { return parts_->gatherer.body; }

struct ResponseParser::Parts {
    Gatherer<false> gatherer;
    std::string left_over;
    bool is_failed = false;
    bool keeps_alive = false;
};

ResponseParser::ResponseParser(bool skips_body, std::size_t body_bytes_max)
    : parts_{std::make_unique<Parts>()} {
    constexpr std::uint32_t header_bytes_max = 65536;
    auto& gatherer = parts_->gatherer;
    gatherer.header_limit(header_bytes_max);
    gatherer.body_limit(boost::none);
    gatherer.body_bytes_max = body_bytes_max;
    gatherer.eager(true);
    gatherer.skip(skips_body);
}

ResponseParser::~ResponseParser() = default;

void ResponseParser::feed(std::string_view bytes) {
    parts_->left_over += bytes;
    auto& gatherer = parts_->gatherer;
    std::string_view rest = parts_->left_over;
    Fault fault;
    while (!fault && !rest.empty() && !gatherer.is_done())
        rest.remove_prefix(gatherer.feed(rest, fault));
    if (fault && fault != beast::error::need_more) parts_->is_failed = true;
    if (gatherer.is_header_done()) parts_->keeps_alive = gatherer.keep_alive();
    parts_->left_over.erase(0, parts_->left_over.size() - rest.size());
}

void ResponseParser::feed_end() {
    auto& gatherer = parts_->gatherer;
    if (gatherer.is_done()) return;
    Fault fault;
    if (gatherer.got_some()) gatherer.put_eof(fault);
    if (fault || !gatherer.is_done()) parts_->is_failed = true;
}

Stage ResponseParser::stage() const {
    if (parts_->is_failed) return Stage::failed;
    if (parts_->gatherer.is_done()) return Stage::done;
    return parts_->gatherer.is_header_done() ? Stage::body : Stage::head;
}

int ResponseParser::status() const { return parts_->gatherer.status; }

bool ResponseParser::keeps_alive() const { return parts_->keeps_alive; }

Headers& ResponseParser::headers() { return parts_->gatherer.head.headers; }

std::string& ResponseParser::body() { return parts_->gatherer.body; }

std::string& ResponseParser::left_over() { return parts_->left_over; }

}  // namespace balcao::http
