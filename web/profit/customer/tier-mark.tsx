import { Tooltip } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { readCustomerValue } from "../../../server/intelligence/profit/contract.ts";
import { useFormat } from "../../ui/preferences.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { StateMark } from "../../ui/state-mark.tsx";
import { sumOf } from "../amounts.ts";
import classes from "../profit.module.css";
import { useReasonWords } from "../reasons.tsx";
import { useWords } from "../words.ts";

/** Tier and profit of twelve months beside the name, with the reason for whoever hovers or listens. */
export function TierMark({ id }: { id: string }) {
  const { t } = useTranslation("profit");
  const format = useFormat();
  const words = useWords();
  const { data } = useEndpoint(readCustomerValue, { params: { customerId: id } });
  const reasonOf = useReasonWords(data?.currency ?? "EUR");
  if (data === undefined || data.month === null || data.tier === null) return null;
  const profit = sumOf(data.parts, "profit");
  const reason = data.tier.reasons.map(reasonOf).join(" ");
  return (
    <Tooltip label={reason} multiline maw={320}>
      <button type="button" className={classes.mark}>
        <StateMark tone={profit < 0n ? "warn" : "accent"}>
          {words("tiers", data.tier.name)} ·{" "}
          <span className="num">{t("mark.profit", { sum: format.money(profit, data.currency, "compact") })}</span>
        </StateMark>
        <span className="visually-hidden">{reason}</span>
      </button>
    </Tooltip>
  );
}
