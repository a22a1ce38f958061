import { Button, Group, MultiSelect, Select, Stack } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { DateField } from "../date-picker/date-field.tsx";
import { DecimalField, MoneyField, PlainField } from "../number-field.tsx";
import { type Condition, choicesWith, type FilterField, type FilterOp, filterOps, isComplete, valuesWanted } from "./filter.ts";

interface ConditionEditorProps {
  fields: readonly FilterField[];
  condition: Condition | null;
  onDone: (condition: Condition) => void;
  onGroup?: (() => void) | undefined;
}

/** One condition as a small form: of what, how, and which value; Enter applies it. */
export function ConditionEditor({ fields, condition, onDone, onGroup }: ConditionEditorProps) {
  const { t } = useTranslation("ui");
  const [draft, setDraft] = useState<Condition | null>(condition);
  const field = fields.find((candidate) => candidate.id === draft?.field);
  const ops: readonly FilterOp[] = field ? (field.ops ?? filterOps[field.type]) : [];
  const chooseField = (id: string | null) => {
    const chosen = fields.find((candidate) => candidate.id === id);
    const op = chosen && (chosen.ops ?? filterOps[chosen.type])[0];
    if (chosen && op) setDraft({ field: chosen.id, op, values: [] });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (draft && isComplete(draft)) onDone(draft);
  };
  const inside = { comboboxProps: { withinPortal: false }, openOnFocus: false };
  return (
    <form onSubmit={submit}>
      <Stack gap="xs">
        <Select
          label={t("filter.field")}
          data={fields.flatMap(({ id, label, offered }) => (offered === false && id !== draft?.field ? [] : [{ value: id, label }]))}
          value={draft?.field ?? null}
          onChange={chooseField}
          searchable
          data-autofocus={draft === null || undefined}
          {...inside}
        />
        {draft && field && (
          <>
            <Select
              label={t("filter.how")}
              data={ops.map((op) => ({ value: op, label: t(`filter.op.${op}`) }))}
              value={draft.op}
              onChange={(op) =>
                setDraft({
                  ...draft,
                  op: op as FilterOp,
                  values: valuesWanted(op as FilterOp) === valuesWanted(draft.op) ? draft.values : [],
                })
              }
              {...inside}
            />
            <Values field={field} draft={draft} onValues={(values) => setDraft({ ...draft, values })} />
          </>
        )}
        <Group justify="space-between">
          {onGroup ? (
            <Button size="xs" variant="subtle" onClick={onGroup}>
              {t("filter.bracket")}
            </Button>
          ) : (
            <span />
          )}
          <Button size="xs" type="submit" disabled={!draft || !isComplete(draft)}>
            {t("filter.apply")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Values({ field, draft, onValues }: { field: FilterField; draft: Condition; onValues: (values: string[]) => void }) {
  const { t } = useTranslation("ui");
  const wanted = valuesWanted(draft.op);
  if (wanted === 0) return null;
  if (wanted === "some") {
    return (
      <MultiSelect
        label={t("filter.value")}
        data={choicesWith(field, draft.values)}
        value={[...draft.values]}
        onChange={onValues}
        searchable
        comboboxProps={{ withinPortal: false }}
      />
    );
  }
  const put = (index: number) => (value: string | null) =>
    onValues(Array.from({ length: wanted }, (_, at) => (at === index ? (value ?? "") : (draft.values[at] ?? ""))));
  const labels = wanted === 2 ? [t("filter.from"), t("filter.to")] : [t("filter.value")];
  return (
    <Group gap="xs" grow wrap="nowrap" align="flex-start">
      {labels.map((label, index) => (
        <Value key={label} label={label} field={field} op={draft.op} value={draft.values[index] ?? ""} onValue={put(index)} />
      ))}
    </Group>
  );
}

interface ValueProps {
  label: string;
  field: FilterField;
  op: FilterOp;
  value: string;
  onValue: (value: string | null) => void;
}

function Value({ label, field, op, value, onValue }: ValueProps) {
  const days = op === "within_days" || op === "not_within_days";
  if (field.type === "money") return <MoneyField label={label} minor={value} currency={field.currency ?? "EUR"} onMinor={onValue} />;
  if (field.type === "number" || days) return <DecimalField label={label} value={value} onValue={onValue} whole={days} />;
  if (field.type === "date") return <DateField label={label} value={value === "" ? null : value} onValue={onValue} />;
  return <PlainField label={label} value={value} onValue={onValue} />;
}
