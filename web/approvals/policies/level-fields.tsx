import { Button, MultiSelect, NumberInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { MoneyField } from "../../ui/number-field.tsx";
import classes from "../approvals.module.css";
import { useDuties } from "./duties.ts";

export interface LevelDraft {
  readonly key: number;
  readonly duties: string[];
  readonly amountMaxMinor: string | null;
  readonly approvers: number;
}

interface LevelFieldsProps {
  level: LevelDraft;
  place: number;
  /** The last level has no limit: else an amount would have nobody. */
  last: boolean;
  currency: string;
  approversMin: number;
  onLevel: (part: Partial<LevelDraft>) => void;
  onRemove: (() => void) | null;
}

export function LevelFields({ level, place, last, currency, approversMin, onLevel, onRemove }: LevelFieldsProps) {
  const { t } = useTranslation("approvals");
  const { options } = useDuties();
  return (
    <li className={classes.level}>
      <MultiSelect
        label={t("policies.levelNo", { n: place + 1 })}
        data={options}
        value={level.duties}
        searchable
        onChange={(duties) => onLevel({ duties })}
      />
      {last ? (
        <span>{t("policies.noLimit")}</span>
      ) : (
        <MoneyField
          label={t("policies.upTo")}
          minor={level.amountMaxMinor ?? ""}
          currency={currency}
          onMinor={(amountMaxMinor) => onLevel({ amountMaxMinor })}
        />
      )}
      <NumberInput
        label={t("policies.approvers")}
        min={approversMin}
        max={5}
        value={level.approvers}
        onChange={(value) => onLevel({ approvers: Number(value) })}
      />
      {onRemove !== null && (
        <Button size="compact-sm" variant="subtle" color="red.9" onClick={onRemove}>
          {t("policies.removeLevel")}
        </Button>
      )}
    </li>
  );
}
