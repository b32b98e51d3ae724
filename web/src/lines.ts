// Estimates hour by hour: a line with its interval as a band, a panel each measure; or, of one measure, a small
// panel each line of the table (few lines) or a field of shades (many).
import {areaY, axisX, axisY, cell, dot, gridY, lineY, plot, ruleX, ruleY, text} from "@observablehq/plot";
import * as look from "./look";
import {panelsOf, type Column, type Estimate, type Table} from "./table";

interface Point extends Estimate {
  readonly hour: number;
}

const smallPanelsMax = 12;

function seriesPoints(table: Table, column: Column): Point[] {
  return table.rows.flatMap((row) => {
    const estimate = row.cells[column.index];
    return estimate && row.hour !== null ? [{...estimate, hour: row.hour}] : [];
  });
}

const highest = (points: readonly Estimate[]): number => Math.max(1e-9, ...points.map((point) => point.high));

interface Frame {
  readonly width: number;
  readonly height: number;
  readonly top: number; // of the vertical axis
  readonly unit: string;
  readonly hours: readonly number[];
  readonly xLabel: string;
}

function hourPlot(series: readonly (readonly Point[])[], frame: Frame, page: look.Look): Element {
  const first = Math.min(...frame.hours);
  const last = Math.max(...frame.hours) + 1;
  const everyHours = Math.max(1, Math.ceil(((last - first) * 26) / frame.width));
  const ticks = Array.from({length: last - first + 1}, (_, i) => first + i).filter(
    (hour) => (hour - first) % everyHours === 0,
  );
  const middle = (point: Point) => point.hour + 0.5;
  const marks = series.flatMap((points, index) => {
    const colour = look.seriesColour(index);
    return [
      areaY(points, {x: middle, y1: "low", y2: "high", fill: colour, fillOpacity: 0.2}),
      lineY(points, {x: middle, y: "mean", stroke: colour, strokeWidth: 2, strokeDasharray: look.seriesDash(index)}),
      ruleX(points, {x: middle, y1: "low", y2: "high", stroke: colour, strokeWidth: 1.5}),
      dot(points, {x: middle, y: "mean", fill: colour, r: 3, symbol: look.seriesSymbol(index), title: "text"}),
    ];
  });
  return plot({
    width: frame.width,
    height: frame.height,
    marginLeft: 48,
    marginRight: 10,
    marginTop: 12,
    marginBottom: 38,
    style: {fontSize: `${look.fontSize}px`, background: "none", color: look.ink},
    x: {domain: [first, last]},
    y: {domain: [0, frame.top], nice: true},
    marks: [
      gridY({stroke: look.grid, strokeOpacity: 1, ticks: 5}),
      axisX({ticks, tickFormat: (hour: number) => String(hour), label: frame.xLabel, labelArrow: "none"}),
      axisY({ticks: 5, tickFormat: look.tickFormat(frame.unit, page.language), label: null, tickSize: 0}),
      ruleY([0], {stroke: look.quiet}),
      ...marks,
    ],
  });
}

// What each line is: a piece of it, and its name.
export function seriesLegend(names: readonly string[]): Element {
  const list = look.element("ul", "legend");
  names.forEach((name, index) => {
    const item = look.element("li", "");
    const swatch = plot({
      width: 34,
      height: 14,
      margin: 0,
      axis: null,
      x: {domain: [0, 1]},
      y: {domain: [0, 1]},
      style: {background: "none", overflow: "visible"},
      marks: [
        lineY([0.5, 0.5], {
          x: [0, 1],
          stroke: look.seriesColour(index),
          strokeWidth: 2,
          strokeDasharray: look.seriesDash(index),
        }),
        dot([0], {x: [0.5], y: [0.5], r: 4, fill: look.seriesColour(index), symbol: look.seriesSymbol(index)}),
      ],
    });
    item.append(swatch, name);
    list.append(item);
  });
  return list;
}

// A panel each measure; its columns are the series.
export function drawLines(table: Table, page: look.Look): Element[] {
  const hours = table.rows.flatMap((row) => (row.hour === null ? [] : [row.hour]));
  const panels = panelsOf(table);
  const width = panels.size > 1 ? look.columnWidth(page.width) : page.width;
  return [...panels].flatMap(([name, columns]) => {
    const series = columns.map((column) => seriesPoints(table, column));
    if (series.flat().length === 0) return [];
    const legend = columns.length > 1 ? seriesLegend(columns.map((column) => column.series)) : null;
    const frame = {width, height: 280, top: highest(series.flat()), unit: columns[0]!.unit, hours, xLabel: table.rowHeading};
    return [look.panel(name, width, hourPlot(series, frame, page), legend)];
  });
}

interface Shaded extends Point {
  readonly row: number; // of the table: two lines may have the same name
}

function shadeField(points: readonly Shaded[], table: Table, page: look.Look): Element[] {
  const unit = table.columns[0]!.unit;
  const largest = Math.max(...points.map((point) => point.mean));
  const isNarrow = page.width < 700;
  const rows = [...new Set(points.map((point) => point.row))];
  const first = Math.min(...points.map((point) => point.hour));
  const last = Math.max(...points.map((point) => point.hour));
  const hours = Array.from({length: last - first + 1}, (_, i) => first + i);
  const nameOf = (row: number) => table.rows[row]!.heading;
  const shadeOf = (value: number) => look.shadeOf(value, largest);
  const spans = points.filter((point) => shadeOf(point.low) !== shadeOf(point.high));
  const chars = isNarrow ? Math.floor(page.width / 14) : 16;
  const field = plot({
    width: page.width,
    height: 50 + rows.length * (isNarrow ? 42 : 24),
    marginLeft: isNarrow ? 0 : 220,
    marginRight: 0,
    marginTop: 26,
    marginBottom: 6,
    style: {fontSize: `${look.fontSize}px`, background: "none", color: look.ink},
    x: {axis: null, type: "band", domain: hours, padding: 0.06},
    y: {type: "band", domain: rows, padding: isNarrow ? 0 : 0.08, axis: null},
    marks: [
      axisX({anchor: "top", label: null, tickSize: 0, tickFormat: (hour: number) => String(hour)}),
      isNarrow
        ? text(rows, {
            y: (row: number) => row,
            frameAnchor: "left",
            textAnchor: "start",
            lineAnchor: "bottom",
            dy: -3,
            text: nameOf,
            lineWidth: chars * 2,
            textOverflow: "ellipsis",
          })
        : axisY({label: null, tickSize: 0, tickFormat: nameOf, lineWidth: chars, textOverflow: "ellipsis"}),
      cell(points, {
        x: "hour",
        y: "row",
        insetTop: isNarrow ? 20 : 0,
        fill: {value: (point: Shaded) => look.shadeColour(shadeOf(point.mean)), scale: null},
        title: (point: Shaded) => `${nameOf(point.row)}, ${point.hour}:00: ${point.text}`,
      }),
      dot(spans, {
        x: "hour",
        y: "row",
        dy: isNarrow ? 10 : 0,
        r: 2.5,
        fill: {value: (point: Shaded) => `var(--on-shade-${shadeOf(point.mean)})`, scale: null},
      }),
    ],
  });
  const legend = look.shadeLegend(largest, unit, page, spans.length > 0 ? `• ${page.words.spans}` : "");
  return [look.panel(table.columns[0]!.panel, page.width, field, legend)];
}

// One measure: columns are hours, lines are what it is measured of.
export function drawHours(table: Table, page: look.Look): Element[] {
  const points = table.rows.flatMap((line, row) =>
    table.columns.flatMap((column): Shaded[] => {
      const estimate = line.cells[column.index];
      return estimate ? [{...estimate, hour: Number(column.series), row}] : [];
    }),
  );
  if (points.length === 0) return [];
  const rows = [...new Set(points.map((point) => point.row))];
  if (rows.length > smallPanelsMax) return shadeField(points, table, page);
  const hours = points.map((point) => point.hour);
  const width = look.columnWidth(page.width, 260);
  const top = highest(points);
  const unit = table.columns[0]!.unit;
  const panels = rows.map((row) => {
    const own = points.filter((point) => point.row === row);
    const drawing = hourPlot([own], {width, height: 180, top, unit, hours, xLabel: ""}, page);
    return look.panel(table.rows[row]!.heading, width, drawing);
  });
  return [look.element("p", "measure", table.columns[0]!.panel), ...panels];
}
