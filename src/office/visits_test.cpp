// The life of a visit. A name in front ("S012") is that of the behaviour in the acceptance material that it
// shows.
#include <doctest/doctest.h>

#include "office/shop_test.hpp"

using namespace balcao;
using namespace balcao::office;
using namespace std::chrono_literals;

TEST_CASE(
    "S001 S103 a visit is waiting, called, served, parked, collecting, missed, done or left and nothing "
    "else") {
    CHECK(std::variant_size_v<State> == 8);
    Shop shop;
    shop.open("a-1");
    const Number number = shop.take("identity");
    CHECK(shop.state(number) == "waiting");
    CHECK(shop.call("a-1") == number);
    CHECK(shop.state(number) == "called");
    shop.accept(Start{at("a-1")});
    CHECK(shop.state(number) == "served");
    shop.accept(Park{at("a-1")});
    CHECK(shop.state(number) == "parked");
    shop.accept(Resume{at("a-1"), number});
    shop.accept(Finish{at("a-1")});
    CHECK(shop.state(number) == "done");
}

TEST_CASE("S002 a call binds the visit to the desk and counts") {
    Shop shop;
    shop.open("a-1");
    const Number number = shop.take("identity");
    shop.pass(4);
    shop.call("a-1");
    const auto& called = std::get<Called>(shop.visit(number).state);
    CHECK(called.desk == at("a-1"));
    CHECK(called.at == shop.now.at);
    CHECK(shop.visit(number).calls == 1);
    CHECK(shop.hall.visit_at(at("a-1"))->number == number);
}

TEST_CASE("S011 a desk that does not serve a service cannot call its people, by number either") {
    Shop shop;
    shop.open("b-1");
    const Number number = shop.take("identity");
    CHECK(shop.refuse(CallNext{at("b-1")}).reason == Reason::nobody_waits);
    const auto refusal = shop.refuse(CallNumber{at("b-1"), number});
    CHECK(refusal.reason == Reason::desk_serves_other_things);
    CHECK(refusal.service == service("identity"));
}

TEST_CASE("S012 S013 with two calls, the first no-show waits again and the second is missed") {
    Shop shop;
    shop.open("a-1");
    const Number number = shop.take("identity");
    shop.call("a-1");
    shop.accept(NotCome{at("a-1")});
    CHECK(shop.state(number) == "waiting");
    shop.pass(5);
    CHECK(shop.call("a-1") == number);
    shop.accept(NotCome{at("a-1")});
    CHECK(shop.state(number) == "missed");
    shop.pass(5);
    CHECK(shop.refuse(CallNext{at("a-1")}).reason == Reason::nobody_waits);
}

TEST_CASE("S014 a requeue keeps the count of calls, lowers it or forgets it; the arrival stays as it was") {
    for (const auto& [manner, calls] : {std::pair{Requeue::keep_count, 1}, std::pair{Requeue::lower_count, 0},
                                        std::pair{Requeue::forget_calls, 0}}) {
        Shop shop;
        shop.open("a-1");
        const Number number = shop.take("identity");
        const Instant arrived = shop.visit(number).arrived;
        shop.pass(3);
        shop.call("a-1");
        shop.accept(NotCome{at("a-1"), manner});
        CHECK(shop.visit(number).calls == calls);
        CHECK(shop.visit(number).arrived == arrived);
        CHECK(std::get<Waiting>(shop.visit(number).state).paused_until.has_value() !=
              (manner == Requeue::forget_calls));
    }
}

TEST_CASE("S016 a desk without a visit has nothing to end, park, recall or send on") {
    Shop shop;
    shop.open("a-1");
    for (const Command& command :
         {Command{NotCome{at("a-1")}}, Command{Finish{at("a-1")}}, Command{Park{at("a-1")}},
          Command{Recall{at("a-1")}}, Command{Start{at("a-1")}}, Command{UndoCall{at("a-1")}},
          Command{Transfer{at("a-1"), service("tax")}}})
        CHECK(shop.refuse(command).reason == Reason::desk_has_no_visit);
}

TEST_CASE("S017 who is parked frees the desk, which is remembered") {
    Shop shop;
    shop.open("a-1");
    const Number number = shop.take("identity");
    shop.serve("a-1");
    shop.accept(Park{at("a-1")});
    CHECK(std::get<Parked>(shop.visit(number).state).by == at("a-1"));
    CHECK(std::holds_alternative<DeskFree>(shop.hall.desk(at("a-1")).doing));
}

TEST_CASE("S019 only the desk that serves a visit ends it") {
    Shop shop;
    shop.open("a-1");
    shop.open("a-2");
    const Number number = shop.take("identity");
    shop.call("a-1");
    CHECK(shop.refuse(Finish{at("a-1")}).reason == Reason::visit_not_served);
    shop.accept(Start{at("a-1")});
    CHECK(shop.refuse(Finish{at("a-2")}).reason == Reason::desk_has_no_visit);
    shop.accept(Finish{at("a-1")});
    CHECK(shop.state(number) == "done");
}

TEST_CASE("S020 who must collect something later frees the desk and is not done") {
    Shop shop;
    shop.open("a-1");
    const Number number = shop.take("identity");
    shop.serve("a-1");
    shop.accept(Finish{.desk = at("a-1"), .must_collect = true});
    CHECK(shop.state(number) == "collecting");
    CHECK(shop.hall.visit_at(at("a-1")) == nullptr);
    shop.pass(60);
    shop.accept(Collect{number});
    CHECK(shop.state(number) == "done");
}

TEST_CASE("S021 a transfer ends one leg and begins another under the same number and the same arrival") {
    Shop shop;
    shop.open("a-1");
    shop.open("b-1");
    const Number other = [&] {
        const Number number = shop.take("identity");
        shop.pass(1);
        return number;
    }();
    const Number later = shop.take("tax");
    shop.pass(1);
    shop.serve("a-1");
    shop.pass(4);
    shop.accept(Transfer{at("a-1"), service("tax")});
    CHECK(shop.visit(other).legs.size() == 2);
    CHECK(shop.visit(other).served == 4min);
    // She came before the other, so she goes before the other there too.
    CHECK(shop.call("b-1") == other);
    CHECK(shop.state(later) == "waiting");
}

TEST_CASE("S023 service time is the sum of its parts") {
    Shop shop;
    shop.open("a-1");
    const Number number = shop.take("identity");
    shop.serve("a-1");
    shop.pass(5);
    shop.accept(Park{at("a-1")});
    shop.pass(20);
    shop.accept(Resume{at("a-1"), number});
    shop.pass(3);
    shop.accept(Finish{at("a-1")});
    CHECK(shop.visit(number).served == 8min);
}

TEST_CASE("S024 the wait ends with the first call, whatever comes after") {
    Shop shop;
    shop.open("a-1");
    const Number number = shop.take("identity");
    shop.pass(7);
    shop.call("a-1");
    shop.accept(NotCome{at("a-1")});
    shop.pass(6);
    shop.call("a-1");
    CHECK(waited(shop.visit(number), shop.now.at) == 7min);
}

TEST_CASE("S026 the way to the desk is counted in seconds") {
    Shop shop;
    shop.open("a-1");
    const Number number = shop.take("identity");
    shop.call("a-1");
    shop.pass(1.5);
    shop.accept(Start{at("a-1")});
    CHECK(shop.visit(number).on_the_way == 90s);
}

TEST_CASE("S104 two services under one number at one desk, the second added while waiting") {
    Shop shop;
    shop.open("a-1");
    const Number number = shop.take("identity");
    shop.accept(AddService{number, service("transport")});
    CHECK(shop.serve("a-1") == number);
    shop.pass(6);
    shop.accept(Finish{at("a-1")});
    CHECK(shop.state(number) == "served");  // the same desk goes on with the second
    CHECK(shop.hall.visit_at(at("a-1"))->number == number);
    shop.pass(10);
    shop.accept(Finish{at("a-1")});
    CHECK(shop.state(number) == "done");
    CHECK(shop.visit(number).served == 16min);
}

TEST_CASE("S105 put on hold, called from hold, finished: every part is in order") {
    Shop shop;
    shop.open("a-1");
    shop.open("a-2");
    const Number number = shop.take("identity");
    shop.serve("a-1");
    shop.accept(Park{at("a-1")});
    shop.accept(Resume{at("a-2"), number});
    CHECK(std::get<InService>(shop.visit(number).state).desk == at("a-2"));
    shop.accept(Finish{at("a-2")});
    CHECK(shop.state(number) == "done");
}

TEST_CASE("S107 who leaves after waiting is left, not served") {
    Shop shop;
    shop.open("a-1");
    const Number number = shop.take("identity");
    shop.pass(9);
    shop.accept(Leave{number});
    CHECK(shop.state(number) == "left");
    CHECK(shop.visit(number).served == 0ms);
    CHECK(shop.refuse(CallNext{at("a-1")}).reason == Reason::nobody_waits);
    CHECK(shop.refuse(Leave{number}).reason == Reason::visit_is_over);
}

TEST_CASE("S112 who is called or served cannot be called again, and the refusal says where she is") {
    Shop shop;
    shop.open("a-1");
    shop.open("a-2");
    const Number number = shop.take("identity");
    shop.call("a-1");
    const auto refusal = shop.refuse(CallNumber{at("a-2"), number});
    CHECK(refusal.reason == Reason::visit_is_elsewhere);
    CHECK(refusal.desk == at("a-1"));
    CHECK(shop.refuse(CallNext{at("a-1")}).reason == Reason::desk_has_visit);
    CHECK(shop.refuse(CallNext{at("a-1")}).number == number);
}

TEST_CASE("S113 with nobody waiting a call is refused") {
    Shop shop;
    shop.open("a-1");
    CHECK(shop.refuse(CallNext{at("a-1")}).reason == Reason::nobody_waits);
}

TEST_CASE("S135 a wrong transfer is undone with a reason, until the new leg is called") {
    Shop shop;
    shop.open("a-1");
    shop.open("b-1");
    const Number number = shop.take("identity");
    shop.serve("a-1");
    shop.pass(2);
    shop.accept(Transfer{at("a-1"), service("tax")});
    shop.accept(UndoTransfer{at("a-1"), number, "wrong button"});
    CHECK(shop.state(number) == "served");
    CHECK(shop.visit(number).legs.size() == 1);
    CHECK(shop.refuse(CallNext{at("b-1")}).reason == Reason::nobody_waits);
    shop.accept(Transfer{at("a-1"), service("tax")});
    shop.call("b-1");
    CHECK(shop.refuse(UndoTransfer{at("a-1"), number, "too late"}).reason ==
          Reason::transfer_cannot_be_undone);
}

TEST_CASE("S136 the same person does not wait twice for one service") {
    Shop shop;
    const TakeTicket command{.services = {service("identity")}, .person = PersonName{"somebody"}};
    const Number number = shop.take(command);
    const auto refusal = shop.refuse(command);
    CHECK(refusal.reason == Reason::person_already_waits);
    CHECK(refusal.number == number);
    shop.accept(Leave{number});
    CHECK(shop.take(command) != number);
}

TEST_CASE("a wrong call is undone as if it had not been: the place, the wait and the count") {
    Shop shop;
    shop.open("a-1");
    const Number first = shop.take("identity");
    shop.pass(1);
    shop.take("identity");
    shop.call("a-1");
    shop.accept(UndoCall{at("a-1")});
    CHECK(shop.visit(first).calls == 0);
    CHECK_FALSE(shop.visit(first).first_called.has_value());
    CHECK(shop.call("a-1") == first);
}

TEST_CASE("who was missed and comes back waits again by the old arrival") {
    Shop shop{shop_model("calls: 1")};
    shop.open("a-1");
    const Number first = shop.take("identity");
    shop.pass(1);
    const Number second = shop.take("identity");
    shop.call("a-1");
    shop.accept(NotCome{at("a-1")});
    CHECK(shop.state(first) == "missed");
    shop.pass(3);
    shop.accept(ComeBack{first});
    CHECK(shop.call("a-1") == first);
    CHECK(shop.state(second) == "waiting");
    CHECK(shop.refuse(ComeBack{second}).reason == Reason::visit_not_missed);
}

TEST_CASE("a visit that was sent to one desk is called by that desk, before its queue, and by no other") {
    Shop shop;
    shop.open("a-1");
    shop.open("a-2");
    const Number sent = shop.take("identity");
    shop.serve("a-1");
    const Number waiting = shop.take("identity");
    shop.accept(Transfer{.desk = at("a-1"), .to = at("a-2")});
    CHECK(shop.call("a-1") == waiting);
    CHECK(shop.call("a-2") == sent);
}

TEST_CASE("a passport goes from the photograph to the counter under one number") {
    Shop shop;
    shop.open("photo-1");
    shop.open("a-1");
    const Number number = shop.take("passport");
    CHECK(shop.refuse(CallNext{at("a-1")}).reason == Reason::nobody_waits);
    CHECK(shop.serve("photo-1") == number);
    shop.pass(3);
    shop.accept(Finish{at("photo-1")});
    CHECK(shop.state(number) == "waiting");
    CHECK(shop.serve("a-1") == number);
    shop.accept(Finish{at("a-1")});
    CHECK(shop.state(number) == "done");
    CHECK(shop.visit(number).legs.size() == 2);
}

TEST_CASE("several services are put in the order that needs the fewest desks") {
    Shop shop;
    const Number number =
        shop.take(TakeTicket{.services = {service("identity"), service("tax"), service("transport")}});
    const auto& legs = shop.visit(number).legs;
    CHECK(legs[0].service == service("identity"));
    CHECK(legs[1].service == service("transport"));
    CHECK(legs[2].service == service("tax"));
}

TEST_CASE("an attendant whose page died signs in elsewhere and finds the person being served") {
    Shop shop;
    const StaffKey ana{"ana"};
    shop.accept(OpenDesk{at("a-1"), ana});
    const Number number = shop.take("identity");
    shop.serve("a-1");
    shop.accept(OpenDesk{at("a-2"), ana});
    CHECK(std::holds_alternative<DeskClosedNow>(shop.hall.desk(at("a-1")).doing));
    CHECK(shop.hall.visit_at(at("a-2"))->number == number);
    shop.accept(Finish{at("a-2")});
    CHECK(shop.state(number) == "done");
}

TEST_CASE("a desk has one person behind it, rests only when it is free, and closes only when it is empty") {
    Shop shop;
    shop.open("a-1");
    const auto refusal = shop.refuse(OpenDesk{at("a-1"), StaffKey{"another"}});
    CHECK(refusal.reason == Reason::desk_taken_by_other);
    CHECK(refusal.staff == StaffKey{"of-a-1"});
    shop.take("identity");
    shop.serve("a-1");
    CHECK(shop.refuse(PauseDesk{at("a-1")}).reason == Reason::desk_has_visit);
    CHECK(shop.refuse(CloseDesk{at("a-1")}).reason == Reason::desk_has_visit);
    shop.accept(Finish{at("a-1")});
    shop.accept(PauseDesk{at("a-1")});
    CHECK(shop.refuse(CallNext{at("a-1")}).reason == Reason::desk_rests);
    shop.accept(ResumeDesk{at("a-1")});
    shop.accept(CloseDesk{at("a-1")});
    CHECK(shop.refuse(CallNext{at("a-1")}).reason == Reason::desk_is_closed);
    CHECK(shop.refuse(OpenDesk{at("a-3"), StaffKey{"third"}}).reason == Reason::no_such_desk);
}

TEST_CASE("S100 an emergency is raised by a desk, accepted by a colleague who is recorded, and cleared") {
    Shop shop;
    shop.open("a-1");
    shop.open("b-1");
    shop.accept(RaiseEmergency{at("a-1")});
    CHECK(shop.refuse(AcceptEmergency{at("a-1"), StaffKey{"of-a-1"}}).reason == Reason::own_emergency);
    shop.accept(AcceptEmergency{at("a-1"), StaffKey{"of-b-1"}});
    CHECK(shop.hall.desk(at("a-1")).emergency->accepted_by == StaffKey{"of-b-1"});
    shop.accept(ClearEmergency{at("a-1"), StaffKey{"of-a-1"}});
    CHECK_FALSE(shop.hall.desk(at("a-1")).emergency.has_value());
    CHECK(shop.refuse(ClearEmergency{at("a-1"), StaffKey{"of-a-1"}}).reason == Reason::no_emergency);
}

TEST_CASE(
    "S097 S098 at the end of the day who waited was missed, who was served is done, what must be collected "
    "stays") {
    Shop shop;
    shop.open("a-1");
    shop.open("a-2");
    shop.open("b-1");
    const Number collecting = shop.take("tax");
    shop.serve("b-1");
    shop.accept(Finish{.desk = at("b-1"), .must_collect = true});
    const Number served = shop.take("identity");
    shop.serve("a-1");
    const Number parked = shop.take("identity");
    shop.serve("a-2");
    shop.accept(Park{at("a-2")});
    const Number called = shop.take("identity");
    shop.call("a-2");
    const Number waiting = shop.take("identity");
    shop.accept(EndDay{});
    CHECK(shop.state(collecting) == "collecting");
    CHECK(shop.state(served) == "done");
    CHECK(shop.state(parked) == "done");
    CHECK(shop.state(called) == "missed");
    CHECK(shop.state(waiting) == "missed");
    CHECK(shop.refuse(TakeTicket{.services = {service("identity")}}).reason == Reason::day_has_ended);
    shop.accept(Collect{collecting});
    CHECK(shop.state(collecting) == "done");
}
