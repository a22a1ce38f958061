import { useTranslation } from "react-i18next";
import type { listAuditEvents } from "../../server/governance/audit/contract.ts";
import type { AnswerOf } from "../ui/api.ts";

export type Event = AnswerOf<typeof listAuditEvents>["events"][number];

/** What was done, in words; an act without words shows its name. */
export function useActWords(): (action: string) => string {
  const { t } = useTranslation("audit");
  return (action) => t(`actions.${action.replaceAll(".", "_")}`, { defaultValue: action });
}
