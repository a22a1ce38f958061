import { useTranslation } from "react-i18next";
import { DecimalField } from "../../ui/number-field.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import classes from "../fraud.module.css";
import type { RuleDocument } from "./rule-set.ts";

type Policy = NonNullable<RuleDocument["policy"]>;

interface PolicyFieldsProps {
  policy: RuleDocument["policy"];
  readOnly: boolean;
  onChange: (policy: Policy) => void;
}

/** Shares as percentages, because people say them so. */
const fields = [
  { name: "reviewCost", factor: 1, suffix: "", whole: false },
  { name: "suspectFrom", factor: 100, suffix: "%", whole: false },
  { name: "declineFrom", factor: 100, suffix: "%", whole: false },
  { name: "shareMax", factor: 100, suffix: "%", whole: false },
  { name: "alertDays", factor: 1, suffix: "", whole: true },
] as const;

export function PolicyFields({ policy = {}, readOnly, onChange }: PolicyFieldsProps) {
  const { t } = useTranslation("fraud");
  const format = useFormat();
  const shown = (name: keyof Policy, factor: number) => Number(((policy[name] ?? 0) * factor).toFixed(4));
  if (readOnly)
    return (
      <dl className={classes.policy}>
        {fields.map(({ name, factor, suffix }) => (
          <div key={name}>
            <dt className={classes.quiet}>{t(`rules.${name}`)}</dt>
            <dd className={`num ${classes.figure}`}>
              {suffix === "" ? format.number(shown(name, factor)) : format.percent(policy[name] ?? 0)}
            </dd>
          </div>
        ))}
      </dl>
    );
  return (
    <div className={classes.policy}>
      {fields.map(({ name, factor, suffix, whole }) => (
        <DecimalField
          key={name}
          label={t(`rules.${name}`)}
          value={String(shown(name, factor))}
          whole={whole}
          places={4}
          suffix={suffix}
          onValue={(text) => text !== null && onChange({ ...policy, [name]: Number((Number(text) / factor).toFixed(6)) })}
        />
      ))}
    </div>
  );
}
