import { useTranslation } from "react-i18next";
import { type FilterField, type FilterGroup, isGroup } from "../filter-builder/filter.ts";
import { useFilterWords } from "../filter-builder/filter-words.ts";

/** Conditions as one sentence. */
export function Conditions({ filter, fields }: { filter: FilterGroup; fields: readonly FilterField[] }) {
  const { t } = useTranslation("segments");
  const words = useFilterWords(fields);
  const say = (group: FilterGroup, depth: number): string => {
    const parts = group.of.map((part) => (isGroup(part) ? say(part, depth + 1) : words(part)));
    const joined = parts.join(` ${t(`ui:filter.join.${group.match}`)} `);
    if (group.not === true) return t("detail.notGroup", { text: joined });
    return depth > 0 && parts.length > 1 ? `(${joined})` : joined;
  };
  return <p>{filter.of.length === 0 ? t("detail.all") : say(filter, 0)}</p>;
}
