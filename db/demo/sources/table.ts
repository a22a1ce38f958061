import type { Random } from "../random.ts";
import { type Damage, damageRow, type Fragile } from "./damage.ts";
import type { DeliveryFile } from "./delivery-file.ts";

/** Told of every damaged row, for the ground truth. */
export type OnDamage = (event: { path: string; line: number; key: string; damage: Damage | "not_json" }) => void;

/** Rows of one kind going into a file, a few of them damaged on the way. */
export class Table {
  readonly file: DeliveryFile;
  rows = 0;
  private readonly join: (cells: readonly string[]) => string;
  private readonly fragile: Fragile;
  private readonly random: Random;
  private readonly onDamage: OnDamage;

  constructor(file: DeliveryFile, join: (cells: readonly string[]) => string, fragile: Fragile, random: Random, onDamage: OnDamage) {
    this.file = file;
    this.join = join;
    this.fragile = fragile;
    this.random = random;
    this.onDamage = onDamage;
  }

  /** Writes the row, perhaps damaged; tells whether it went out whole. */
  write(cells: string[]): boolean {
    const key = cells[this.fragile.key] ?? "";
    const damage = damageRow(this.random, cells, this.fragile);
    this.rows += 1;
    this.file.line(this.join(cells));
    if (damage !== undefined) {
      this.onDamage({ path: this.file.path, line: this.file.lines, key, damage });
    }
    return damage === undefined;
  }

  /** Writes a row that goes out whole whatever happens: the repair of a damaged one. */
  writeWhole(cells: readonly string[]): void {
    this.rows += 1;
    this.file.line(this.join(cells));
  }
}

/** Values side by side; those that hold the delimiter, a quote or a line break are quoted. */
export function delimited(delimiter: string): (cells: readonly string[]) => string {
  const special = new RegExp(`[${delimiter}"\n]`);
  const quote = (cell: string) => (special.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return (cells) => {
    let line = "";
    for (let place = 0; place < cells.length; place += 1) {
      line += place === 0 ? quote(cells[place] ?? "") : delimiter + quote(cells[place] ?? "");
    }
    return line;
  };
}

/** Every value quoted. */
export function quoted(delimiter: string): (cells: readonly string[]) => string {
  return (cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(delimiter);
}

/** Values in columns of fixed width, padded with blanks. A row that lost a value is a line that broke off. */
export function fixedWidth(widths: readonly number[]): (cells: readonly string[]) => string {
  return (cells) => {
    const line = cells.map((cell, place) => cell.slice(0, widths[place]).padEnd(widths[place] ?? 0)).join("");
    return cells.length < widths.length ? line.slice(0, line.length >> 1) : line;
  };
}
