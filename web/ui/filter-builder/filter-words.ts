import { useTranslation } from "react-i18next";
import { useFormat } from "../preferences.tsx";
import type { Condition, FilterField } from "./filter.ts";

/** A condition as a short sentence in the person's language: "balance at least 50,000 EUR". */
export function useFilterWords(fields: readonly FilterField[]): (condition: Condition) => string {
  const { t } = useTranslation("ui");
  const format = useFormat();
  return (condition) => {
    const field = fields.find((candidate) => candidate.id === condition.field);
    if (!field) return condition.field;
    const say = (value: string): string => {
      if (field.type === "money") return format.money(value, field.currency ?? "EUR", "round");
      if (field.type === "number" || condition.op === "within_days" || condition.op === "not_within_days") return format.number(value);
      if (field.type === "date") return format.date(value);
      return field.choices?.find((choice) => choice.id === value)?.label ?? field.missing ?? value;
    };
    // Isolated, so that a value of another script does not turn the sentence around.
    const said = condition.values.map((value) => `\u2068${say(value)}\u2069`);
    return t(`filter.says.${condition.op}`, {
      field: field.label,
      a: said[0] ?? "",
      b: said[1] ?? "",
      // Of several that are missing one word is enough.
      values: format.list([...new Set(said)]),
      count: Number(condition.values[0] ?? 0) || 0,
    });
  };
}
