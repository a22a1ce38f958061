import { Button, Checkbox, Menu, Modal, Stack, Switch } from "@mantine/core";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { listFraudPeople, type Outcome } from "../../../server/intelligence/fraud/alerts/contract.ts";
import { useFormat } from "../../ui/preferences.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { isReason, ReasonField } from "../../ui/reason-field.tsx";
import { useShortcuts } from "../../ui/shortcuts.tsx";
import type { Alert, AlertPayment } from "../alert.ts";
import classes from "../fraud.module.css";
import { useWork, type Work } from "../use-work.ts";

type Dialog = "fraud" | "note" | "reopen";

/** What can be done with an alert as it stands. */
export function AlertActs({ alert, payments }: { alert: Alert; payments: readonly AlertPayment[] }) {
  const { t } = useTranslation("fraud");
  const work = useWork();
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const isClosed = alert.state === "closed";
  useShortcuts(useMemo(() => (isClosed ? [] : [{ keys: "f", label: t("keys.fraud"), run: () => setDialog("fraud") }]), [t, isClosed]));
  const close = (outcome: Outcome) => () => work.close(alert, outcome);
  const end = () => setDialog(null);
  return (
    <div className={classes.tools}>
      {isClosed ? (
        <Button variant="default" onClick={() => setDialog("reopen")}>
          {t("alert.reopen")}
        </Button>
      ) : (
        <>
          {alert.state === "open" ? (
            <Button loading={work.busy} onClick={() => work.take(alert)}>
              {t("alert.take")}
            </Button>
          ) : (
            <Button variant="default" loading={work.busy} onClick={() => work.release(alert)}>
              {t("alert.release")}
            </Button>
          )}
          <Assign alert={alert} work={work} />
          <Button variant="default" onClick={() => setDialog("note")}>
            {t("alert.addNote")}
          </Button>
          <Button color="red.9" onClick={() => setDialog("fraud")}>
            {t("alert.fraud")}
          </Button>
          <Button variant="default" loading={work.busy} onClick={close("not_fraud")}>
            {t("alert.genuine")}
          </Button>
          <Button variant="subtle" loading={work.busy} onClick={close("inconclusive")}>
            {t("alert.inconclusive")}
          </Button>
        </>
      )}
      {dialog === "fraud" && <FraudDialog alert={alert} payments={payments} work={work} onClose={end} />}
      {dialog === "note" && <NoteDialog alert={alert} work={work} onClose={end} />}
      {dialog === "reopen" && <ReopenDialog alert={alert} work={work} onClose={end} />}
    </div>
  );
}

interface DialogProps {
  alert: Alert;
  work: Work;
  onClose: () => void;
}

function Assign({ alert, work }: Omit<DialogProps, "onClose">) {
  const { t } = useTranslation("fraud");
  const people = useEndpoint(listFraudPeople, {}).data?.people ?? [];
  return (
    <Menu>
      <Menu.Target>
        <Button variant="default">{t("alert.assign")}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {people.map(({ personId, name }) => (
          <Menu.Item key={personId} disabled={personId === alert.assigneeId} onClick={() => work.assign(alert, personId)}>
            <bdi>{name}</bdi>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function FraudDialog({ alert, payments, work, onClose }: DialogProps & { payments: readonly AlertPayment[] }) {
  const { t } = useTranslation("fraud");
  const format = useFormat();
  const [fraud, setFraud] = useState<readonly string[]>(payments.map(({ paymentId }) => paymentId));
  const confirm = () => {
    work.close(
      alert,
      "fraud_confirmed",
      payments.map(({ paymentId }) => paymentId).filter((id) => !fraud.includes(id)),
    );
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t("alert.closeFraud")}>
      <Stack gap="md">
        <Checkbox.Group value={[...fraud]} onChange={setFraud}>
          <Stack gap="xs">
            {payments.map(({ paymentId, payee, amountMinor, currency }) => (
              <Checkbox
                key={paymentId}
                value={paymentId}
                label={
                  <span className="num">
                    <bdi>{payee}</bdi> · <bdi>{format.money(amountMinor, currency)}</bdi>
                  </span>
                }
              />
            ))}
          </Stack>
        </Checkbox.Group>
        <p className={classes.quiet}>{t("alert.closeText")}</p>
        <Button color="red.9" disabled={fraud.length === 0} onClick={confirm}>
          {t("alert.fraud")}
        </Button>
      </Stack>
    </Modal>
  );
}

function NoteDialog({ alert, work, onClose }: DialogProps) {
  const { t } = useTranslation("fraud");
  const [text, setText] = useState("");
  const [informed, setInformed] = useState(false);
  return (
    <Modal opened onClose={onClose} title={t("alert.addNote")}>
      <Stack gap="md">
        <ReasonField label={t("alert.note")} value={text} onValue={setText} autoFocus />
        <Switch label={t("alert.informed")} checked={informed} onChange={(event) => setInformed(event.currentTarget.checked)} />
        <Button disabled={!isReason(text, 1)} loading={work.busy} onClick={() => work.note(alert, text.trim(), informed, onClose)}>
          {t("alert.save")}
        </Button>
      </Stack>
    </Modal>
  );
}

function ReopenDialog({ alert, work, onClose }: DialogProps) {
  const { t } = useTranslation("fraud");
  const [text, setText] = useState("");
  const reopen = () => {
    work.reopen(alert, text.trim());
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t("alert.reopen")}>
      <Stack gap="md">
        <ReasonField label={t("alert.note")} description={t("alert.reopenText")} value={text} onValue={setText} autoFocus />
        <Button disabled={!isReason(text)} onClick={reopen}>
          {t("alert.reopen")}
        </Button>
      </Stack>
    </Modal>
  );
}
