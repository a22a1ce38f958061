/** A measured column. NaN is missing; an infinite value counts as beyond every finite one. */
export interface NumberColumn {
  readonly name: string;
  readonly kind: "number";
  readonly values: Float64Array;
}

/** A column of names. A code is a place in `categories`; -1 is missing. */
export interface CategoryColumn {
  readonly name: string;
  readonly kind: "category";
  readonly codes: Int32Array;
  readonly categories: readonly string[];
}

export type Column = NumberColumn | CategoryColumn;

/** Features in columns, one entry a row. Names are distinct and all columns have `rows` entries. */
export interface Table {
  readonly rows: number;
  readonly columns: readonly Column[];
}

export function numberColumn(name: string, values: ArrayLike<number>): NumberColumn {
  return { name, kind: "number", values: values instanceof Float64Array ? values : Float64Array.from(values) };
}

/** Codes follow the first appearance of each value; null and undefined are missing. */
export function categoryColumn(name: string, values: Iterable<string | null | undefined>): CategoryColumn {
  const places = new Map<string, number>();
  const codes: number[] = [];
  for (const value of values) {
    if (value === null || value === undefined) {
      codes.push(-1);
      continue;
    }
    const place = places.get(value) ?? places.size;
    if (place === places.size) places.set(value, place);
    codes.push(place);
  }
  return { name, kind: "category", codes: Int32Array.from(codes), categories: [...places.keys()] };
}

/** The rows at these places, in this order; categories keep their codes. */
export function takeRows(table: Table, places: Int32Array): Table {
  return {
    rows: places.length,
    columns: table.columns.map((column) =>
      column.kind === "number"
        ? { ...column, values: takeValues(column.values, places) }
        : { ...column, codes: Int32Array.from(places, (place) => column.codes[place] as number) },
    ),
  };
}

export function takeValues(values: Float64Array, places: Int32Array): Float64Array {
  const taken = new Float64Array(places.length);
  for (let index = 0; index < places.length; index += 1) taken[index] = values[places[index] as number] as number;
  return taken;
}
