import { useTranslation } from "react-i18next";
import { type CustomerSort, countCustomers, listCustomers } from "../../../server/customers/directory/contract.ts";
import { standingDays } from "../../../server/customers/portfolios/contract.ts";
import { RelativeTime } from "../../ui/date-text.tsx";
import type { Condition, FilterGroup } from "../../ui/filter-builder/filter.ts";
import { Money } from "../../ui/money.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { daysToAnniversary, todayOf } from "../days.ts";
import { toApiFilter } from "../list/api-filter.ts";
import classes from "./home.module.css";
import { Maturing } from "./maturing.tsx";
import { Recent } from "./recent-part.tsx";
import { type ListedCustomer, ShortList } from "./short-list.tsx";
import { behind, conditions, type Standing, useStanding } from "./use-standing.ts";

const shownMax = 5;
const birthdayDays = 7;
const quietDays = standingDays.quiet;

const ofMine = (...more: Condition[]): FilterGroup => behind("own", ...more);
const birthdays = ofMine({ field: "birthday", op: "at_most", values: [String(birthdayDays)] });

/** Whom to call in one's own portfolio and why. Nothing for those who have none. */
export function PortfolioPart() {
  const standing = useStanding().data;
  if (standing?.scope !== "own" || (standing.complete && standing.customers === 0)) return null;
  return (
    <div className={classes.columns}>
      <div>
        {standing.inArrears > 0 && <Arrears scope="own" />}
        <Maturing />
        <Birthdays />
        <Largest />
      </div>
      <div>
        <Quiet scope="own" />
        <Recent />
      </div>
    </div>
  );
}

/** The same for whoever answers for others: where there is trouble, and whom nobody heard of. */
export function WatchPart() {
  const standing = useStanding().data;
  if (standing?.scope !== "reach" || !standing.complete || standing.customers === 0) return null;
  return (
    <div className={classes.stack}>
      {standing.inArrears > 0 && <Arrears scope="reach" />}
      {standing.quiet > 0 && <Quiet scope="reach" />}
    </div>
  );
}

function queryOf(filter: FilterGroup): { filter: string } {
  return { filter: JSON.stringify(toApiFilter(filter, todayOf(new Date()))) };
}

function usePart(filter: FilterGroup, sort: CustomerSort, direction: "ascending" | "descending", rows = shownMax) {
  const query = queryOf(filter);
  const list = useEndpoint(listCustomers, { query: { ...query, sort, direction, rows } });
  const count = useEndpoint(countCustomers, { query });
  return { rows: list.data?.customers, error: list.error, count: count.data?.count ?? 0 };
}

const birthdaysReadMax = 50;

function Birthdays() {
  const { t } = useTranslation("customers");
  const format = useFormat();
  const today = todayOf(new Date());
  const { rows, error, count } = usePart(birthdays, "assets", "descending", birthdaysReadMax);
  const days = (row: ListedCustomer): number => (row.bornOn === null ? Number.POSITIVE_INFINITY : daysToAnniversary(row.bornOn, today));
  const people = rows?.filter((row) => row.kind === "person").toSorted((a, b) => days(a) - days(b));
  return (
    <ShortList
      title={t("home.birthdays", { count: birthdayDays })}
      rows={people?.slice(0, shownMax)}
      error={error}
      empty={t("home.noBirthdays")}
      figure={(row) => (days(row) === 0 ? t("home.today") : format.date(row.bornOn ?? "", "day"))}
      all={{ filter: birthdays, sort: "assets.desc", label: t("home.all", { count }) }}
    />
  );
}

function Arrears({ scope }: { scope: Standing["scope"] }) {
  const { t } = useTranslation("customers");
  const inArrears = behind(scope, conditions.inArrears);
  const { rows, error, count } = usePart(inArrears, "debts", "descending");
  return (
    <ShortList
      title={t("standing.inArrears")}
      rows={rows}
      error={error}
      empty={t("home.noneMine")}
      figure={(row) => row.currency !== null && <Money minor={row.debtsMinor} currency={row.currency} style="compact" />}
      all={{ filter: inArrears, sort: "debts.desc", label: t("home.all", { count }) }}
    />
  );
}

function Quiet({ scope }: { scope: Standing["scope"] }) {
  const { t } = useTranslation("customers");
  const quiet = behind(scope, conditions.quiet);
  const { rows, error, count } = usePart(quiet, "assets", "descending");
  return (
    <ShortList
      title={t("home.quiet", { count: quietDays })}
      rows={rows}
      error={error}
      empty={t("home.noneQuiet")}
      figure={(row) => (row.lastTransactionOn === null ? t("home.never") : <RelativeTime value={row.lastTransactionOn} />)}
      all={{ filter: quiet, sort: "assets.desc", label: t("home.all", { count }) }}
    />
  );
}

function Largest() {
  const { t } = useTranslation("customers");
  const filter = ofMine();
  const { rows, error, count } = usePart(filter, "assets", "descending");
  return (
    <ShortList
      title={t("home.largest")}
      rows={rows}
      error={error}
      empty={t("home.noneMine")}
      figure={(row) => row.currency !== null && <Money minor={row.assetsMinor} currency={row.currency} style="compact" />}
      all={{ filter, sort: "assets.desc", label: t("home.all", { count }) }}
    />
  );
}
