// The report page with scripts: draws each figure above its table, in the language that is shown. Without scripts
// the page is whole as well: every number stands in a table, and the language is switched by the style sheet.
import {drawCurves} from "./curves";
import {drawDifferences, drawDots, drawGroupDots} from "./dots";
import {drawHours, drawLines} from "./lines";
import type {Look} from "./look";
import {drawMap} from "./map";
import {readTable, type Table} from "./table";

const drawings: Record<string, (table: Table, page: Look) => Element[]> = {
  lines: drawLines,
  hours: drawHours,
  dots: drawDots,
  differences: drawDifferences,
  map: drawMap,
  curves: drawCurves,
  "group-dots": drawGroupDots,
};

const choices = Array.from(document.querySelectorAll<HTMLInputElement>("input[name=language]"));

function shown(): HTMLElement | null {
  const language = choices.find((choice) => choice.checked)?.value;
  return language === undefined ? null : document.getElementById(language);
}

function drawInto(box: HTMLElement, language: string): void {
  const figure = box.closest("figure");
  const table = figure?.querySelector("table");
  const draw = drawings[box.dataset["drawing"] ?? ""];
  if (!figure || !table || !draw) return;
  box.hidden = false;
  const width = Math.floor(box.clientWidth);
  if (width === 0 || box.dataset["width"] === String(width)) return;
  const made = draw(readTable(table), {width, language, most: Number(box.dataset["most"] ?? 40), words: {spans: box.dataset["spans"] ?? ""}});
  box.replaceChildren(...made);
  box.hidden = made.length === 0;
  const isFirst = box.dataset["width"] === undefined;
  box.dataset["width"] = String(width);
  // The drawing says it at a glance; the table stays one key away, unless it says what cannot be drawn.
  const details = figure.querySelector("details");
  if (isFirst && details && made.length > 0 && !("stays" in details.dataset)) details.open = false;
}

function drawShown(): void {
  const article = shown();
  if (!article) return;
  document.documentElement.lang = article.lang;
  document.title = `${article.querySelector("h1")?.textContent ?? ""} · Balcão`;
  for (const box of article.querySelectorAll<HTMLElement>(".plot")) drawInto(box, article.lang);
}

// "#es" or "#es-desks" in the address shows Spanish.
function followAddress(): void {
  const choice = choices.find((one) => location.hash.slice(1, 3) === one.value && /^#..(-|$)/.test(location.hash));
  if (choice && !choice.checked) {
    choice.checked = true;
    drawShown();
    document.getElementById(location.hash.slice(1))?.scrollIntoView();
  }
}

let openedForPrint: HTMLDetailsElement[] = [];

window.addEventListener("beforeprint", () => {
  openedForPrint = Array.from(shown()?.querySelectorAll<HTMLDetailsElement>("details:not([open])") ?? []);
  for (const details of openedForPrint) details.open = true;
});
window.addEventListener("afterprint", () => {
  for (const details of openedForPrint) details.open = false;
});
window.addEventListener("hashchange", followAddress);
for (const choice of choices) choice.addEventListener("change", drawShown);

let redraw = 0;
new ResizeObserver(() => {
  cancelAnimationFrame(redraw);
  redraw = requestAnimationFrame(drawShown);
}).observe(document.documentElement);

followAddress();
drawShown();
