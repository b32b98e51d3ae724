// Reads a figure's table out of the page. The table is the one source of what is drawn: a drawing can show nothing
// that the table does not say, and an estimate without an interval is not there to be drawn.

export interface Estimate {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly text: string;
  readonly tone: string;
  readonly mark: string; // said at this point of a curve; may be empty
}

export interface Column {
  readonly index: number;
  readonly heading: string;
  readonly panel: string; // columns of one panel share an axis; empty: not drawn by itself
  readonly series: string;
  readonly unit: string;
  readonly measure: string;
  readonly cut: string; // what a drawing of dots leaves out, in words; empty when nothing
}

export interface Row {
  readonly heading: string;
  readonly hour: number | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly unit: string;
  readonly level: number | null; // of a step of a curve
  readonly tick: string;
  readonly cells: readonly (Estimate | null)[];
}

// Rows under a heading of their own, which says something of each column and may set bounds.
export interface Group {
  readonly heading: string;
  readonly notes: readonly string[];
  readonly unit: string;
  readonly atLeast: number | null;
  readonly atMost: number | null;
  readonly wanted: string;
  readonly rows: readonly Row[];
}

export interface Table {
  readonly rowHeading: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[]; // where there are groups, without their headings
  readonly groups: readonly Group[];
}

const numberOr = (text: string | undefined): number | null => (text === undefined ? null : Number(text));

function estimateOf(cell: HTMLElement): Estimate | null {
  const mean = numberOr(cell.dataset["mean"]);
  const half = numberOr(cell.dataset["halfWidth"]);
  if (mean === null || half === null) return null;
  return {mean, low: mean - half, high: mean + half, text: cell.textContent ?? "", tone: cell.className || "none", mark: cell.dataset["mark"] ?? ""};
}

function rowOf(line: HTMLTableRowElement): Row {
  const [heading, ...cells] = Array.from(line.cells);
  const data = heading?.dataset ?? {};
  return {
    heading: heading?.textContent ?? "",
    hour: numberOr(data["hour"]),
    latitude: numberOr(data["latitude"]),
    longitude: numberOr(data["longitude"]),
    unit: data["unit"] ?? "",
    level: numberOr(data["level"]),
    tick: data["tick"] ?? "",
    cells: cells.map(estimateOf),
  };
}

function groupOf(body: HTMLTableSectionElement): Group {
  const [first, ...rows] = Array.from(body.rows);
  const [heading, ...notes] = Array.from(first?.cells ?? []);
  return {
    heading: heading?.textContent ?? "",
    notes: notes.map((cell) => cell.textContent ?? ""),
    unit: heading?.dataset["unit"] ?? "",
    atLeast: numberOr(body.dataset["atLeast"]),
    atMost: numberOr(body.dataset["atMost"]),
    wanted: body.dataset["wanted"] ?? "",
    rows: rows.map(rowOf),
  };
}

export function readTable(table: HTMLTableElement): Table {
  const [first, ...headings] = Array.from(table.tHead?.rows[0]?.cells ?? []);
  const groups = Array.from(table.tBodies).filter((body) => "group" in body.dataset).map(groupOf);
  return {
    rowHeading: first?.textContent ?? "",
    columns: headings.map((cell, index) => ({
      index,
      heading: cell.textContent ?? "",
      panel: cell.dataset["panel"] ?? "",
      series: cell.dataset["series"] ?? "",
      unit: cell.dataset["unit"] ?? "",
      measure: cell.dataset["measure"] ?? "",
      cut: cell.dataset["cut"] ?? "",
    })),
    rows: groups.length > 0 ? groups.flatMap((group) => group.rows) : Array.from(table.tBodies[0]?.rows ?? []).map(rowOf),
    groups,
  };
}

// Drawn columns by panel, in the order of the table.
export function panelsOf(table: Table): Map<string, Column[]> {
  const panels = new Map<string, Column[]>();
  for (const column of table.columns) {
    if (column.panel === "") continue;
    panels.set(column.panel, [...(panels.get(column.panel) ?? []), column]);
  }
  return panels;
}
