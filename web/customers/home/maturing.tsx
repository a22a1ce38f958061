import { useTranslation } from "react-i18next";
import { listMaturing, standingDays } from "../../../server/customers/portfolios/contract.ts";
import { DateText } from "../../ui/date-text.tsx";
import { Money } from "../../ui/money.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { Surface } from "../../ui/surface.tsx";
import { useCodes } from "../codes.ts";
import { CustomerName } from "../customer-name.tsx";
import classes from "./home.module.css";

/** Money that is about to be free, the soonest first. Nothing where none is. */
export function Maturing() {
  const { t } = useTranslation("customers");
  const codes = useCodes();
  const holdings = useEndpoint(listMaturing, {}).data?.holdings ?? [];
  if (holdings.length === 0) return null;
  return (
    <Surface title={t("home.maturing", { n: standingDays.maturing })} padding="none">
      <ul className={classes.list}>
        {holdings.map((holding) => (
          <li key={holding.holdingId}>
            <CustomerName customer={holding} note={holding.productName ?? codes("kind", holding.kind)} />
            <span className={`num ${classes.figure}`}>
              {holding.amountMinor !== null && <Money minor={holding.amountMinor} currency={holding.currency} style="compact" />}
              <span className={classes.when}>
                <DateText value={holding.maturesOn} style="day" />
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Surface>
  );
}
