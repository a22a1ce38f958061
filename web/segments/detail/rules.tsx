import { useTranslation } from "react-i18next";
import { Conditions } from "../../ui/customer-facts/conditions.tsx";
import { useSegmentFields } from "../../ui/customer-facts/fields.ts";
import { readFilter } from "../../ui/filter-builder/filter.ts";
import { Surface } from "../../ui/surface.tsx";
import type { Segment } from "./segment.ts";

/** Why somebody is in it: the conditions as a sentence, or what sets a cluster apart. */
export function Rules({ segment }: { segment: Segment }) {
  const { t } = useTranslation("segments");
  const { fields, facts, words, isPending } = useSegmentFields(segment.segmentId);
  if (isPending) return null;
  if (segment.filter !== null) {
    return (
      <Surface title={t("build.conditions")}>
        <Conditions filter={readFilter(segment.filter, fields)} fields={fields} />
      </Surface>
    );
  }
  return (
    <Surface title={t("detail.traits")}>
      <ul>
        {segment.traits.map(({ key, z }) => {
          const fact = facts.find((one) => one.key === key);
          return fact && <li key={key}>{t(z > 0 ? "clusters.high" : "clusters.low", { name: words.name(fact) })}</li>;
        })}
      </ul>
    </Surface>
  );
}
