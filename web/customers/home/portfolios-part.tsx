import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { STANDING_PORTFOLIOS_MAX, standingDays } from "../../../server/customers/portfolios/contract.ts";
import { Bidi } from "../../ui/bidi.tsx";
import type { Condition } from "../../ui/filter-builder/filter.ts";
import { Money } from "../../ui/money.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { Surface } from "../../ui/surface.tsx";
import { FigureLink } from "./figure-link.tsx";
import classes from "./portfolios.module.css";
import { behind, conditions, type Standing, type Totals, useStanding } from "./use-standing.ts";

type Portfolio = Standing["portfolios"][number];
const rowsShown = 10;

/** For whoever answers for several portfolios: who looks after whom, and where there is trouble. */
export function PortfoliosPart() {
  const { t } = useTranslation("customers");
  const [all, setAll] = useState(false);
  const standing = useStanding().data;
  if (standing === undefined || standing.scope === "own" || standing.portfolios.length < 2) return null;
  const { portfolios } = standing;
  return (
    <div className={classes.wide}>
      <Surface title={t("standing.portfolios")} padding="none">
        <table className={`num ${classes.table}`}>
          <thead>
            <tr>
              <th scope="col">{t("standing.portfolio")}</th>
              <th scope="col">{t("list.title")}</th>
              <th scope="col">{t("standing.assets")}</th>
              <th scope="col">{t("standing.debts")}</th>
              <th scope="col">{t("standing.inArrears")}</th>
              <th scope="col">{t("standing.quiet", { n: standingDays.quiet })}</th>
            </tr>
          </thead>
          <tbody>
            {portfolios.slice(0, all ? undefined : rowsShown).map((portfolio) => (
              <Row key={portfolio.portfolioId} portfolio={portfolio} among={portfolios} />
            ))}
          </tbody>
        </table>
        {portfolios.length > rowsShown && !all && (
          <Button variant="subtle" size="compact-sm" m="xs" onClick={() => setAll(true)}>
            {t("standing.allPortfolios", { n: portfolios.length })}
          </Button>
        )}
      </Surface>
    </div>
  );
}

/** null where the list cannot ask for it: without a portfolio, when not every portfolio is known here. */
function conditionOf(portfolio: Portfolio, among: readonly Portfolio[]): Condition | null {
  if (portfolio.portfolioId !== null) return { field: "portfolio", op: "any_of", values: [portfolio.portfolioId] };
  if (among.length >= STANDING_PORTFOLIOS_MAX) return null;
  return { field: "portfolio", op: "none_of", values: among.flatMap(({ portfolioId }) => portfolioId ?? []) };
}

function Row({ portfolio, among }: { portfolio: Portfolio; among: readonly Portfolio[] }) {
  const { t } = useTranslation("customers");
  const format = useFormat();
  const condition = conditionOf(portfolio, among);
  const name = portfolio.name ?? t("standing.unassigned");
  const count = (value: number, sort: string, ...more: Condition[]) => {
    if (value === 0) return <span className={classes.nothing}>{format.number(0)}</span>;
    if (condition === null) return format.number(value);
    return (
      <FigureLink filter={behind("reach", condition, ...more)} sort={sort} label={name}>
        {format.number(value)}
      </FigureLink>
    );
  };
  return (
    <tr>
      <th scope="row">
        <Bidi>{name}</Bidi>
        {portfolio.ownerName !== null && (
          <span className={classes.owner}>
            <Bidi>{portfolio.ownerName}</Bidi>
          </span>
        )}
      </th>
      <td data-label={t("list.title")}>{count(portfolio.customers, "name.asc")}</td>
      <td data-label={t("standing.assets")}>
        <Amounts totals={portfolio.totals} of="assetsMinor" />
      </td>
      <td data-label={t("standing.debts")}>
        <Amounts totals={portfolio.totals} of="debtsMinor" />
      </td>
      <td data-label={t("standing.inArrears")} data-bad={portfolio.inArrears > 0 || undefined}>
        {count(portfolio.inArrears, "debts.desc", conditions.inArrears)}
      </td>
      <td data-label={t("standing.quiet", { n: standingDays.quiet })}>{count(portfolio.quiet, "assets.desc", conditions.quiet)}</td>
    </tr>
  );
}

const currenciesShown = 2;

function Amounts({ totals, of }: { totals: Totals; of: "assetsMinor" | "debtsMinor" }) {
  const { t } = useTranslation("customers");
  const some = totals.filter(({ [of]: minor }) => minor !== "0");
  if (some.length === 0) return null;
  return (
    <>
      {some.slice(0, currenciesShown).map(({ currency, [of]: minor }) => (
        <div key={currency}>
          <Money minor={minor} currency={currency} style="compact" />
        </div>
      ))}
      {some.length > currenciesShown && (
        <div className={classes.owner}>{t("list.moreCurrencies", { count: some.length - currenciesShown })}</div>
      )}
    </>
  );
}
