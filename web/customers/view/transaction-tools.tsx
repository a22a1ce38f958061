import { Button, SegmentedControl, Select, TextInput } from "@mantine/core";
import { FilterIcon, SearchIcon, XIcon } from "@primer/octicons-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { totalTransactions } from "../../../server/customers/holdings/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import { DateRangeField } from "../../ui/date-picker/date-range-field.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { usePhone } from "../../ui/use-phone.ts";
import { type CodeList, useCodes } from "../codes.ts";
import { todayOf } from "../days.ts";
import type { View } from "./customer.ts";
import type { TransactionChoice } from "./transaction-filter.ts";
import classes from "./transactions.module.css";

type Facets = AnswerOf<typeof totalTransactions>["categories"];

interface TransactionToolsProps {
  view: View;
  choice: TransactionChoice;
  holdingId: string | null;
  onChoice: (part: Partial<TransactionChoice>) => void;
  onHolding: (id: string | null) => void;
  categories: Facets;
  channels: Facets;
  onClear: (() => void) | undefined;
}

/** Period, direction, category, channel, holding, and text. */
export function TransactionTools({ view, choice, holdingId, onChoice, onHolding, categories, channels, onClear }: TransactionToolsProps) {
  const { t } = useTranslation("customers");
  const codes = useCodes();
  const phone = usePhone();
  const [all, setAll] = useState(false);
  const holdings = view.holdings.map((holding) => ({
    value: holding.holdingId,
    label: [holding.productName ?? codes("kind", holding.kind), holding.number?.slice(-4)].filter(Boolean).join(" · "),
  }));
  return (
    <search className={classes.tools} aria-label={t("transactions.filter")}>
      <TextField text={choice.text} onText={(text) => onChoice({ text })} />
      {phone && (
        <Button variant="default" leftSection={<FilterIcon size={14} />} aria-expanded={all} onClick={() => setAll(!all)}>
          {t(all ? "transactions.lessFilters" : "transactions.moreFilters")}
        </Button>
      )}
      {(!phone || all) && (
        <>
          <Select
            label={t("transactions.holding")}
            placeholder={t("transactions.any")}
            data={holdings}
            value={holdingId}
            onChange={onHolding}
            clearable
            allowDeselect
            searchable
            className={classes.wide}
          />
          <CodeSelect list="category" facets={categories} value={choice.category} onValue={(category) => onChoice({ category })} />
          <CodeSelect list="channel" facets={channels} value={choice.channel} onValue={(channel) => onChoice({ channel })} />
          <div>
            <div className={classes.label} id="direction-label">
              {t("transactions.direction")}
            </div>
            <SegmentedControl
              size="sm"
              aria-labelledby="direction-label"
              data={(["both", "in", "out"] as const).map((value) => ({ value, label: t(`transactions.${value}`) }))}
              value={choice.direction ?? "both"}
              onChange={(value) => onChoice({ direction: value === "in" || value === "out" ? value : null })}
            />
          </div>
          <DateRangeField range={{ from: choice.from, to: choice.to }} onRange={onChoice} today={todayOf(new Date())} />
        </>
      )}
      {onClear && (
        <Button variant="subtle" color="gray" leftSection={<XIcon size={14} />} onClick={onClear}>
          {t("list.clearFilter")}
        </Button>
      )}
    </search>
  );
}

const typingPauseMs = 300;

/** What is typed goes into the address when the hand rests. */
function TextField({ text, onText }: { text: string; onText: (text: string) => void }) {
  const { t } = useTranslation("customers");
  const [draft, setDraft] = useState(text);
  useEffect(() => setDraft(text), [text]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only typing starts the clock
  useEffect(() => {
    if (draft === text) return;
    const timer = setTimeout(() => onText(draft), typingPauseMs);
    return () => clearTimeout(timer);
  }, [draft]);
  return (
    <TextInput
      label={t("transactions.text")}
      value={draft}
      onChange={(event) => setDraft(event.currentTarget.value)}
      leftSection={<SearchIcon size={14} />}
      maxLength={100}
      dir="auto"
      className={classes.wide}
    />
  );
}

interface CodeSelectProps {
  list: CodeList & ("category" | "channel");
  facets: Facets;
  value: string | null;
  onValue: (value: string | null) => void;
}

/** The codes there are among these transactions, with how many have them. */
function CodeSelect({ list, facets, value, onValue }: CodeSelectProps) {
  const { t } = useTranslation("customers");
  const format = useFormat();
  const codes = useCodes();
  const counts = new Map<string, number>(value === null ? [] : [[value, 0]]);
  for (const { code, count } of facets) if (code !== null) counts.set(code, (counts.get(code) ?? 0) + count);
  const data = [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([code, count]) => ({ value: code, label: count === 0 ? codes(list, code) : `${codes(list, code)} (${format.number(count)})` }));
  return (
    <Select
      label={t(`transactions.${list}`)}
      placeholder={t("transactions.any")}
      data={data}
      value={value}
      onChange={onValue}
      clearable
      allowDeselect
      searchable
      className={classes.narrow}
    />
  );
}
