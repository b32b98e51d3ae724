// Walks the first account in a real browser: the address that the server tells is opened as it is, the account is
// made, a second factor is set up, somebody is invited and comes in. Used by ctest:
// node first_account_test.mjs CHROMIUM BALCAO FOLDER, where screenshots and the journals go into FOLDER.
import {createHmac} from "node:crypto";
import {spawn} from "node:child_process";
import {mkdirSync, readFileSync, rmSync} from "node:fs";
import {createRequire} from "node:module";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const require = createRequire(join(root, "web/package.json"));
const {chromium} = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const [executablePath, balcao, folder] = process.argv.slice(2);
mkdirSync(folder, {recursive: true});
let failures = 0;

function check(where, name, holds, why = "") {
  if (holds) return;
  failures += 1;
  console.error(`failed: ${where}: ${name} ${why}`);
}

// RFC 6238 with what every authenticator does: SHA-1, six digits, half minutes.
function code_of(secret, ahead = 0) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  let bits = "";
  for (const letter of secret.replace(/\s/g, "")) bits += letters.indexOf(letter).toString(2).padStart(5, "0");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + ahead));
  const mac = createHmac("sha1", key).update(counter).digest();
  const at = mac[19] & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

async function look(page, where, shot) {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  check(where, "fits the width", overflow <= 0, `${overflow} px too wide`);
  await page.screenshot({path: join(folder, `first-${shot}.png`), fullPage: true});
  await page.evaluate(axe);
  const {violations} = await page.evaluate(() => globalThis.axe.run(document, {resultTypes: ["violations"]}));
  for (const {id, nodes} of violations) check(where, `axe: ${id}`, false, nodes.map((node) => node.html).join(" ").slice(0, 300));
}

async function walk(language, width) {
  const where = `${language} ${width}`;
  const data = join(folder, `first-account-${language}-data`);
  rmSync(data, {recursive: true, force: true});
  const server = spawn(balcao, ["serve", join(root, "models/lisbon"), "--data", data, "--listen", "127.0.0.1:0"]);
  process.on("exit", () => server.kill("SIGKILL"));
  const told = await new Promise((found, failed) => {
    let said = "";
    server.stdout.on("data", (text) => {
      said += text;
      const address = said.match(/(http:\/\/\S+\/found\/\S+)\n/);
      if (address) found(address[1]);
    });
    server.on("exit", (code) => failed(new Error(`the server ended with ${code}`)));
  });
  const page = await (await browser.newContext({viewport: {width, height: 844}})).newPage();
  const shot = (of) => (name) => look(of, `${where} ${name}`, `${name}-${language}-${width}`);
  const see = shot(page);
  await page.goto(told);
  check(where, "the address that is told opens", page.url() === told);
  await page.goto(told.replace(/\/pt\/found/, `/${language}/found`));
  const base = new URL(told).origin;
  await see("found");
  await page.locator("#name").fill("Inês Exemplo");
  await page.locator("#sign-in-name").fill("ines");
  await page.locator("#password").fill("curta");
  await page.locator("form.sheet button.main").click();
  await page.getByRole("alert").waitFor();
  check(where, "the name stays", (await page.locator("#name").inputValue()) === "Inês Exemplo");
  check(where, "the password does not", (await page.locator("#password").inputValue()) === "");
  await see("found-refused");
  await page.locator("#password").fill("quatro casas verdes hoje");
  await page.locator("form.sheet button.main").click();
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
  await page.locator("form[action$='/account/propose'] button").click();
  await page.locator("code.secret").first().waitFor();
  await see("second-factor");
  const secret = (await page.locator("code.secret").first().innerText()).trim();
  await page.locator("#code").fill("000000");
  await page.locator("form[action$='/account/enrol'] button").click();
  await page.getByRole("alert").waitFor();
  await see("second-factor-refused");
  const second = (await page.locator("code.secret").first().innerText()).trim();
  check(where, "a mistyped code is typed again for the same secret", secret === second);
  await page.locator("#code").fill(code_of(second));
  await page.locator("form[action$='/account/enrol'] button").click();
  await page.locator("form[action$='/account/codes'] button").waitFor();
  await see("second-factor-in-use");
  await page.locator("form[action$='/account/codes'] button").click();
  await page.locator("ul.codes li").first().waitFor();
  await see("recovery-codes");

  await page.goto(`${base}/${language}/people`);
  await page.locator("#name").fill("Rui Exemplo");
  await page.locator("#sign-in-name").fill("rui");
  await page.locator("form[action$='/people/add'] button").click();
  await page.locator("code.secret").waitFor();
  await see("invited");
  const invitation = (await page.locator("code.secret").innerText()).trim();
  const other = await (await browser.newContext({viewport: {width, height: 844}})).newPage();
  await other.goto(invitation);
  await shot(other)("invitation");
  await other.locator("#password").fill("curta");
  await other.locator("form.sheet button.main").click();
  await other.getByRole("alert").waitFor();
  await shot(other)("invitation-refused");
  await other.locator("#password").fill("outras casas amarelas");
  await other.locator("form.sheet button.main").click();
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
  await again.locator("#code").fill(code_of(second, 1));
  await again.locator("form.sheet button.main").click();
  await again.waitForURL((url) => !url.pathname.endsWith("/sign-in"));
  server.kill("SIGTERM");
}

for (const [language, width] of [["pt", 390], ["en", 1280], ["es", 390]]) await walk(language, width);
await browser.close();
console.log(failures === 0 ? "the first account holds" : `${failures} failures`);
process.exitCode = failures === 0 ? 0 : 1;
