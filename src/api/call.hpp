#pragma once
// One request on its way through an operation: who asks, what was sent (already held against its shape), in
// which language, and the one answer. Inside `api`. It checks who may; it decides nothing else.
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "api/operation.hpp"
#include "api/problem.hpp"
#include "api/rooms.hpp"
#include "http/reply.hpp"

namespace balcao::api {

// As the person asks for it; else the first of the city that we speak.
text::Language language_of(const http::Request& request, const std::vector<std::string>& of_city);

class Call {
public:
    Call(Shared& shared, const Operation& operation, http::Reply reply);

    // Reads and checks what was sent, and who sent it. False: it was answered with why not.
    bool admit();

    [[nodiscard]] Shared& rooms() const { return shared_; }

    [[nodiscard]] const http::Request& request() const { return reply_.request(); }

    [[nodiscard]] const Words& words() const { return words_; }

    // What was sent; nothing exists in it where nothing was.
    [[nodiscard]] text::JsonView body() const { return body_ ? body_->root() : text::JsonView{}; }

    [[nodiscard]] std::string body_text(std::string_view name) const {
        return std::string{body()[name].as_text().value_or("")};
    }

    [[nodiscard]] std::string parameter(std::string_view name) const {
        return std::string{request().parameters.text(name)};
    }

    // What stands in Authorization: Bearer; of an operation for machines their secret.
    [[nodiscard]] std::string_view token() const;

    // Of an operation for staff.
    [[nodiscard]] const staff::Session& session() const { return *session_; }

    // Of an address that names a site.
    [[nodiscard]] const office::Layout& layout() const { return *layout_; }

    [[nodiscard]] const model::Site& site() const { return layout_->site(); }

    // The key of a command: made of Idempotency-Key, who asks, and what for; random without that header.
    [[nodiscard]] std::string key() const;

    // https://host, as the client knows it.
    [[nodiscard]] std::string base() const { return request().scheme + "://" + request().host; }

    // Exactly one of these, from any thread.
    void answer(std::string json);
    void answer_nothing();
    void answer(http::Response response);
    http::EventStream stream();
    void refuse(const Problem& problem);

    void refuse(int status) { refuse(problem_of_status(status, words_)); }

    void refuse(const office::Refusal& refusal, const office::Layout& layout) {
        refuse(problem_of(refusal, layout, words_));
    }

    void refuse(const booking::Refusal& refusal);
    void refuse(const staff::Refusal& refusal);
    void refuse(const device::Refusal& refusal);
    void refuse(const cases::Refusal& refusal);
    void refuse(const assist::Refusal& refusal);
    void refuse(const pay::Refusal& refusal);
    // With the version that is in force.
    void refuse(const edition::Refusal& refusal);
    // One member of the body is wrong in a way that its shape does not say.
    void refuse_member(const std::string& pointer, Fault::Kind kind, const SchemaRef& schema);

private:
    bool read_body();
    bool read_query();
    bool read_site();
    bool know_who();
    bool know_machine();
    bool is_signed();

    Shared& shared_;
    const Operation& operation_;
    http::Reply reply_;
    Words words_;
    std::optional<text::Json> body_;
    std::optional<staff::Session> session_;
    std::shared_ptr<const office::Layout> layout_;
};

}  // namespace balcao::api
