import type { decisions } from "../../../server/governance/audit/contract.ts";
import type { DateRange } from "../../ui/date-picker/date-range-field.tsx";
import { useUrlState } from "../../ui/url-state.ts";

/** Beginnings of actions an auditor asks for; the words stand under `groups`. */
export const groups = [
  "customer.",
  "source_record.",
  "transaction.",
  "identity.",
  "value.",
  "load.",
  "quarantine.",
  "mapping.",
  "sign_in.",
  "user.",
  "access.",
  "seals.",
  "audit.",
] as const;

type Decision = (typeof decisions)[number];
const asGroup = (raw: unknown): string | null => groups.find((group) => group === raw) ?? null;
const asDecision = (raw: unknown): Decision | null => (["allowed", "refused"] as const).find((decision) => decision === raw) ?? null;
const asId = (raw: unknown): string | null => (typeof raw === "string" && /^[0-9a-f-]{36}$/i.test(raw) ? raw : null);
const asText = (raw: unknown): string => (typeof raw === "string" ? raw.slice(0, 100) : "");
const asDay = (raw: unknown): string | null => (typeof raw === "string" && /^\d{4}-\d\d-\d\d$/.test(raw) ? raw : null);

/** What is asked of the trail, in the address. `customer` is a number or an id as typed. */
export function useTrailFilters() {
  const [action, setAction] = useUrlState("action", asGroup);
  const [decision, setDecision] = useUrlState("decision", asDecision);
  const [actorId, setActor] = useUrlState("person", asId);
  const [customer, setCustomer] = useUrlState("customer", asText);
  const [range, setRange] = useUrlState("days", (raw): DateRange => {
    const given = (raw ?? {}) as Record<string, unknown>;
    return { from: asDay(given.from), to: asDay(given.to) };
  });
  const any = action !== null || decision !== null || actorId !== null || customer !== "" || range.from !== null || range.to !== null;
  const query = {
    ...(action === null ? {} : { action }),
    ...(decision === null ? {} : { decision }),
    ...(actorId === null ? {} : { actorId }),
    ...(range.from === null ? {} : { from: range.from }),
    ...(range.to === null ? {} : { to: range.to }),
  };
  return { action, setAction, decision, setDecision, actorId, setActor, customer, setCustomer, range, setRange, any, query };
}

export type TrailFilters = ReturnType<typeof useTrailFilters>;
