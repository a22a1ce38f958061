import { Alert, Button, Group, Modal, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { decideVersion, deployVersion, listModels, readModel, readModelVersion } from "../../../server/intelligence/scores/contract.ts";
import { ErrorNote } from "../../ui/error-state.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { isProblem } from "../../ui/problem.ts";
import { useAction } from "../../ui/query.ts";
import { isReason, ReasonField } from "../../ui/reason-field.tsx";

export interface Act {
  readonly kind: "approve" | "refuse" | "deploy" | "shadow" | "clear" | "back";
  readonly version: number;
  readonly checksum: string;
}

const titles = {
  approve: "decideTitle",
  refuse: "decideTitle",
  deploy: "deployTitle",
  shadow: "shadowTitle",
  clear: "clearTitle",
  back: "backTitle",
} as const;

const SHORT = 12;

/** Deciding on a version or moving what serves, with the reason; the server asks for a proof of the person. */
export function ActDialog({ modelId, act, onClose }: { modelId: string; act: Act; onClose: () => void }) {
  const { t } = useTranslation(["models", "ui"]);
  const format = useFormat();
  const [reason, setReason] = useState("");
  const refreshes = [listModels, readModel, readModelVersion];
  const decide = useAction(decideVersion, { refreshes, onDone: onClose });
  const deploy = useAction(deployVersion, { refreshes, onDone: onClose });
  const isDecision = act.kind === "approve" || act.kind === "refuse";
  const error = decide.error ?? deploy.error;
  const send = () => {
    if (isDecision)
      decide.mutate({
        params: { modelId, version: act.version },
        body: { approve: act.kind === "approve", checksum: act.checksum, note: reason.trim() },
      });
    else
      deploy.mutate({
        params: { modelId },
        body: {
          place: act.kind === "shadow" || act.kind === "clear" ? "challenger" : "champion",
          version: act.kind === "clear" ? null : act.version,
          reason: reason.trim(),
          rollBack: act.kind === "back",
        },
      });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(`act.${titles[act.kind]}`, { n: format.number(act.version) })}
      closeButtonProps={{ "aria-label": t("ui:dialog.close") }}
    >
      <Stack gap="md">
        <p>{isDecision ? t("act.decideText", { checksum: `\u2066${act.checksum.slice(0, SHORT)}\u2069` }) : t("act.deployText")}</p>
        <ReasonField label={t(isDecision ? "act.note" : "act.reason")} value={reason} onValue={setReason} autoFocus />
        <Problem error={error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("ui:dialog.cancel")}
          </Button>
          <Button disabled={!isReason(reason)} loading={decide.isPending || deploy.isPending} onClick={send}>
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
