// Walks both screens of a session in a real browser: a mediator begins it, the citizen's screen joins by code, each
// letter is seen on the other side, the citizen confirms, stops, takes the wheel, and what was confirmed becomes a
// request. In three languages, on a phone and on wide screens, without scripts and by keyboard. Used by ctest:
// node assist_test.mjs CHROMIUM BALCAO FOLDER, where the journal goes into FOLDER, and pictures (picture.mjs).
import {check, demonstrate, expectQuiet, finish, look, openBrowser, press, signIn} from "./walk.mjs";

const server = await demonstrate("assist");
const {base, password} = server;
const browser = await openBrowser();

async function open(where, {width = 1280, scripts = true, scheme = "light"} = {}) {
  const context = await browser.newContext({viewport: {width, height: 900}, javaScriptEnabled: scripts, colorScheme: scheme, reducedMotion: "reduce"});
  const page = await context.newPage();
  expectQuiet(page, where, base, ["404", "422", "409", "ERR_INCOMPLETE_CHUNKED_ENCODING"]);
  return page;
}

async function mediator(where, language, how) {
  const page = await open(where, how);
  await signIn(page, base, language, password);
  await page.goto(`${base}/${language}/mediation/baixa`);
  return page;
}

async function begin(page, {subject = "event/perdi-a-carteira", lesson = "show-me/mediator", practice = false} = {}) {
  await page.locator("#subject").selectOption(subject);
  await page.locator(`input[value="${lesson}"]`).check();
  if (practice) await page.locator("input[name=purpose]").check();
  await press(page, page.locator("form:has(#subject) button.main"));
  await page.locator("p.code").waitFor();
  return (await page.locator("p.code").first().innerText()).replaceAll(" ", "");
}

async function join(page, language, code, kind = "own") {
  await page.goto(`${base}/${language}/screen?code=${code}`);
  await press(page, page.locator(`button[value=${kind}]`));
  await page.locator("#sitting").waitFor();
}

// Answers each question with its first answer, for whoever drives.
async function answerAll(page) {
  for (let asked = 0; asked < 9; asked += 1) {
    const show = page.locator("form[action$='/show'] button");
    const question = page.locator("form[action$='/answer'] button.main");
    await show.or(question).first().waitFor();
    if (await show.count()) return;
    const blank = page.locator("#answer");
    if (await blank.count()) await blank.fill("2026-11-20");
    else await page.locator("form[action$='/answer'] fieldset input").first().check();
    await press(page, question);
  }
}

// As people type, letter by letter.
async function fill(page) {
  const form = page.locator("form[data-typing]");
  for (const input of await form.locator("input:not([type=hidden]), textarea").all()) {
    const type = await input.getAttribute("type");
    if (await input.inputValue()) continue;
    if (type === "date") await input.fill("1984-05-31");
    else if (type === "email") await input.pressSequentially("ana@example.org");
    else if (type === "tel") await input.pressSequentially("910000000");
    else if ((await input.getAttribute("inputmode")) === "numeric") await input.pressSequentially("123456789");
    else await input.pressSequentially("Ana Exemplo");
  }
}

// Shows the step; what has to be mended is mended as the page says.
async function show(page) {
  await press(page, page.locator("form[action$='/show'] button"));
  for (let turn = 0; turn < 3 && (await page.locator(".wrong").count()); turn += 1) {
    for (const line of await page.locator(".line:has(.wrong)").all()) {
      const count = Number(/\d+/.exec(await line.locator(".wrong").innerText())?.[0] ?? 0);
      await line.locator("input, textarea").fill("1234567890123456789012".slice(0, count || 9));
    }
    await press(page, page.locator("form[action$='/show'] button"));
  }
}

async function confirm(screen) {
  await screen.locator("form.confirm button.main").waitFor();
  for (const box of await screen.locator("form.confirm input[type=checkbox]").all()) await box.check();
  await press(screen, screen.locator("form.confirm button.main"));
}

async function soon(where, name, holds, turns = 100) {
  for (let turn = 0; turn < turns; turn += 1) {
    if (await holds().catch(() => false)) return;
    await new Promise((over) => setTimeout(over, 100));
  }
  check(where, name, false);
}

for (const [language, width, phone, scheme] of [["pt", 1280, 390, "light"], ["en", 1920, 1024, "dark"], ["es", 800, 390, "light"]]) {
  const where = `${language} ${width}`;
  const shotOf = (page, name) => look(page, `${where} ${name}`, `assist-${name}-${language}`);
  const desk = await mediator(where, language, {width, scheme});
  await shotOf(desk, "site");
  const code = await begin(desk);
  await shotOf(desk, "code");
  const screen = await open(`${where} screen`, {width: phone, scheme});
  await screen.goto(`${base}/${language}/screen`);
  await shotOf(screen, "join");
  await screen.locator("#code").fill("000 000 001");
  await press(screen, screen.locator("button[value=own]"));
  check(where, "a wrong code is told", await screen.getByRole("alert").isVisible());
  await join(screen, language, code);
  await soon(where, "the mediator sees at once that the screen is there", async () => (await desk.locator(".here[data-here=yes]").count()) === 1);
  await shotOf(screen, "joined");
  await shotOf(desk, "question");
  await answerAll(desk);
  await soon(where, "the answers are seen on the citizen's screen", async () => (await screen.locator(".mirror dd").count()) >= 2);
  await shotOf(screen, "mirror");
  await show(desk);
  await screen.locator("form.confirm").waitFor();
  await shotOf(screen, "situation");
  await confirm(screen);
  await soon(where, "the mediator goes on by itself to the next step", async () => (await desk.locator("form[data-typing]").count()) === 1);

  // Each letter.
  const input = desk.locator("form[data-typing] input:not([type=hidden])").first();
  await input.pressSequentially("Ana");
  const name = `${await desk.locator("form[data-typing] input[name=step]").inputValue()} ${await input.getAttribute("name")}`;
  await soon(where, "each letter is seen", async () => (await screen.locator(`[data-echo="${name}"]`).innerText()) === "Ana");
  await screen.locator(".stop summary").click();
  await screen.locator("input[value=not-understood]").check();
  await shotOf(screen, "stop");
  await press(screen, screen.locator("form[action$='/dispute'] button"));
  await shotOf(screen, "stopped");
  await soon(where, "the mediator sees why it was stopped", async () => (await desk.locator(".complaint").count()) === 1);
  await shotOf(desk, "stopped-desk");
  await press(screen, screen.locator("form[action$='/lift'] button"));
  await soon(where, "and goes on", async () => (await desk.locator("form[data-typing]").count()) === 1);
  check(where, "what was typed is still there", (await desk.locator("form[data-typing] input:not([type=hidden])").first().inputValue()) === "Ana");

  // The citizen takes the wheel for a step.
  await press(screen, screen.locator("form:has(input[value='let-me-try/citizen']) button"));
  await soon(where, "the mediator's form is gone", async () => (await desk.locator("form[data-typing]").count()) === 0);
  await screen.locator("form[data-typing] input:not([type=hidden])").first().fill("");
  await fill(screen);
  await shotOf(screen, "driving");
  await soon(where, "the mediator sees what the citizen types", async () => (await desk.locator(".mirror dd").first().innerText()) === "Ana Exemplo");
  await show(screen);
  await shotOf(screen, "sheet");
  await confirm(screen);
  await press(screen, screen.locator("form:has(input[value='show-me/mediator']) button"));

  for (let step = 0; step < 9; step += 1) {
    const done = desk.locator("form[action$='/hand-over'] button");
    await done.or(desk.locator("form[data-typing]")).first().waitFor();
    if (await done.count()) break;
    await fill(desk);
    if (step === 0) await shotOf(desk, "fields");
    await show(desk);
    if (step === 0) await shotOf(desk, "shown");
    await confirm(screen);
    await soon(where, "the confirmation is seen", async () => (await desk.locator("[data-confirmed=yes]").count()) === 1);
  }
  await shotOf(screen, "ready");
  await press(desk, desk.locator("form[action$='/hand-over'] button"));
  await shotOf(desk, "handed-in");
  await soon(where, "the citizen has the request's page", async () => (await screen.locator("a.step.main").count()) === 1);
  await shotOf(screen, "end");
  await press(screen, screen.locator("a[href$='/summary']"));
  await screen.locator(".paper").waitFor();
  check(where, "the paper has the hash of each step", (await screen.locator(".paper .hash").count()) >= 4);
  await shotOf(screen, "paper");
  const receipt = await screen.request.get(await screen.locator("a[href$='/receipt']").evaluate((link) => link.href));
  check(where, "the receipt comes as a file", [200, 503].includes(receipt.status()), receipt.status());
  await screen.goBack();
  await screen.locator("#lesson summary").click();
  await press(screen, screen.locator("form[action$='/keep-lesson'] button"));
  const learner = await screen.locator(".hash").innerText();
  await shotOf(screen, "kept");
  await screen.goto(`${base}/${language}/learnt`);
  await screen.locator("#learner").fill(learner);
  await press(screen, screen.locator("form[action$='/learnt'] button"));
  check(where, "what was learnt is shown by its code", (await screen.locator(".found li").count()) === 1);
  await shotOf(screen, "learnt");
  await screen.locator("#learnererase").fill(learner);
  await press(screen, screen.locator("form[action$='/erase'] button"));
  check(where, "and erased by it", (await screen.locator(".found li").count()) === 0);
  await desk.context().close();
  await screen.context().close();
}

// Without scripts, and in practice: the same forms, and nothing is sent.
{
  const where = "without scripts";
  const desk = await mediator(where, "pt", {scripts: false});
  const code = await begin(desk, {practice: true, lesson: "let-me-try/citizen"});
  const screen = await open(`${where} screen`, {width: 390, scripts: false});
  await join(screen, "pt", code, "desk");
  check(where, "practice is said on the screen", await screen.locator(".practice").isVisible());
  await answerAll(screen);
  await show(screen);
  await confirm(screen);
  for (let step = 0; step < 9 && (await screen.locator("form[data-typing]").count()); step += 1) {
    await fill(screen);
    await show(screen);
    await confirm(screen);
  }
  await press(screen, screen.locator("form[action$='/hand-over'] button"));
  check(where, "practice ends and says that nothing was sent", await screen.locator(".practice").isVisible());
  check(where, "there is no request", (await screen.locator("a.step.main").count()) === 0);
  // Its page is loaded anew by the browser, every ten seconds.
  await soon(where, "the mediator sees the end", async () => (await desk.locator("[data-state=practised]").count()) === 1, 300);
  await desk.context().close();
  await screen.context().close();
}

// By keyboard alone.
{
  const where = "keyboard";
  const desk = await mediator(where, "en");
  const code = await begin(desk, {lesson: "let-me-try/citizen"});
  const screen = await open(`${where} screen`);
  await screen.goto(`${base}/en/screen`);
  await screen.locator("#code").focus();
  await screen.keyboard.type(code);
  await screen.keyboard.press("Enter");
  await screen.locator("form[action$='/answer'] fieldset input").first().focus();
  await screen.keyboard.press("Space");
  await screen.keyboard.press("Enter");
  await screen.locator(".said").waitFor();
  const focused = await screen.evaluate(() => document.activeElement?.tagName);
  check(where, "the page can be gone on with", focused !== undefined);
  await desk.context().close();
  await screen.context().close();
}

await browser.close();
await server.stop();
finish("two screens were one session without a finding");
