// Sites at their place, north up: as large as the people who come, as dark as their wait. There is no map beneath:
// nothing is fetched, and a coast would say nothing about a queue.
import {dot, frame, plot, ruleY, text} from "@observablehq/plot";
import * as look from "./look";
import type {Estimate, Table} from "./table";

interface Site {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly wait: Estimate;
  readonly people: string;
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

interface Label extends Box {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly anchor: "start" | "end" | "middle";
}

const kmPerDegree = 111.2;
const margin = 28;
const letterWidth = 7;
const heightMax = 440;

const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

// The first free place of four around the site; none when all are taken.
function labelOf(site: Site, taken: readonly Box[], width: number): Label | null {
  const long = site.name.length * letterWidth;
  const gap = site.radius + 5;
  const at = (x: number, y: number, anchor: Label["anchor"]): Label => {
    const left = anchor === "start" ? x : anchor === "end" ? x - long : x - long / 2;
    return {text: site.name, x, y, anchor, left, right: left + long, top: y - 8, bottom: y + 8};
  };
  const places = [
    at(site.x + gap, site.y, "start"),
    at(site.x - gap, site.y, "end"),
    at(site.x, site.y - gap - 6, "middle"),
    at(site.x, site.y + gap + 6, "middle"),
  ];
  const isFree = (place: Label) =>
    place.left >= 0 && place.right <= width && !taken.some((other) => overlap(place, other));
  return places.find(isFree) ?? null;
}

// 1, 2 or 5 times a power of ten, at most that large.
function roundLength(atMost: number): number {
  const power = 10 ** Math.floor(Math.log10(atMost));
  return [5, 2, 1].map((step) => step * power).find((length) => length <= atMost) ?? power;
}

export function drawMap(table: Table, page: look.Look): Element[] {
  const waitColumn = table.columns.find((column) => column.measure === "wait");
  const peopleColumn = table.columns.find((column) => column.measure === "arrivals");
  const placed = table.rows.flatMap((row) => {
    const wait = waitColumn && row.cells[waitColumn.index];
    const people = peopleColumn && row.cells[peopleColumn.index];
    return wait && people && row.latitude !== null && row.longitude !== null
      ? [{name: row.heading, latitude: row.latitude, longitude: row.longitude, wait, people}]
      : [];
  });
  if (!waitColumn || placed.length < 2) return [];

  const latitudes = placed.map((site) => site.latitude);
  const middle = (Math.min(...latitudes) + Math.max(...latitudes)) / 2;
  const east = placed.map((site) => site.longitude * Math.cos((middle * Math.PI) / 180));
  const north = latitudes;
  const spanEast = Math.max(...east) - Math.min(...east) || 0.01;
  const spanNorth = Math.max(...north) - Math.min(...north) || 0.01;
  const room = page.width - 2 * margin;
  const pixels = Math.min(room / spanEast, heightMax / spanNorth);
  const height = Math.max(200, spanNorth * pixels + 2 * margin + 30);
  const left = (page.width - spanEast * pixels) / 2;
  const mostPeople = Math.max(...placed.map((site) => site.people.mean));
  const largest = Math.max(...placed.map((site) => site.wait.mean));
  const sites: Site[] = placed
    .map((site, i) => ({
      name: site.name,
      x: left + (east[i]! - Math.min(...east)) * pixels,
      y: margin + (Math.max(...north) - north[i]!) * pixels,
      radius: 5 + 15 * Math.sqrt(site.people.mean / mostPeople),
      wait: site.wait,
      people: `${peopleColumn!.heading}: ${site.people.text}`,
    }))
    .sort((a, b) => b.radius - a.radius);

  const taken: Box[] = sites.map((site) => ({
    left: site.x - site.radius,
    right: site.x + site.radius,
    top: site.y - site.radius,
    bottom: site.y + site.radius,
  }));
  const labels = sites.flatMap((site) => {
    const label = labelOf(site, taken, page.width);
    if (label) taken.push(label);
    return label ? [label] : [];
  });
  const kilometres = roundLength(((page.width / 4) * kmPerDegree) / pixels);
  const bar = (kilometres * pixels) / kmPerDegree;
  const anchored = (anchor: Label["anchor"]) =>
    text(
      labels.filter((label) => label.anchor === anchor),
      {x: "x", y: "y", text: "text", textAnchor: anchor, stroke: "var(--paper)", strokeWidth: 4, fill: look.ink},
    );
  const drawing = plot({
    width: page.width,
    height,
    margin: 0,
    axis: null,
    x: {type: "identity"},
    y: {type: "identity"},
    style: {fontSize: `${look.fontSize}px`, background: "none", color: look.ink},
    marks: [
      frame({stroke: look.grid, fill: "var(--ground)", rx: 8, inset: 0.5}),
      dot(sites, {
        x: "x",
        y: "y",
        r: {value: "radius", scale: null},
        fill: {value: (site: Site) => look.shadeColour(look.shadeOf(site.wait.mean, largest)), scale: null},
        stroke: look.ink,
        title: (site: Site) => `${site.name}\n${waitColumn.heading}: ${site.wait.text}\n${site.people}`,
      }),
      anchored("start"),
      anchored("end"),
      anchored("middle"),
      ruleY([height - 10], {x1: 10, x2: 10 + bar, stroke: look.ink, strokeWidth: 2}),
      text([`${new Intl.NumberFormat(page.language).format(kilometres)} km`], {
        x: 10,
        y: height - 20,
        textAnchor: "start",
        fill: look.ink,
      }),
    ],
  });
  const legend = look.shadeLegend(largest, waitColumn.unit, page, "");
  return [look.panel(waitColumn.heading, page.width, drawing, legend)];
}
