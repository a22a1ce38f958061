import { Button, Group, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { leaveWatch, listWatched, readCustomerRisk, reviewWatch } from "../../../server/intelligence/credit/contract.ts";
import { ErrorNote } from "../../ui/error-state.tsx";
import { notify } from "../../ui/notify.tsx";
import { useAction } from "../../ui/query.ts";
import { isReason, ReasonField } from "../../ui/reason-field.tsx";
import { SidePanel } from "../../ui/side-panel.tsx";
import { type Plan, PlanFields } from "./plan-fields.tsx";

export interface WatchEntry {
  readonly partyId: string;
  readonly watchId: string;
  readonly reviewOn: string;
  readonly actions: string;
  readonly version: number;
}

/** A look at a watched customer: what is done, when the next is due; or the end of watching. */
export function WatchPanel({ entry, onClose }: { entry: WatchEntry | null; onClose: () => void }) {
  const { t } = useTranslation("risk");
  return (
    <SidePanel opened={entry !== null} onClose={onClose} title={t("watch.look")}>
      {entry !== null && <WatchForm entry={entry} onClose={onClose} />}
    </SidePanel>
  );
}

function WatchForm({ entry, onClose }: { entry: WatchEntry; onClose: () => void }) {
  const { t } = useTranslation("risk");
  const [plan, setPlan] = useState<Plan>({ reviewOn: null, actions: entry.actions });
  const [why, setWhy] = useState("");
  const onDone = (message: string) => () => {
    onClose();
    void notify({ tone: "good", message });
  };
  const refreshes = [listWatched, readCustomerRisk];
  const review = useAction(reviewWatch, { refreshes, onDone: onDone(t("watch.reviewed")) });
  const leave = useAction(leaveWatch, { refreshes, onDone: onDone(t("watch.left")) });
  const params = { partyId: entry.partyId, watchId: entry.watchId };
  return (
    <Stack gap="md">
      <PlanFields plan={plan} onPlan={setPlan} />
      <Group justify="flex-end">
        <Button
          disabled={plan.reviewOn === null}
          loading={review.isPending}
          onClick={() =>
            plan.reviewOn !== null &&
            review.mutate({ params, body: { reviewOn: plan.reviewOn, actions: plan.actions, version: entry.version } })
          }
        >
          {t("watch.saveReview")}
        </Button>
      </Group>
      <ReasonField label={t("watch.leaveWhy")} value={why} onValue={setWhy} />
      <ErrorNote error={review.error ?? leave.error} />
      <Group justify="flex-end">
        <Button
          variant="default"
          disabled={!isReason(why)}
          loading={leave.isPending}
          onClick={() => leave.mutate({ params, body: { reason: why.trim(), version: entry.version } })}
        >
          {t("watch.leave")}
        </Button>
      </Group>
    </Stack>
  );
}
