import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/preferences.tsx";
import type { Reason } from "../models.ts";
import { useModelWords } from "../words.ts";

/** Facts that are told by one sentence, first fit first; `as` is how the value behind it is written. */
const families: readonly {
  readonly fits: RegExp;
  readonly family: string;
  readonly as: "money" | "count" | "days" | "years" | "percent";
}[] = [
  { fits: /^salary_missed$/, family: "salaryMissed", as: "count" },
  { fits: /^(salary|has_salary)/, family: "salary", as: "count" },
  { fits: /_trend$/, family: "trend", as: "percent" },
  { fits: /^(assets|debts)_change$/, family: "moneyMoved", as: "percent" },
  { fits: /^assets_change_minor$/, family: "moneyChange", as: "money" },
  { fits: /^(assets|current|savings|deposits|investments)_/, family: "moneyHere", as: "money" },
  { fits: /^(debts|loans)_.*minor$/, family: "debts", as: "money" },
  { fits: /^own_elsewhere_minor$/, family: "elsewhereMoney", as: "money" },
  { fits: /^own_elsewhere_count$/, family: "elsewhere", as: "count" },
  { fits: /^last_(initiated|booked|in|out|card|cash|digital)_on$/, family: "quiet", as: "days" },
  { fits: /^last_closed_on$/, family: "lastClosed", as: "days" },
  { fits: /^last_opened_on$/, family: "lastOpened", as: "days" },
  { fits: /^next_maturity_on$/, family: "maturity", as: "days" },
  { fits: /^closed_count$/, family: "closed", as: "count" },
  { fits: /^opened_count$/, family: "opened", as: "count" },
  { fits: /^active_months$/, family: "activeMonths", as: "count" },
  { fits: /^(customer_since|first_opened_on)$/, family: "since", as: "years" },
  { fits: /^(holding_count|kind_count)$/, family: "products", as: "count" },
  { fits: /^in_.*minor$/, family: "moneyIn", as: "money" },
  { fits: /^out_.*minor$/, family: "moneyOut", as: "money" },
  { fits: /^(in|out)_count/, family: "payments", as: "count" },
  { fits: /_minor$/, family: "other", as: "money" },
];

const DAYS_A_YEAR = 365.25;

/** A reason as a sentence with the value behind it, in the person's language. */
export function useReasonWords(currency: string): (reason: Reason) => string {
  const { t } = useTranslation("models");
  const format = useFormat();
  const words = useModelWords();
  return ({ fact, value, side }) => {
    const found = families.find(({ fits }) => fits.test(fact));
    const written = (amount: number): string => {
      switch (found?.as) {
        case "money":
          return format.money(String(Math.round(amount)), currency, "compact");
        case "percent":
          return format.percent(amount, 0);
        case "years":
          // The first opening is told in days, the beginning of the relationship in years.
          return format.number(fact === "first_opened_on" ? amount / DAYS_A_YEAR : amount, 0);
        default:
          return format.number(Number.isInteger(amount) ? amount : Math.round(amount * 100) / 100);
      }
    };
    const shown = typeof value === "number" ? written(value) : (value ?? "–");
    if (side === "missing" || side === "is" || found === undefined || found.family === "other")
      return t(side === "missing" ? "reasons.missing" : side === "is" ? "reasons.is" : `reasons.other_${side}`, {
        fact: words.fact(fact),
        value: shown,
      });
    return t(`reasons.${found.family}_${side}`, { value: shown, months: format.number(Number(/_(\d+)m/.exec(fact)?.[1] ?? 12)) });
  };
}
