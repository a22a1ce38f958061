import type { Field } from "../../../server/customers/intake/mapping/contract.ts";
import { fieldsOf, recordKinds } from "../../../server/customers/intake/mapping/contract.ts";
import { fitsName } from "../mapping-editor/glob.ts";
import { type FieldView, readMappingText } from "../mapping-editor/mapping-document.ts";

/** What a value should look like, from the mapping and the field; the words for it stand under `expects.<what>`. */
export type Expectation =
  | { readonly what: "date"; readonly format: string; readonly example: string; readonly calendar: string }
  | { readonly what: "code"; readonly words: readonly string[] }
  | { readonly what: "money"; readonly example: string }
  | { readonly what: "text"; readonly max: string }
  | {
      readonly what:
        | "currency"
        | "country"
        | "language"
        | "email"
        | "phone"
        | "boolean"
        | "integer"
        | "rate"
        | "party"
        | "holding"
        | "anything";
    };

interface Place {
  readonly file: string;
  readonly kind: string;
  readonly field: string | null;
}

/** Null where the whole row is wrong, or nothing is known about the field. */
export function expectationOf(mappingText: string, { file, kind, field }: Place): Expectation | null {
  const known = recordKinds.find((one) => one === kind);
  if (field === null || known === undefined) return null;
  const shape = fieldsOf(known)[field];
  if (shape === undefined) return { what: "anything" };
  const view = readMappingText(mappingText);
  const part = view?.files.find((one) => fitsName(one.pattern, file) || fitsName(one.pattern, file.replace(/\.(gz|zip)$/, "")));
  const mapped = part?.records
    .filter((record) => record.kind === kind)
    .flatMap((record) => record.fields)
    .find((one) => one.name === field);
  return expect(shape, { ...part?.layout, ...readingOf(mapped) }, view?.codes ?? {});
}

/** `codes: sex, default: x` as the mapping's text view puts it. */
function readingOf(mapped: FieldView | undefined): Record<string, string> {
  if (mapped?.source.how !== "column") return {};
  return Object.fromEntries(
    mapped.source.reading.split(", ").flatMap((part) => {
      const cut = part.indexOf(": ");
      return cut === -1 ? [] : [[part.slice(0, cut), part.slice(cut + 2)]];
    }),
  );
}

type Codes = Readonly<Record<string, Readonly<Record<string, string>>>>;

function expect(shape: Field, how: Readonly<Record<string, string>>, codes: Codes): Expectation {
  const list = codes[how.codes ?? ""];
  if (list !== undefined) return { what: "code", words: Object.keys(list).filter((word) => word !== "otherwise") };
  switch (shape.type) {
    case "date":
    case "timestamp": {
      const format = how.format?.includes("Y") ? how.format : (how.date_format ?? "YYYY-MM-DD");
      return { what: "date", format, example: exampleDate(format), calendar: how.calendar ?? "gregory" };
    }
    case "code":
      return { what: "code", words: shape.of };
    case "money":
      return { what: "money", example: how.unit === "minor" ? "123456" : `1234${how.decimal ?? "."}56` };
    case "text":
      return { what: "text", max: String(shape.max) };
    case "key":
      return { what: shape.names };
    default:
      return { what: shape.type };
  }
}

/** Day 28 of month 12: cannot be taken for each other, and is there in every calendar. */
export function exampleDate(format: string): string {
  const parts: Record<string, string> = { YYYY: "2025", YY: "25", MM: "12", M: "12", DD: "28", D: "28", HH: "14", mm: "05", ss: "09" };
  return format.replaceAll(/YYYY|YY|MM|M|DD|D|HH|mm|ss/g, (part) => parts[part] ?? part);
}
