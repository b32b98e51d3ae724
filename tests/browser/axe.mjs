// What axe-core finds wrong with a page as it stands.
import {readFileSync} from "node:fs";
import {createRequire} from "node:module";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";

const require = createRequire(join(dirname(fileURLToPath(import.meta.url)), "../../web/package.json"));
const source = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

// How many rules looked and were content, and the violations: [{rule, places: [HTML of an element…]}…]. What was right
// is counted only: on a page of thousands of cells it is dear to write each of them down.
export async function violations(page) {
  await page.evaluate(source);
  return page.evaluate(async () => {
    const found = await globalThis.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
      resultTypes: ["violations"],
      preload: false,
    });
    const places = ({nodes}) => nodes.slice(0, 3).map((node) => node.html.slice(0, 160));
    return {content: found.passes.length, violations: found.violations.map((each) => ({rule: each.id, places: places(each)}))};
  });
}
