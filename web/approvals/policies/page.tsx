import { Button, Skeleton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { listApprovalPolicies } from "../../../server/governance/approvals/contract.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { Money } from "../../ui/money.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { SidePanel } from "../../ui/side-panel.tsx";
import { Surface } from "../../ui/surface.tsx";
import classes from "../approvals.module.css";
import { useActWords } from "../use-words.ts";
import { useDuties } from "./duties.ts";
import type { Policy } from "./policy.ts";
import { PolicyForm } from "./policy-form.tsx";

/** Which acts need whom: by amount, how many, how soon the next level is asked. */
export function PoliciesPage() {
  const { t } = useTranslation("approvals");
  const act = useActWords();
  const list = useEndpoint(listApprovalPolicies, {});
  const [changing, setChanging] = useState<Policy | null>(null);
  const close = () => setChanging(null);
  const policies = list.data?.policies ?? [];
  return (
    <div className={classes.page}>
      <PageHeader title={t("policies.title")} note={t("policies.note")} />
      {list.error && <ErrorState error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Skeleton height={240} />}
      {list.data !== undefined && policies.length === 0 && <EmptyState reason="data" title={t("policies.none")} />}
      {policies.map((policy) => (
        <PolicyCard key={policy.action} policy={policy} onChange={() => setChanging(policy)} />
      ))}
      <SidePanel opened={changing !== null} onClose={close} title={changing === null ? "" : act(changing.action)} size={640}>
        {changing !== null && <PolicyForm policy={changing} onDone={close} />}
      </SidePanel>
    </div>
  );
}

function PolicyCard({ policy, onChange }: { policy: Policy; onChange: () => void }) {
  const { t } = useTranslation("approvals");
  const act = useActWords();
  const { nameOf } = useDuties();
  return (
    <Surface
      title={act(policy.action)}
      aside={
        <Button size="compact-sm" variant="default" onClick={onChange} aria-label={`${t("policies.change")}: ${act(policy.action)}`}>
          {t("policies.change")}
        </Button>
      }
      padding="none"
    >
      <ul className={classes.list}>
        {policy.levels.map((level, place) => (
          <li key={level.duties.join()}>
            <span className={classes.words}>
              {t("policies.levelNo", { n: place + 1 })} · <bdi>{level.duties.map(nameOf).join(", ")}</bdi>
            </span>
            <span className={classes.note}>
              {t("policies.approversCount", { count: level.approvers })} ·{" "}
              {level.amountMaxMinor === null ? (
                t("policies.noLimit")
              ) : (
                <>
                  {t("policies.upTo")} <Money minor={level.amountMaxMinor} currency={policy.currency ?? "EUR"} />
                </>
              )}
            </span>
          </li>
        ))}
        <li>
          <span className={classes.note}>
            {policy.escalateAfterHours === null
              ? t("policies.noEscalation")
              : t("policies.escalates", { count: policy.escalateAfterHours })}{" "}
            · {t("policies.expires", { count: policy.expireAfterHours })} ·{" "}
            {t(policy.deputies ? "policies.withDeputies" : "policies.noDeputies")}
          </span>
        </li>
      </ul>
    </Surface>
  );
}
