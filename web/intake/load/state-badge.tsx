import { Badge } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { LoadState } from "../../../server/customers/intake/contract.ts";

const colors = { running: "petrol", done: "green", failed: "red", reversing: "yellow", reversed: "gray" } as const;

export function StateBadge({ state }: { state: LoadState }) {
  const { t } = useTranslation("intake");
  return <Badge color={colors[state]}>{t(`states.${state}`)}</Badge>;
}
