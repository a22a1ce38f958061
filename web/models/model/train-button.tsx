import { Button, Group, Modal, Select, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type LearnerKind, listModels, readModel, trainModel } from "../../../server/intelligence/scores/contract.ts";
import { ErrorNote } from "../../ui/error-state.tsx";
import { useAction } from "../../ui/query.ts";
import { useCan } from "../../ui/viewer.tsx";
import type { ModelDetail } from "../models.ts";

/** Orders a training; for whoever may, and while none is under way. */
export function TrainButton({ detail }: { detail: ModelDetail }) {
  const { t } = useTranslation(["models", "ui"]);
  const may = useCan("model:train");
  const { learners } = detail.model;
  const [opened, setOpened] = useState(false);
  const [learner, setLearner] = useState<LearnerKind>(learners[0] ?? "trees");
  const train = useAction(trainModel, { refreshes: [readModel, listModels], onDone: () => setOpened(false) });
  if (!may) return null;
  const busy = detail.trainings.some(({ state }) => state === "waiting" || state === "running");
  return (
    <>
      <Button disabled={busy} onClick={() => setOpened(true)}>
        {t("act.train")}
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={t("act.trainTitle")}
        closeButtonProps={{ "aria-label": t("ui:dialog.close") }}
      >
        <Stack gap="md">
          <p>{t("act.trainText")}</p>
          <Select
            label={t("act.learner")}
            allowDeselect={false}
            data={learners.map((kind) => ({ value: kind, label: t(`learners.${kind}`) }))}
            value={learner}
            onChange={(value) => setLearner((value ?? learner) as LearnerKind)}
          />
          <ErrorNote error={train.error} />
          <Group justify="flex-end">
            <Button
              loading={train.isPending}
              onClick={() => train.mutate({ params: { modelId: detail.model.modelId }, body: { learner } })}
            >
              {t("act.train")}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
