import { Button, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { decideAppeal, listAppeals, readTiers } from "../../../server/intelligence/profit/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import { CustomerName } from "../../ui/customer-name.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorNote } from "../../ui/error-state.tsx";
import { useAction, useEndpoint } from "../../ui/query.ts";
import { isReason, ReasonField } from "../../ui/reason-field.tsx";
import { Surface } from "../../ui/surface.tsx";
import { AppealNote } from "../appeal-note.tsx";
import { ProfitProblem } from "../problem.tsx";
import classes from "../profit.module.css";
import { useWords } from "../words.ts";

type Appeal = AnswerOf<typeof listAppeals>["appeals"][number];

/** Appeals against tiers; who may decides about those of others. */
export function Appeals() {
  const { t } = useTranslation("profit");
  const answer = useEndpoint(listAppeals, {});
  const appeals = answer.data?.appeals;
  return (
    <Surface title={t("appeal.title")}>
      <ErrorNote error={answer.error} />
      {appeals?.length === 0 && <EmptyState compact reason="data" title={t("appeal.none")} />}
      <Stack gap="md">
        {appeals?.map((appeal) => (
          <div key={appeal.appealId} className={classes.stack} style={{ gap: 4 }}>
            <CustomerName customer={appeal} tab="value" />
            <AppealNote appeal={appeal} />
            {appeal.state === "asked" && answer.data?.canDecide && !appeal.isOwn && <Decide appeal={appeal} />}
          </div>
        ))}
      </Stack>
    </Surface>
  );
}

function Decide({ appeal }: { appeal: Appeal }) {
  const { t } = useTranslation("profit");
  const words = useWords();
  const [note, setNote] = useState("");
  const decide = useAction(decideAppeal, { refreshes: [listAppeals, readTiers] });
  const send = (grant: boolean) => decide.mutate({ params: { appealId: appeal.appealId }, body: { grant, note: note.trim() } });
  return (
    <Stack gap="xs">
      <ReasonField label={t("note")} value={note} onValue={setNote} />
      <ProfitProblem error={decide.error} />
      <div className={classes.actions}>
        <Button size="xs" variant="default" disabled={!isReason(note)} loading={decide.isPending} onClick={() => send(false)}>
          {t("appeal.refuse")}
        </Button>
        <Button size="xs" disabled={!isReason(note)} loading={decide.isPending} onClick={() => send(true)}>
          {t("appeal.grant", { tier: words("tiers", appeal.tier) })}
        </Button>
      </div>
    </Stack>
  );
}
