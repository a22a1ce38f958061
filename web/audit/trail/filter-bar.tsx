import { Button, Select, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { FilterIcon } from "@primer/octicons-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { listColleagues } from "../../../server/governance/organisation/contract.ts";
import { DateRangeField } from "../../ui/date-picker/date-range-field.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { usePhone } from "../../ui/use-phone.ts";
import { groups, type TrailFilters } from "./filters.ts";
import classes from "./trail.module.css";

/** Who, whom, what, whether, when. */
export function FilterBar({ filters }: { filters: TrailFilters }) {
  const { t } = useTranslation("audit");
  const { action, setAction, decision, setDecision, range, setRange } = filters;
  const phone = usePhone();
  const [open, setOpen] = useState(false);
  // On a phone five fields would be the whole screen.
  if (phone && !open)
    return (
      <Button variant="default" size="compact-sm" leftSection={<FilterIcon size={14} />} onClick={() => setOpen(true)}>
        {t("filters")}
      </Button>
    );
  return (
    <div className={classes.filters}>
      <PersonField filters={filters} />
      <CustomerField filters={filters} />
      <Select
        label={t("what")}
        placeholder={t("everything")}
        clearable
        data={groups.map((value) => ({ value, label: t(`groups.${value.replace(".", "")}`) }))}
        value={action}
        onChange={(value) => setAction(value ?? undefined)}
      />
      <Select
        label={t("decision")}
        placeholder={t("both")}
        clearable
        data={(["allowed", "refused"] as const).map((value) => ({ value, label: t(`decisions.${value}`) }))}
        value={decision}
        onChange={(value) => setDecision((value as "allowed" | "refused" | null) ?? undefined)}
      />
      <DateRangeField range={range} onRange={(next) => setRange(next.from === null && next.to === null ? undefined : next)} />
    </div>
  );
}

function PersonField({ filters: { actorId, setActor } }: { filters: TrailFilters }) {
  const { t } = useTranslation("audit");
  const [text, setText] = useState("");
  const [wanted] = useDebouncedValue(text.trim(), 250);
  const people = useEndpoint(listColleagues, { query: wanted === "" ? {} : { text: wanted } }, { keepPrevious: true });
  const found = people.data?.people.map(({ userId, displayName, login }) => ({ value: userId, label: `${displayName} (${login})` })) ?? [];
  const shown = actorId === null || found.some(({ value }) => value === actorId) ? found : [{ value: actorId, label: actorId }, ...found];
  return (
    <Select
      label={t("who")}
      placeholder={t("anybody")}
      clearable
      searchable
      nothingFoundMessage={t("nobodyFound")}
      filter={({ options }) => options}
      data={shown}
      value={actorId}
      onSearchChange={(typed) => setText(found.some(({ label }) => label === typed) ? "" : typed)}
      onChange={(value) => setActor(value ?? undefined)}
    />
  );
}

function CustomerField({ filters: { customer, setCustomer } }: { filters: TrailFilters }) {
  const { t } = useTranslation("audit");
  const [text, setText] = useState(customer);
  useEffect(() => setText(customer), [customer]);
  const settle = () => setCustomer(text.trim() === "" ? undefined : text.trim());
  return (
    <TextInput
      label={t("customer")}
      placeholder={t("customerHint")}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={settle}
      onKeyDown={(event) => {
        if (event.key === "Enter") settle();
      }}
    />
  );
}
