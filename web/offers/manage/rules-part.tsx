import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { HouseRules } from "../../../server/intelligence/offers/contract.ts";
import { useFormat } from "../../ui/preferences.tsx";
import { Surface } from "../../ui/surface.tsx";
import classes from "../offers.module.css";

/** In the order in which they are read; shares as percent. */
export const ruleFields: readonly { readonly key: keyof HouseRules; readonly isShare: boolean }[] = [
  ...(["holdOutShare", "randomShare", "explorationShare", "productShareMax", "exposureMin"] as const).map((key) => ({
    key,
    isShare: true,
  })),
  ...(
    [
      "refusedMax",
      "refusedDays",
      "pauseDays",
      "laterDays",
      "contactsDay",
      "contactsWeek",
      "contactsMonth",
      "phoneWeek",
      "emailWeek",
    ] as const
  ).map((key) => ({
    key,
    isShare: false,
  })),
];

export function RulesPart({ policy, onChange }: { policy: HouseRules; onChange: () => void }) {
  const { t } = useTranslation("offers");
  const format = useFormat();
  return (
    <Surface
      title={t("page.rules")}
      aside={
        <Button size="compact-sm" variant="subtle" aria-label={t("page.changeOf", { action: t("page.rules") })} onClick={onChange}>
          {t("page.change")}
        </Button>
      }
    >
      <dl className={classes.facts}>
        {ruleFields.map(({ key, isShare }) => (
          <div key={key} style={{ display: "contents" }}>
            <dt>{t(`page.${key}`)}</dt>
            <dd className="num">{isShare ? format.percent(policy[key], 0) : format.number(policy[key])}</dd>
          </div>
        ))}
      </dl>
    </Surface>
  );
}
