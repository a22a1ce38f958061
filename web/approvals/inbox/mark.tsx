import { useTranslation } from "react-i18next";
import type { listApprovals } from "../../../server/governance/approvals/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import { StateMark, type StateTone } from "../../ui/state-mark.tsx";

type Approval = AnswerOf<typeof listApprovals>["approvals"][number];

const tones = {
  waiting: "accent",
  approved: "good",
  refused: "bad",
  withdrawn: "quiet",
  expired: "quiet",
  changed: "warn",
} as const satisfies Record<Approval["state"], StateTone>;

/** How a request stands; of several who must agree, how many have. */
export function ApprovalMark({ one }: { one: Approval }) {
  const { t } = useTranslation("approvals");
  const part = one.state === "waiting" && one.approvers > 1 ? ` ${t("of", { n: one.approved, all: one.approvers })}` : "";
  return (
    <StateMark tone={tones[one.state]}>
      {t(`states.${one.state}`)}
      {part}
    </StateMark>
  );
}
