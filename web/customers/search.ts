import { type CustomerSummary, listCustomers, searchCustomers } from "../../server/customers/directory/contract.ts";
import { readSession } from "../../server/governance/access/contract.ts";
import { type AnswerOf, call } from "../ui/api.ts";
import type { SearchGroup, SearchHit } from "../ui/area-contract.ts";
import { i18n, loadMessages } from "../ui/i18n.ts";
import { recentIds } from "./recent.ts";

const hitsMax = 10;

type Found = AnswerOf<typeof searchCustomers>["found"][number];
type Summary = AnswerOf<typeof listCustomers>["customers"][number];

/** In the order of the search: the best match first, whosever customer it is. One's own are marked. */
export async function findCustomers(text: string, signal: AbortSignal): Promise<readonly SearchGroup[]> {
  const [{ found }] = await Promise.all([call(searchCustomers, { query: { text, rows: hitsMax } }, signal), loadMessages("customers")]);
  return found.length === 0 ? [] : [{ id: "customers", label: "customers:list.title", hits: found.map(hitOf) }];
}

/** Whom this person opened last, as far as they may still be seen. */
export async function recentCustomers(signal: AbortSignal): Promise<readonly SearchHit[]> {
  const session = await call(readSession, {}, signal);
  if (session === null) return [];
  const customers = await readChosen(recentIds(session.user.userId), signal);
  return customers.map((customer) => ({
    id: customer.customerId,
    title: customer.fullName,
    text: secondLine(customer),
    to: `/customers/${customer.customerId}`,
  }));
}

/** Customers by their ids, in the order of the ids; those out of reach are left out. */
export async function readChosen(ids: readonly string[], signal?: AbortSignal): Promise<readonly Summary[]> {
  if (ids.length === 0) return [];
  const filter = JSON.stringify({ match: "all", conditions: [{ field: "customer", operator: "is_one_of", value: ids }] });
  const { customers } = await call(listCustomers, { query: { filter } as never }, signal);
  const byId = new Map(customers.map((customer) => [customer.customerId, customer]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

function hitOf({ customer, matchedBy, own }: Found): SearchHit {
  return {
    id: customer.customerId,
    title: customer.fullName,
    text: secondLine(customer),
    ...(matchedBy === "name" ? {} : { reason: i18n.t(`customers:search.matchedBy.${matchedBy}`) }),
    ...(own ? { mark: i18n.t("customers:search.own") } : {}),
    to: `/customers/${customer.customerId}`,
  };
}

/** How to tell two people of one name apart: transliteration, number, branch. */
export function secondLine(customer: Pick<CustomerSummary, "fullName" | "latinName" | "customerNo" | "branch">): string {
  const latin = customer.latinName === customer.fullName ? null : customer.latinName;
  return [latin, customer.customerNo, customer.branch?.name].filter((part) => part !== null && part !== undefined).join(" · ");
}
