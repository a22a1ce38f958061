import { Anchor } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { AppLink } from "../../ui/app-link.tsx";
import { Money } from "../../ui/money.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { Surface } from "../../ui/surface.tsx";
import { WideTable } from "../../ui/wide-table.tsx";
import type { Explanation } from "../pair.ts";
import classes from "./combined.module.css";

type Customer = Explanation["combined"][number];

/** What each customer brings, and what the one would have if the two were joined. */
export function Combined({ combined }: { combined: readonly Customer[] }) {
  const { t } = useTranslation("identity");
  const format = useFormat();
  if (combined.length === 0) return null;
  const [first, second] = combined;
  const isOne = second === undefined;
  const sum = (of: "records" | "holdings") => combined.reduce((total, customer) => total + customer[of], 0);
  const money = (of: "assetsMinor" | "debtsMinor") => combined.reduce((total, customer) => total + BigInt(customer[of]), 0n);
  // Sums of two currencies are no sum.
  const currency = isOne || first?.currency === second.currency ? (first?.currency ?? null) : null;
  return (
    <Surface title={t(isOne ? "combined.titleOne" : "combined.title")} padding="none">
      <WideTable label={t("combined.title")} className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t("combined.customer")}</th>
            <th scope="col">{t("combined.records")}</th>
            <th scope="col">{t("combined.holdings")}</th>
            <th scope="col">{t("combined.assets")}</th>
            <th scope="col">{t("combined.debts")}</th>
          </tr>
        </thead>
        <tbody>
          {combined.map((customer) => (
            <CustomerRow key={customer.customerId} customer={customer} />
          ))}
        </tbody>
        {!isOne && (
          <tfoot>
            <tr>
              <th scope="row">{t("combined.together")}</th>
              <td className="num">{format.number(sum("records"))}</td>
              <td className="num">{format.number(sum("holdings"))}</td>
              <td>{currency === null ? t("combined.currencies") : <Money minor={money("assetsMinor")} currency={currency} />}</td>
              <td>{currency === null ? "" : <Money minor={money("debtsMinor")} currency={currency} />}</td>
            </tr>
          </tfoot>
        )}
      </WideTable>
    </Surface>
  );
}

function CustomerRow({ customer }: { customer: Customer }) {
  const format = useFormat();
  const { currency } = customer;
  return (
    <tr>
      <th scope="row">
        <Anchor component={AppLink} to="/customers/$customerId" params={{ customerId: customer.customerId } as never}>
          <bdi>{customer.fullName}</bdi>
        </Anchor>{" "}
        <bdi dir="ltr" className={`num ${classes.no}`}>
          {format.code(customer.customerNo)}
        </bdi>
      </th>
      <td className="num">{format.number(customer.records)}</td>
      <td className="num">{format.number(customer.holdings)}</td>
      <td>{currency === null ? "" : <Money minor={customer.assetsMinor} currency={currency} />}</td>
      <td>{currency === null ? "" : <Money minor={customer.debtsMinor} currency={currency} />}</td>
    </tr>
  );
}
