import { Button, Group, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { viewCustomer } from "../../../../server/customers/overview/contract.ts";
import { answerDispute, listDisputes } from "../../../../server/customers/values/contract.ts";
import { RelativeTime } from "../../../ui/date-text.tsx";
import { ErrorNote } from "../../../ui/error-state.tsx";
import { useAction } from "../../../ui/query.ts";
import { isReason, ReasonField } from "../../../ui/reason-field.tsx";
import type { Attribute, View } from "../customer.ts";
import { useAttributeWords } from "../profile.tsx";
import classes from "./values.module.css";

/** Who doubts the value and why; stewards answer. */
export function OpenDisputes({ view, attribute, mayAnswer }: { view: View; attribute: Attribute; mayAnswer: boolean }) {
  const { t } = useTranslation("customers");
  const say = useAttributeWords()(attribute.attribute);
  const open = view.disputes.filter((dispute) => dispute.attribute === attribute.attribute);
  if (open.length === 0) return null;
  return (
    <div>
      <h3 className={classes.title}>{t("values.disputed")}</h3>
      {open.map((dispute) => (
        <div key={dispute.disputeId} className={classes.dispute}>
          <p>
            <bdi className={classes.value}>{say(dispute.value)}</bdi>
          </p>
          <p>
            <bdi>{dispute.reason}</bdi>
          </p>
          <p className={classes.note}>
            <bdi>{dispute.disputedByName ?? t("values.somebody")}</bdi> · <RelativeTime value={dispute.disputedAt} />
          </p>
          {mayAnswer && <Answer customerId={view.customer.customerId} dispute={dispute} />}
        </div>
      ))}
    </div>
  );
}

function Answer({ customerId, dispute }: { customerId: string; dispute: View["disputes"][number] }) {
  const { t } = useTranslation("customers");
  const [text, setText] = useState("");
  const answer = useAction(answerDispute, { refreshes: [viewCustomer, listDisputes] });
  const { disputeId, version } = dispute;
  const say = (outcome: "settled" | "rejected") => () =>
    answer.mutate({ params: { customerId, disputeId }, body: { outcome, answer: text.trim(), version } });
  return (
    <Stack gap="sm" mt="sm">
      <ReasonField label={t("values.answer")} value={text} onValue={setText} />
      <ErrorNote error={answer.error} />
      <Group gap="xs">
        <Button size="xs" disabled={!isReason(text)} loading={answer.isPending} onClick={say("settled")}>
          {t("values.settle")}
        </Button>
        <Button size="xs" variant="default" disabled={!isReason(text)} loading={answer.isPending} onClick={say("rejected")}>
          {t("values.reject")}
        </Button>
      </Group>
    </Stack>
  );
}
