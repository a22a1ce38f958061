import { Button, Skeleton } from "@mantine/core";
import { PeopleIcon } from "@primer/octicons-react";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  archiveSegment,
  changeSegment,
  listMembers,
  listSegments,
  readHistory,
  readSegment,
} from "../../../server/intelligence/segments/contract.ts";
import { AppLink } from "../../ui/app-link.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { useSegmentFields } from "../../ui/customer-facts/fields.ts";
import { toSegmentFilter } from "../../ui/customer-facts/segment-filter.ts";
import { ErrorState } from "../../ui/error-state.tsx";
import { emptyFilter, type FilterGroup, readFilter } from "../../ui/filter-builder/filter.ts";
import { PageHeader } from "../../ui/page-header.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useAction, useEndpoint } from "../../ui/query.ts";
import { UrlTabs } from "../../ui/url-tabs.tsx";
import { useCan } from "../../ui/viewer.tsx";
import { Builder, type Draft } from "../build/builder.tsx";
import { Compare } from "./compare.tsx";
import { Course } from "./course.tsx";
import { ExportMembers } from "./export-members.tsx";
import { Members } from "./members.tsx";
import { Rules } from "./rules.tsx";
import type { Segment } from "./segment.ts";

const computingLookMs = 1500;

/** One segment: who is in it, why, how it changed, and how it differs from another. */
export function SegmentPage() {
  const { segmentId } = useParams({ strict: false }) as { segmentId: string };
  const [editing, setEditing] = useState(false);
  const [wasNull, setWasNull] = useState(true);
  const segment = useEndpoint(readSegment, { params: { segmentId } } as never, wasNull ? { refetchEveryMs: computingLookMs } : {});
  const isComputing = segment.data?.computedAt === null;
  if (segment.data !== undefined && isComputing !== wasNull) setWasNull(isComputing);
  if (segment.error) return <ErrorState error={segment.error} retry={() => void segment.refetch()} />;
  if (segment.data === undefined) return <Skeleton height={320} />;
  return editing ? (
    <Edit segment={segment.data} onEnd={() => setEditing(false)} />
  ) : (
    <Shown segment={segment.data} onEdit={() => setEditing(true)} />
  );
}

function Shown({ segment, onEdit }: { segment: Segment; onEdit: () => void }) {
  const { t } = useTranslation("segments");
  const format = useFormat();
  const mayWrite = useCan("segment:write") && segment.own;
  const counted = segment.members === null ? t("list.computing") : t("clusters.customers", { text: format.number(segment.members) });
  const note = [counted, segment.ownerName, segment.note].filter((text) => text !== null && text !== undefined);
  return (
    <>
      <PageHeader
        title={segment.name}
        path={[{ label: t("list.title"), to: "/segments" }]}
        note={note.map((text) => `\u2068${text}\u2069`).join(" · ")}
        actions={
          <>
            <OpenCustomers segmentId={segment.segmentId} />
            <ExportMembers segmentId={segment.segmentId} />
            {mayWrite && segment.kind === "rules" && (
              <Button variant="default" onClick={onEdit}>
                {t("build.edit")}
              </Button>
            )}
            {mayWrite && <Archive segment={segment} />}
          </>
        }
      />
      <UrlTabs
        label={segment.name}
        tabs={[
          { id: "members", label: t("detail.members"), content: () => <Members key={segment.computedAt} segmentId={segment.segmentId} /> },
          {
            id: "conditions",
            label: segment.kind === "rules" ? t("detail.conditions") : t("detail.traits"),
            content: () => <Rules segment={segment} />,
          },
          { id: "course", label: t("detail.history"), content: () => <Course segmentId={segment.segmentId} /> },
          { id: "compare", label: t("detail.compare"), content: () => <Compare segment={segment} /> },
        ]}
      />
    </>
  );
}

/** The working list of customers, filtered by this segment: sort, filter on, walk from one to the next. */
function OpenCustomers({ segmentId }: { segmentId: string }) {
  const { t } = useTranslation("segments");
  const filter: FilterGroup = { match: "all", of: [{ field: "member", op: "any_of", values: [segmentId] }] };
  return (
    <Button component={AppLink} to="/customers" search={{ filter } as never} variant="default" leftSection={<PeopleIcon size={14} />}>
      {t("detail.open")}
    </Button>
  );
}

function Archive({ segment }: { segment: Segment }) {
  const { t } = useTranslation("segments");
  const navigate = useNavigate();
  const [opened, setOpened] = useState(false);
  const archive = useAction(archiveSegment, { refreshes: [listSegments], onDone: () => void navigate({ to: "/segments" }) });
  return (
    <>
      <Button variant="default" onClick={() => setOpened(true)}>
        {t("detail.archive")}
      </Button>
      <ConfirmDialog
        opened={opened}
        onClose={() => setOpened(false)}
        title={segment.name}
        confirmLabel={t("detail.archive")}
        busy={archive.isPending}
        error={archive.error}
        onConfirm={() => archive.mutate({ params: { segmentId: segment.segmentId } } as never)}
      >
        {t("detail.archiveText")}
      </ConfirmDialog>
    </>
  );
}

function Edit({ segment, onEnd }: { segment: Segment; onEnd: () => void }) {
  const { t } = useTranslation("segments");
  const { fields, isPending } = useSegmentFields(segment.segmentId);
  const change = useAction(changeSegment, { refreshes: [readSegment, listSegments, listMembers, readHistory], onDone: onEnd });
  if (isPending) return <Skeleton height={320} />;
  const start: Draft = {
    name: segment.name,
    note: segment.note ?? "",
    shared: segment.shared,
    filter: segment.filter === null ? emptyFilter : readFilter(segment.filter, fields),
  };
  return (
    <>
      <PageHeader title={segment.name} path={[{ label: t("list.title"), to: "/segments" }]} />
      <Builder
        start={start}
        segmentId={segment.segmentId}
        busy={change.isPending}
        error={change.error}
        onCancel={onEnd}
        onSave={({ name, note, shared, filter }) =>
          change.mutate({
            params: { segmentId: segment.segmentId },
            body: {
              version: segment.version,
              name: name.trim(),
              note: note.trim() === "" ? null : note.trim(),
              shared,
              filter: toSegmentFilter(filter),
            },
          } as never)
        }
      />
    </>
  );
}
