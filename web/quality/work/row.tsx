import { useTranslation } from "react-i18next";
import type { Dimension, QualityField } from "../../../server/customers/quality/contract.ts";
import { CustomerName } from "../../ui/customer-name.tsx";
import { DateText } from "../../ui/date-text.tsx";
import { Money } from "../../ui/money.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import type { WorkCustomer } from "../quality.ts";
import { useQualityWords } from "../words.ts";
import classes from "./work.module.css";

interface RowProps {
  customer: WorkCustomer;
  dimension: Dimension;
  field: QualityField;
}

/** One customer with the records that fail, each in its source's words. */
export function Row({ customer, dimension, field }: RowProps) {
  const { t } = useTranslation("quality");
  const format = useFormat();
  return (
    <li className={classes.row}>
      <div className={classes.who}>
        <CustomerName customer={customer} note={customer.branchName} />
      </div>
      <ul className={classes.records}>
        {customer.records.map((record) => (
          <li key={record.partyId}>
            <span className={classes.source}>
              <bdi>{record.source}</bdi>
            </span>
            <Says record={record} dimension={dimension} field={field} />
          </li>
        ))}
      </ul>
      <div className={classes.worth}>
        {customer.currency !== null && <Money minor={customer.assetsMinor} currency={customer.currency} style="round" />}
        <span className={`num ${classes.quiet}`}>
          {t("work.holdings", { count: customer.holdingCount, text: format.number(customer.holdingCount) })}
        </span>
      </div>
    </li>
  );
}

function Says({ record, dimension, field }: { record: WorkCustomer["records"][number]; dimension: Dimension; field: QualityField }) {
  const { t } = useTranslation("quality");
  const format = useFormat();
  const words = useQualityWords();
  if (dimension === "completeness") return <span className={classes.fault}>{t("work.missing")}</span>;
  const say = (value: string): string => {
    if (field === "born_on") return format.date(value);
    if (field === "sex") return t(`sexes.${value}`, { defaultValue: value });
    if (field === "nationality") return format.countryName(value);
    if (field === "language") return format.languageName(value);
    // A plus stands before the digits in every script.
    return field === "phone" ? `\u2066${format.code(value)}\u2069` : value;
  };
  return (
    <span className={classes.fault}>
      {record.values.length === 0 ? (
        words.fault(dimension, field)
      ) : (
        <bdi className="num">{record.values.map((value) => (value.trim() === "" ? "–" : say(value))).join(", ")}</bdi>
      )}
      {dimension === "freshness" && record.changedAt !== null && (
        <span className={classes.quiet}>
          {" "}
          {t("work.since")} <DateText value={record.changedAt} />
        </span>
      )}
    </span>
  );
}
