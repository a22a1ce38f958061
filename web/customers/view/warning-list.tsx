import { AlertIcon, BellIcon, StopIcon } from "@primer/octicons-react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/preferences.tsx";
import { useCodes } from "../codes.ts";
import type { Holding } from "./customer.ts";
import classes from "./warning-list.module.css";
import { type Tone, tones, type Warning } from "./warnings.ts";

const icons = { bad: StopIcon, warn: AlertIcon, good: BellIcon } as const satisfies Record<Tone, unknown>;

/** What of the records I must know before I say hello; the marks of other areas stand below. */
export function WarningList({ warnings }: { warnings: readonly Warning[] }) {
  const { t } = useTranslation("customers");
  const say = useWarningWords();
  if (warnings.length === 0) return null;
  return (
    <ul className={classes.list} aria-label={t("warnings.title")}>
      {warnings.map((warning, index) => {
        const tone = tones[warning.kind];
        const Icon = icons[tone];
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list is made anew as a whole
          <li key={index} data-tone={tone}>
            <Icon size={16} />
            <span className="num">{say(warning)}</span>
          </li>
        );
      })}
    </ul>
  );
}

function useWarningWords(): (warning: Warning) => string {
  const { t } = useTranslation("customers");
  const format = useFormat();
  const codes = useCodes();
  const product = (holding: Holding): string => holding.productName ?? codes("kind", holding.kind);
  const owed = ({ balanceMinor, currency }: Holding): string =>
    balanceMinor === null ? "" : format.money(BigInt(balanceMinor) < 0n ? -BigInt(balanceMinor) : balanceMinor, currency);
  return (warning) => {
    switch (warning.kind) {
      case "deceased":
        return t("warnings.deceased", { date: format.date(warning.on) });
      case "defaulted":
      case "in_arrears":
        return t(`warnings.${warning.kind}`, { product: product(warning.holding), amount: owed(warning.holding) });
      case "blocked":
      case "dormant":
        return t(`warnings.${warning.kind}`, { product: product(warning.holding) });
      case "minor":
        return t("warnings.minor", { count: warning.age });
      case "identifier_expired":
        return t("warnings.identifierExpired", { document: codes("scheme", warning.scheme), date: format.date(warning.on) });
      case "identifier_expires":
        return t("warnings.identifierExpires", { document: codes("scheme", warning.scheme), date: format.date(warning.on) });
      case "matures":
        return t(warning.days === 0 ? "warnings.maturesToday" : "warnings.matures", {
          product: product(warning.holding),
          amount: owed(warning.holding),
          date: format.date(warning.on, "day"),
          count: warning.days,
        });
      case "birthday":
        return warning.days === 0
          ? t("warnings.birthdayToday", { age: format.number(warning.age) })
          : t("warnings.birthday", { count: warning.days, age: format.number(warning.age) });
      case "quiet":
        return t("warnings.quiet", { count: warning.days, date: format.date(warning.since) });
      case "left":
      case "unreachable":
        return t(`warnings.${warning.kind}`);
    }
  };
}
