import { Button, Group, Select, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { CORRECTIONS_MAX, correctQuarantine, listLoads, listQuarantine, readLoad } from "../../../server/customers/intake/contract.ts";
import { call } from "../../ui/api.ts";
import { ErrorNote } from "../../ui/error-state.tsx";
import { notify } from "../../ui/notify.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { keyOf } from "../../ui/query.ts";
import { usePhone } from "../../ui/use-phone.ts";
import { useCan } from "../../ui/viewer.tsx";
import { ProblemDetail } from "../load/problem-detail.tsx";
import { type Batch, batchesOf } from "./batches.ts";
import classes from "./quarantine.module.css";
import type { Row } from "./row.ts";

interface FixAllProps {
  group: { readonly reason: string; readonly kind: string; readonly field: string | null };
  loadId: string | null;
  /** Rows of the group that are shown already: the values to choose from. */
  rows: readonly Row[];
}

/** One value put in place of another in all rows of a reason: one mistake of the sender, mended once. */
export function FixAll({ group, loadId, rows }: FixAllProps) {
  const { t } = useTranslation("intake");
  const format = useFormat();
  const mayCorrect = useCan("quarantine:correct");
  const [wrong, setWrong] = useState<string | null>(null);
  const [right, setRight] = useState("");
  const wrongValues = useMemo(() => [...new Set(rows.flatMap((row) => (row.column === null ? [] : [row.raw[row.column] ?? ""])))], [rows]);
  const fix = useFixAll(group, loadId);
  const phone = usePhone();
  if (!mayCorrect || wrongValues.length === 0) return null;
  const name = (value: string) => (value === "" ? t("reasonList.empty") : value);
  return (
    <details className={classes.fixAll} open={!phone}>
      <summary>{t("fixAll.title")}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          // Told in passing too: when all rows have landed there is nothing left here to tell it at.
          const told = ({ landed, quarantined }: { landed: number; quarantined: number }) =>
            void notify({ tone: "good", message: t("fixAll.done", { landed: format.number(landed), left: format.number(quarantined) }) });
          if (wrong !== null) fix.mutate({ wrong, right }, { onSuccess: told });
        }}
      >
        <Group align="flex-end" gap="xs">
          <Select
            size="xs"
            label={t("fixAll.wrong")}
            placeholder={t("fixAll.choose")}
            searchable
            data={wrongValues.map((value) => ({ value: `=${value}`, label: name(value) }))}
            value={wrong === null ? null : `=${wrong}`}
            onChange={(value) => setWrong(value === null ? null : value.slice(1))}
          />
          <TextInput
            size="xs"
            dir="auto"
            label={t("fixAll.right")}
            value={right}
            onChange={(event) => setRight(event.currentTarget.value)}
          />
          <Button size="xs" type="submit" disabled={wrong === null || wrong === right} loading={fix.isPending}>
            {t("fixAll.go")}
          </Button>
        </Group>
        {fix.data && (
          <output className={`num ${classes.outcome}`} data-tone={fix.data.quarantined === 0 ? "good" : "bad"}>
            {t("fixAll.done", { landed: format.number(fix.data.landed), left: format.number(fix.data.quarantined) })}
          </output>
        )}
        <ErrorNote error={fix.error} />
        <ProblemDetail error={fix.error} />
      </form>
    </details>
  );
}

/** Reads all rows of the reason, not only those on the screen, and runs those with the wrong value again, file by file. */
function useFixAll({ reason, kind, field }: FixAllProps["group"], loadId: string | null) {
  const client = useQueryClient();
  const query = { reason, kind, state: "open" as const, ...(field === null ? {} : { field }), ...(loadId === null ? {} : { loadId }) };
  return useMutation({
    mutationFn: async ({ wrong, right }: { wrong: string; right: string }) => {
      const all: Row[] = [];
      for (let after: string | null | undefined; after !== null; ) {
        const page = await call(listQuarantine, { query: { ...query, ...(after === undefined ? {} : { after }) } });
        all.push(...page.rows);
        after = page.next;
      }
      return await sendBatches(batchesOf(all, { wrong, right, batchMax: CORRECTIONS_MAX }));
    },
    onSettled: () =>
      Promise.all([listQuarantine, listLoads, readLoad].map((stale) => client.invalidateQueries({ queryKey: keyOf(stale) }))),
  });
}

async function sendBatches(batches: readonly Batch[]): Promise<{ landed: number; quarantined: number }> {
  const sum = { landed: 0, quarantined: 0 };
  for (const rows of batches) {
    const { landed, quarantined } = await call(correctQuarantine, { body: { rows: [...rows] } });
    sum.landed += landed;
    sum.quarantined += quarantined;
  }
  return sum;
}
