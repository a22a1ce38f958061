import { useUrlState } from "../../ui/url-state.ts";
import type { Stretch } from "./whale-curve.tsx";

const asText = (raw: unknown): string | undefined => (typeof raw === "string" && raw !== "" && raw.length <= 100 ? raw : undefined);
const asId = (raw: unknown): string | undefined => (typeof raw === "string" && /^[0-9a-f-]{36}$/i.test(raw) ? raw : undefined);
const asShare = (raw: unknown): number | undefined => (typeof raw === "number" && raw >= 0 && raw <= 1 ? raw : undefined);
const asMeasure = (raw: unknown): "profit" | "economic" => (raw === "economic" ? "economic" : "profit");
const asMonths = (raw: unknown): 1 | 12 => (raw === 1 ? 1 : 12);
const asStretch = (raw: unknown): Stretch | null => {
  if (!Array.isArray(raw) || raw.length !== 2) return null;
  const [from, to] = raw.map(asShare);
  return from === undefined || to === undefined || from >= to ? null : [from, to];
};

/** Which customers and months the page is about, in the address. */
export function useSlice() {
  const [month, setMonth] = useUrlState("month", asText);
  const [months, setMonths] = useUrlState("months", asMonths);
  const [branchId, setBranch] = useUrlState("branch", asText);
  const [tier, setTier] = useUrlState("tier", asText);
  const [segment, setSegment] = useUrlState("segment", asText);
  const [memberOf, setMemberOf] = useUrlState("member", asId);
  const [measure, setMeasure] = useUrlState("measure", asMeasure);
  const [stretch, setStretch] = useUrlState("stretch", asStretch);
  const given = { month, branchId, tier, segment, memberOf };
  const query = Object.fromEntries(Object.entries({ ...given, months, measure }).filter(([, value]) => value !== undefined));
  const setters = { setMonth, setMonths, setBranch, setTier, setSegment, setMemberOf, setMeasure, setStretch };
  return { ...given, months, measure, stretch, query, ...setters };
}

export type ChosenSlice = ReturnType<typeof useSlice>;
