import { Select, Skeleton, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useSegmentFields } from "../../ui/customer-facts/fields.ts";
import { toSegmentFilter } from "../../ui/customer-facts/segment-filter.ts";
import { ErrorNote } from "../../ui/error-state.tsx";
import { choicesWith, readFilter } from "../../ui/filter-builder/filter.ts";
import { FilterBuilder } from "../../ui/filter-builder/filter-builder.tsx";
import type { Definition } from "../answers.ts";
import { splitSegment, withSegment } from "./segment-part.ts";

/** Of whom: the customers of one segment, and the conditions of segments. */
export function Conditions({ filter, onFilter }: { filter: Definition["filter"]; onFilter: (filter: Definition["filter"]) => void }) {
  const { t } = useTranslation("reports");
  const { fields, isPending, error } = useSegmentFields();
  const { segmentId, rest } = splitSegment(filter);
  const member = fields.find(({ id }) => id === "member");
  const segments = member === undefined ? [] : choicesWith(member, segmentId === null ? [] : [segmentId]);
  if (error) return <ErrorNote error={error} />;
  if (isPending) return <Skeleton height={36} />;
  return (
    <>
      {segments.length > 0 && (
        <Select
          label={t("build.segment")}
          placeholder={t("build.everybody")}
          maw={420}
          data={segments}
          searchable
          clearable
          value={segmentId}
          onChange={(id) => onFilter(withSegment(id, rest))}
        />
      )}
      <div>
        <Text size="sm" fw={500} mb={4}>
          {t("build.filter")}
        </Text>
        <FilterBuilder
          fields={fields}
          filter={readFilter(rest, fields)}
          onFilter={(next) => onFilter(withSegment(segmentId, toSegmentFilter(next)))}
          canNegate
        />
      </div>
    </>
  );
}
