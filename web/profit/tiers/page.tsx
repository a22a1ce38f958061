import { Button, SegmentedControl, Skeleton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { listTierMoves, readTiers } from "../../../server/intelligence/profit/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import { CustomerName } from "../../ui/customer-name.tsx";
import { DateText } from "../../ui/date-text.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorNote, ErrorState } from "../../ui/error-state.tsx";
import { Money } from "../../ui/money.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useEndpoint, usePages } from "../../ui/query.ts";
import { StateMark } from "../../ui/state-mark.tsx";
import { Surface } from "../../ui/surface.tsx";
import { WideTable } from "../../ui/wide-table.tsx";
import classes from "../profit.module.css";
import { useReasonWords } from "../reasons.tsx";
import { useWords } from "../words.ts";
import { Appeals } from "./appeals.tsx";

type Tiers = AnswerOf<typeof readTiers>;

/** The rules of tiers, who lies in them, who moved and why, and what was appealed. */
export function TiersPage() {
  const { t } = useTranslation("profit");
  const answer = useEndpoint(readTiers, {});
  return (
    <div className={classes.page}>
      <PageHeader title={t("tiers.title")} note={t("tiers.note")} />
      {answer.error && <ErrorState error={answer.error} retry={() => void answer.refetch()} />}
      {answer.isPending && <Skeleton height={320} />}
      {answer.data && (
        <div className={classes.columns}>
          <div className={classes.stack}>
            <Distribution tiers={answer.data} />
            <Moves currency={answer.data.currency} />
          </div>
          <div className={classes.stack}>
            <Appeals />
            <ByMonth tiers={answer.data} />
            <Rules tiers={answer.data} />
          </div>
        </div>
      )}
    </div>
  );
}

function Distribution({ tiers }: { tiers: Tiers }) {
  const { t } = useTranslation("profit");
  const format = useFormat();
  const words = useWords();
  const { currency, rules } = tiers;
  const all = tiers.tiers.reduce((sum, { customers }) => sum + customers, 0) || 1;
  const asks = (name: string) => rules?.tiers.find((tier) => tier.name === name);
  return (
    <Surface title={t("tiers.distribution")} padding="none">
      <WideTable label={t("tiers.distribution")} className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t("by.tier")}</th>
            <th scope="col">{t("by.customers")}</th>
            <th scope="col">{t("tiers.share")}</th>
            <th scope="col">{t("sums.profit")}</th>
            <th scope="col">{t("value.volume")}</th>
            <th scope="col">{t("tiers.atRisk")}</th>
          </tr>
        </thead>
        <tbody>
          {tiers.tiers.map(({ name, customers, profitMinor, volumeMinor, atRisk }) => {
            const step = asks(name);
            return (
              <tr key={name}>
                <th scope="row">
                  {words("tiers", name)}
                  {step !== undefined && step.valueMinor > 0 && (
                    <>
                      <br />
                      <span className={classes.note}>
                        {t("tiers.asks", {
                          value: format.money(String(step.valueMinor), currency, "round"),
                          volume: format.money(String(step.volumeMinor), currency, "compact"),
                        })}
                      </span>
                    </>
                  )}
                </th>
                <td className="num">{format.number(customers)}</td>
                <td className="num">{format.percent(customers / all)}</td>
                <td>
                  <Money minor={profitMinor} currency={currency} style="compact" alarm />
                </td>
                <td>
                  <Money minor={volumeMinor} currency={currency} style="compact" />
                </td>
                <td className="num">{format.number(atRisk)}</td>
              </tr>
            );
          })}
        </tbody>
      </WideTable>
    </Surface>
  );
}

function Rules({ tiers: { rules } }: { tiers: Tiers }) {
  const { t } = useTranslation("profit");
  const format = useFormat();
  const words = useWords();
  if (rules === null) return null;
  return (
    <Surface title={t("tiers.rules")}>
      <ul className={classes.reasons}>
        <li>{t("tiers.ruleRise")}</li>
        <li>{t("tiers.ruleFall", { share: format.percent(1 - rules.tolerance), n: rules.fallAfter, months: rules.monthsMin })}</li>
        <li>{t("tiers.ruleReputation", { tier: words("tiers", rules.reputationCap) })}</li>
        <li>{t("tiers.ruleAppeal", { n: rules.appealMonths })}</li>
      </ul>
    </Surface>
  );
}

function ByMonth({ tiers: { months } }: { tiers: Tiers }) {
  const { t } = useTranslation("profit");
  const format = useFormat();
  if (months.length === 0) return null;
  return (
    <Surface title={t("tiers.byMonth")} padding="none">
      <WideTable label={t("tiers.byMonth")} className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t("pick.month")}</th>
            <th scope="col">{t("tiers.rise")}</th>
            <th scope="col">{t("tiers.fall")}</th>
          </tr>
        </thead>
        <tbody>
          {months.toReversed().map(({ month, rises, falls }) => (
            <tr key={month}>
              <th scope="row">{format.date(month, "month")}</th>
              <td className="num">{format.number(rises)}</td>
              <td className="num">{format.number(falls)}</td>
            </tr>
          ))}
        </tbody>
      </WideTable>
    </Surface>
  );
}

const choices = ["all", "rise", "fall"] as const;

function Moves({ currency }: { currency: string }) {
  const { t } = useTranslation("profit");
  const words = useWords();
  const reasonOf = useReasonWords(currency);
  const [choice, setChoice] = useState<(typeof choices)[number]>("all");
  const query = choice === "all" ? { rows: 15 } : { rows: 15, move: choice };
  const pages = usePages(listTierMoves, { query } as never, ({ next }) => (next === null ? null : { after: next }));
  const moves = pages.data?.pages.flatMap((page) => page.moves);
  return (
    <Surface
      title={t("tiers.moves")}
      aside={
        <SegmentedControl
          size="xs"
          aria-label={t("tiers.moves")}
          data={choices.map((value) => ({ value, label: t(`tiers.${value}`) }))}
          value={choice}
          onChange={(value) => setChoice(choices.find((one) => one === value) ?? "all")}
        />
      }
    >
      <ErrorNote error={pages.error} />
      {moves === undefined && !pages.error && <Skeleton height={240} />}
      {moves?.length === 0 && <EmptyState compact reason="filter" title={t("tiers.noMoves")} />}
      <ul className={classes.list}>
        {moves?.map((move) => (
          <li key={move.moveId}>
            <CustomerName customer={move} tab="value" />
            <span className={classes.who} style={{ textAlign: "end", maxInlineSize: "26rem" }}>
              <span>
                <StateMark tone={move.move === "rise" ? "good" : "warn"}>
                  {t("tier.move", { from: words("tiers", move.fromTier), to: words("tiers", move.toTier) })}
                </StateMark>{" "}
                <DateText value={move.onDay} />
              </span>
              <span className={classes.note}>{move.reasons.map(reasonOf).join(" ")}</span>
            </span>
          </li>
        ))}
      </ul>
      {pages.hasNextPage && (
        <Button fullWidth mt="sm" variant="subtle" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t("behind.more")}
        </Button>
      )}
    </Surface>
  );
}
