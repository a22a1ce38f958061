import { Anchor, Button } from "@mantine/core";
import { PlusIcon } from "@primer/octicons-react";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { listMappings } from "../../../server/customers/intake/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import { AppLink } from "../../ui/app-link.tsx";
import { Bidi } from "../../ui/bidi.tsx";
import type { Column } from "../../ui/data-table/column.ts";
import { DataTable } from "../../ui/data-table/data-table.tsx";
import { RelativeTime } from "../../ui/date-text.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { FillPage } from "../../ui/fill-page.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { useCan } from "../../ui/viewer.tsx";

type Mapping = AnswerOf<typeof listMappings>["mappings"][number];

export function MappingsPage() {
  const { t } = useTranslation("intake");
  const navigate = useNavigate();
  const mappings = useEndpoint(listMappings, {});
  const mayWrite = useCan("mapping:write");
  const add = mayWrite && (
    <Button component={AppLink} to="/mappings/new" leftSection={<PlusIcon size={16} />}>
      {t("mappings.new")}
    </Button>
  );
  return (
    <FillPage>
      <PageHeader title={t("mappings.title")} note={t("mappings.note")} actions={add} />
      <DataTable<Mapping>
        name="mappings"
        label={t("mappings.title")}
        columns={useColumns()}
        rows={mappings.data?.mappings ?? []}
        rowKey={(row) => row.mappingId}
        onOpen={(row) => void navigate({ to: "/mappings/$mappingId", params: { mappingId: row.mappingId } } as never)}
        loading={mappings.isPending}
        error={mappings.error}
        onRetry={() => void mappings.refetch()}
        empty={<EmptyState reason="data" title={t("mappings.none")} text={t("mappings.noneText")} action={add} />}
      />
    </FillPage>
  );
}

function useColumns(): Column<Mapping>[] {
  const { t } = useTranslation("intake");
  const format = useFormat();
  return useMemo(
    () => [
      {
        id: "name",
        header: t("mappings.name"),
        width: 300,
        card: "title",
        cell: (row) => (
          <Anchor component={AppLink} to="/mappings/$mappingId" params={{ mappingId: row.mappingId } as never} fw={550}>
            <bdi>{row.name}</bdi>
          </Anchor>
        ),
      },
      { id: "source", header: t("mappings.source"), width: 160, cell: (row) => <Bidi>{row.sourceCode}</Bidi> },
      {
        id: "version",
        header: t("mappings.version"),
        width: 100,
        align: "end",
        card: "figure",
        cell: (row) => <span className="num">{format.number(row.version)}</span>,
      },
      { id: "when", header: t("mappings.changed"), width: 170, cell: (row) => <RelativeTime value={row.createdAt} /> },
      { id: "who", header: t("loads.who"), width: 200, cell: (row) => <Bidi>{row.createdBy}</Bidi> },
    ],
    [t, format],
  );
}
