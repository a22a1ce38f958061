import { Button, Checkbox, Group, Skeleton, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSegmentFields } from "../../ui/customer-facts/fields.ts";
import { ErrorNote, ErrorState } from "../../ui/error-state.tsx";
import { emptyFilter, type FilterGroup } from "../../ui/filter-builder/filter.ts";
import { FilterBuilder } from "../../ui/filter-builder/filter-builder.tsx";
import { Surface } from "../../ui/surface.tsx";
import classes from "./build.module.css";
import { Preview } from "./preview.tsx";

export interface Draft {
  readonly name: string;
  readonly note: string;
  readonly shared: boolean;
  readonly filter: FilterGroup;
}

interface BuilderProps {
  start?: Draft;
  segmentId?: string;
  busy: boolean;
  error: unknown;
  onSave: (draft: Draft) => void;
  onCancel?: () => void;
}

/** Conditions, and what follows from them while they are put together; then a name, and it is kept. */
export function Builder({ start, segmentId, busy, error, onSave, onCancel }: BuilderProps) {
  const { t } = useTranslation("segments");
  const { fields, facts, words, isPending, error: unread } = useSegmentFields(segmentId);
  const [draft, setDraft] = useState<Draft>(start ?? { name: "", note: "", shared: false, filter: emptyFilter });
  if (unread) return <ErrorState error={unread} />;
  if (isPending) return <Skeleton height={320} />;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (draft.name.trim() !== "") onSave(draft);
  };
  return (
    <div className={classes.builder}>
      <Surface title={t("build.conditions")}>
        <FilterBuilder fields={fields} filter={draft.filter} onFilter={(filter) => setDraft({ ...draft, filter })} canNegate />
      </Surface>
      <Preview filter={draft.filter} facts={facts} words={words} />
      <form onSubmit={submit} className={classes.form}>
        <TextInput
          label={t("build.name")}
          required
          maxLength={100}
          dir="auto"
          value={draft.name}
          onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
        />
        <TextInput
          label={t("build.note")}
          maxLength={1000}
          dir="auto"
          value={draft.note}
          onChange={(event) => setDraft({ ...draft, note: event.currentTarget.value })}
        />
        <Checkbox
          label={t("build.shared")}
          checked={draft.shared}
          pb="xs"
          onChange={(event) => setDraft({ ...draft, shared: event.currentTarget.checked })}
        />
        <Group gap="xs" wrap="nowrap">
          {onCancel && (
            <Button variant="default" onClick={onCancel}>
              {t("build.cancel")}
            </Button>
          )}
          <Button type="submit" loading={busy} disabled={draft.name.trim() === ""}>
            {t("build.save")}
          </Button>
        </Group>
      </form>
      <ErrorNote error={error} />
    </div>
  );
}
