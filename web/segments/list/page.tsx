import { Button, Skeleton, Table } from "@mantine/core";
import { PlusIcon } from "@primer/octicons-react";
import { useTranslation } from "react-i18next";
import { listSegments } from "../../../server/intelligence/segments/contract.ts";
import { AppLink } from "../../ui/app-link.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { useCan } from "../../ui/viewer.tsx";
import { Wide } from "../../ui/wide-table.tsx";

/** The segments one has made and those shared, with how many are in each. */
export function SegmentsPage() {
  const { t } = useTranslation("segments");
  const format = useFormat();
  const list = useEndpoint(listSegments, {});
  const segments = list.data?.segments ?? [];
  return (
    <>
      <PageHeader title={t("list.title")} note={t("list.note")} actions={<NewSegment />} />
      {list.error ? (
        <ErrorState error={list.error} retry={() => void list.refetch()} />
      ) : list.isPending ? (
        <Skeleton height={240} />
      ) : segments.length === 0 ? (
        <EmptyState reason="data" title={t("list.none")} text={t("list.noneText")} action={<NewSegment />} />
      ) : (
        <Wide label={t("list.title")}>
          <Table highlightOnHover>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("list.name")}</Table.Th>
                <Table.Th ta="end">{t("list.members")}</Table.Th>
                <Table.Th>{t("list.owner")}</Table.Th>
                <Table.Th>{t("list.shared")}</Table.Th>
                <Table.Th>{t("list.changed")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {segments.map((segment) => (
                <Table.Tr key={segment.segmentId}>
                  <Table.Td>
                    <AppLink to="/segments/$segmentId" params={{ segmentId: segment.segmentId } as never}>
                      <bdi>{segment.name}</bdi>
                    </AppLink>
                  </Table.Td>
                  <Table.Td ta="end" className="num">
                    {segment.members === null ? t("list.computing") : format.number(segment.members)}
                  </Table.Td>
                  <Table.Td>
                    <bdi>{segment.ownerName ?? ""}</bdi>
                  </Table.Td>
                  <Table.Td>{segment.shared ? t("list.shared") : t("list.private")}</Table.Td>
                  <Table.Td className="num">{format.date(segment.changedAt)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Wide>
      )}
    </>
  );
}

function NewSegment() {
  const { t } = useTranslation("segments");
  if (!useCan("segment:write")) return null;
  return (
    <Button component={AppLink} to="/segments/new" leftSection={<PlusIcon size={14} />}>
      {t("list.new")}
    </Button>
  );
}
