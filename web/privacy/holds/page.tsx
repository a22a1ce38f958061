import { Button, Skeleton, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { liftHold, listHolds, placeHold } from "../../../server/customers/holds/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import { DateField } from "../../ui/date-picker/date-field.tsx";
import { DateText } from "../../ui/date-text.tsx";
import { toLatinDigits } from "../../ui/digits.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useAction, useEndpoint } from "../../ui/query.ts";
import { isReason, ReasonField } from "../../ui/reason-field.tsx";
import { SidePanel } from "../../ui/side-panel.tsx";
import { StateMark } from "../../ui/state-mark.tsx";
import { Surface } from "../../ui/surface.tsx";
import classes from "../privacy.module.css";
import { ProblemNote } from "../problem-note.tsx";

type Hold = AnswerOf<typeof listHolds>["holds"][number];

const REASON_MIN = 10;

/** What may not be erased, for which case, who said so, and until when. */
export function HoldsPage() {
  const { t } = useTranslation("privacy");
  const list = useEndpoint(listHolds, { query: {} });
  const [placing, setPlacing] = useState(false);
  const [lifting, setLifting] = useState<Hold | null>(null);
  const holds = list.data?.holds ?? [];
  return (
    <div className={classes.page}>
      <PageHeader
        title={t("holds.title")}
        note={t("holds.note")}
        actions={<Button onClick={() => setPlacing(true)}>{t("holds.place")}</Button>}
      />
      {list.error && <ErrorState error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Skeleton height={240} />}
      {list.data !== undefined && (
        <Surface padding={holds.length === 0 ? "normal" : "none"}>
          {holds.length === 0 && <EmptyState reason="data" title={t("holds.none")} />}
          <ul className={classes.rows}>
            {holds.map((hold) => (
              <HoldLine key={hold.holdId} hold={hold} onLift={() => setLifting(hold)} />
            ))}
          </ul>
        </Surface>
      )}
      <SidePanel opened={placing} onClose={() => setPlacing(false)} title={t("holds.place")}>
        {placing && <PlaceForm onDone={() => setPlacing(false)} />}
      </SidePanel>
      <SidePanel opened={lifting !== null} onClose={() => setLifting(null)} title={t("holds.lift")}>
        {lifting !== null && <LiftForm hold={lifting} onDone={() => setLifting(null)} />}
      </SidePanel>
    </div>
  );
}

function HoldLine({ hold, onLift }: { hold: Hold; onLift: () => void }) {
  const { t } = useTranslation("privacy");
  const format = useFormat();
  return (
    <li>
      <div className={classes.grow}>
        <strong>
          <bdi className="num">{format.code(hold.customerNo)}</bdi> · <bdi>{hold.caseCode}</bdi>
        </strong>
        <p className={classes.quiet}>
          <bdi>{hold.reason}</bdi> · <bdi>{hold.placedByName}</bdi> · <DateText value={hold.placedAt} time />
        </p>
        {hold.liftReason !== null && hold.liftedAt !== null && (
          <p className={classes.quiet}>
            <bdi>{hold.liftReason}</bdi> · <bdi>{hold.liftedByName}</bdi> · <DateText value={hold.liftedAt} time />
          </p>
        )}
      </div>
      <div className={classes.marks}>
        {hold.until !== null && hold.state !== "lifted" && (
          <span className={classes.quiet}>
            {t("holds.until")} <DateText value={hold.until} />
          </span>
        )}
        <StateMark tone={hold.state === "holds" ? "warn" : "quiet"}>{t(`holds.states.${hold.state}`)}</StateMark>
        {hold.state === "holds" && (
          <Button size="compact-sm" variant="default" onClick={onLift} aria-label={`${t("holds.lift")}: ${hold.customerNo}`}>
            {t("holds.lift")}
          </Button>
        )}
      </div>
    </li>
  );
}

function PlaceForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation("privacy");
  const [customerNo, setCustomerNo] = useState("");
  const [caseCode, setCaseCode] = useState("");
  const [reason, setReason] = useState("");
  const [until, setUntil] = useState<string | null>(null);
  const place = useAction(placeHold, { refreshes: [listHolds], onDone });
  const ready = customerNo.trim() !== "" && caseCode.trim().length >= 2 && isReason(reason, REASON_MIN);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (ready) place.mutate({ body: { customerNo: customerNo.trim(), caseCode: caseCode.trim(), reason: reason.trim(), until } });
  };
  return (
    <form onSubmit={send}>
      <Stack gap="md">
        <TextInput
          label={t("requests.customerNo")}
          required
          className="num"
          value={customerNo}
          onChange={(event) => setCustomerNo(toLatinDigits(event.currentTarget.value))}
          data-autofocus
        />
        <TextInput
          label={t("holds.case")}
          required
          maxLength={60}
          dir="auto"
          value={caseCode}
          onChange={(event) => setCaseCode(event.currentTarget.value)}
        />
        <ReasonField label={t("holds.reason")} value={reason} onValue={setReason} />
        <DateField label={t("holds.untilDay")} value={until} onValue={setUntil} />
        <ProblemNote error={place.error} />
        <Button type="submit" disabled={!ready} loading={place.isPending}>
          {t("holds.place")}
        </Button>
      </Stack>
    </form>
  );
}

function LiftForm({ hold, onDone }: { hold: Hold; onDone: () => void }) {
  const { t } = useTranslation("privacy");
  const [reason, setReason] = useState("");
  const lift = useAction(liftHold, { refreshes: [listHolds], onDone });
  const ready = isReason(reason, REASON_MIN);
  return (
    <Stack gap="md">
      <p>{t("holds.liftNote")}</p>
      <ReasonField label={t("holds.liftReason")} value={reason} onValue={setReason} />
      <ProblemNote error={lift.error} />
      <Button
        disabled={!ready}
        loading={lift.isPending}
        onClick={() => lift.mutate({ params: { holdId: hold.holdId }, body: { reason: reason.trim() } })}
      >
        {t("holds.lift")}
      </Button>
    </Stack>
  );
}
