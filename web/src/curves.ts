// How a target bends: a panel each target, its steps along, a line with its interval for each model, the bound as a
// dashed line with the wrong side shaded, and a flag where a line breaks through.
import {areaY, axisX, axisY, dot, gridY, lineY, plot, rect, ruleX, ruleY, text, type Markish} from "@observablehq/plot";
import {seriesLegend} from "./lines";
import * as look from "./look";
import type {Estimate, Group, Table} from "./table";

interface Point extends Estimate {
  readonly level: number;
}

interface Break {
  readonly level: number;
  readonly mean: number;
  readonly words: string;
  readonly series: number;
}

const flagHeight = 18;

function pointsOf(group: Group, column: number): Point[] {
  return group.rows.flatMap((row) => {
    const estimate = row.cells[column];
    return estimate && row.level !== null ? [{...estimate, level: row.level}] : [];
  });
}

function breaksOf(series: readonly (readonly Point[])[]): Break[] {
  return series.flatMap((points, index) =>
    points
      .filter((point) => point.mark !== "")
      .map((point) => ({level: point.level, mean: point.mean, words: point.mark, series: index})),
  );
}

// The steps whose names have room below the axis: every one, every second …
function ticksOf(group: Group, width: number): Map<number, string> {
  const steps = group.rows.flatMap((row) => (row.level === null ? [] : [[row.level, row.tick] as const]));
  const longest = Math.max(...steps.map(([, tick]) => tick.length));
  const every = Math.max(1, Math.ceil((steps.length * (longest + 1.5) * 7.5) / width));
  return new Map(steps.filter((_, i) => i % every === 0));
}

interface Frame {
  readonly width: number;
  readonly low: number;
  readonly high: number;
  readonly top: number;
  readonly unit: string;
}

function wrongSide(group: Group, frame: Frame): Markish[] {
  const sides = [
    group.atMost === null ? null : [group.atMost, frame.top],
    group.atLeast === null ? null : [0, group.atLeast],
  ].filter((side) => side !== null);
  return sides.map(([y1, y2]) => rect([0], {x1: frame.low, x2: frame.high, y1: y1!, y2: y2!, fill: "var(--bad-soft)"}));
}

// The side, left or right, on which the curves leave more room around a bound for its words.
function roomyEnd(points: readonly Point[], bound: number): "left" | "right" {
  const room = (level: number) =>
    Math.min(...points.filter((point) => point.level === level).map((point) => Math.abs(point.mean - bound)));
  const levels = points.map((point) => point.level);
  return room(Math.max(...levels)) > room(Math.min(...levels)) ? "right" : "left";
}

function boundMarks(group: Group, points: readonly Point[]): Markish[] {
  const bounds = [group.atLeast, group.atMost].filter((bound) => bound !== null);
  return bounds.flatMap((bound) => {
    const end = roomyEnd(points, bound);
    return [
      ruleY([bound], {stroke: "var(--bad)", strokeWidth: 1.5, strokeDasharray: "6 4"}),
      text([bound], {
        y: (value: number) => value,
        text: () => group.wanted,
        frameAnchor: end,
        textAnchor: end === "left" ? "start" : "end",
        dx: end === "left" ? 4 : -4,
        dy: bound === group.atLeast ? 10 : -9,
        fill: "var(--bad)",
        stroke: "var(--paper)",
        strokeWidth: 4,
      }),
    ];
  });
}

const marginLeft = 54;
const marginRight = 22;

// On the side of its line that has more room, and smaller where that is not enough.
function placeOf(at: Break, frame: Frame): {isLeft: boolean; fontSize: number} {
  const share = frame.high > frame.low ? (at.level - frame.low) / (frame.high - frame.low) : 0.5;
  const x = marginLeft + share * (frame.width - marginLeft - marginRight);
  const isLeft = x > frame.width / 2;
  const room = (isLeft ? x : frame.width - x) - 11;
  return {isLeft, fontSize: Math.min(look.fontSize, (look.fontSize * room) / look.textWidth(at.words))};
}

// A dotted line up to a flag above the frame, one flag below the other: the line's symbol and what it says.
function flagMarks(breaks: readonly Break[], frame: Frame, flagTop: number): Markish[] {
  const rules = breaks.flatMap((at, place) => {
    const colour = look.seriesColour(at.series);
    const insetTop = place * flagHeight + 8 - flagTop;
    return [
      ruleX([at], {x: "level", stroke: colour, strokeWidth: 1.5, strokeDasharray: "2 3", insetTop}),
      dot([at], {x: "level", y: "mean", r: 8, stroke: colour, strokeWidth: 2, fill: "none"}),
    ];
  });
  const flags = breaks.flatMap((at, place) => {
    const {isLeft, fontSize} = placeOf(at, frame);
    const dy = place * flagHeight + 6 - flagTop;
    return [
      dot([at], {
        x: "level",
        frameAnchor: "top",
        dy,
        r: 4,
        fill: look.seriesColour(at.series),
        symbol: look.seriesSymbol(at.series),
      }),
      text([at], {
        x: "level",
        text: "words",
        frameAnchor: "top",
        lineAnchor: "middle",
        textAnchor: isLeft ? "end" : "start",
        dx: isLeft ? -9 : 9,
        fontSize,
        dy,
        fill: look.ink,
        stroke: "var(--paper)",
        strokeWidth: 5,
        fontWeight: 600,
      }),
    ];
  });
  return [...rules, ...flags];
}

function seriesMarks(series: readonly (readonly Point[])[]): Markish[] {
  return series.flatMap((points, index) => {
    const colour = look.seriesColour(index);
    return [
      areaY(points, {x: "level", y1: "low", y2: "high", fill: colour, fillOpacity: 0.2}),
      lineY(points, {x: "level", y: "mean", stroke: colour, strokeWidth: 2, strokeDasharray: look.seriesDash(index)}),
      ruleX(points, {x: "level", y1: "low", y2: "high", stroke: colour, strokeWidth: 1.5}),
      dot(points, {x: "level", y: "mean", fill: colour, r: 3, symbol: look.seriesSymbol(index), title: "text"}),
    ];
  });
}

function curvePlot(table: Table, group: Group, width: number, page: look.Look): Element | null {
  const series = table.columns.map((column) => pointsOf(group, column.index));
  const points = series.flat();
  if (points.length === 0) return null;
  const breaks = breaksOf(series);
  const flagTop = breaks.length * flagHeight;
  const levels = group.rows.flatMap((row) => (row.level === null ? [] : [row.level]));
  const highest = Math.max(1e-9, group.atMost ?? 0, group.atLeast ?? 0, ...points.map((point) => point.high));
  const isWhole = group.unit === "share" && highest > 0.6;
  const frame: Frame = {
    width,
    low: Math.min(...levels),
    high: Math.max(...levels),
    top: isWhole ? Math.max(1, highest) : highest * 1.08,
    unit: group.unit,
  };
  const ticks = ticksOf(group, width - marginLeft - marginRight);
  return plot({
    width,
    height: 250 + flagTop,
    marginLeft,
    marginRight,
    marginTop: 12 + flagTop,
    marginBottom: 40,
    style: {fontSize: `${look.fontSize}px`, background: "none", color: look.ink, overflow: "visible"},
    x: {domain: frame.low === frame.high ? [frame.low, frame.low + 1] : [frame.low, frame.high]},
    y: {domain: [0, frame.top]},
    marks: [
      ...wrongSide(group, frame),
      gridY({stroke: look.grid, strokeOpacity: 1, ticks: 5}),
      axisX({
        ticks: [...ticks.keys()],
        tickFormat: (level: number) => ticks.get(level) ?? "",
        label: table.rowHeading,
        labelAnchor: "center",
        labelArrow: "none",
      }),
      axisY({ticks: 5, tickFormat: look.tickFormat(frame.unit, page.language), label: null, tickSize: 0}),
      ruleY([0], {stroke: look.quiet}),
      ...boundMarks(group, points),
      ...seriesMarks(series),
      ...flagMarks(breaks, frame, flagTop),
    ],
  });
}

export function drawCurves(table: Table, page: look.Look): Element[] {
  const width = table.groups.length > 1 ? look.columnWidth(page.width) : page.width;
  return table.groups.flatMap((group) => {
    const drawing = curvePlot(table, group, width, page);
    if (!drawing) return [];
    const names = table.columns.map((column, index) => {
      const note = group.notes[index] ?? "";
      return column.series === "" ? note : `${column.series}: ${note}`;
    });
    return [look.panel(group.heading, width, drawing, seriesLegend(names))];
  });
}
