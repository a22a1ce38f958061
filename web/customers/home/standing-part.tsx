import { Skeleton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { countCustomers } from "../../../server/customers/directory/contract.ts";
import { standingDays } from "../../../server/customers/portfolios/contract.ts";
import { ErrorNote } from "../../ui/error-state.tsx";
import { Money } from "../../ui/money.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { StatCard, StatRow } from "../../ui/stat-card.tsx";
import { FigureLink } from "./figure-link.tsx";
import classes from "./home.module.css";
import { behind, conditions, type Standing, type Totals, useStanding } from "./use-standing.ts";

/** What the person looks after, in figures; each leads to the customers behind it. */
export function StandingPart() {
  const { t } = useTranslation("customers");
  const standing = useStanding();
  if (standing.isPending) return <Skeleton height={132} radius="md" className={classes.wide ?? ""} />;
  const data = standing.data;
  if (data?.complete && data.customers === 0) return null;
  return (
    <section className={classes.wide} aria-label={t(`standing.${data?.scope ?? "reach"}`)}>
      <ErrorNote error={standing.error} />
      {data && (
        <>
          <h2 className={classes.heading}>{t(`standing.${data.scope}`)}</h2>
          {data.complete ? <Figures standing={data} /> : <Estimate />}
        </>
      )}
    </section>
  );
}

function Figures({ standing }: { standing: Standing }) {
  const { t } = useTranslation("customers");
  const format = useFormat();
  const { scope, customers, newcomers, inArrears, quiet, totals } = standing;
  return (
    <StatRow>
      <StatCard
        label={t("list.title")}
        value={<FigureLink filter={behind(scope)}>{format.number(customers)}</FigureLink>}
        note={
          newcomers > 0 && (
            <FigureLink filter={behind(scope, conditions.newcomers)} sort="customerSince.desc">
              {t("standing.newcomers", { n: newcomers })}
            </FigureLink>
          )
        }
      />
      <Amount label={t("standing.assets")} totals={totals} of="assetsMinor" scope={scope} />
      <Amount label={t("standing.debts")} totals={totals} of="debtsMinor" scope={scope} />
      <StatCard
        label={t("standing.inArrears")}
        value={<FigureLink filter={behind(scope, conditions.inArrears)}>{format.number(inArrears)}</FigureLink>}
        tone={inArrears > 0 ? "bad" : "plain"}
      />
      <StatCard
        label={t("standing.quiet", { n: standingDays.quiet })}
        value={
          <FigureLink filter={behind(scope, conditions.quiet)} sort="assets.desc">
            {format.number(quiet)}
          </FigureLink>
        }
      />
    </StatRow>
  );
}

interface AmountProps {
  label: string;
  totals: Totals;
  of: "assetsMinor" | "debtsMinor";
  scope: Standing["scope"];
}

/** The currency most customers are in, large; the others below, never added up. */
function Amount({ label, totals, of, scope }: AmountProps) {
  const sort = of === "assetsMinor" ? "assets.desc" : "debts.desc";
  const link = ({ currency, [of]: minor }: Totals[number]) => (
    <FigureLink key={currency} filter={behind(scope, { field: "currency", op: "any_of", values: [currency] })} sort={sort}>
      <Money minor={minor} currency={currency} style="compact" />
    </FigureLink>
  );
  const [main, ...others] = totals.filter(({ [of]: minor }) => minor !== "0");
  if (main === undefined) return null;
  return (
    <StatCard label={label} value={link(main)} note={others.length > 0 && <span className={classes.others}>{others.map(link)}</span>} />
  );
}

/** More customers than are added up for a home page: about how many, and no sums. */
function Estimate() {
  const { t } = useTranslation("customers");
  const count = useEndpoint(countCustomers, { query: {} });
  return (
    <StatRow>
      <StatCard
        label={t("list.title")}
        value={<FigureLink filter={behind("reach")}>{count.data ? t("standing.about", { n: count.data.count }) : "…"}</FigureLink>}
      />
    </StatRow>
  );
}
