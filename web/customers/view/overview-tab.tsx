import { AddedParts } from "../../ui/added-parts.tsx";
import { BalanceChart } from "./balance-chart.tsx";
import { ContactPoints, Identifiers } from "./contacts.tsx";
import type { View } from "./customer.ts";
import { Figures } from "./figures.tsx";
import { Holdings } from "./holdings.tsx";
import { LatestTransactions } from "./latest-transactions.tsx";
import classes from "./page.module.css";
import { Profile } from "./profile.tsx";
import { useBalances } from "./use-balances.ts";

/** What they have, how it moved, what happened lately; how to reach them and who they are beside it. */
export function OverviewTab({ view }: { view: View }) {
  const balances = useBalances(view.customer.customerId);
  return (
    <div className={classes.overview}>
      <div className={classes.main}>
        <AddedParts id={view.customer.customerId} spot="next" />
        <div>
          <Figures view={view} />
          <Holdings view={view} balances={balances} />
        </div>
        {view.holdings.some((holding) => holding.class !== "service") && <BalanceChart view={view} balances={balances} />}
        <LatestTransactions customerId={view.customer.customerId} />
      </div>
      <aside className={classes.beside}>
        <ContactPoints view={view} />
        <Identifiers view={view} />
        <Profile view={view} />
        <AddedParts id={view.customer.customerId} spot="beside" />
      </aside>
    </div>
  );
}
