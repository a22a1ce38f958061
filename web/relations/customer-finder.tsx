import { Radio, Stack, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { searchCustomers } from "../../server/customers/directory/contract.ts";
import type { AnswerOf } from "../ui/api.ts";
import { ErrorNote } from "../ui/error-state.tsx";
import { useFormat } from "../ui/preferences.tsx";
import { useEndpoint } from "../ui/query.ts";
import classes from "./relations.module.css";

export type Found = AnswerOf<typeof searchCustomers>["found"][number]["customer"];

const settleMs = 200;
const ROWS_MAX = 6;
const LETTERS_MIN = 2;

interface CustomerFinderProps {
  exceptIds: readonly string[];
  only?: Found["kind"] | undefined;
  chosen: Found | null;
  onChoose: (customer: Found | null) => void;
}

/** Finds one customer by name, number, phone or account, among those one may see. */
export function CustomerFinder({ exceptIds, only, chosen, onChoose }: CustomerFinderProps) {
  const { t } = useTranslation("relations");
  const format = useFormat();
  const [text, setText] = useState("");
  const [settled] = useDebouncedValue(text.trim(), settleMs);
  const enough = settled.length >= LETTERS_MIN;
  const answer = useEndpoint(searchCustomers, { query: { text: settled, rows: 20 } }, { enabled: enough, keepPrevious: true });
  const found = (enough ? (answer.data?.found ?? []) : [])
    .map(({ customer }) => customer)
    .filter(({ customerId, kind }) => !exceptIds.includes(customerId) && (only === undefined || kind === only));
  const shown = chosen !== null && !found.some(({ customerId }) => customerId === chosen.customerId) ? [chosen, ...found] : found;
  const second = (customer: Found) =>
    [customer.latinName === customer.fullName ? null : customer.latinName, format.code(customer.customerNo), customer.branch?.name ?? null]
      .filter((part) => part !== null)
      .join(" · ");
  return (
    <Stack gap="xs">
      <TextInput
        label={t("find.label")}
        placeholder={t("find.placeholder")}
        value={text}
        dir="auto"
        data-autofocus
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <ErrorNote error={answer.error} />
      {enough && answer.data !== undefined && found.length === 0 && <p className={classes.note}>{t("find.nobody")}</p>}
      <Radio.Group
        aria-label={t("find.found")}
        value={chosen?.customerId ?? ""}
        onChange={(id) => onChoose(shown.find(({ customerId }) => customerId === id) ?? null)}
      >
        <Stack gap={8}>
          {shown.slice(0, ROWS_MAX).map((customer) => (
            <Radio
              key={customer.customerId}
              value={customer.customerId}
              label={<bdi>{customer.fullName}</bdi>}
              description={second(customer)}
            />
          ))}
        </Stack>
      </Radio.Group>
    </Stack>
  );
}
