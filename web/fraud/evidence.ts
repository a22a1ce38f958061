import { useTranslation } from "react-i18next";
import { useFormat } from "../ui/preferences.tsx";

type Unit = "count" | "money" | "share" | "times" | "seconds" | "clock" | "weekday" | "flag";

/** What a feature without its window is called in the messages, and in what it is counted. */
const words: Readonly<Record<string, readonly [key: string, unit: Unit]>> = {
  amount: ["amount", "money"],
  hour: ["hour", "clock"],
  weekday: ["weekday", "weekday"],
  "account.count": ["account_count", "count"],
  "account.sum": ["account_sum", "money"],
  "account.mean": ["account_mean", "money"],
  "account.max": ["account_max", "money"],
  "payee.count": ["payee_count", "count"],
  "payee.sum": ["payee_sum", "money"],
  "payee.mean": ["payee_mean", "money"],
  "payee.max": ["payee_max", "money"],
  "payee.known": ["payee_known", "count"],
  "payee.risk": ["payee_risk", "share"],
  "payee.days_since_first_fraud": ["payee_days_since_first_fraud", "count"],
  "payee.days_since_last_fraud": ["payee_days_since_last_fraud", "count"],
  "account.known_frauds": ["account_known_frauds", "count"],
  "account.seconds_since_last": ["account_hours_since_last", "seconds"],
  "account.night_share": ["account_night_share", "share"],
  "account.weekend_share": ["account_weekend_share", "share"],
  "account.amount_z": ["account_amount_z", "times"],
  "account.amount_to_mean": ["account_amount_to_mean", "times"],
  "account.amount_to_max": ["account_amount_to_max", "times"],
  "account.large": ["account_large", "count"],
  "payee.amount_to_mean": ["payee_amount_to_mean", "times"],
  "account.payee_age_days": ["account_payee_age", "count"],
  "account.payees": ["account_payees", "count"],
  "payee.accounts": ["payee_accounts", "count"],
};

const flags: Readonly<Record<string, readonly [yes: string, no: string]>> = {
  is_night: ["is_night", "is_day"],
  is_weekend: ["is_weekend", "is_workday"],
  "account.new_payee": ["account_new_payee", "account_known_payee"],
};

/** Says nothing where only the day of a payment is known. */
export const isOfTime = (feature: string): boolean => feature === "hour" || feature === "is_night";

/** What was measured of a payment, as a plain sentence. `currency` is the bank's. */
export function useEvidence(currency: string): (feature: string, value: number, hasTime?: boolean) => string {
  const { t } = useTranslation("fraud");
  const format = useFormat();
  return (feature, value, hasTime = true) => {
    const flag = flags[feature];
    if (flag !== undefined) return t(`evidence.${flag[value === 0 ? 1 : 0]}`);
    if (feature === "account.payee_age_days" && value < 1) return t("evidence.account_new_payee");
    if (feature === "account.seconds_since_last" && value < 60) return t("evidence.account_right_after");
    const [, base = feature, measured] = /^(.*?)(?:_(1h|24h|7d|30d))?$/.exec(feature) ?? [];
    // Of a payment whose time is not known, the hour is the day.
    const window = measured === "1h" && !hasTime ? "24h" : measured;
    const [key, unit] = words[base] ?? ["other", "times" as const];
    const shown = {
      count: () => format.number(Math.floor(value)),
      money: () => `${format.number(Math.round(value))}\u00a0${currency}`,
      share: () => format.percent(value, 0),
      times: () => format.number(Number(value.toFixed(1))),
      seconds: () => format.number(Number((value / 3_600).toFixed(1))),
      clock: () => format.clock(Math.floor(value)),
      // Days are counted from Monday, which 1 January 2024 was.
      weekday: () => format.date(`2024-01-0${value}`, "weekday"),
      flag: () => "",
    }[unit]();
    return t(`evidence.${key}`, {
      n: `\u2068${shown}\u2069`,
      window: window === undefined ? "" : t(`windows.${window}`, { n: Number.parseInt(window, 10) }),
      name: feature,
    });
  };
}
