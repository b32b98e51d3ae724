#pragma once
// Which handler answers which method and path. Used by `main` and `web` to lay out the site, and by the
// server to find its way; it never looks at a socket.
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.hpp"
#include "http/reply.hpp"

namespace balcao::http {

// Runs on a thread of the server, which serves nobody else meanwhile: what takes long is handed to another
// thread together with the Reply. The request lives as long as the Reply. An exception is answered with 500.
using Handler = std::function<void(const Request&, Reply)>;

struct Route {
    Method method = Method::get;
    std::string pattern;
    Handler handler;
    std::optional<std::size_t> body_bytes_max{};  // in place of the server's limit
};

class Router {
public:
    Router();
    Router(Router&&) noexcept;
    Router& operator=(Router&&) noexcept;
    Router(const Router&) = delete;
    Router& operator=(const Router&) = delete;
    ~Router();

    // A pattern is "/" or segments each begun by "/": a text, a name in braces for one segment that is not
    // empty ("/desk/{desk}/call"), or at the end a name with dots for all that is left
    // ("/assets/{file...}"). The same method and pattern twice, or a pattern of another shape, is a broken
    // promise (BALCAO_CHECK). The route may be changed until the server starts.
    Route& add(Method method, std::string_view pattern, Handler handler);

    struct Match {
        const Route* route = nullptr;  // lives as long as the router
        Fields parameters{};
        std::string allow{};  // the methods that the path knows, "GET, HEAD, OPTIONS"; empty: no such path
    };

    // The most specific pattern that has the method: from left to right a text before a name before the rest.
    // HEAD finds the route of GET where it has none of its own.
    [[nodiscard]] Match find(Method method, std::string_view path) const;

    // Every route, by its segments. They live as long as the router.
    [[nodiscard]] std::vector<const Route*> routes() const;

    // All methods of all routes: the answer to "OPTIONS *".
    [[nodiscard]] std::string allow_all() const;

private:
    struct Node;
    std::unique_ptr<Node> root_;
};

}  // namespace balcao::http
