import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/preferences.tsx";
import { usePhone } from "../../ui/use-phone.ts";
import { useWords } from "../words.ts";
import classes from "./quarantine.module.css";
import type { Group } from "./row.ts";

interface GroupsProps {
  groups: readonly Group[];
  chosen: (group: Group) => boolean;
  onChoose: (group: Group) => void;
}

/** Reasons with their counts, the commonest first; pressing one shows its rows only, pressing it again all. */
export function Groups({ groups, chosen, onChoose }: GroupsProps) {
  const { t } = useTranslation("intake");
  const words = useWords();
  const format = useFormat();
  const phone = usePhone();
  if (groups.length === 0) return null;
  const keyOf = (group: Group) => `${group.kind} ${group.reason} ${group.field}`;
  if (phone) {
    const named = (group: Group) => words.reason(group.reason) + (group.field === null ? "" : `: ${words.field(group.field)}`);
    return (
      <Select
        label={t("quarantine.groups")}
        placeholder={t("quarantine.every")}
        clearable
        data={groups.map((group) => ({ value: keyOf(group), label: `${named(group)} (${format.number(group.rows)})` }))}
        value={groups.filter(chosen).map(keyOf)[0] ?? null}
        onChange={(value) => {
          const group = groups.find((one) => keyOf(one) === value) ?? groups.find(chosen);
          if (group) onChoose(group);
        }}
      />
    );
  }
  return (
    <ul className={classes.groups} aria-label={t("quarantine.groups")}>
      {groups.map((group) => (
        <li key={`${group.kind} ${group.reason} ${group.field} ${group.state}`}>
          <button
            type="button"
            className={classes.group}
            data-state={group.state}
            aria-pressed={chosen(group)}
            onClick={() => onChoose(group)}
          >
            <strong>{words.reason(group.reason)}</strong>
            <span>{group.field === null ? words.kind(group.kind) : `${words.kind(group.kind)}: ${words.field(group.field)}`}</span>
            <em className={`num ${classes.count}`} style={{ fontStyle: "normal" }}>
              {format.number(group.rows)}
            </em>
          </button>
        </li>
      ))}
    </ul>
  );
}
