// A real OpenID Connect provider on this machine (npm oidc-provider), with people, keys and a client of its own:
// what the tests of signing in walk through.
import {generateKeyPairSync} from "node:crypto";
import {createServer} from "node:http";
import {createRequire} from "node:module";
import {dirname, join} from "node:path";
import {fileURLToPath, pathToFileURL} from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const require = createRequire(join(root, "web/package.json"));
const load = (name) => import(pathToFileURL(require.resolve(name)).href);

// Whoever is named so has these claims; "NAME+otp" gave a second factor too.
const people = {
  ana: {name: "Ana Lá", email: "ana@example.org", email_verified: true},
  eva: {name: "Eva Lá"},
  rui: {name: "Rui Lá", email: "rui@town.example", email_verified: true},
  doubt: {name: "Nobody's Sure", email: "ana@example.org", email_verified: false},
  nina: {name: "Nina Nova", email: "nina@example.org", email_verified: true},
  ivo: {name: "Ivo Ido", phone_number: "+351912345678", phone_number_verified: true},
};

const page = (body) => `<!doctype html><html lang="en"><title>A provider</title><main>${body}</main></html>`;

function keyOf(algorithm, kid) {
  const pair = algorithm === "ES256" ? generateKeyPairSync("ec", {namedCurve: "P-256"}) : generateKeyPairSync("rsa", {modulusLength: 2048});
  return {...pair.privateKey.export({format: "jwk"}), kid, use: "sig", alg: algorithm};
}

// `proof`: how the client proves who it is ("client_secret_basic", "client_secret_post", "none").
export async function startProvider({algorithm, proof, secret, home, port = 0}) {
  const {default: Provider, interactionPolicy} = await load("oidc-provider");
  const silent = console.info;
  console.info = () => {};  // it announces its defaults
  const server = createServer((request, response) => handle(request, response));
  let handle = (request, response) => response.end();
  await new Promise((listening) => server.listen(port, "127.0.0.1", listening));
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const {base} = interactionPolicy;
  const policy = base();
  policy.remove("consent");
  const provider = new Provider(issuer, {
    clients: [{
      client_id: "balcao",
      ...(proof === "none" ? {} : {client_secret: secret}),
      token_endpoint_auth_method: proof,
      id_token_signed_response_alg: algorithm,
      redirect_uris: [`${home}/sign-in/return`],
      post_logout_redirect_uris: [`${home}/sign-in/out`],
      grant_types: ["authorization_code"],
      response_types: ["code"],
      // A public client on loopback is one of a program on this machine to this provider.
      application_type: "native",
    }],
    jwks: {keys: [keyOf(algorithm, "first")]},
    cookies: {keys: ["only for tests"], names: {session: `op${server.address().port}`, interaction: `oi${server.address().port}`, resume: `or${server.address().port}`}},
    claims: {openid: ["sub", "acr", "amr"], email: ["email", "email_verified"], phone: ["phone_number", "phone_number_verified"], profile: ["name"]},
    scopes: ["openid", "email", "phone", "profile"],
    enabledJWA: {idTokenSigningAlgValues: ["RS256", "PS256", "ES256"]},
    pkce: {required: () => true, methods: ["S256"]},
    features: {devInteractions: {enabled: false}, rpInitiatedLogout: {enabled: true}},
    interactions: {policy, url: (ctx, interaction) => `/interaction/${interaction.uid}`},
    ttl: {AccessToken: 300, AuthorizationCode: 60, IdToken: 300, Interaction: 600, Session: 3600, Grant: 3600},
    findAccount: (ctx, id) => ({accountId: id, claims: async () => ({sub: id, ...people[id]})}),
    loadExistingGrant: async (ctx) => {
      const grant = new ctx.oidc.provider.Grant({clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId});
      grant.addOIDCScope("openid email phone profile");
      await grant.save();
      return grant;
    },
  });
  const callback = provider.callback();
  handle = async (request, response) => {
    const path = new URL(request.url, issuer).pathname;
    if (!path.startsWith("/interaction/")) return callback(request, response);
    try {
      if (request.method === "GET") {
        response.setHeader("Content-Type", "text/html; charset=utf-8");
        return response.end(page(`<h1>Who are you?</h1><form method="post"><label>Name <input name="login"></label>
          <button>Sign in</button><button name="cancel" value="yes">Cancel</button></form>`));
      }
      let body = "";
      for await (const piece of request) body += piece;
      const form = new URLSearchParams(body);
      const [accountId, factor] = (form.get("login") ?? "").split("+");
      const result = form.get("cancel") ? {error: "access_denied", error_description: "the person said no"}
        : {login: {accountId, amr: factor ? ["pwd", factor] : ["pwd"]}};
      await provider.interactionFinished(request, response, result, {mergeWithLastSubmission: false});
    } catch (error) {
      response.statusCode = 400;
      response.end(page(`<p>${error.message}</p>`));
    }
  };
  console.info = silent;
  const errors = [];
  for (const name of ["server_error", "grant.error", "authorization.error", "userinfo.error"])
    provider.on(name, (ctx, error) => errors.push(`${name}: ${error.message}: ${error.error_detail ?? ""}`));
  return {
    issuer,
    errors,
    stop: () => new Promise((stopped) => {
      server.closeAllConnections?.();
      server.close(stopped);
    }),
  };
}
