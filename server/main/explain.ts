import type { DomainError } from "../platform/errors/index.ts";

/** An expected failure for the operator: its sentence, then only what the sentence does not say already. */
export function explain({ message, fields = [], detail = {} }: DomainError): string {
  const rest = [
    ...fields.map(({ path, reason }) => `${path}: ${reason}`).filter((line) => !message.includes(line)),
    ...Object.entries(detail).flatMap(([name, value]) => (isWorthSaying(name, value, message) ? [`${name}: ${value}`] : [])),
  ];
  return [message, ...rest].join("\n  ");
}

/** Lists are for the browser, which has its own words for them; codes of reasons are in the sentence. */
function isWorthSaying(name: string, value: unknown, message: string): value is string | number | bigint {
  const isPlain = typeof value === "string" || typeof value === "number" || typeof value === "bigint";
  return isPlain && name !== "reason" && value !== "" && !message.includes(String(value));
}
