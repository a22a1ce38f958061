import type { Pinnable } from "./contract.ts";

const codes: Partial<Record<Pinnable, RegExp>> = {
  sex: /^(female|male|other)$/,
  nationality: /^[A-Z]{2}$/,
  country: /^[A-Z]{2}$/,
  phone: /^\+[1-9][0-9]{4,14}$/,
  email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
};
const dates: readonly Pinnable[] = ["born_on", "customer_since", "deceased_on"];

/** Whether a typed value is in the form the attribute is kept in: dates as 2026-03-15, countries as ES, phones as +34600123456. */
export function isValueOf(attribute: Pinnable, value: string): boolean {
  if (dates.includes(attribute)) return isDate(value);
  return codes[attribute]?.test(value) ?? true;
}

function isDate(value: string): boolean {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(value)) return false;
  const moment = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(value);
}
