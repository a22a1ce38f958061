import { parse, YAMLParseError } from "yaml";
import { ProfitParameters } from "../value/contract.ts";

export type ParameterReading =
  | { readonly body: ProfitParameters; readonly problems: null }
  | { readonly body: null; readonly problems: { path: string; reason: string }[] };

const PROBLEMS_MAX = 50;

/** Parameters as written, or what is wrong with them, by path. Aliases are refused: a short text could stand for a very long one. */
export function readParameterYaml(text: string): ParameterReading {
  let written: unknown;
  try {
    written = parse(text, { maxAliasCount: 0 });
  } catch (error) {
    const line = error instanceof YAMLParseError ? error.linePos?.[0].line : undefined;
    return { body: null, problems: [{ path: line === undefined ? "yaml" : `yaml:${line}`, reason: "not_yaml" }] };
  }
  const read = ProfitParameters.safeParse(written);
  if (read.success) return { body: read.data, problems: null };
  const problems = read.error.issues.slice(0, PROBLEMS_MAX).map(({ path, message }) => ({ path: path.join("."), reason: message }));
  return { body: null, problems };
}
