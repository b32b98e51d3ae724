// Estimates below each other: a dot for the mean, a bar for the interval, the name and the numbers above them.
import {axisX, dot, gridX, plot, ruleX, ruleY, text, type Markish} from "@observablehq/plot";
import * as look from "./look";
import {panelsOf, type Estimate, type Table} from "./table";

interface Item extends Estimate {
  readonly key: string;
  readonly name: string;
  readonly colour: string;
  readonly symbol: look.Symbol;
  readonly isHollow: boolean;
}

interface Bounds {
  readonly values: readonly number[];
  readonly words: string;
}

const unbounded: Bounds = {values: [], words: ""};

// A dashed line with its words above the dots.
function boundMarks(bounds: Bounds): Markish[] {
  return bounds.values.flatMap((value) => [
    ruleX([value], {stroke: "var(--bad)", strokeWidth: 1.5, strokeDasharray: "6 4"}),
    text([value], {
      x: (bound: number) => bound,
      text: () => bounds.words,
      frameAnchor: "top",
      textAnchor: "end",
      dx: -4,
      dy: -10,
      fill: "var(--bad)",
    }),
  ]);
}

function dotPlot(given: readonly Item[], unit: string, width: number, page: look.Look, bounds = unbounded): Element {
  // Nobody's share is above all; the numbers beside the bar keep the interval as it was computed.
  const items = unit === "share" ? given.map((item) => ({...item, high: Math.min(item.high, 1)})) : given;
  const low = Math.min(0, ...items.map((item) => item.low));
  const least = Math.max(0, ...items.map((item) => item.high), ...bounds.values);
  const high = bounds.values.length > 0 && unit === "share" && least > 0.6 ? Math.max(1, least) : least;
  const marginTop = bounds.values.length > 0 ? 22 : 4;
  const longestText = Math.max(...items.map((item) => item.text.length));
  const besideWidth = (width - 50 - longestText * 7) / look.fontSize;
  // Where the longest name does not fit beside its numbers, the numbers go below it.
  const isBelow = Math.max(...items.map((item) => item.name.length)) * 0.52 > besideWidth;
  const nameWidth = isBelow ? (width - 30) / look.fontSize : besideWidth;
  return plot({
    width,
    height: 30 + marginTop + items.length * (isBelow ? 58 : 40),
    marginLeft: 10,
    marginRight: 14,
    marginTop,
    marginBottom: 26,
    style: {fontSize: `${look.fontSize}px`, background: "none", color: look.ink, overflow: "visible"},
    x: {domain: low === high ? [0, 1] : [low, high], nice: true},
    y: {type: "band", domain: items.map((item) => item.key), padding: 0, axis: null},
    symbol: {domain: look.symbols, range: look.symbols},
    marks: [
      gridX({stroke: look.grid, strokeOpacity: 1, ticks: 5}),
      axisX({ticks: 5, tickFormat: look.tickFormat(unit, page.language), label: null, tickSize: 0}),
      ruleX([0], {stroke: look.quiet}),
      ...boundMarks(bounds),
      text(items, {
        y: "key",
        text: "name",
        frameAnchor: "left",
        textAnchor: "start",
        dx: 2,
        dy: isBelow ? -17 : -7,
        lineWidth: nameWidth,
        textOverflow: "ellipsis",
        stroke: "var(--paper)",
        strokeWidth: 4,
        fill: look.ink,
      }),
      text(items, {
        y: "key",
        text: "text",
        frameAnchor: "right",
        textAnchor: "end",
        dy: isBelow ? 1 : -7,
        stroke: "var(--paper)",
        strokeWidth: 4,
        fill: look.quiet,
      }),
      ruleY(items, {
        y: "key",
        x1: "low",
        x2: "high",
        stroke: {value: "colour", scale: null},
        strokeWidth: 3,
        dy: isBelow ? 18 : 10,
      }),
      dot(items, {
        x: "mean",
        y: "key",
        dy: isBelow ? 18 : 10,
        r: 5,
        symbol: "symbol",
        stroke: {value: "colour", scale: null},
        fill: {value: (item: Item) => (item.isHollow ? "var(--paper)" : item.colour), scale: null},
        strokeWidth: 2,
      }),
    ],
  });
}

const toneSymbol = (tone: string) => (tone === "bad" ? "square" : tone === "unclear" ? "diamond" : "circle");

function item(estimate: Estimate, key: string, name: string, series: number): Item {
  const hasTone = estimate.tone !== "none";
  return {
    ...estimate,
    key,
    name,
    colour: hasTone ? look.toneColour(estimate.tone) : look.seriesColour(series),
    symbol: hasTone ? toneSymbol(estimate.tone) : look.seriesSymbol(series),
    isHollow: estimate.tone === "unclear",
  };
}

// A panel each measure (or each measure's panel with several series), the table's lines below each other.
export function drawDots(table: Table, page: look.Look): Element[] {
  const panels = panelsOf(table);
  const width = panels.size > 1 ? look.columnWidth(page.width) : page.width;
  return [...panels].flatMap(([name, columns]) => {
    const items = table.rows.flatMap((row, line) =>
      columns.flatMap((column, series) => {
        const estimate = row.cells[column.index];
        const label = columns.length > 1 ? `${row.heading} · ${column.series}` : row.heading;
        return estimate ? [item(estimate, `${line}-${series}`, label, series)] : [];
      }),
    );
    if (items.length === 0) return [];
    const shown = items.slice(0, page.most);
    const cut = items.length > shown.length ? look.element("p", "measure", columns[0]!.cut) : null;
    return [look.panel(name, width, dotPlot(shown, columns[0]!.unit, width, page), cut)];
  });
}

// A panel each group of lines, with the group's bounds; the columns that hold estimates are the series.
export function drawGroupDots(table: Table, page: look.Look): Element[] {
  const width = table.groups.length > 1 ? look.columnWidth(page.width) : page.width;
  return table.groups.flatMap((group) => {
    const items = group.rows.flatMap((row, line) =>
      table.columns.flatMap((column, series) => {
        const estimate = row.cells[column.index];
        const label = column.series === "" ? row.heading : `${row.heading} · ${column.series}`;
        return estimate ? [item(estimate, `${line}-${series}`, label, series)] : [];
      }),
    );
    if (items.length === 0) return [];
    const values = [group.atLeast, group.atMost].filter((bound) => bound !== null);
    const drawing = dotPlot(items, group.unit, width, page, {values, words: group.wanted});
    return [look.panel(group.heading, width, drawing)];
  });
}

// A panel each line of the table, which has a unit of its own; the columns below each other.
export function drawDifferences(table: Table, page: look.Look): Element[] {
  const width = look.columnWidth(page.width);
  return table.rows.flatMap((row) => {
    const items = table.columns.flatMap((column) => {
      const estimate = column.panel === "" ? null : row.cells[column.index];
      return estimate ? [item(estimate, String(column.index), column.series, 0)] : [];
    });
    if (items.length === 0) return [];
    return [look.panel(row.heading, width, dotPlot(items, row.unit, width, page))];
  });
}
