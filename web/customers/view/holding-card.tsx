import { Badge } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { AppLink } from "../../ui/app-link.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
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
  const shown = amountShown(holding);
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
      {shown !== null && (
        <div className={classes.balance}>
          <OneOrigin what={t("fields.balance")} sources={[holding.source]} changedAt={holding.changedAt}>
            <Money minor={shown} currency={holding.currency} />
          </OneOrigin>
          <Sparkline values={holding.class === "debt" ? values.map((value) => -value) : values} label={t(`trend.${trendOf(values)}`)} />
        </div>
      )}
      <p className={classes.small}>
        <HoldingFacts holding={holding} />
      </p>
    </li>
  );
}

/** What stands large: the balance; of a debt what is owed, so without its minus. A service has no balance of its own. */
export function amountShown({ class: kind, balanceMinor }: Holding): string | null {
  if (balanceMinor === null || (kind === "service" && BigInt(balanceMinor) === 0n)) return null;
  return kind === "debt" ? String(-BigInt(balanceMinor)) : balanceMinor;
}

function HoldingFacts({ holding }: { holding: Holding }) {
  const { t } = useTranslation("customers");
  const format = useFormat();
  const facts = useFacts()(holding);
  return (
    <>
      {holding.number !== null && (
        <span className={classes.accountNumber}>
          <bdi dir="ltr" className="num">
            {format.code(groupedNumber(holding.number))}
          </bdi>
          {!holding.number.includes("•") && <CopyButton value={holding.number} what={t("fields.accountNumber")} />}
        </span>
      )}
      {facts.map((fact) => (
        <span key={fact} className="num">
          {fact}
        </span>
      ))}
    </>
  );
}

/** What the agreed amount of a kind of holding is called. */
const agreedWords = {
  current_account: "limit",
  savings_account: "limit",
  credit_line: "limit",
  card: "limit",
  term_deposit: "principal",
  loan: "principal",
  mortgage: "principal",
  investment: "paidIn",
  insurance: "insured",
  standing_order: "each",
} as const satisfies Record<Holding["kind"], string>;

function useFacts(): (holding: Holding) => string[] {
  const { t } = useTranslation("customers");
  const format = useFormat();
  const codes = useCodes();
  return (holding) => {
    const { kind, rate, amountMinor, currency, maturesOn } = holding;
    const facts = isOwned(holding) ? [] : [codes("role", holding.role)];
    if (rate !== null && Number(rate) !== 0) facts.push(t("holding.rate", { rate: format.percent(Number(rate), 2) }));
    if (amountMinor !== null && BigInt(amountMinor) !== 0n)
      facts.push(t(`holding.${agreedWords[kind]}`, { amount: format.money(amountMinor, currency, "round") }));
    if (maturesOn !== null) facts.push(t(kind === "card" ? "holding.expires" : "holding.matures", { date: format.date(maturesOn) }));
    return facts;
  };
}

/** An IBAN in groups of four, as it is printed; other numbers as they are. */
export function groupedNumber(number: string): string {
  return /^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/.test(number) ? number.replace(/(.{4})(?=.)/g, "$1\u00a0") : number;
}
