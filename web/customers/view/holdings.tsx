import { Anchor } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { AppLink } from "../../ui/app-link.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Money } from "../../ui/money.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { type Holding, isOpen, isOwned, type View } from "./customer.ts";
import { amountShown, HoldingCard } from "./holding-card.tsx";
import classes from "./holdings.module.css";
import type { useBalances } from "./use-balances.ts";

const groups = ["asset", "debt", "service"] as const;

/** What they have: open holdings as cards, grouped by what they have, what they owe and what serves them. */
export function Holdings({ view, balances }: { view: View; balances: ReturnType<typeof useBalances> }) {
  const { t } = useTranslation("customers");
  const open = view.holdings.filter(isOpen);
  const closed = view.holdings.length - open.length;
  if (view.holdings.length === 0) return <EmptyState compact reason="data" title={t("holdings.none")} text={t("holdings.noneText")} />;
  return (
    <div className={classes.groups}>
      {groups.map((group) => {
        const holdings = open.filter((holding) => holding.class === group);
        return holdings.length === 0 ? null : <Group key={group} group={group} holdings={holdings} balances={balances} />;
      })}
      {closed > 0 && (
        <Anchor component={AppLink} to="." search={((before: object) => ({ ...before, tab: "holdings" })) as never} size="sm">
          {t("holdings.closed", { count: closed })}
        </Anchor>
      )}
    </div>
  );
}

interface GroupProps {
  group: (typeof groups)[number];
  holdings: readonly Holding[];
  balances: ReturnType<typeof useBalances>;
}

function Group({ group, holdings, balances }: GroupProps) {
  const { t } = useTranslation("customers");
  const format = useFormat();
  return (
    <section aria-label={t(`class.${group}`)}>
      <h2 className={classes.heading}>
        {t(`class.${group}`)} <span className="num">{format.number(holdings.length)}</span>
        {group !== "service" && <GroupSum holdings={holdings} />}
      </h2>
      <ul className={classes.cards}>
        {holdings.map((holding) => (
          <HoldingCard key={holding.holdingId} holding={holding} series={balances.byHolding.get(holding.holdingId)} />
        ))}
      </ul>
    </section>
  );
}

/** Sums only where there is one currency. */
function GroupSum({ holdings }: { holdings: readonly Holding[] }) {
  const owned = holdings.filter(isOwned);
  const [first] = owned;
  if (first === undefined || owned.length < 2 || owned.some((holding) => holding.currency !== first.currency)) return null;
  const sum = owned.reduce((total, holding) => total + BigInt(amountShown(holding) ?? 0), 0n);
  return (
    <span className={classes.sum}>
      <Money minor={sum} currency={first.currency} />
    </span>
  );
}
