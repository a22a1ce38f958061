import { NativeSelect, Skeleton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ErrorState } from "../../ui/error-state.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { usePhone } from "../../ui/use-phone.ts";
import classes from "./organisation.module.css";
import { treeLines, type Unit, type UnitLine, unitName } from "./unit-tree.ts";

interface UnitTreeProps {
  units: readonly Unit[];
  error: unknown;
  /** Empty: the whole bank. */
  chosen: string;
  onChoose: (unitId: string) => void;
}

/** The bank from the top. On a phone, where a tree beside a list has no room, a choice. */
export function UnitTree({ units, error, chosen, onChoose }: UnitTreeProps) {
  const { t, i18n } = useTranslation("governance");
  const phone = usePhone();
  const lines = treeLines(units);
  if (error) return <ErrorState error={error} />;
  if (lines.length === 0) return <Skeleton height={240} />;
  const top = lines[0]?.unit.unitId ?? "";
  const idOf = (line: UnitLine) => (line.unit.unitId === top ? "" : line.unit.unitId);
  if (phone) {
    const data = lines.map((line) => ({ value: idOf(line), label: `${"\u2003".repeat(line.depth)}${unitName(line.unit, i18n.language)}` }));
    return (
      <NativeSelect label={t("organisation.unit")} data={data} value={chosen} onChange={(event) => onChoose(event.currentTarget.value)} />
    );
  }
  return (
    <nav aria-label={t("organisation.tree")} className={classes.tree}>
      {lines.map((line) => (
        <UnitButton key={line.unit.unitId} line={line} chosen={idOf(line) === chosen} onChoose={() => onChoose(idOf(line))} />
      ))}
    </nav>
  );
}

function UnitButton({ line: { unit, depth, people }, chosen, onChoose }: { line: UnitLine; chosen: boolean; onChoose: () => void }) {
  const { t, i18n } = useTranslation("governance");
  const format = useFormat();
  return (
    <button
      type="button"
      className={classes.unit}
      aria-current={chosen ? "true" : undefined}
      style={{ paddingInlineStart: 10 + depth * 18 }}
      onClick={onChoose}
    >
      <span className={classes.unitName}>
        <bdi>{unitName(unit, i18n.language)}</bdi>
        <span className={classes.kind}>{t(`organisation.kinds.${unit.kind}`)}</span>
      </span>
      {people > 0 && <span className="num">{format.number(people)}</span>}
    </button>
  );
}
