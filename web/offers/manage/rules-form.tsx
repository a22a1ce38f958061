import { useState } from "react";
import { useTranslation } from "react-i18next";
import { changePolicy, type HouseRules, readOfferResults, readOffers } from "../../../server/intelligence/offers/contract.ts";
import { DecimalField } from "../../ui/number-field.tsx";
import { useAction } from "../../ui/query.ts";
import type { Offers } from "../answers.ts";
import { percentOf, shareOf } from "./percent.ts";
import { ReasonedForm } from "./reasoned-form.tsx";
import { ruleFields } from "./rules-part.tsx";

export function RulesForm({ policy, onDone }: { policy: Offers["policy"]; onDone: () => void }) {
  const { t } = useTranslation("offers");
  const { version, ...rules } = policy;
  const [draft, setDraft] = useState<Record<keyof HouseRules, number | null>>(rules);
  const change = useAction(changePolicy, { refreshes: [readOffers, readOfferResults], onDone });
  return (
    <ReasonedForm
      ready={ruleFields.every(({ key }) => draft[key] !== null)}
      busy={change.isPending}
      error={change.error}
      onCancel={onDone}
      onSave={(reason) => change.mutate({ body: { version, rules: draft as HouseRules, reason } })}
    >
      {ruleFields.map(({ key, isShare }) => (
        <DecimalField
          key={key}
          label={t(`page.${key}`)}
          value={isShare ? percentOf(draft[key]) : draft[key] === null ? "" : String(draft[key])}
          whole={!isShare}
          places={2}
          {...(isShare ? { suffix: "%" } : {})}
          onValue={(value) =>
            setDraft((before) => ({ ...before, [key]: isShare ? shareOf(value) : value === null ? null : Number(value) }))
          }
        />
      ))}
    </ReasonedForm>
  );
}
