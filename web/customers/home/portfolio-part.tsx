import { useTranslation } from "react-i18next";
import { type CustomerSort, countCustomers, listCustomers } from "../../../server/customers/directory/contract.ts";
import { RelativeTime } from "../../ui/date-text.tsx";
import type { Condition, FilterGroup } from "../../ui/filter-builder/filter.ts";
import { Money } from "../../ui/money.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { daysToAnniversary, todayOf } from "../days.ts";
import { toApiFilter } from "../list/api-filter.ts";
import { type ListedCustomer, ShortList } from "./short-list.tsx";

const shownMax = 5;
const birthdayDays = 7;
const quietDays = 90;

const own: Condition = { field: "own", op: "yes", values: [] };
const ofMine = (...more: Condition[]): FilterGroup => ({ match: "all", of: [own, ...more] });
const birthdays = ofMine({ field: "birthday", op: "at_most", values: [String(birthdayDays)] });
const quiet = ofMine({ field: "lastTransactionOn", op: "not_within_days", values: [String(quietDays)] });

/** Whom to call in one's own portfolio and why. Nothing for those who have none. */
export function PortfolioPart() {
  const mine = useEndpoint(countCustomers, { query: queryOf(ofMine()) });
  if (mine.data === undefined || mine.data.count === 0) return null;
  return (
    <>
      <Birthdays />
      <Quiet />
      <Largest />
    </>
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

function Quiet() {
  const { t } = useTranslation("customers");
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
      figure={(row) => (row.currency === null ? "–" : <Money minor={row.assetsMinor} currency={row.currency} style="compact" />)}
      all={{ filter, sort: "assets.desc", label: t("home.all", { count }) }}
    />
  );
}
