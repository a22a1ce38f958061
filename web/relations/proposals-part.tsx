import { Button, Group } from "@mantine/core";
import { CheckIcon, XIcon } from "@primer/octicons-react";
import { useTranslation } from "react-i18next";
import { decideProposal, listCircles, listProposals } from "../../server/customers/relations/contract.ts";
import { CustomerName } from "../ui/customer-name.tsx";
import { notify } from "../ui/notify.tsx";
import { useFormat } from "../ui/preferences.tsx";
import { useAction } from "../ui/query.ts";
import { Surface } from "../ui/surface.tsx";
import { useCan } from "../ui/viewer.tsx";
import type { Node, Proposal } from "./answers.ts";
import { RelationProblem } from "./relation-problem.tsx";
import classes from "./relations.module.css";

/** Who may belong to the same household or group, and why; a person says so or not. */
export function ProposalsPart({ own, proposals }: { own: Node; proposals: readonly Proposal[] }) {
  const { t } = useTranslation("relations");
  const format = useFormat();
  const canWrite = useCan("relation:write");
  const decide = useAction(decideProposal, {
    refreshes: [listCircles, listProposals],
    onDone: ({ circleId }) => void notify({ tone: "good", message: t(circleId === null ? "proposals.dismissed" : "proposals.accepted") }),
  });
  if (proposals.length === 0) return null;
  const say = (proposal: Proposal, decision: "accept" | "dismiss") =>
    decide.mutate({
      params: { customerId: own.customerId },
      body: { kind: proposal.kind, otherCustomerId: proposal.other.customerId, decision },
    });
  return (
    <Surface title={t(`proposals.${own.kind}`)}>
      <RelationProblem error={decide.error} />
      <ul className={classes.lines}>
        {proposals.map((proposal) => (
          <li key={proposal.other.customerId}>
            <CustomerName
              customer={proposal.other}
              tab="relations"
              note={format.list(proposal.reasons.map((reason) => t(`proposals.reasons.${reason}`)))}
            />
            {canWrite && (
              <Group gap={6} wrap="nowrap">
                <Button
                  size="compact-sm"
                  leftSection={<CheckIcon size={14} />}
                  loading={decide.isPending}
                  onClick={() => say(proposal, "accept")}
                  aria-label={t("proposals.acceptOf", { name: proposal.other.fullName })}
                >
                  {t("proposals.accept")}
                </Button>
                <Button
                  size="compact-sm"
                  variant="default"
                  leftSection={<XIcon size={14} />}
                  loading={decide.isPending}
                  onClick={() => say(proposal, "dismiss")}
                  aria-label={t("proposals.dismissOf", { name: proposal.other.fullName })}
                >
                  {t("proposals.dismiss")}
                </Button>
              </Group>
            )}
          </li>
        ))}
      </ul>
    </Surface>
  );
}
