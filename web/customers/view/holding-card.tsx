import { Badge } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { AppLink } from "../../ui/app-link.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import type { Format } from "../../ui/format.ts";
import { Money } from "../../ui/money.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { Sparkline } from "../../ui/sparkline.tsx";
import { useCodes } from "../codes.ts";
import { type Series, sparkValues, trendOf } from "./balance-curve.ts";
import { type Holding, isOwned } from "./customer.ts";
import classes from "./holdings.module.css";
import { OneOrigin } from "./origin.tsx";

export const statusColours: Record<string, string> = {
  in_arrears: "red",
  defaulted: "red",
  blocked: "red",
  dormant: "yellow",
  pending: "gray",
  closed: "gray",
};

/** One thing the customer has: what, which, how much, where it is going. */
export function HoldingCard({ holding, series }: { holding: Holding; series: Series | undefined }) {
  const { t } = useTranslation("customers");
  const codes = useCodes();
  const values = sparkValues(series?.points ?? []);
  const name = holding.productName ?? codes("kind", holding.kind);
  return (
    <li className={classes.card}>
      <div className={classes.top}>
        <AppLink
          to="."
          search={((before: object) => ({ ...before, tab: "transactions", holding: holding.holdingId })) as never}
          className={classes.product}
        >
          <bdi>{name}</bdi>
        </AppLink>
        {holding.status !== "open" && (
          <Badge size="sm" color={statusColours[holding.status] ?? "gray"}>
            {codes("status", holding.status)}
          </Badge>
        )}
      </div>
      <div className={classes.balance}>
        <OneOrigin what={t("fields.balance")} sources={[holding.source]} changedAt={holding.changedAt}>
          <HoldingAmount holding={holding} />
        </OneOrigin>
        <Sparkline values={values} label={t(`trend.${trendOf(values)}`)} />
      </div>
      <p className={classes.small}>
        <HoldingFacts holding={holding} />
      </p>
    </li>
  );
}

/** The balance, or what was agreed where nothing has a balance: the amount of an order, a limit. */
export function HoldingAmount({ holding }: { holding: Holding }) {
  const minor = holding.balanceMinor ?? holding.amountMinor;
  return minor === null ? <span className={classes.none}>–</span> : <Money minor={minor} currency={holding.currency} />;
}

function HoldingFacts({ holding }: { holding: Holding }) {
  const { t } = useTranslation("customers");
  const format = useFormat();
  const codes = useCodes();
  const facts = [...(isOwned(holding) ? [] : [codes("role", holding.role)]), ...factsOf(holding, format, t)];
  return (
    <>
      {holding.number !== null && (
        <span className={classes.accountNumber}>
          <bdi dir="ltr" className="num">
            {format.code(groupedNumber(holding.number))}
          </bdi>
          <CopyButton value={holding.number} what={t("fields.accountNumber")} />
        </span>
      )}
      {facts.map((fact) => (
        <span key={String(fact)} className="num">
          {fact}
        </span>
      ))}
    </>
  );
}

type Say = (key: string, options: Record<string, string>) => string;

function factsOf({ kind, rate, amountMinor, balanceMinor, currency, maturesOn }: Holding, format: Format, say: unknown): ReactNode[] {
  const t = say as Say;
  const percent = rate === null || Number(rate) === 0 ? [] : [t("holding.rate", { rate: format.percent(Number(rate), 2) })];
  const agreed =
    amountMinor === null || balanceMinor === null
      ? []
      : [
          t(kind === "card" || kind === "credit_line" ? "holding.limit" : "holding.principal", {
            amount: format.money(amountMinor, currency, "round"),
          }),
        ];
  const matures = maturesOn === null ? [] : [t(kind === "card" ? "holding.expires" : "holding.matures", { date: format.date(maturesOn) })];
  return [...percent, ...agreed, ...matures];
}

/** An IBAN in groups of four, as it is printed; other numbers as they are. */
export function groupedNumber(number: string): string {
  return /^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/.test(number) ? number.replace(/(.{4})(?=.)/g, "$1\u00a0") : number;
}
