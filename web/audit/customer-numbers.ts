import { useMemo } from "react";
import { findAuditedCustomers } from "../../server/customers/directory/contract.ts";
import { useEndpoint } from "../ui/query.ts";
import type { Event } from "./words.ts";

const ASKED_MAX = 100;

/** The numbers of the customers that single rows are about, by id; of at most the first hundred. */
export function useCustomerNumbers(rows: readonly Event[]): ReadonlyMap<string, string> {
  const ids = useMemo(() => {
    const single = rows
      .filter((row) => row.subjectKind === "customer" && row.subjectIds.length === 1)
      .map((row) => row.subjectIds[0] ?? "");
    return [...new Set(single)].slice(0, ASKED_MAX);
  }, [rows]);
  const found = useEndpoint(findAuditedCustomers, { query: { id: ids } }, { enabled: ids.length > 0, keepPrevious: true });
  return useMemo(() => new Map(found.data?.customers.map(({ customerId, customerNo }) => [customerId, customerNo])), [found.data]);
}
