import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { createSegment, listSegments } from "../../../server/intelligence/segments/contract.ts";
import { toSegmentFilter } from "../../ui/customer-facts/segment-filter.ts";
import { notify } from "../../ui/notify.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useAction } from "../../ui/query.ts";
import { Builder } from "./builder.tsx";

export function NewSegmentPage() {
  const { t } = useTranslation("segments");
  const navigate = useNavigate();
  const create = useAction(createSegment, {
    refreshes: [listSegments],
    onDone: ({ segmentId }) => {
      void notify({ message: t("build.saved") });
      void navigate({ to: "/segments/$segmentId", params: { segmentId } as never });
    },
  });
  return (
    <>
      <PageHeader title={t("build.title")} path={[{ label: t("list.title"), to: "/segments" }]} />
      <Builder
        busy={create.isPending}
        error={create.error}
        onSave={({ name, note, shared, filter }) =>
          create.mutate({
            body: { name: name.trim(), note: note.trim() === "" ? null : note.trim(), shared, filter: toSegmentFilter(filter) },
          } as never)
        }
      />
    </>
  );
}
