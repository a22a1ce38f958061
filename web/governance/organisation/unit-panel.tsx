import { Button, Group, Select, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { changeUnit, createUnit, listUnits } from "../../../server/governance/organisation/contract.ts";
import { ErrorNote } from "../../ui/error-state.tsx";
import { notify } from "../../ui/notify.tsx";
import { isProblem } from "../../ui/problem.ts";
import { useAction } from "../../ui/query.ts";
import classes from "./organisation.module.css";
import { type Unit, unitName } from "./unit-tree.ts";

interface UnitFormProps {
  units: readonly Unit[];
  /** Changed; null: a new one below `parentId`. */
  unit: Unit | null;
  parentId: string;
  onClose: () => void;
}

type Kind = "region" | "branch" | "team";
/** What may stand below what, as the server has it. */
const below: Readonly<Record<Unit["kind"], readonly Kind[]>> = {
  bank: ["region", "branch", "team"],
  region: ["region", "branch", "team"],
  branch: ["team"],
  team: [],
};
const fits = (kind: Unit["kind"], parent: Unit["kind"]): boolean => kind !== "bank" && below[parent].includes(kind);

/** Adds a unit, or renames, moves, closes and opens one. Who reaches what follows at once. */
export function UnitForm({ units, unit, parentId: firstParent, onClose }: UnitFormProps) {
  const { t, i18n } = useTranslation("governance");
  const { t: ui } = useTranslation("ui");
  const parentOfNew = units.find(({ unitId }) => unitId === firstParent);
  const kinds = below[parentOfNew?.kind ?? "bank"];
  const [kind, setKind] = useState<Kind>(kinds[0] ?? "team");
  const [code, setCode] = useState("");
  const [name, setName] = useState(unit === null ? "" : unitName(unit, i18n.language));
  const [parentId, setParentId] = useState<string | null>(unit?.parentId ?? firstParent);
  const options = {
    refreshes: [listUnits],
    onDone: () => {
      onClose();
      void notify({ tone: "good", message: t("unit.saved") });
    },
  };
  const make = useAction(createUnit, options);
  const change = useAction(changeUnit, options);
  const wantedKind = unit?.kind ?? kind;
  const parents = units
    .filter((one) => one.active && one.unitId !== unit?.unitId && fits(wantedKind, one.kind))
    .map((one) => ({ value: one.unitId, label: `${unitName(one, i18n.language)} (${one.code})` }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (unit === null) {
      if (parentId !== null) make.mutate({ body: { parentId, kind, code, name } });
      return;
    }
    const body = {
      version: unit.version,
      ...(name === unitName(unit, i18n.language) ? {} : { name }),
      ...(parentId === null || parentId === unit.parentId ? {} : { parentId }),
    };
    change.mutate({ params: { unitId: unit.unitId }, body });
  };
  const setActive = (one: Unit) => change.mutate({ params: { unitId: one.unitId }, body: { version: one.version, active: !one.active } });
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        {unit === null && (
          <>
            <Select
              label={t("unit.kind")}
              data={(["region", "branch", "team"] as const).map((value) => ({ value, label: t(`organisation.kinds.${value}`) }))}
              value={kind}
              onChange={(value) => setKind((value as Kind | null) ?? kind)}
              allowDeselect={false}
            />
            <TextInput label={t("unit.code")} value={code} dir="ltr" onChange={(event) => setCode(event.currentTarget.value)} />
          </>
        )}
        <TextInput label={t("unit.name")} value={name} dir="auto" onChange={(event) => setName(event.currentTarget.value)} data-autofocus />
        {unit?.kind !== "bank" && (
          <Select
            label={t("unit.parent")}
            data={parents}
            value={parentId}
            onChange={setParentId}
            searchable
            allowDeselect={false}
            limit={60}
          />
        )}
        <UnitRefusal error={make.error ?? change.error} />
        <Group justify="space-between" gap="xs">
          {unit !== null && unit.kind !== "bank" ? (
            <Button
              variant="subtle"
              {...(unit.active ? { color: "red.9" } : {})}
              loading={change.isPending}
              onClick={() => setActive(unit)}
            >
              {t(unit.active ? "unit.close" : "unit.open")}
            </Button>
          ) : (
            <span />
          )}
          <Group gap="xs">
            <Button variant="default" onClick={onClose}>
              {ui("dialog.cancel")}
            </Button>
            <Button
              type="submit"
              loading={make.isPending || change.isPending}
              disabled={name.trim() === "" || (unit === null && (code.trim() === "" || parentId === null))}
            >
              {t(unit === null ? "unit.add" : "unit.save")}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}

const reasons = ["parent_closed", "kind_does_not_fit", "lies_below", "the_bank", "code_taken"] as const;

function UnitRefusal({ error }: { error: unknown }) {
  const { t } = useTranslation("governance");
  if (error === null || error === undefined) return null;
  const reason = isProblem(error) ? reasons.find((one) => one === error.detail.reason) : undefined;
  const inside = isProblem(error, "depends_on_this") ? (error.detail as { units: number; people: number; portfolios: number }) : null;
  if (reason === undefined && inside === null) return <ErrorNote error={error} />;
  return (
    <p role="alert" className={classes.refused}>
      {inside === null ? t(`unit.refused.${reason ?? "the_bank"}`) : t("unit.refused.notEmpty", { ...inside })}
    </p>
  );
}
