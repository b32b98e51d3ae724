// What all drawings share: sizes, colours (as custom properties of report.css, so that light, dark and print need no
// redrawing), numbers in the page's language, legends.

export interface Look {
  readonly width: number; // of the drawing's box, in pixels
  readonly language: string;
  readonly most: number; // as many dots as a drawing shows
  readonly words: {readonly spans: string};
}

export const fontSize = 13;
// How wide bold words of a drawing are, in the font that the page really has.
export function textWidth(words: string): number {
  const context = document.createElement("canvas").getContext("2d");
  if (!context) return words.length * fontSize * 0.6;
  context.font = `600 ${fontSize}px ${getComputedStyle(document.body).fontFamily}`;
  return context.measureText(words).width;
}

export const ink = "var(--ink)";
export const quiet = "var(--quiet)";
export const grid = "var(--line)";
export const shades = 6;

export const seriesColour = (index: number): string => `var(--series-${(index % 6) + 1})`;
export const seriesDash = (index: number): string => ["none", "7 4", "2 4", "10 3 2 3", "5 2", "1 3"][index % 6]!;
export const symbols = ["circle", "square", "triangle", "diamond", "star", "wye"] as const;
export type Symbol = (typeof symbols)[number];
export const seriesSymbol = (index: number): Symbol => symbols[index % symbols.length]!;
export const shadeColour = (shade: number): string => `var(--shade-${shade})`;

export function toneColour(tone: string): string {
  if (tone === "good") return "var(--good)";
  if (tone === "bad") return "var(--bad)";
  return tone === "unclear" ? "var(--quiet)" : "var(--series-1)";
}

// Ticks in the page's language; shares as percentages, differences of shares in points.
export function tickFormat(unit: string, language: string): (value: number) => string {
  const isShare = unit === "share" || unit === "points";
  const format = new Intl.NumberFormat(language, {maximumFractionDigits: 3});
  const suffix = unit === "share" ? (language === "en" ? "%" : "\u00a0%") : "";
  return (value) => format.format(isShare ? Math.round(value * 1e6) / 1e4 : value) + suffix;
}

export function element(tag: string, className: string, text = ""): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

// A panel: its name, and what is drawn under it.
export function panel(name: string, width: number, drawing: Element, legend: Element | null = null): HTMLElement {
  const box = element("div", "panel");
  box.style.width = `${width}px`;
  if (name !== "") box.append(element("p", "panel-name", name));
  if (legend) box.append(legend);
  box.append(drawing);
  // The box around all panels has a name and is an image: what the library says of its parts would only be noise.
  for (const part of box.querySelectorAll("[aria-label]")) part.removeAttribute("aria-label");
  return box;
}

// The shade, 0 to 5, of a value between zero and the largest.
export const shadeOf = (value: number, largest: number): number =>
  largest > 0 ? Math.max(0, Math.min(shades - 1, Math.floor((value / largest) * shades))) : 0;

export function shadeLegend(largest: number, unit: string, look: Look, note: string): HTMLElement {
  const format = tickFormat(unit, look.language);
  const rounded = (value: number) => format(Number(value.toPrecision(2)));
  const list = element("ul", "legend");
  for (let shade = 0; shade < shades; ++shade) {
    const item = element("li", "");
    const swatch = element("span", "swatch");
    swatch.style.background = shadeColour(shade);
    item.append(swatch, `${rounded((largest * shade) / shades)}–${rounded((largest * (shade + 1)) / shades)}`);
    list.append(item);
  }
  if (note !== "") list.append(element("li", "", note));
  return list;
}

// The width of one of several panels: as many side by side as have room, with the gap of report.css between them.
export function columnWidth(width: number, least = 400): number {
  const gap = 24;
  const columns = Math.max(1, Math.floor((width + gap) / (least + gap)));
  return Math.floor((width - gap * (columns - 1)) / columns);
}
