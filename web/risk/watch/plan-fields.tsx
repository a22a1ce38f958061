import { Textarea } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { DateField } from "../../ui/date-picker/date-field.tsx";

export interface Plan {
  readonly reviewOn: string | null;
  readonly actions: string;
}

const ACTIONS_MAX = 2000;

/** When a watched customer is looked at next, and what is done until then. */
export function PlanFields({ plan, onPlan }: { plan: Plan; onPlan: (plan: Plan) => void }) {
  const { t } = useTranslation("risk");
  return (
    <>
      <DateField label={t("watch.nextReview")} value={plan.reviewOn} onValue={(reviewOn) => onPlan({ ...plan, reviewOn })} />
      <Textarea
        label={t("watch.actions")}
        autosize
        minRows={3}
        maxLength={ACTIONS_MAX}
        dir="auto"
        value={plan.actions}
        onChange={(event) => onPlan({ ...plan, actions: event.currentTarget.value })}
      />
    </>
  );
}
