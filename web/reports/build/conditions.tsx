import { Skeleton, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useSegmentFields } from "../../ui/customer-facts/fields.ts";
import { toSegmentFilter } from "../../ui/customer-facts/segment-filter.ts";
import { ErrorNote } from "../../ui/error-state.tsx";
import { readFilter } from "../../ui/filter-builder/filter.ts";
import { FilterBuilder } from "../../ui/filter-builder/filter-builder.tsx";
import type { Definition } from "../answers.ts";

/** Of whom: the conditions of segments. */
export function Conditions({ filter, onFilter }: { filter: Definition["filter"]; onFilter: (filter: Definition["filter"]) => void }) {
  const { t } = useTranslation("reports");
  const { fields, isPending, error } = useSegmentFields();
  if (error) return <ErrorNote error={error} />;
  if (isPending) return <Skeleton height={36} />;
  return (
    <div>
      <Text size="sm" fw={500} mb={4}>
        {t("build.filter")}
      </Text>
      <FilterBuilder fields={fields} filter={readFilter(filter, fields)} onFilter={(next) => onFilter(toSegmentFilter(next))} canNegate />
    </div>
  );
}
