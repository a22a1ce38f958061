import { useTranslation } from "react-i18next";
import { wordKeys } from "../../server/intelligence/reports/contract.ts";
import { useFormat } from "../ui/preferences.tsx";
import type { Choices, Definition, DimensionChoice, Group, MeasureChoice, Report } from "./answers.ts";

type Take = Definition["measures"][number]["take"];

export interface ReportWords {
  report: (report: Pick<Report, "builtIn" | "name">) => string;
  measure: (choice: Pick<MeasureChoice, "of" | "months">) => string;
  taken: (choice: Pick<MeasureChoice, "of" | "months">, take: Take) => string;
  dimension: (key: string) => string;
  group: (dimension: string | null, group: Group) => string;
  /** A figure in the words of its measure; null: nothing to say. */
  value: (choice: MeasureChoice | undefined, take: Take, value: string | null, short?: boolean) => string;
}

/** What reports, measures, dimensions and groups are called, and how their figures are written. Facts are called as segments call them. */
export function useReportWords(choices: Pick<Choices, "currency" | "dimensions"> | undefined): ReportWords {
  const { t, i18n } = useTranslation(["reports", "segments", "customers", "profit"]);
  const format = useFormat();
  const first = (keys: readonly string[], otherwise: string): string => {
    const found = keys.find((key) => i18n.exists(key));
    return found === undefined ? otherwise : t(found);
  };
  const measure: ReportWords["measure"] = ({ of, months }) => {
    const name = first(wordKeys.measure(of), of);
    return months === null ? name : t("segments:window", { name, count: months });
  };
  const dimensionOf = (key: string | null) => choices?.dimensions.find((one) => one.key === key);
  return {
    report: ({ builtIn, name }) => (builtIn === null ? name : t(`reports:builtIn.${builtIn}`)),
    measure,
    taken: (choice, take) => t(`reports:take.${take}`, { name: measure(choice) }),
    dimension: (key) => first(wordKeys.dimension(key), key),
    group: (dimension, { key, name }) => {
      if (name !== null) return name;
      // Who holds no product and is in no segment is known to.
      if (key === null) return t(dimension === "product" || dimension === "member" ? "reports:none" : "reports:unknown");
      if (dimension === null) return key;
      const code = codeOf(dimension, key, format);
      return (
        bandOf(dimensionOf(dimension), key, format, (message, values) => t(message, values)) ??
        code ??
        first(wordKeys.group(dimension, key), key)
      );
    },
    value: (choice, take, value, short = false) => {
      if (value === null) return "–";
      const figure = Number(value);
      if (take === "share" || choice?.kind === "share") return format.percent(figure, 1);
      if (choice?.kind === "money")
        return format.money(String(Math.round(figure)), choices?.currency ?? "EUR", short ? "compact" : "round");
      if (short && Math.abs(figure) >= 10_000) return format.compact(figure);
      return format.number(Number.isInteger(figure) ? figure : Math.round(figure * 10) / 10);
    },
  };
}

type Format = ReturnType<typeof useFormat>;

function codeOf(dimension: string, key: string, format: Format): string | null {
  if (/^\d{1,9}$/.test(key) && dimension !== "age" && dimension !== "tenure") return format.code(key);
  if (dimension === "month") return format.date(key, "month");
  if (dimension === "language") return format.languageName(key);
  return dimension === "country" || dimension === "nationality" ? format.countryName(key) : null;
}

function bandOf(
  dimension: DimensionChoice | undefined,
  key: string,
  format: Format,
  say: (message: string, values: Record<string, string>) => string,
): string | null {
  if (dimension?.kind === "flag") return say(`reports:flag.${key}`, {});
  if (dimension?.kind !== "years") return null;
  const bounds = (dimension.codes ?? []).map(Number);
  const next = bounds[bounds.indexOf(Number(key)) + 1];
  const from = format.number(Number(key));
  if (next === undefined) return say("reports:bandFrom", { from });
  return next - 1 === Number(key) ? say("reports:bandOne", { from }) : say("reports:band", { from, to: format.number(next - 1) });
}
