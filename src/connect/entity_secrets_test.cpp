// What entities know us by, from a file that changes while the house works.
#include "connect/entity_secrets.hpp"

#include "base/temporary_folder.hpp"
#include "connect/entity_test.hpp"

using namespace balcao;
using namespace balcao::connect;

namespace {

using std::filesystem::perms;

struct SecretsFile {
    std::string write(const std::string& text, perms rights = perms::owner_read | perms::owner_write) const {
        const auto path = folder.write("secrets", text);
        std::filesystem::permissions(path, rights);
        return path.string();
    }

    [[nodiscard]] std::string complaint(const std::string& text) const {
        const auto read = EntitySecrets{write(text)}.read();
        return read ? "nothing" : read.error().field + ": " + read.error().what;
    }

    TemporaryFolder folder;
};

}  // namespace

TEST_CASE("each entity has its own way to know us") {
    const SecretsFile file;
    EntitySecrets secrets{
        file.write("# rotated every month\n"
                   "entity.registry.token = T = 1\n"
                   "entity.club.token = K\n"
                   "entity.club.header = X-Api-Key\n"
                   "entity.transport.user = us\n"
                   "entity.transport.password = word\n"
                   "mail-user = somebody\n")};
    CHECK(header_of(secrets.of(registry)) == "Authorization: Bearer T = 1");
    CHECK(header_of(secrets.of(model::EntityKey{"club"})) == "X-Api-Key: K");
    CHECK(header_of(secrets.of(model::EntityKey{"transport"})) == "Authorization: Basic dXM6d29yZA==");
    CHECK_FALSE(header_of(secrets.of(model::EntityKey{"parish"})).has_value());
    CHECK_FALSE(header_of(EntitySecrets{{}}.of(registry)).has_value());
}

TEST_CASE("a changed file is seen at the next request, and a broken one changes nothing") {
    const SecretsFile file;
    EntitySecrets secrets{file.write("entity.registry.token = one\n")};
    CHECK(secrets.of(registry).token == "one");
    file.write("entity.registry.token = second\nentity.registry.former-token = one\n");
    CHECK(secrets.of(registry).token == "second");
    CHECK(signing_secrets_of(secrets.of(registry)) == std::vector<std::string>{"second", "one"});
    file.write("entity.registry.token\n");
    CHECK(secrets.of(registry).token == "second");
    std::filesystem::remove(file.folder.file("secrets"));
    CHECK(secrets.of(registry).token == "second");
    // Of the same length, and perhaps within the same tick of the file system's clock.
    file.write("entity.registry.token = third\nentity.registry.former-token = one2\n");
    CHECK(secrets.read().has_value());
    CHECK(secrets.of(registry).token == "third");
}

TEST_CASE("what is wrong with the file is told with its cure") {
    const SecretsFile file;
    CHECK(file.complaint("entity.registry.tokn = T") ==
          "--secrets: entity.registry.tokn is none of entity.KEY.token, .former-token, .header, .user, "
          ".password");
    CHECK(file.complaint("entity.token = T").find("is none of entity.KEY.token") != std::string::npos);
    CHECK(file.complaint("entity.registry.token") == "--secrets: a line of it is not NAME = VALUE");
    CHECK(file.complaint("entity.registry.header = X Key") ==
          "--secrets: entity.registry.header is the name of a header, such as X-Api-Key");
    CHECK(file.complaint("entity.registry.token = a\x7F"
                         "b") == "--secrets: entity.registry.token holds what cannot be said in a header");
    const auto open = EntitySecrets{file.write("", perms::owner_read | perms::others_read)}.read();
    REQUIRE_FALSE(open.has_value());
    CHECK(open.error().what.find("can be read by others; chmod 600 it") != std::string::npos);
    CHECK_FALSE(EntitySecrets{file.folder.file("nowhere").string()}.read().has_value());
}
