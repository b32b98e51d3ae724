// Reads a figure's table out of the page. The table is the one source of what is drawn: a drawing can show nothing
// that the table does not say, and an estimate without an interval is not there to be drawn.

export interface Estimate {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly text: string;
  readonly tone: string;
}

export interface Column {
  readonly index: number;
  readonly heading: string;
  readonly panel: string; // columns of one panel share an axis; empty: not drawn by itself
  readonly series: string;
  readonly unit: string;
  readonly measure: string;
}

export interface Row {
  readonly heading: string;
  readonly hour: number | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly unit: string;
  readonly cells: readonly (Estimate | null)[];
}

export interface Table {
  readonly rowHeading: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

const numberOr = (text: string | undefined): number | null => (text === undefined ? null : Number(text));

function estimateOf(cell: HTMLElement): Estimate | null {
  const mean = numberOr(cell.dataset["mean"]);
  const half = numberOr(cell.dataset["halfWidth"]);
  if (mean === null || half === null) return null;
  return {mean, low: mean - half, high: mean + half, text: cell.textContent ?? "", tone: cell.className || "none"};
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
    cells: cells.map(estimateOf),
  };
}

export function readTable(table: HTMLTableElement): Table {
  const [first, ...headings] = Array.from(table.tHead?.rows[0]?.cells ?? []);
  return {
    rowHeading: first?.textContent ?? "",
    columns: headings.map((cell, index) => ({
      index,
      heading: cell.textContent ?? "",
      panel: cell.dataset["panel"] ?? "",
      series: cell.dataset["series"] ?? "",
      unit: cell.dataset["unit"] ?? "",
      measure: cell.dataset["measure"] ?? "",
    })),
    rows: Array.from(table.tBodies[0]?.rows ?? []).map(rowOf),
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
