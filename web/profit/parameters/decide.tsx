import { Button, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { decideParameters, listParameters, readParameters } from "../../../server/intelligence/profit/parameters/contract.ts";
import { useAction } from "../../ui/query.ts";
import { isReason, ReasonField } from "../../ui/reason-field.tsx";
import type { ReadVersion as Read } from "../answers.ts";
import { ProfitProblem } from "../problem.tsx";
import classes from "../profit.module.css";

/** Approving or refusing what somebody else proposed; one's own can only be taken back. */
export function Decide({ version }: { version: Read["version"] }) {
  const { t } = useTranslation("profit");
  const [note, setNote] = useState("");
  const decide = useAction(decideParameters, { refreshes: [listParameters, readParameters] });
  const send = (decision: "approve" | "refuse" | "withdraw") =>
    decide.mutate({ params: { versionNo: version.versionNo }, body: { decision, note: note.trim() } } as never);
  const disabled = !isReason(note);
  return (
    <Stack gap="xs">
      {version.isOwn && <p className={classes.note}>{t("parameters.ownNote")}</p>}
      <ReasonField label={t("note")} value={note} onValue={setNote} />
      <ProfitProblem error={decide.error} />
      <div className={classes.actions}>
        {version.isOwn ? (
          <Button variant="default" disabled={disabled} loading={decide.isPending} onClick={() => send("withdraw")}>
            {t("parameters.withdraw")}
          </Button>
        ) : (
          <>
            <Button variant="default" disabled={disabled} loading={decide.isPending} onClick={() => send("refuse")}>
              {t("parameters.refuse")}
            </Button>
            <Button disabled={disabled} loading={decide.isPending} onClick={() => send("approve")}>
              {t("parameters.approve")}
            </Button>
          </>
        )}
      </div>
    </Stack>
  );
}
