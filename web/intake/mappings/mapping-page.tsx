import { Button, Select, Skeleton } from "@mantine/core";
import { PencilIcon } from "@primer/octicons-react";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { listLoads, readMapping } from "../../../server/customers/intake/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import { Bidi } from "../../ui/bidi.tsx";
import { DateText, RelativeTime } from "../../ui/date-text.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { Surface } from "../../ui/surface.tsx";
import { useCan } from "../../ui/viewer.tsx";
import { WideTable } from "../../ui/wide-table.tsx";
import { LoadLink } from "../load/load-link.tsx";
import report from "../load/report.module.css";
import { StateBadge } from "../load/state-badge.tsx";
import { MappingEditor } from "../mapping-editor/mapping-editor.tsx";
import { EditMapping } from "./edit-mapping.tsx";

type Mapping = AnswerOf<typeof readMapping>;

export function MappingPage() {
  const { mappingId = "" } = useParams({ strict: false }) as { mappingId?: string };
  const mapping = useEndpoint(readMapping, { params: { mappingId } });
  if (mapping.error) return <ErrorState error={mapping.error} retry={() => void mapping.refetch()} />;
  if (!mapping.data) return <Skeleton height={480} radius="md" />;
  return <MappingView key={mappingId} mapping={mapping.data} />;
}

function MappingView({ mapping }: { mapping: Mapping }) {
  const { t } = useTranslation("intake");
  const format = useFormat();
  const [editing, setEditing] = useState(false);
  const mayWrite = useCan("mapping:write");
  return (
    <div className={report.stack}>
      <PageHeader
        title={mapping.name}
        path={[{ label: t("mappings.title"), to: "/mappings" }]}
        note={
          <span className="num">
            {t("mappings.versionOf", { version: format.number(mapping.version) })} · <DateText value={mapping.createdAt} time /> ·{" "}
            <Bidi>{mapping.createdBy}</Bidi>
          </span>
        }
        actions={
          <>
            <Versions mapping={mapping} />
            {mayWrite && !editing && (
              <Button leftSection={<PencilIcon size={14} />} onClick={() => setEditing(true)}>
                {t("mappings.edit")}
              </Button>
            )}
          </>
        }
      />
      {editing ? (
        <EditMapping first={mapping.text} onStop={() => setEditing(false)} />
      ) : (
        <MappingEditor text={mapping.text} onText={null} />
      )}
      <UsedBy mapping={mapping} />
    </div>
  );
}

function Versions({ mapping }: { mapping: Mapping }) {
  const { t } = useTranslation("intake");
  const format = useFormat();
  const navigate = useNavigate();
  if (mapping.versions.length < 2) return null;
  return (
    <Select
      aria-label={t("mappings.versions")}
      w={260}
      data={mapping.versions.map((one) => ({
        value: one.mappingId,
        label: `${t("mappings.versionOf", { version: format.number(one.version) })} · ${format.date(one.createdAt)}`,
      }))}
      value={mapping.mappingId}
      onChange={(mappingId) => mappingId && void navigate({ to: "/mappings/$mappingId", params: { mappingId } } as never)}
    />
  );
}

/** The newest loads that this mapping, in whichever version, has read. */
function UsedBy({ mapping }: { mapping: Mapping }) {
  const { t } = useTranslation("intake");
  const format = useFormat();
  const loads = useEndpoint(listLoads, { query: { sourceCode: mapping.sourceCode } });
  const used = loads.data?.loads.filter((load) => load.mappingName === mapping.name) ?? [];
  return (
    <Surface title={t("mappings.usedBy")}>
      {used.length === 0 ? (
        <p className={report.quiet}>{t("mappings.usedByNone")}</p>
      ) : (
        <WideTable label={t("mappings.usedBy")} className={`num ${report.table}`}>
          <thead>
            <tr>
              <th scope="col">{t("loads.load")}</th>
              <th scope="col">{t("loads.state")}</th>
              <th scope="col">{t("mappings.version")}</th>
              <th scope="col">{t("loads.when")}</th>
              <th scope="col">{t("loads.who")}</th>
            </tr>
          </thead>
          <tbody>
            {used.map((load) => (
              <tr key={load.loadId}>
                <th scope="row">
                  <LoadLink loadId={load.loadId} loadNo={load.loadNo} source={load.sourceName} />
                </th>
                <td>
                  <StateBadge state={load.state} />
                </td>
                <td>{format.number(load.mappingVersion)}</td>
                <td>
                  <RelativeTime value={load.startedAt} />
                </td>
                <td>
                  <Bidi>{load.startedBy}</Bidi>
                </td>
              </tr>
            ))}
          </tbody>
        </WideTable>
      )}
    </Surface>
  );
}
