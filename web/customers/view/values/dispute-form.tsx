import { Button, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { viewCustomer } from "../../../../server/customers/overview/contract.ts";
import { disputeValue, listDisputes } from "../../../../server/customers/values/contract.ts";
import { ErrorNote } from "../../../ui/error-state.tsx";
import { useAction } from "../../../ui/query.ts";
import { isReason, ReasonField } from "../../../ui/reason-field.tsx";
import type { Attribute } from "../customer.ts";
import classes from "./values.module.css";

/** Tells the stewards that the value that counts is doubtful, and why. */
export function DisputeForm({ customerId, attribute }: { customerId: string; attribute: Attribute }) {
  const { t } = useTranslation("customers");
  const [reason, setReason] = useState("");
  const dispute = useAction(disputeValue, { refreshes: [viewCustomer, listDisputes], onDone: () => setReason("") });
  const winner = attribute.values[0];
  if (winner === undefined) return null;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const { partyId, value } = winner;
        if (isReason(reason)) {
          dispute.mutate({ params: { customerId }, body: { attribute: attribute.attribute, partyId, value, reason: reason.trim() } });
        }
      }}
    >
      <Stack gap="sm">
        <h3 className={classes.title}>{t("values.disputeTitle")}</h3>
        <p className={classes.note}>{t("values.disputeNote")}</p>
        <ReasonField label={t("values.doubt")} value={reason} onValue={setReason} />
        <ErrorNote error={dispute.error} />
        <Button type="submit" variant="default" disabled={!isReason(reason)} loading={dispute.isPending} className={classes.act}>
          {t("values.dispute")}
        </Button>
      </Stack>
    </form>
  );
}
