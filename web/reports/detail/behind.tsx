import { Button, Skeleton } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { listReportCustomers } from "../../../server/intelligence/reports/contract.ts";
import { call } from "../../ui/api.ts";
import { CustomerName } from "../../ui/customer-name.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorNote } from "../../ui/error-state.tsx";
import { SidePanel } from "../../ui/side-panel.tsx";
import type { Behind, Choices, Definition, Place } from "../answers.ts";
import { useReportWords } from "../words.ts";
import classes from "./detail.module.css";

interface BehindPanelProps {
  definition: Definition;
  choices: Choices;
  /** null: closed. */
  open: { readonly place: Place; readonly title: string } | null;
  onClose: () => void;
}

/** The customers a number was made of. */
export function BehindPanel({ definition, choices, open, onClose }: BehindPanelProps) {
  const { t } = useTranslation("reports");
  return (
    <SidePanel
      opened={open !== null}
      onClose={onClose}
      title={open === null ? "" : t("behind.title", { what: open.title === "" ? t("total") : open.title })}
    >
      {open !== null && <Customers definition={definition} choices={choices} place={open.place} />}
    </SidePanel>
  );
}

function Customers({ definition, choices, place }: { definition: Definition; choices: Choices; place: Place }) {
  const { t } = useTranslation("reports");
  const words = useReportWords(choices);
  const pages = useInfiniteQuery({
    queryKey: [listReportCustomers.name, definition, place],
    initialPageParam: null as Behind["next"],
    queryFn: ({ pageParam, signal }) =>
      call(
        listReportCustomers,
        { body: { definition, place, ...(pageParam === null ? {} : { after: pageParam }) } } as never,
        signal,
      ) as Promise<Behind>,
    getNextPageParam: (page: Behind) => page.next ?? undefined,
  });
  const customers = pages.data?.pages.flatMap((page) => page.customers);
  const measures = definition.measures.flatMap(({ of }, at) => {
    const choice = choices.measures.find((one) => one.over === definition.over && one.of === of);
    // One customer's own is the same whether sums or averages are made of it.
    const isSaid = definition.measures.findIndex((one) => one.of === of) < at;
    return choice === undefined || choice.kind === "customers" || isSaid ? [] : [{ at, choice }];
  });
  return (
    <>
      <ErrorNote error={pages.error} />
      {customers === undefined ? (
        !pages.error && <Skeleton height={320} />
      ) : customers.length === 0 ? (
        <EmptyState compact reason="filter" title={t("behind.none")} />
      ) : (
        <ul className={classes.behind}>
          {customers.map((customer) => (
            <li key={customer.customerId}>
              <CustomerName customer={customer} note={customer.branchName} />
              <span className={classes.figures}>
                {measures.map(({ at, choice }) => (
                  <span key={`${choice.of} ${definition.measures[at]?.take}`}>
                    <span className={classes.quiet}>{words.measure(choice)}</span>{" "}
                    <span className="num">
                      {words.value(choice, choice.kind === "flag" ? "count" : "sum", customer.values[at] ?? null, true)}
                    </span>
                  </span>
                ))}
              </span>
            </li>
          ))}
        </ul>
      )}
      {pages.hasNextPage && (
        <Button fullWidth mt="sm" variant="subtle" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t("behind.more")}
        </Button>
      )}
    </>
  );
}
