import { Button, Stack } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "../../ui/error-state.tsx";
import { isProblem } from "../../ui/problem.ts";
import { isReason, ReasonField } from "../../ui/reason-field.tsx";
import classes from "../offers.module.css";

interface ReasonedFormProps {
  children: ReactNode;
  /** Every field holds something that can be kept. */
  ready: boolean;
  busy: boolean;
  error: unknown;
  onSave: (reason: string) => void;
  onCancel: () => void;
}

/** Fields, and why they are changed: nothing here is changed without. */
export function ReasonedForm({ children, ready, busy, error, onSave, onCancel }: ReasonedFormProps) {
  const { t } = useTranslation("offers");
  const [reason, setReason] = useState("");
  const canSave = ready && isReason(reason);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (canSave) onSave(reason.trim());
      }}
    >
      <Stack gap="sm">
        {children}
        <ReasonField label={t("page.why")} description={t("page.whyNote")} value={reason} onValue={setReason} />
        {isProblem(error, "conflict") ? <p className={classes.bad}>{t("page.conflict")}</p> : <ErrorNote error={error} />}
        <div className={classes.actions}>
          <Button variant="default" onClick={onCancel}>
            {t("page.cancel")}
          </Button>
          <Button type="submit" disabled={!canSave} loading={busy}>
            {t("page.save")}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
