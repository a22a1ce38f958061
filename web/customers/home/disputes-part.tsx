import { useTranslation } from "react-i18next";
import { listDisputes } from "../../../server/customers/values/contract.ts";
import { AppLink } from "../../ui/app-link.tsx";
import { RelativeTime } from "../../ui/date-text.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { Surface } from "../../ui/surface.tsx";
import classes from "./disputes-part.module.css";

const shownMax = 10;

/** What colleagues doubt, newest first; answered on the customer's page. Nothing where nobody doubts. */
export function DisputesPart() {
  const { t } = useTranslation("customers");
  const answer = useEndpoint(listDisputes, { query: { state: "open", limit: shownMax } });
  const disputes = answer.data?.disputes ?? [];
  if (disputes.length === 0) return null;
  return (
    <Surface title={t("values.list")}>
      <ul className={classes.list}>
        {disputes.map((dispute) => (
          <li key={dispute.disputeId}>
            <AppLink
              to="/customers/$customerId"
              params={{ customerId: dispute.customerId } as never}
              search={{ value: dispute.attribute } as never}
            >
              <bdi>{dispute.customerName}</bdi>
            </AppLink>
            <span>
              {t(`attributes.${dispute.attribute}`)}: <bdi>{dispute.value}</bdi>
            </span>
            <span className={classes.note}>
              <bdi>{dispute.reason}</bdi> · <RelativeTime value={dispute.disputedAt} />
            </span>
          </li>
        ))}
      </ul>
    </Surface>
  );
}
