#include "main/post_office.hpp"

#include <filesystem>

#include <doctest/doctest.h>

#include "base/temporary_folder.hpp"
#include "main/commands.hpp"

using namespace balcao;
using namespace balcao::cli;

namespace {

// A city with a mail server and everything that goes with it as it should be.
Serve with_mail() {
    Serve command;
    command.listen = "127.0.0.1:8080";
    command.mail = "smtp://mail.city.example:587";
    command.mail_from = "City <no-reply@city.example>";
    command.meetings = "https://meet.city.example";
    return command;
}

// Which option is complained about, and why.
std::string complaint(const Serve& command) {
    const auto options = PostOptions::from_command(command);
    return options ? "nothing" : options.error().field + ": " + options.error().what;
}

}  // namespace

TEST_CASE("letters go by the server that was named, under the city's name") {
    const auto options = PostOptions::from_command(with_mail());
    REQUIRE(options.has_value());
    CHECK(options->server == "smtp://mail.city.example:587");
    CHECK(options->address == "http://127.0.0.1:8080");
    CHECK(options->ways.mail);
    CHECK_FALSE(options->ways.phone);
}

TEST_CASE("what is wrong with the way of letters is told before the office opens, with its cure") {
    const auto with = [](auto change) {
        Serve command = with_mail();
        change(command);
        return complaint(command);
    };
    CHECK(with([](Serve& city) { city.mail = "mail.city.example"; }) ==
          "--mail: write smtp://host:port, or smtps://host:port");
    CHECK(with([](Serve& city) { city.mail = "smtp://us:word@mail.city.example"; }) ==
          "--mail: name and password do not stand here; put them into the file of --secrets");
    CHECK(with([](Serve& city) { city.mail_from.clear(); }) ==
          "--mail-from: write City <no-reply@city.example>");
    CHECK(with([](Serve& city) { city.sms = "city.example"; }) == "--sms: write https://host/path");
    CHECK(with([](Serve& city) { city.address = "city.example"; }) ==
          "--address: write https://city.example");
}

TEST_CASE("who is to vouch for the mail server is looked at before the first letter") {
    const TemporaryFolder folder;
    Serve city = with_mail();
    city.mail_authority = folder.file("none.pem");
    CHECK(complaint(city) ==
          "--mail-authority: " + city.mail_authority + " cannot be read; name a file of certificates (PEM)");
    city.mail_authority = folder.write("key.pem", "-----BEGIN PRIVATE KEY-----\nAAAA\n");
    CHECK(complaint(city) == "--mail-authority: " + city.mail_authority +
                                 " holds no certificate that can be read; name a file of certificates (PEM)");
    city.mail.clear();
    CHECK(complaint(city) == "--mail-authority: there is no mail server to vouch for; name it with --mail");
}

TEST_CASE("secrets that others may read, or that nobody knows, are not taken") {
    const TemporaryFolder folder;
    Serve city = with_mail();
    city.secrets = folder.write("secrets", "mail-user = city\n mail-password = three = four\n");
    CHECK(complaint(city) == "--secrets: " + city.secrets + " can be read by others; chmod 600 it");
    std::filesystem::permissions(city.secrets, std::filesystem::perms::owner_read);
    const auto options = PostOptions::from_command(city);
    REQUIRE(options.has_value());
    CHECK(options->mail_user == "city");
    CHECK(options->mail_password == "three = four");
    city.secrets = folder.write("others", "# of the city\n\nmail-pasword = x\n");
    std::filesystem::permissions(city.secrets, std::filesystem::perms::owner_read);
    CHECK(complaint(city) ==
          "--secrets: mail-pasword is none of mail-user, mail-password, sms-token, entity.KEY.token");
}
