// Signing in by a real OpenID Connect provider, in a real browser: staff and citizens, in three languages, on a phone
// and on a wide screen; and all that goes wrong on the way. Used by ctest: node signin_test.mjs CHROMIUM BALCAO FOLDER.
import {chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {createServer} from "node:net";
import {tmpdir} from "node:os";
import {join} from "node:path";

import {oneTimeCode} from "../api/authenticator.mjs";
import {start} from "../api/server.mjs";
import {balcao, check, finish, folder, look, openBrowser} from "../browser/walk.mjs";
import {startProvider} from "./provider.mjs";

mkdirSync(folder, {recursive: true});
const settings = mkdtempSync(join(tmpdir(), "balcao-sign-in-"));

const freePort = () => new Promise((found) => {
  const server = createServer();
  server.listen(0, "127.0.0.1", () => {
    const {port} = server.address();
    server.close(() => found(port));
  });
});

const home = `http://127.0.0.1:${await freePort()}`;
// Every way in which a client proves who it is, and every algorithm that we take.
const city = await startProvider({algorithm: "ES256", proof: "client_secret_basic", secret: "a quiet:word & more", home});
const state = await startProvider({algorithm: "RS256", proof: "none", home});
const post = await startProvider({algorithm: "PS256", proof: "client_secret_post", secret: "another quiet word", home});
// One that is away, until it comes.
const gonePort = await freePort();
for (const [name, secret] of [["city.secret", "a quiet:word & more\n"], ["post.secret", "another quiet word\n"]]) {
  writeFileSync(join(settings, name), secret);
  chmodSync(join(settings, name), 0o600);
}
writeFileSync(join(settings, "providers.yaml"), `
city:
  issuer: ${city.issuer}
  client: balcao
  secret_file: city.secret
  for: [staff]
  label: {pt: Conta da Câmara, en: City account, es: Cuenta municipal}
  scopes: [openid, profile]
  second_factor: {amr: [otp]}
state:
  issuer: ${state.issuer}
  client: balcao
  for: [citizens]
  label: {pt: Conta do Estado, en: State account, es: Cuenta del Estado}
post:
  issuer: ${post.issuer}
  client: balcao
  secret_file: post.secret
  for: [staff]
  label: {pt: Correios, en: Post office, es: Correos}
  match: mail
gone:
  issuer: http://127.0.0.1:${gonePort}
  client: balcao
  for: [staff, citizens]
  label: {pt: Conta ausente, en: Absent account, es: Cuenta ausente}
`);
const server = await start(balcao, ["--sign-in", join(settings, "providers.yaml"), "--limit", "off"], {listen: new URL(home).host});
const browser = await openBrowser();

// Somebody with a browser of their own.
async function person(where, {width = 1280, language = "en"} = {}, walk) {
  const context = await browser.newContext({viewport: {width, height: 900}, locale: language, bypassCSP: true});
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.on("pageerror", (error) => check(where, "no script fails", false, error.message));
  try {
    await walk(page, context);
  } catch (error) {
    await page.screenshot({path: join(folder, "sign-in-failed.png"), fullPage: true});
    check(where, "the walk is walked", false, `${error.message.slice(0, 600)} at ${page.url()}: ${(await page.locator("body").innerText()).slice(0, 500)}; ${[...city.errors, ...state.errors, ...post.errors].join("; ")}`);
  }
  await context.close();
}

async function atProvider(page, login) {
  await page.locator("input[name=login]").fill(login);
  await page.getByRole("button", {name: "Sign in"}).click();
}

const way = (page, key) => page.locator(`a.way[href*="/${key}"]`);
const told = (page) => page.getByRole("alert").innerText();

async function withPassword(page, language, name = "demo", password = server.password, code = "") {
  await page.goto(`${home}/${language}/sign-in`);
  await page.locator("#sign-in-name").fill(name);
  await page.locator("#password").fill(password);
  await page.locator("#code").fill(code);
  await page.locator("main form button.main").click();
  await page.waitForURL(/\/desk$/);
}

let ahead = 0;  // of the demonstration's clock
const now = () => Date.now() + ahead;

try {
  // In by name and password, an account elsewhere linked, out, and in again by it.
  await person("link", {language: "pt"}, async (page) => {
    await withPassword(page, "pt");
    await page.goto(`${home}/pt/account`);
    await look(page, "sign-in account pt 1280");
    await way(page, "account/link/city").click();
    await atProvider(page, "ana");
    await page.waitForURL(/sign-in\/return/);
    check("link", "who it is there is shown", (await page.locator("main").innerText()).includes("Ana Lá"));
    await look(page, "sign-in link pt 1280");
    await page.locator("main form button.main").click();
    await page.waitForURL(/\/pt\/account$/);
    check("link", "it is linked", (await page.locator(".links").innerText()).includes("Conta da Câmara"));
    await look(page, "sign-in linked pt 1280");
    await page.goto(`${home}/pt/desk`);
    await page.locator("form[action$='/sign-out'] button").click();
    await page.waitForURL(/\/pt\/sign-in\?done=out$/);
    await look(page, "sign-in pt 1280");
    await way(page, "with/city").click();  // still known there
    await page.waitForURL(/\/pt\/desk$/);
    check("link", "in by the provider", (await page.locator(".who").innerText()).includes("Demonstra"));
    await page.locator("form[action$='/sign-out'] button").click();
    await page.waitForURL(/\/sign-in\?out=city$/);
    await look(page, "sign-in out pt 1280");
    await way(page, "sign-out/city").click();
    await page.locator("button[name=logout]").click();  // the provider's own page
    await page.waitForURL(/\/pt\/sign-in\?done=out$/);
    await way(page, "with/city").click();
    await page.locator("input[name=login]").waitFor();  // it asks again
  });

  // What was asked for is gone to afterwards, and never elsewhere.
  await person("target", {width: 390}, async (page) => {
    await page.goto(`${home}/en/people`);
    await look(page, "sign-in en 390");
    await way(page, "with/city").click();
    await atProvider(page, "ana");
    await page.waitForURL(`${home}/en/people`);
    await page.context().clearCookies();
    await page.goto(`${home}/en/sign-in/with/city?to=${encodeURIComponent("https://evil.example/desk")}`);
    await atProvider(page, "ana");
    await page.waitForURL(`${home}/en/desk`);
  });

  // Nobody here, and somebody who does not agree.
  await person("stranger", {width: 390, language: "es"}, async (page) => {
    await page.goto(`${home}/es/sign-in`);
    await way(page, "with/city").click();
    await atProvider(page, "nina");
    check("stranger", "is told whom to ask", (await told(page)).includes("invitación"));
    check("stranger", "the form is still there", await page.locator("#password").isVisible());
    await look(page, "sign-in stranger es 390");
    await page.goto(`${home}/es/desk`);
    check("stranger", "has no session", page.url().includes("/es/sign-in"));
    await page.goto(`${home}/es/sign-in`);
    await way(page, "with/post").click();
    await page.getByRole("button", {name: "Cancel"}).click();
    check("refused", "is told", (await told(page)).includes("No dio su permiso"));
    await look(page, "sign-in refused es 390");
  });

  // The address that the provider has verified finds the account; another who gets the address does not.
  let invitation = "";
  await person("match", {}, async (page) => {
    await withPassword(page, "en");
    for (const [name, as] of [["Rui", "rui@town.example"], ["Eva", "eva"]]) {
      await page.goto(`${home}/en/people`);
      await page.locator("#name").fill(name);
      await page.locator("#sign-in-name").fill(as);
      await page.locator("main form.sheet button.main").click();
      invitation = await page.locator("code.secret").innerText();
    }
    await page.context().clearCookies();
    await page.goto(`${home}/en/sign-in`);
    await way(page, "with/post").click();
    await atProvider(page, "rui");
    await page.waitForURL(/\/en\/desk$/);
    check("match", "is Rui", (await page.locator(".who").innerText()).includes("Rui"));
  });

  // An invitation is accepted without a password of its own.
  await person("invitation", {width: 390}, async (page) => {
    await page.goto(invitation);
    await look(page, "sign-in invitation en 390");
    await way(page, "with/city").click();
    await atProvider(page, "eva");
    await page.waitForURL(/\/en\/desk$/);
    check("invitation", "is Eva", (await page.locator(".who").innerText()).includes("Eva"));
    await page.goto(`${home}/en/account`);
    await page.locator(".links button").click();
    check("invitation", "the last way in stays", (await told(page)).includes("You would not get in any more"));
  });

  // A second factor here is asked for, but not of who gave one there.
  await person("second factor", {language: "pt"}, async (page) => {
    await withPassword(page, "pt");
    const session = await (await fetch(`${home}/api/v1/sessions`, {
      method: "POST",
      headers: {"Content-Type": "application/json"},
      body: JSON.stringify({sign_in_name: "demo", password: server.password}),
    })).json();
    ahead = Date.parse(JSON.stringify(session).match(/"begun_at": ?"([^"]+)"/)[1]) - Date.now();
    await page.goto(`${home}/pt/account`);
    await page.locator("form[action$='/propose'] button").click();
    const secret = await page.locator("code.secret").innerText();
    await page.locator("#code").fill(oneTimeCode(secret, now()));
    await page.locator("main form.sheet button.main").first().click();
    await page.waitForURL(/\/pt\/account$/);
    await page.context().clearCookies();
    await page.goto(`${home}/pt/sign-in`);
    await way(page, "with/city").click();
    await atProvider(page, "ana");
    await page.locator("#code").waitFor();
    await look(page, "sign-in code pt 1280");
    await page.locator("#code").fill("000000");
    await page.locator("main form button.main").click();
    check("second factor", "a wrong code is told", await page.getByRole("alert").isVisible());
    await page.locator("#code").fill(oneTimeCode(secret, now() + 30_000));
    await page.locator("main form button.main").click();
    await page.waitForURL(/\/pt\/desk$/);
    await page.context().clearCookies();
    await page.goto(`${home}/pt/sign-in`);
    await way(page, "with/city").click();
    await atProvider(page, "ana+otp");
    await page.waitForURL(/\/pt\/desk$/);
  });

  // Answers that were tampered with, come twice, or come to another browser.
  await person("tampered", {}, async (page, context) => {
    const next = async (url) => (await context.request.get(url, {maxRedirects: 0})).headers().location;
    const goTo = async () => {
      await context.clearCookies();
      const asking = await next(`${home}/en/sign-in/with/city`);
      const interaction = new URL(await next(asking), city.issuer).href;
      const resume = (await context.request.post(interaction, {form: {login: "ana+otp"}, maxRedirects: 0})).headers().location;
      return new URL(await next(resume));
    };
    const opened = async (url, status, words) => {
      const response = await page.goto(url.href);
      check("tampered", `${words} (${status})`, response.status() === status && (await page.locator("main").innerText()).includes(words), `${response.status()} ${page.url()} ${await page.locator("main").innerText()}`);
      await page.goto(`${home}/en/desk`);
      check("tampered", "no session", page.url().includes("/en/sign-in"), page.url());
    };
    let back = await goTo();
    check("tampered", "the provider names itself", back.searchParams.get("iss") === city.issuer);
    back.searchParams.set("state", "another");
    await opened(back, 422, "Begin again");
    await look(page, "sign-in en 1280");
    back = await goTo();
    back.searchParams.set("iss", state.issuer);
    await opened(back, 403, "was not the answer of City account");
    back = await goTo();
    back.searchParams.delete("iss");
    await opened(back, 403, "was not the answer of City account");
    back = await goTo();
    back.searchParams.set("code", "another");
    await opened(back, 422, "Begin again");
    back = await goTo();
    await context.clearCookies();  // another browser
    await opened(back, 422, "another browser");
    await look(page, "sign-in en 1280");
    back = await goTo();
    await page.goto(back.href);
    await page.waitForURL(/\/en\/desk$/);
    await page.context().clearCookies({name: "session"});
    await opened(back, 422, "used already");
  });

  // A provider that is away is told, and name and password go on working; when it comes, it is used.
  for (const [language, width] of [["pt", 390], ["en", 1280], ["es", 390]])
    await person(`away ${language}`, {width, language}, async (page) => {
      await page.goto(`${home}/${language}/sign-in`);
      const answer = page.waitForResponse((response) => response.url().includes("/with/gone"));
      await way(page, "with/gone").click();
      check("away", "503", (await answer).status() === 503);
      check("away", "is told by name", (await told(page)).includes({pt: "Conta ausente", en: "Absent account", es: "Cuenta ausente"}[language]));
      await look(page, `sign-in away ${language} ${width}`);
      await page.goto(`${home}/${language}/sign-in`);
      check("away", "the form is there", await page.locator("#password").isVisible());
    });
  const gone = await startProvider({algorithm: "ES256", proof: "none", home, port: gonePort});
  await person("back again", {}, async (page) => {
    await page.waitForTimeout(5_500);
    await page.goto(`${home}/en/sign-in`);
    await way(page, "with/gone").click();
    await page.locator("input[name=login]").waitFor();
  });
  await gone.stop();

  // A citizen sees what was booked with the address that the provider has verified, and nobody else does.
  const api = async (path, body, method = body ? "POST" : "GET") => {
    const response = await fetch(`${home}/api/v1${path}`, {
      method,
      ...(body && {headers: {"Content-Type": "application/json"}, body: JSON.stringify(body)}),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  const {slots} = await api("/sites/shop/slots?service=quiet");
  const held = await api("/sites/shop/appointments", {services: ["quiet"], start: slots[5].start});
  await api(`/appointments/${held.link}/contact`, {name: "Ana Exemplo", mail: "ana@example.org"}, "PUT");
  const booking = held.link.split(".").slice(0, 3).join(".");
  let confirmation;
  for (let tries = 0; tries < 100 && !confirmation; tries += 1) {
    const letters = await (await fetch(`${home}/en/letters`)).text();
    confirmation = [...letters.matchAll(/\/\w\w\/confirm\/([\w.~-]+)/g)].find((one) => one[1].startsWith(`${booking}.`))?.[1];
    await new Promise((later) => setTimeout(later, 100));
  }
  await api(`/confirmations/${confirmation}`, null, "POST");
  for (const [language, width] of [["pt", 390], ["en", 1280], ["es", 390]])
    await person(`mine ${language}`, {width, language}, async (page, context) => {
      await page.goto(`${home}/${language}`);
      await page.locator("a[href$='/mine']").click();
      await look(page, `mine door ${language} ${width}`);
      await way(page, "mine/with/state").click();
      await atProvider(page, "ana");
      await page.waitForURL(/\/mine$/);
      await look(page, `mine ${language} ${width}`);
      check("mine", "one appointment", (await page.locator(".found > li").count()) === 1);
      const cookie = (await context.cookies()).find((one) => one.name === "mine");
      check("mine", "the cookie is for this browser alone", cookie.httpOnly && cookie.sameSite === "Lax");
      check("mine", "the cookie tells nobody's address", !Buffer.from(cookie.value, "base64url").toString("latin1").includes("ana@"));
      await page.locator(".found a").first().click();
      await page.locator(".code").waitFor();
      await page.goto(`${home}/${language}/mine`);
      await page.locator("form[action$='/mine/end'] button").click();
      await page.waitForURL(/\/mine\?out=state$/);
      check("mine", "nothing is left", (await page.locator(".found").count()) === 0);
      await look(page, `mine out ${language} ${width}`);
      await page.goto(`${home}/${language}/desk`);
      check("mine", "no citizen is staff", page.url().includes("/sign-in"));
    });
  for (const [who, words] of [["nina", "none that are still to come"], ["doubt", "no mail address"], ["ivo", "none that are still to come"]])
    await person(`mine of ${who}`, {}, async (page) => {
      await page.goto(`${home}/en/mine`);
      await way(page, "mine/with/state").click();
      await atProvider(page, who);
      await page.locator("h1").waitFor();
      check(`mine of ${who}`, words, (await page.locator("main").innerText()).includes(words), await page.locator("main").innerText());
      check(`mine of ${who}`, "sees nothing of others", (await page.locator(".found").count()) === 0);
      await look(page, `mine of ${who}`);
    });
  await person("citizen at the desk", {}, async (page) => {
    const response = await page.goto(`${home}/en/sign-in/with/state`);
    check("citizen at the desk", "a provider of citizens lets no staff in", response.status() === 404);
  });
} finally {
  await browser.close();
  await server.stop();
  await Promise.all([city.stop(), state.stop(), post.stop()]);
  rmSync(settings, {recursive: true, force: true});
}
finish("people sign in as they should");
