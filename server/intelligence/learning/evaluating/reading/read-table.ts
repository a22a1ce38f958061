import { Refusal } from "../../../../platform/config/index.ts";
import type { Column, Table } from "../../tables/table.ts";
import { cutRows, type Layout } from "./cut-rows.ts";
import { findLayout } from "./find-layout.ts";
import { readBytes } from "./read-bytes.ts";
import { isMissing, type ValueForm, valueForms } from "./value-forms.ts";

/** A file as a table, with what a person should know of how it was read. */
export interface ReadTable {
  readonly table: Table;
  readonly hasHeader: boolean;
  readonly notes: readonly string[];
}

// So few words among numbers count as missing.
const FORM_SHARE_MIN = 0.95;
const ODD_WORDS_MAX = 5;
const ROWS_BROKEN_MAX = 0.1;

/**
 * Reads a delimited text file, packed or not, and finds out by itself how it is written: encoding, delimiter, header, and per column
 * numbers, dates (as days) or categories. `textColumn` stays as written. Throws Refusal for a file that is empty or no table.
 */
export async function readTable(spec: string, textColumn: string): Promise<ReadTable> {
  const text = decode(await readBytes(spec)).replace(/^\uFEFF/, "");
  if (text.trim() === "") throw new Refusal(`${spec} is empty.`);
  const layout = findLayout(text, textColumn);
  const shape = shapeOf(text, layout, spec);
  const { names } = shape;
  const profiles = names.map(() => new Profile());
  eachRow(text, layout, shape, (cells) => {
    for (let place = 0; place < names.length; place += 1) (profiles[place] as Profile).look(cells[place] as string);
  });
  const forms = profiles.map((profile, place) => (names[place] === textColumn ? null : profile.form()));
  const builders = forms.map((form, place) => new ColumnBuilder(names[place] as string, form, shape.rows));
  eachRow(text, layout, shape, (cells, row) => {
    for (let place = 0; place < names.length; place += 1) (builders[place] as ColumnBuilder).set(row, cells[place] as string);
  });
  return {
    table: { rows: shape.rows, columns: builders.map((builder) => builder.column()) },
    hasHeader: layout.hasHeader,
    notes: [...shape.notes, ...builders.flatMap((builder) => builder.notes())],
  };
}

function decode(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

interface Shape {
  readonly names: readonly string[];
  readonly rows: number;
  readonly notes: readonly string[];
}

function shapeOf(text: string, layout: Layout, spec: string): Shape {
  let header: string[] | null = null;
  const lengths = new Map<number, number>();
  cutRows(text, layout, (cells) => {
    if (header === null && layout.hasHeader) header = cells;
    else lengths.set(cells.length, (lengths.get(cells.length) ?? 0) + 1);
    return true;
  });
  const total = [...lengths.values()].reduce((a, b) => a + b, 0);
  if (total === 0) throw new Refusal(`${spec} has no rows below its header.`);
  const [width = 0, rows = 0] = [...lengths].sort((a, b) => b[1] - a[1])[0] ?? [];
  const names = namesOf(header, width);
  if (names.length !== width || rows < (1 - ROWS_BROKEN_MAX) * total) {
    throw new Refusal(
      `${spec} is no table: its rows have ${[...lengths.keys()]
        .sort((a, b) => a - b)
        .slice(0, 8)
        .join(", ")} cells, its header ${names.length}.`,
    );
  }
  const broken = total - rows;
  return { names, rows, notes: broken === 0 ? [] : [`${broken} rows have another number of cells than ${width} and were left out.`] };
}

/** Missing names are made up, repeated ones numbered. A header one short of its rows leaves the rows' own names unnamed. */
function namesOf(header: readonly string[] | null, width: number): string[] {
  const given = header === null ? new Array<string>(width).fill("") : header.length === width - 1 ? ["row", ...header] : header;
  const seen = new Map<string, number>();
  return given.map((name, place) => {
    const called = name === "" ? `column${place + 1}` : name;
    const times = (seen.get(called) ?? 0) + 1;
    seen.set(called, times);
    return times === 1 ? called : `${called}_${times}`;
  });
}

function eachRow(text: string, layout: Layout, { names }: Shape, use: (cells: string[], row: number) => void): void {
  let row = layout.hasHeader ? -1 : 0;
  cutRows(text, layout, (cells) => {
    if (row < 0) row = 0;
    else if (cells.length === names.length) {
      use(cells, row);
      row += 1;
    }
    return true;
  });
}

/** Counts which forms could read a column, and remembers a few cells that are of none. */
class Profile {
  private filled = 0;
  private readonly fits = new Int32Array(valueForms.length);
  private readonly odd = new Set<string>();

  look(cell: string): void {
    if (isMissing(cell)) return;
    this.filled += 1;
    let isAny = false;
    // A column that has been words for so long stays words.
    if (this.odd.size > ODD_WORDS_MAX && this.filled > 1000) return;
    for (let place = 0; place < valueForms.length; place += 1) {
      if (Number.isNaN((valueForms[place] as ValueForm).read(cell))) continue;
      this.fits[place] = (this.fits[place] as number) + 1;
      isAny = true;
      // Most cells are plain numbers, and those are nothing else.
      if (place === 0 && !cell.includes(",")) break;
    }
    if (!isAny && this.odd.size <= ODD_WORDS_MAX) this.odd.add(cell);
  }

  form(): ValueForm | null {
    if (this.filled === 0 || this.odd.size > ODD_WORDS_MAX) return null;
    const most = Math.max(...this.fits);
    const best = valueForms[this.fits.indexOf(most)];
    return best !== undefined && most >= FORM_SHARE_MIN * this.filled ? best : null;
  }
}

class ColumnBuilder {
  private readonly name: string;
  private readonly form: ValueForm | null;
  private readonly values: Float64Array;
  private readonly codes: Int32Array;
  private readonly places = new Map<string, number>();
  private odd = 0;
  private oddExample = "";
  private infinite = 0;

  constructor(name: string, form: ValueForm | null, rows: number) {
    this.name = name;
    this.form = form;
    this.values = new Float64Array(form === null ? 0 : rows);
    this.codes = new Int32Array(form === null ? rows : 0);
  }

  set(row: number, cell: string): void {
    if (this.form === null) {
      this.codes[row] = isMissing(cell) ? -1 : this.placeOf(cell);
      return;
    }
    const value = isMissing(cell) ? Number.NaN : this.form.read(cell);
    this.values[row] = value;
    if (Number.isNaN(value) && !isMissing(cell)) {
      this.odd += 1;
      this.oddExample = cell;
    }
    if (value === Infinity || value === -Infinity) this.infinite += 1;
  }

  private placeOf(cell: string): number {
    const place = this.places.get(cell) ?? this.places.size;
    if (place === this.places.size) this.places.set(cell, place);
    return place;
  }

  column(): Column {
    return this.form === null
      ? { name: this.name, kind: "category", codes: this.codes, categories: [...this.places.keys()] }
      : { name: this.name, kind: "number", values: this.values };
  }

  notes(): string[] {
    const { name, form } = this;
    return [
      ...(form !== null && form.name !== "number" ? [`${name} is read as ${form.name}.`] : []),
      ...(this.odd > 0 ? [`${name}: ${this.odd} cells are no ${form?.name} (${this.oddExample}) and count as missing.`] : []),
      ...(this.infinite > 0 ? [`${name}: ${this.infinite} infinite values count as beyond every other.`] : []),
    ];
  }
}
