import { Alert, Anchor, Button, Stack, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { breakGlass, endGrant, listOwnGrants } from "../../../server/customers/emergency/contract.ts";
import { AppLink } from "../../ui/app-link.tsx";
import { DateText } from "../../ui/date-text.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useAction, useEndpoint } from "../../ui/query.ts";
import { Surface } from "../../ui/surface.tsx";
import classes from "../confidential.module.css";
import { ProblemNote } from "../problem-note.tsx";
import { isLongEnough, ReasonField } from "../reason-field.tsx";

const REASON_MIN = 20;

/** Opens one customer out of reach, in an emergency, for who answers for it afterwards. */
export function EmergencyPage() {
  const { t } = useTranslation("confidential");
  return (
    <div className={`${classes.page} ${classes.narrow}`}>
      <PageHeader title={t("emergency.title")} note={t("emergency.note")} />
      <AskForm />
      <OwnGrants />
    </div>
  );
}

function AskForm() {
  const { t } = useTranslation("confidential");
  const navigate = useNavigate();
  const [customerNo, setCustomerNo] = useState("");
  const [reason, setReason] = useState("");
  const ask = useAction(breakGlass, {
    refreshes: [listOwnGrants],
    onDone: ({ customerId }) => {
      if (customerId !== null) void navigate({ to: "/customers/$customerId", params: { customerId } as never });
    },
  });
  const ready = customerNo.trim() !== "" && isLongEnough(reason, REASON_MIN);
  return (
    <Surface>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) ask.mutate({ body: { customerNo: customerNo.trim(), reason: reason.trim() } });
        }}
      >
        <Stack gap="md">
          <Alert color="yellow">{t("emergency.warning")}</Alert>
          <TextInput
            label={t("customerNo")}
            placeholder="C-100001"
            dir="ltr"
            required
            value={customerNo}
            maxLength={40}
            onChange={(event) => setCustomerNo(event.currentTarget.value)}
          />
          <ReasonField label={t("emergency.reason")} min={REASON_MIN} value={reason} onValue={setReason} />
          <ProblemNote error={ask.error} />
          {ask.data?.state === "nothing" && <Alert color="gray">{t("emergency.nothing")}</Alert>}
          <Button type="submit" color="red.9" disabled={!ready} loading={ask.isPending}>
            {t("emergency.open")}
          </Button>
        </Stack>
      </form>
    </Surface>
  );
}

function OwnGrants() {
  const { t } = useTranslation("confidential");
  const format = useFormat();
  const own = useEndpoint(listOwnGrants, {}, { refetchEveryMs: 30_000 });
  const end = useAction(endGrant, { refreshes: [listOwnGrants] });
  const grants = own.data?.grants ?? [];
  if (grants.length === 0) return null;
  return (
    <Surface title={t("emergency.own")}>
      <ul className={classes.list}>
        {grants.map((grant) => (
          <li key={grant.grantId}>
            <span className={classes.head}>
              <Anchor component={AppLink} to="/customers/$customerId" params={{ customerId: grant.customerId } as never}>
                <bdi className="num">{format.code(grant.customerNo)}</bdi>
              </Anchor>
              <Button
                size="compact-sm"
                variant="default"
                loading={end.isPending}
                onClick={() => end.mutate({ params: { grantId: grant.grantId } })}
              >
                {t("emergency.giveBack")}
              </Button>
            </span>
            <span className={classes.note}>
              {t("emergency.until")} <DateText value={grant.expiresAt} time />
            </span>
          </li>
        ))}
      </ul>
      <ProblemNote error={end.error} />
    </Surface>
  );
}
