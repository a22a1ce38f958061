import type { TransactionFilter } from "../../../server/customers/holdings/contract.ts";
import { isBusinessDate } from "../../ui/format.ts";

/** In the address; an empty one is none. */
export interface TransactionChoice {
  readonly from: string | null;
  readonly to: string | null;
  readonly direction: "in" | "out" | null;
  readonly category: string | null;
  readonly channel: string | null;
  readonly text: string;
}

export const noChoice: TransactionChoice = { from: null, to: null, direction: null, category: null, channel: null, text: "" };

const textMax = 100;
const codeMax = 60;

/** What the address says, as far as it makes sense. */
export function readChoice(raw: unknown): TransactionChoice {
  if (typeof raw !== "object" || raw === null) return noChoice;
  const given = raw as Record<string, unknown>;
  const code = (value: unknown): string | null => (typeof value === "string" && value !== "" && value.length <= codeMax ? value : null);
  const day = (value: unknown): string | null => (typeof value === "string" && isBusinessDate(value) ? value : null);
  const { direction, text } = given;
  return {
    from: day(given.from),
    to: day(given.to),
    direction: direction === "in" || direction === "out" ? direction : null,
    category: code(given.category),
    channel: code(given.channel),
    text: typeof text === "string" ? text.slice(0, textMax) : "",
  };
}

/** For the address: without what is not chosen. */
export function writeChoice(choice: TransactionChoice): Partial<TransactionChoice> | undefined {
  const kept = Object.entries(choice).filter(([, value]) => value !== null && value !== "");
  return kept.length === 0 ? undefined : (Object.fromEntries(kept) as Partial<TransactionChoice>);
}

export function toQuery(choice: TransactionChoice, holdingId: string | null): TransactionFilter {
  const { from, to, direction, category, channel } = choice;
  const text = choice.text.trim();
  return {
    ...(holdingId === null ? {} : { holdingId }),
    ...(from === null ? {} : { from }),
    ...(to === null ? {} : { to }),
    ...(direction === null ? {} : { direction }),
    ...(category === null ? {} : { category }),
    ...(channel === null ? {} : { channel }),
    ...(text === "" ? {} : { text }),
  };
}
