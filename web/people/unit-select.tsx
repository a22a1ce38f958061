import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { listUnits } from "../../server/governance/organisation/contract.ts";
import { useEndpoint } from "../ui/query.ts";

interface UnitSelectProps {
  label: string;
  value: string | null;
  onValue: (unitId: string | null) => void;
}

/** One open unit of the bank. */
export function UnitSelect({ label, value, onValue }: UnitSelectProps) {
  const { i18n } = useTranslation();
  const units = useEndpoint(listUnits, {});
  const data = (units.data?.units ?? [])
    .filter(({ active, unitId }) => active || unitId === value)
    .map((unit) => ({ value: unit.unitId, label: `${unit.names[i18n.language] ?? unit.name} (${unit.code})` }));
  return <Select label={label} data={data} value={value} onChange={onValue} searchable limit={60} allowDeselect={false} />;
}
