import { Alert, Button, Group, Modal, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { deployVersion, listModels, readModel, readModelVersion } from "../../../server/intelligence/scores/contract.ts";
import { ErrorNote } from "../../ui/error-state.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { isProblem } from "../../ui/problem.ts";
import { useAction } from "../../ui/query.ts";
import { isReason, ReasonField } from "../../ui/reason-field.tsx";

export interface Act {
  readonly kind: "deploy" | "shadow" | "clear" | "back";
  readonly version: number;
}

const titles = {
  deploy: "deployTitle",
  shadow: "shadowTitle",
  clear: "clearTitle",
  back: "backTitle",
} as const;

/** Moving what serves, with the reason; the server asks for a proof of the person, and the bank perhaps for somebody else's approval. */
export function ActDialog({ modelId, act, onClose }: { modelId: string; act: Act; onClose: () => void }) {
  const { t } = useTranslation(["models", "ui"]);
  const format = useFormat();
  const [reason, setReason] = useState("");
  const refreshes = [listModels, readModel, readModelVersion];
  const [asked, setAsked] = useState(false);
  const done = ({ state }: { state: "done" | "waiting" }) => (state === "waiting" ? setAsked(true) : onClose());
  const deploy = useAction(deployVersion, { refreshes, onDone: done });
  const send = () =>
    deploy.mutate({
      params: { modelId },
      body: {
        place: act.kind === "shadow" || act.kind === "clear" ? "challenger" : "champion",
        version: act.kind === "clear" ? null : act.version,
        reason: reason.trim(),
        rollBack: act.kind === "back",
      },
    });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(`act.${titles[act.kind]}`, { n: format.number(act.version) })}
      closeButtonProps={{ "aria-label": t("ui:dialog.close") }}
    >
      <Stack gap="md">
        <p>{t(asked ? "act.asked" : "act.deployText")}</p>
        <ReasonField label={t("act.reason")} value={reason} onValue={setReason} autoFocus />
        <Problem error={deploy.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("ui:dialog.cancel")}
          </Button>
          <Button disabled={!isReason(reason) || asked} loading={deploy.isPending} onClick={send}>
            {t(`act.${act.kind}`)}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function Problem({ error }: { error: unknown }) {
  const { t } = useTranslation("models");
  if (isProblem(error, "invalid_state")) {
    const reason = String(error.detail?.reason ?? "");
    return <Alert color="red">{t("act.problem", { reason: t(`problems.${reason}`, { defaultValue: reason }) })}</Alert>;
  }
  return <ErrorNote error={error} />;
}
