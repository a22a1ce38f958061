import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { listColleagues } from "../../server/governance/organisation/contract.ts";
import { useEndpoint } from "../ui/query.ts";

interface ColleagueSelectProps {
  label: string;
  value: string | null;
  onValue: (userId: string | null) => void;
  /** Shown until the list has been asked for. */
  known?: { readonly userId: string; readonly displayName: string } | undefined;
  exceptId?: string | undefined;
  clearable?: boolean;
}

const settleMs = 200;

/** Finds one colleague by name or login. */
export function ColleagueSelect({ label, value, onValue, known, exceptId, clearable = false }: ColleagueSelectProps) {
  const { t } = useTranslation("people");
  const [text, setText] = useState("");
  const [settled] = useDebouncedValue(text.trim(), settleMs);
  const found = useEndpoint(listColleagues, { query: settled === "" ? {} : { text: settled } }, { keepPrevious: true });
  const people = (found.data?.people ?? []).filter(({ userId, active }) => active && userId !== exceptId);
  const data = people.map(({ userId, displayName, login }) => ({ value: userId, label: `${displayName} (${login})` }));
  if (known !== undefined && !data.some((one) => one.value === known.userId))
    data.unshift({ value: known.userId, label: known.displayName });
  return (
    <Select
      label={label}
      placeholder={t("findColleague")}
      data={data}
      value={value}
      onChange={onValue}
      onSearchChange={setText}
      filter={({ options }) => options}
      nothingFoundMessage={t("nobodyFound")}
      searchable
      clearable={clearable}
      limit={30}
    />
  );
}
