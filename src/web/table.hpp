#pragma once
// What lies between the two screens of a session, and the parts of it that both sides draw: the steps, the
// sheet that stands there, what is being typed, and the form of whoever drives. Internal to `web`.
#include "front/table.hpp"
#include "web/matter.hpp"
#include "web/seat.hpp"

namespace balcao::web {

using front::Table;

// As the seat may see it.
std::variant<Table, assist::Refusal> table_of(const Shared& shared, const Seat& seat);
front::Sitting sitting_now(const Shared& shared);

inline bool drives(const Table& table, const Seat& seat) {
    return table.view.outline.lesson.driver == seat.side();
}

// The service or life event that a session is about, as conversations know it; nothing for one that the model
// holds no more. Its forms go to the seat.
std::optional<Matter> matter_of(const Shared& shared,
                                const assist::Subject& subject,
                                const Words& words,
                                const Seat& seat);

// Draws for one seat.
class TableView {
public:
    TableView(const Shared& shared,
              const Words& words,
              const Seat& seat,
              const Table& table,
              const http::Request& request)
        : shared_{shared}, words_{words}, seat_{seat}, table_{table}, request_{request} {}

    // Each step with how it stands, and a way to it for whoever drives.
    void write_steps(html::Content& into) const;
    // What stands on the citizen's screen, whole.
    void write_sheet(html::Content& into, const assist::StepSeen& step) const;
    // What is being typed of a step, letter by letter.
    void write_mirror(html::Content& into, const assist::StepKey& step) const;
    // The question or the fields of a step, for whoever drives.
    void write_form(html::Content& into, const assist::StepKey& step, const SeatTold& told) const;
    // How the person does this step alone another time.
    void write_alone(html::Content& into, const assist::StepKey& step) const;
    // A form with one button.
    void write_button(html::Content& into,
                      std::string_view verb,
                      const std::string& label,
                      std::initializer_list<std::pair<std::string_view, std::string_view>> fields = {},
                      std::string_view look = {}) const;
    // The step that whoever drives has chosen, or the next.
    [[nodiscard]] assist::StepKey current() const;

private:
    void write_question(html::Content& into) const;
    void write_answers_so_far(html::Content& into) const;

    const Shared& shared_;
    const Words& words_;
    const Seat& seat_;
    const Table& table_;
    const http::Request& request_;
};

// The number of the case that a handover became; nothing while it is on its way.
std::optional<cases::CaseNumber> case_of(const Shared& shared, const assist::SessionKey& session);
// On a citizen's screen: how a session stands that goes on there no more.
void write_end(html::Content& into,
               const http::Request& request,
               const Shared& shared,
               const Words& words,
               const std::pair<const Seat&, const assist::Outline&>& whose);

// What was learnt (learnt.cpp).
void write_keep_lesson(html::Content& into, const Words& words, const Seat& seat);
void write_propose(html::Content& into, const Words& words, const Seat& seat);
// Who stands in the citizen's place (standing_in.cpp); `is_asked`: a witness is asked for already.
void write_proxy_form(html::Content& into, const Words& words, const Seat& seat, bool is_asked);
void write_witness_asked(html::Content& into,
                         const Shared& shared,
                         const Words& words,
                         const model::SiteKey& site,
                         const assist::Outline& outline);

// "Show me: the mediator drives and explains."
std::string lesson_text(const assist::Lesson& lesson, const Words& words);
// "let-me-try/citizen", and back; nothing for none that there is.
std::string lesson_word(const assist::Lesson& lesson);
std::optional<assist::Lesson> lesson_in(std::string_view word);
// The four that there are.
const std::vector<assist::Lesson>& all_lessons();

}  // namespace balcao::web
