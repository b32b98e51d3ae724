#include "main/first_account.hpp"

#include <doctest/doctest.h>

namespace balcao::cli {

TEST_CASE("the address that is told can be opened, whatever the server listens on") {
    Serve command;
    command.address.clear();
    CHECK(address_to_open(command, "http://127.0.0.1:8080") == "http://127.0.0.1:8080");
    CHECK(address_to_open(command, "http://0.0.0.0:8080") == "http://127.0.0.1:8080");
    CHECK(address_to_open(command, "http://[::]:8080") == "http://[::1]:8080");
    command.address = "https://city.example/";
    CHECK(address_to_open(command, "http://0.0.0.0:8080") == "https://city.example");
}

}  // namespace balcao::cli
