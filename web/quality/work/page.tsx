import { Button, Skeleton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { listQualityWork, readQuality } from "../../../server/customers/quality/contract.ts";
import { useChineseNames } from "../../ui/chinese-faces.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useEndpoint, usePages } from "../../ui/query.ts";
import { useDimension, useField, usePart } from "../part.ts";
import { useQualityWords } from "../words.ts";
import { Row } from "./row.tsx";
import classes from "./work.module.css";

/** Customers whose records fail one rule, the largest first, with what is wrong and what would repair it. */
export function WorkPage() {
  const { t } = useTranslation("quality");
  const words = useQualityWords();
  const [dimension] = useDimension();
  const [field] = useField();
  const part = usePart();
  useChineseNames();
  const quality = useEndpoint(readQuality, { query: part.query } as never);
  const list = usePages(listQualityWork, { query: { dimension, field, ...part.query } as never }, ({ next }) =>
    next === null ? null : { after: next },
  );
  const customers = list.data?.pages.flatMap((page) => page.customers) ?? [];
  const months = quality.data?.rules.find((rule) => rule.dimension === dimension && rule.field === field)?.months ?? null;
  const source = quality.data?.sources.find(({ sourceId }) => sourceId === part.sourceId)?.name;
  const branch = quality.data?.branches.find(({ branchId }) => branchId === part.branchId && branchId !== null)?.name;
  return (
    <div className={classes.page}>
      <PageHeader
        title={words.fault(dimension, field)}
        path={[{ label: t("overview.title"), to: "/quality" }]}
        note={
          [source, branch]
            .filter((name) => name !== undefined && name !== null)
            .map((name) => `\u2068${name}\u2069`)
            .join(" · ") || t("work.everywhere")
        }
      />
      <div className={classes.advice}>
        <p>{words.why(dimension, field, months)}</p>
        <p>
          <strong>{t("work.repair")}</strong> {words.repair(dimension)}
        </p>
      </div>
      {list.error && list.data === undefined ? (
        <ErrorState error={list.error} retry={() => void list.refetch()} />
      ) : list.isPending ? (
        <Skeleton height={320} />
      ) : customers.length === 0 ? (
        <EmptyState reason="data" title={t("work.none")} text={t("work.noneText")} />
      ) : (
        <ul className={classes.list} aria-label={words.fault(dimension, field)}>
          {customers.map((customer) => (
            <Row key={customer.customerId} customer={customer} dimension={dimension} field={field} />
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <div className={classes.more}>
          <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t("work.more")}
          </Button>
        </div>
      )}
    </div>
  );
}
