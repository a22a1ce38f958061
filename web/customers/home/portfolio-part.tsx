import { useTranslation } from "react-i18next";
import { type CustomerSort, countCustomers, listCustomers } from "../../../server/customers/directory/contract.ts";
import { standingDays } from "../../../server/customers/portfolios/contract.ts";
import { RelativeTime } from "../../ui/date-text.tsx";
import type { Condition, FilterGroup } from "../../ui/filter-builder/filter.ts";
import { Money } from "../../ui/money.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { todayOf } from "../days.ts";
import { toApiFilter } from "../list/api-filter.ts";
import classes from "./home.module.css";
import { Recent } from "./recent-part.tsx";
import { ShortList } from "./short-list.tsx";
import { behind, conditions, type Standing, useStanding } from "./use-standing.ts";

const shownMax = 5;
const quietDays = standingDays.quiet;

const ofMine = (...more: Condition[]): FilterGroup => behind("own", ...more);

/** Who is in one's own portfolio. Nothing for those who have none; who needs one today stands in a list of its own. */
export function PortfolioPart() {
  const standing = useStanding().data;
  if (standing?.scope !== "own" || (standing.complete && standing.customers === 0)) return null;
  return (
    <div className={classes.columns}>
      <div>
        <Largest />
      </div>
      <div>
        <Quiet scope="own" />
        <Recent />
      </div>
    </div>
  );
}

/** For whoever answers for others: whom nobody heard of. */
export function WatchPart() {
  const standing = useStanding().data;
  if (standing?.scope !== "reach" || !standing.complete || standing.customers === 0) return null;
  return <div className={classes.stack}>{standing.quiet > 0 && <Quiet scope="reach" />}</div>;
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
