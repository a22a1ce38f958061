import { fitsName } from "../mapping-editor/glob.ts";
import { readMappingText } from "../mapping-editor/mapping-document.ts";
import type { Sniffed } from "./sniff-file.ts";

export interface StoredMapping {
  readonly mappingId: string;
  readonly name: string;
  readonly version: number;
  readonly text: string;
}

export interface RankedMapping extends StoredMapping {
  /** Files of this delivery that the mapping asks for and whose columns it finds. */
  readonly fits: number;
  /** Files it asks for that are not here. */
  readonly missing: readonly string[];
}

/** Stored mappings that know at least one of these files, best first. */
export function rankMappings(files: readonly Sniffed[], mappings: readonly StoredMapping[]): RankedMapping[] {
  return mappings
    .map((mapping) => rank(files, mapping))
    .filter((mapping) => mapping.fits > 0)
    .sort((a, b) => b.fits - a.fits || a.missing.length - b.missing.length);
}

function rank(files: readonly Sniffed[], mapping: StoredMapping): RankedMapping {
  const parts = readMappingText(mapping.text)?.files ?? [];
  const matches = (pattern: string) => files.filter((file) => fitsName(pattern, file.name));
  const missing = parts.filter((part) => matches(part.pattern).length === 0).map((part) => part.pattern);
  const fits = files.filter((file) => parts.some((part) => fitsName(part.pattern, file.name) && hasColumns(file, part.records))).length;
  return { ...mapping, fits, missing };
}

/** Most of the columns it names are there: the file has its shape. */
function hasColumns(file: Sniffed, records: NonNullable<ReturnType<typeof readMappingText>>["files"][number]["records"]): boolean {
  if (file.format !== "csv" || file.columns.length === 0) return true;
  const named = records
    .flatMap((record) => record.fields)
    .flatMap((field) => (field.source.how === "column" && !field.source.column.includes(".") ? [field.source.column] : []));
  return named.length === 0 || named.filter((name) => file.columns.includes(name)).length >= named.length * 0.6;
}
