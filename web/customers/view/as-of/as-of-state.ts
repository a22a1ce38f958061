import { useUrlState } from "../../../ui/url-state.ts";

/** known: what the bank believed on the day; valid: what was so on the day, as the bank knows it now. */
export interface AsOfState {
  readonly by: "known" | "valid";
  readonly day: string;
  /** The day beside it; null: none. */
  readonly with: string | null;
}

const isDay = (raw: unknown): raw is string => typeof raw === "string" && /^\d{4}-\d{2}-\d{2}$/.test(raw);

function parse(raw: unknown): AsOfState | null {
  if (typeof raw !== "object" || raw === null) return null;
  const { by, day, with: other } = raw as Record<string, unknown>;
  if (!isDay(day)) return null;
  return { by: by === "valid" ? "valid" : "known", day, with: isDay(other) ? other : null };
}

/** Whether the page shows the past, and which; in the address, so that it can be sent to a colleague. */
export function useAsOf() {
  return useUrlState<AsOfState | null>("asOf", parse);
}

export function queryOf({ by }: AsOfState, day: string): { knownOn: string } | { validOn: string } {
  return by === "known" ? { knownOn: day } : { validOn: day };
}
