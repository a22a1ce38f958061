import { Button, Group, Stack, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  decideCreditApplication,
  listCreditApplications,
  readCreditApplication,
  withdrawCreditApplication,
} from "../../../server/intelligence/credit/applications/contract.ts";
import { ErrorNote } from "../../ui/error-state.tsx";
import { Money } from "../../ui/money.tsx";
import { MoneyField } from "../../ui/number-field.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useAction } from "../../ui/query.ts";
import { isReason } from "../../ui/reason-field.tsx";
import { Surface } from "../../ui/surface.tsx";
import { useCan } from "../../ui/viewer.tsx";
import classes from "../risk.module.css";
import type { ApplicationAnswer } from "./application.ts";

/** The decision as it was made, or the means to make it: by a person with the right, who did not enter the application. */
export function DecisionPart({ application }: { application: ApplicationAnswer["application"] }) {
  const { t } = useTranslation("risk");
  const format = useFormat();
  if (application.state === "open") return <DecisionForm application={application} />;
  return (
    <Surface title={t("decision.title")}>
      <dl className={classes.facts}>
        <dt>{t(`states.${application.state}`)}</dt>
        <dd>
          <bdi>{application.decidedByName}</bdi> · {application.decidedAt !== null && format.dateTime(application.decidedAt)}
        </dd>
        {application.approvedMinor !== null && (
          <>
            <dt>{t("decision.amount")}</dt>
            <dd>
              <Money minor={application.approvedMinor} currency={application.currency} />
            </dd>
          </>
        )}
        <dt>{t("why")}</dt>
        <dd>
          <bdi>{application.decisionReason}</bdi>
        </dd>
      </dl>
    </Surface>
  );
}

function DecisionForm({ application }: { application: ApplicationAnswer["application"] }) {
  const { t } = useTranslation("risk");
  const mayDecide = useCan("credit:manage") && !application.own;
  const [reason, setReason] = useState("");
  const [amount, setAmount] = useState(application.amountMinor);
  const refreshes = [readCreditApplication, listCreditApplications];
  const decide = useAction(decideCreditApplication, { refreshes });
  const withdraw = useAction(withdrawCreditApplication, { refreshes });
  const params = { applicationId: application.applicationId };
  const said = reason.trim();
  const ready = isReason(reason);
  return (
    <Surface title={t("decision.title")}>
      <Stack gap="md">
        <p className={classes.note}>{t(application.own ? "decision.own" : mayDecide ? "decision.note" : "decision.notAllowed")}</p>
        {mayDecide && (
          <MoneyField
            label={t("decision.amount")}
            minor={amount}
            currency={application.currency}
            onMinor={(minor) => setAmount(minor ?? "")}
          />
        )}
        <Textarea
          label={t("why")}
          required
          autosize
          minRows={2}
          maxLength={1000}
          dir="auto"
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <ErrorNote error={decide.error ?? withdraw.error} />
        <Group justify="flex-end" gap="xs">
          <Button
            variant="subtle"
            disabled={!ready}
            loading={withdraw.isPending}
            onClick={() => withdraw.mutate({ params, body: { reason: said } })}
          >
            {t("decision.withdraw")}
          </Button>
          {mayDecide && (
            <>
              <Button
                variant="default"
                disabled={!ready}
                onClick={() => decide.mutate({ params, body: { decision: "declined", reason: said } } as never)}
              >
                {t("decision.decline")}
              </Button>
              <Button
                disabled={!ready || amount === ""}
                loading={decide.isPending}
                onClick={() => decide.mutate({ params, body: { decision: "approved", reason: said, approvedMinor: amount } } as never)}
              >
                {t("decision.approve")}
              </Button>
            </>
          )}
        </Group>
      </Stack>
    </Surface>
  );
}
