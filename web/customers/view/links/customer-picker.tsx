import { Radio, Stack, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { searchCustomers } from "../../../../server/customers/directory/contract.ts";
import type { AnswerOf } from "../../../ui/api.ts";
import { ErrorNote } from "../../../ui/error-state.tsx";
import { useEndpoint } from "../../../ui/query.ts";
import { secondLine } from "../../search.ts";
import classes from "./links.module.css";

export type Found = AnswerOf<typeof searchCustomers>["found"][number]["customer"];

const settleMs = 200;
const rowsMax = 6;
const LETTERS_MIN = 2;

interface CustomerPickerProps {
  /** Not offered: the customer one is at. */
  exceptId: string;
  chosen: Found | null;
  onChoose: (customer: Found | null) => void;
}

/** Finds one customer by name, number, phone or account. */
export function CustomerPicker({ exceptId, chosen, onChoose }: CustomerPickerProps) {
  const { t } = useTranslation("customers");
  const [text, setText] = useState("");
  const [settled] = useDebouncedValue(text.trim(), settleMs);
  const enough = settled.length >= LETTERS_MIN;
  const answer = useEndpoint(searchCustomers, { query: { text: settled, rows: rowsMax + 1 } }, { enabled: enough, keepPrevious: true });
  const found = (enough ? (answer.data?.found ?? []) : []).map(({ customer }) => customer).filter((one) => one.customerId !== exceptId);
  const shown = chosen !== null && !found.some((one) => one.customerId === chosen.customerId) ? [chosen, ...found] : found;
  return (
    <Stack gap="xs">
      <TextInput
        label={t("links.find")}
        placeholder={t("links.findPlaceholder")}
        value={text}
        dir="auto"
        data-autofocus
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <ErrorNote error={answer.error} />
      {enough && answer.data !== undefined && found.length === 0 && <p className={classes.why}>{t("links.nobody")}</p>}
      <Radio.Group
        aria-label={t("links.found")}
        value={chosen?.customerId ?? ""}
        onChange={(id) => onChoose(shown.find((one) => one.customerId === id) ?? null)}
      >
        <Stack gap={8}>
          {shown.slice(0, rowsMax).map((customer) => (
            <Radio
              key={customer.customerId}
              value={customer.customerId}
              label={<bdi>{customer.fullName}</bdi>}
              description={secondLine(customer)}
            />
          ))}
        </Stack>
      </Radio.Group>
    </Stack>
  );
}
