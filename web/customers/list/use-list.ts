import { useQueryClient } from "@tanstack/react-query";
import { useRouterState } from "@tanstack/react-router";
import { useEffect, useMemo } from "react";
import { type CustomerSort, countCustomers, listCustomers } from "../../../server/customers/directory/contract.ts";
import { type CallInput, call } from "../../ui/api.ts";
import type { Sort } from "../../ui/data-table/column.ts";
import { emptyFilter, type FilterField, type FilterGroup, readFilter } from "../../ui/filter-builder/filter.ts";
import { useEndpoint, usePages } from "../../ui/query.ts";
import { useUrlState } from "../../ui/url-state.ts";
import { todayOf } from "../days.ts";
import { leaveTrail } from "../trail.ts";
import { toApiFilter } from "./api-filter.ts";
import type { Row } from "./columns.tsx";

const rowsPerPage = 100;
const sorts: readonly CustomerSort[] = ["name", "assets", "debts", "customerSince", "lastTransactionOn"];
const firstSort: Sort = { column: "name", direction: "asc" };

function readSort(raw: unknown): Sort {
  const [column, direction] = typeof raw === "string" ? raw.split(".") : [];
  return column !== undefined && sorts.includes(column as CustomerSort)
    ? { column, direction: direction === "desc" ? "desc" : "asc" }
    : firstSort;
}

/** The list as the address says: filter and order, its rows page by page, and how many there are. */
export function useList(fields: readonly FilterField[], ready: boolean) {
  const [filter, setFilter] = useUrlState<FilterGroup>("filter", (raw) => readFilter(raw, fields));
  const [sortText, setSortText] = useUrlState<string | undefined>("sort", (raw) => (typeof raw === "string" ? raw : undefined));
  const sort = readSort(sortText);
  const asked = toApiFilter(filter, todayOf(new Date()));
  const possible = ready && asked !== null;
  const filterText = asked ? JSON.stringify(asked) : undefined;
  const filterQuery = filterText === undefined ? {} : { filter: filterText };
  const query = useQueryOf(filterText, sort);
  const pages = usePages(listCustomers, { query }, (page) => (page.next === null ? null : { after: page.next }), {
    enabled: possible,
    keepPrevious: true,
  });
  const count = useEndpoint(countCustomers, { query: filterQuery }, { enabled: possible, keepPrevious: true });
  const rows = useMemo(() => pages.data?.pages.flatMap((page) => page.customers) ?? [], [pages.data]);
  useTrail(rows, pages.data?.pages.at(-1)?.next ?? null, query, count.data?.count ?? null);
  return {
    filter,
    setFilter: (next: FilterGroup) => setFilter(next === emptyFilter || next.of.length === 0 ? undefined : next),
    sort,
    setSort: (next: Sort) =>
      setSortText(
        next.column === firstSort.column && next.direction === firstSort.direction ? undefined : `${next.column}.${next.direction}`,
        { replace: true },
      ),
    tooMuch: asked === null,
    /** The filter and the order as an export asks for them. */
    asked: { ...(asked ? { filter: asked } : {}), sort: query.sort ?? "name", direction: query.direction ?? "ascending" },
    pages,
    rows,
    count: count.data,
  };
}

type ListQuery = NonNullable<CallInput<typeof listCustomers>["query"]>;

function useQueryOf(filterText: string | undefined, { column, direction }: Sort): ListQuery {
  return useMemo(
    () => ({
      ...(filterText === undefined ? {} : { filter: filterText }),
      sort: column as CustomerSort,
      direction: direction === "asc" ? "ascending" : "descending",
      rows: rowsPerPage,
    }),
    [filterText, column, direction],
  );
}

/** Notes the list as it is seen, for going on to the next customer from within one, also beyond the rows seen so far. */
function useTrail(rows: readonly Row[], cursor: string | null, query: ListQuery, total: number | null): void {
  const href = useRouterState({ select: (state) => state.location.href });
  const client = useQueryClient();
  useEffect(() => {
    if (rows.length === 0) return;
    const leave = (ids: readonly string[], after: string | null): void => {
      const more = async (): Promise<readonly string[]> => {
        const next = { ...query, after: after ?? undefined };
        const page = await client.fetchQuery({
          queryKey: ["trail", next],
          queryFn: ({ signal }) => call(listCustomers, { query: next as ListQuery }, signal),
        });
        const longer = [...ids, ...page.customers.map((customer) => customer.customerId)];
        leave(longer, page.next);
        return longer;
      };
      leaveTrail({ ids, total, href, more: after === null ? null : more });
    };
    leave(
      rows.map((row) => row.customerId),
      cursor,
    );
  }, [rows, cursor, query, total, href, client]);
}
