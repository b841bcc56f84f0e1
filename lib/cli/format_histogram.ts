import { type Bin, boundOf, coarsen, Histogram } from "../pure/histogram.ts";

/** The most rows that are drawn. */
const MAX_ROWS = 24;
/** Columns of the longest bar. */
const BAR_WIDTH = 40;
/** From this power of ten on, and as far below one, bounds are written with an exponent. */
const LONG_POWER = 9;
/** What a column is filled with, from an eighth to all of it. */
const EIGHTHS = ["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"] as const;

/** How exact each level is, in words. */
const LEVELS = ["two significant digits", "one significant digit", "a power of ten"] as const;

/**
 * Draws how numbers are distributed: a row for each range of magnitudes, with its exact count.
 *
 * @param text A histogram as `Histogram` writes it.
 * @param ascii Whether to draw with ASCII characters only.
 */
export function formatHistogram(text: string, ascii: boolean): string {
  const { bins, level: finest } = new Histogram(text);
  if (bins.length === 0) return "no numbers, no histogram\n";
  let level = finest;
  let rows = toRows(bins, finest, level);
  while (rows.length > MAX_ROWS) rows = toRows(bins, finest, ++level);
  const most = rows.reduce((most, { count }) => Math.max(most, count), 0);
  const labels = rows.map(({ sign, index }) => labelOf(sign, index, level));
  const labelWidth = Math.max(...labels.map(({ length }) => length));
  const countWidth = String(most).length;
  const lines = rows.map(({ count }, i) =>
    `${labels[i]!.padStart(labelWidth)}  ${String(count).padStart(countWidth)}  ${bar(count / most, ascii)}`.trimEnd()
  );
  const grain = LEVELS[level] ?? `${10 ** (level - 2)} powers of ten`;
  return `${lines.join("\n")}\nEvery count is exact; a row is ${grain} wide, so rows widen with the numbers.\n`;
}

/** The bins that have numbers, as they stand in the JSON; the bound nearer to zero belongs to a bin. */
export function histogramToJson(text: string): { from: string; to: string; count: number }[] {
  const { bins, level } = new Histogram(text);
  return bins.map(({ sign, index, count }) => {
    if (sign === 0) return { from: "0", to: "0", count };
    const [near, far] = [boundText(index, level), boundText(index + 1, level)];
    return sign > 0 ? { from: near, to: far, count } : { from: `-${far}`, to: `-${near}`, count };
  });
}

/** All rows from the smallest numbers to the largest, also those in between that have none. */
function toRows(bins: readonly Bin[], from: number, level: number): Bin[] {
  const rows: Bin[] = [];
  for (const { sign, index, count } of bins) {
    const row = { sign, index: sign === 0 ? 0 : coarsen(index, from, level), count };
    let last = rows.at(-1);
    while (last && last.sign === sign && last.index !== row.index) {
      last = { sign, index: last.index + sign, count: 0 };
      rows.push(last);
      if (rows.length > MAX_ROWS) return rows;
    }
    if (last?.sign === sign) last.count += count;
    else rows.push(row);
  }
  return rows;
}

/** A row's range; the bound nearer to zero belongs to it. */
function labelOf(sign: number, index: number, level: number): string {
  if (sign === 0) return "0";
  const near = boundText(index, level);
  const far = boundText(index + 1, level);
  return sign > 0 ? `${near} to <${far}` : `>-${far} to -${near}`;
}

function boundText(index: number, level: number): string {
  const { digits, power } = boundOf(index, level);
  if (power > LONG_POWER || power < -LONG_POWER) return `${digits}e${power}`;
  if (power >= 0) return digits + "0".repeat(power);
  const padded = String(digits).padStart(1 - power, "0");
  return `${padded.slice(0, power)}.${padded.slice(power)}`.replace(/\.?0+$/, "");
}

/** A bar for a part of the whole width; what is not nothing is seen. */
function bar(part: number, ascii: boolean): string {
  const eighths = Math.ceil(part * BAR_WIDTH * 8);
  if (ascii) return "#".repeat(Math.ceil(eighths / 8));
  const rest = eighths % 8;
  return "█".repeat(Math.floor(eighths / 8)) + (rest > 0 ? EIGHTHS[rest - 1] : "");
}
