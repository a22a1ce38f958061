import { Skeleton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { readOffers } from "../../../server/intelligence/offers/contract.ts";
import { ErrorState } from "../../ui/error-state.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { SidePanel } from "../../ui/side-panel.tsx";
import classes from "../offers.module.css";
import { useOfferWords } from "../words.ts";
import { ActionForm } from "./action-form.tsx";
import { ActionsTable } from "./actions-table.tsx";
import { Changes } from "./changes.tsx";
import { Results } from "./results.tsx";
import { RulesForm } from "./rules-form.tsx";
import { RulesPart } from "./rules-part.tsx";

/** What may be proposed, by which rules, what it brings, and who changed what. */
export function OffersPage() {
  const { t } = useTranslation("offers");
  const answer = useEndpoint(readOffers, {});
  /** An action, or the rules of the house. */
  const [changing, setChanging] = useState<string | null>(null);
  const words = useOfferWords(answer.data?.currency ?? "EUR");
  const action = answer.data?.actions.find(({ actionId }) => actionId === changing);
  const close = () => setChanging(null);
  return (
    <div className={classes.page}>
      <PageHeader title={t("page.title")} note={t("page.note")} />
      {answer.error && <ErrorState error={answer.error} retry={() => void answer.refetch()} />}
      {answer.isPending && <Skeleton height={480} />}
      {answer.data && (
        <>
          <ActionsTable offers={answer.data} onChange={setChanging} />
          <div className={classes.columns}>
            <div className={classes.stack}>
              <Results />
            </div>
            <div className={classes.stack}>
              <RulesPart policy={answer.data.policy} onChange={() => setChanging("rules")} />
              <Changes offers={answer.data} />
            </div>
          </div>
          <SidePanel
            opened={changing !== null}
            onClose={close}
            title={action === undefined ? t("page.rules") : t("page.changeOf", { action: words.action(action.actionId) })}
          >
            {action !== undefined && (
              <ActionForm
                key={`${action.actionId} ${action.version}`}
                action={action}
                currency={answer.data.currency}
                segments={answer.data.segments}
                onDone={close}
              />
            )}
            {changing === "rules" && <RulesForm key={answer.data.policy.version} policy={answer.data.policy} onDone={close} />}
          </SidePanel>
        </>
      )}
    </div>
  );
}
