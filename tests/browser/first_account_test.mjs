// Walks the first account in a real browser: the address that the server tells is opened as it is, the account is
// made, a second factor is set up, somebody is invited and comes in. Used by ctest:
// node first_account_test.mjs CHROMIUM BALCAO FOLDER, where the journal goes into FOLDER, and pictures (picture.mjs).
import {oneTimeCode} from "../api/authenticator.mjs";
import {check, finish, look, openBrowser, openOffice, press} from "./walk.mjs";

const browser = await openBrowser();

async function walk(language, width) {
  const where = `${language} ${width}`;
  const server = await openOffice(`first-account-${language}`);
  const told = server.found;
  const page = await (await browser.newContext({viewport: {width, height: 844}})).newPage();
  const shot = (of) => (name) => look(of, `${where} ${name}`, `first-${name}-${language}-${width}`);
  const see = shot(page);
  await page.goto(told);
  check(where, "the address that is told opens", page.url() === told);
  await page.goto(told.replace(/\/pt\/found/, `/${language}/found`));
  const base = new URL(told).origin;
  await see("found");
  await page.locator("#name").fill("Inês Exemplo");
  await page.locator("#sign-in-name").fill("ines");
  await page.locator("#password").fill("curta");
  await press(page, page.locator("form.sheet button.main"));
  await page.getByRole("alert").waitFor();
  check(where, "the name stays", (await page.locator("#name").inputValue()) === "Inês Exemplo");
  check(where, "the password does not", (await page.locator("#password").inputValue()) === "");
  await see("found-refused");
  await page.locator("#password").fill("quatro casas verdes hoje");
  await press(page, page.locator("form.sheet button.main"));
  await page.waitForURL(/sign-in/);
  check(where, "it is said that the account is made", (await page.getByRole("status").count()) === 1);
  await see("founded");
  check(where, "there is no second first account", (await page.request.get(told)).status() === 404);
  await page.locator("#sign-in-name").fill("ines");
  await page.locator("#password").fill("quatro casas verdes hoje");
  await page.locator("#password").press("Enter");
  await page.waitForURL((url) => !url.pathname.endsWith("/sign-in"));
  await see("desk");
  await page.goto(`${base}/${language}/people`);
  await see("people-without-factor");
  await page.goto(`${base}/${language}/account`);
  await see("account");
  await press(page, page.locator("form[action$='/account/propose'] button"));
  await page.locator("code.secret").first().waitFor();
  await see("second-factor");
  const secret = (await page.locator("code.secret").first().innerText()).trim();
  await page.locator("#code").fill("000000");
  await press(page, page.locator("form[action$='/account/enrol'] button"));
  await page.getByRole("alert").waitFor();
  await see("second-factor-refused");
  const second = (await page.locator("code.secret").first().innerText()).trim();
  check(where, "a mistyped code is typed again for the same secret", secret === second);
  await page.locator("#code").fill(oneTimeCode(second));
  await press(page, page.locator("form[action$='/account/enrol'] button"));
  await page.locator("form[action$='/account/codes'] button").waitFor();
  await see("second-factor-in-use");
  await press(page, page.locator("form[action$='/account/codes'] button"));
  await page.locator("ul.codes li").first().waitFor();
  await see("recovery-codes");

  await page.goto(`${base}/${language}/people`);
  await page.locator("#name").fill("Rui Exemplo");
  await page.locator("#sign-in-name").fill("rui");
  await press(page, page.locator("form[action$='/people/add'] button"));
  await page.locator("code.secret").waitFor();
  await see("invited");
  const invitation = (await page.locator("code.secret").innerText()).trim();
  const other = await (await browser.newContext({viewport: {width, height: 844}})).newPage();
  await other.goto(invitation);
  await shot(other)("invitation");
  await other.locator("#password").fill("curta");
  await press(other, other.locator("form.sheet button.main"));
  await other.getByRole("alert").waitFor();
  await shot(other)("invitation-refused");
  await other.locator("#password").fill("outras casas amarelas");
  await press(other, other.locator("form.sheet button.main"));
  await other.waitForURL(/sign-in/);
  await other.locator("#sign-in-name").fill("rui");
  await other.locator("#password").fill("outras casas amarelas");
  await other.locator("#password").press("Enter");
  await other.waitForURL((url) => !url.pathname.endsWith("/sign-in"));
  await shot(other)("attendant");
  // Signing in anew takes a code of the app; the next half minute's, for each is good once.
  const again = await (await browser.newContext({viewport: {width, height: 844}})).newPage();
  await again.goto(`${base}/${language}/sign-in`);
  await again.locator("#sign-in-name").fill("ines");
  await again.locator("#password").fill("quatro casas verdes hoje");
  await again.locator("#code").fill(oneTimeCode(second, Date.now() + 30_000));
  await press(again, again.locator("form.sheet button.main"));
  await again.waitForURL((url) => !url.pathname.endsWith("/sign-in"));
  check(where, "stops cleanly", (await server.stop()) === 0);
}

for (const [language, width] of [["pt", 390], ["en", 1280], ["es", 390]]) await walk(language, width);
await browser.close();
finish("the first account holds");
