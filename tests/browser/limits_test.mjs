// The page that tells who comes too often to wait, and the page where programs begin, in a real browser: in three
// languages, on a phone and on a wide screen. Used by ctest: node limits_test.mjs CHROMIUM BALCAO FOLDER.
import {mkdirSync} from "node:fs";

import {start} from "../api/server.mjs";
import {balcao, check, finish, folder, look, openBrowser, press} from "./walk.mjs";

mkdirSync(folder, {recursive: true});
const server = await start(balcao, ["--limit", "tickets=1,1"]);
const browser = await openBrowser();
try {
  for (const language of ["pt", "en", "es"]) {
    for (const width of [390, 1280]) {
      const context = await browser.newContext({viewport: {width, height: 900}, locale: language, bypassCSP: true});
      const page = await context.newPage();
      await page.goto(`${server.base}/api`);
      await look(page, `api ${language} ${width}`, `api ${language} ${width}`);
      await page.goto(`${server.base}/${language}/sites/shop`);
      await page.locator('input[value="quiet"]').check();
      await press(page, page.locator("form button.main"));
      if (/\/tickets\//.test(page.url()) && !/sites/.test(page.url())) {  // the first one was given
        await page.goto(`${server.base}/${language}/sites/shop`);
        await page.locator('input[value="quiet"]').check();
        await press(page, page.locator("form button.main"));
      }
      const kept = await page.locator('input[type="hidden"][name="service"]').getAttribute("value");
      check(`limits ${language} ${width}`, "what was chosen is kept", kept === "quiet", kept);
      await look(page, `limits ${language} ${width}`, `limits ${language} ${width}`);
      await context.close();
    }
  }
} finally {
  await browser.close();
  await server.stop();
}
finish("the pages are as they should be");
