import { Button, Skeleton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { listMembers } from "../../../server/intelligence/segments/contract.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { usePages } from "../../ui/query.ts";
import classes from "./detail.module.css";
import { PersonRow } from "./person-row.tsx";

export function Members({ segmentId }: { segmentId: string }) {
  const { t } = useTranslation("segments");
  const format = useFormat();
  const list = usePages(listMembers, { params: { segmentId }, query: {} } as never, ({ next }) => (next === null ? null : { after: next }));
  const members = list.data?.pages.flatMap((page) => page.members) ?? [];
  if (list.error && list.data === undefined) return <ErrorState error={list.error} retry={() => void list.refetch()} />;
  if (list.isPending) return <Skeleton height={240} />;
  if (members.length === 0) return <EmptyState reason="filter" title={t("detail.empty")} text={t("detail.emptyText")} />;
  return (
    <>
      <ul className={classes.people} aria-label={t("detail.members")}>
        {members.map((member) => (
          <PersonRow key={member.customerId} person={member} aside={t("detail.since", { date: format.date(member.joinedOn) })} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button variant="default" mt="md" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("detail.more")}
        </Button>
      )}
    </>
  );
}
