import { Button, Group, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  correctRelation,
  listProposals,
  listRelations,
  readOwnership,
  withdrawRelation,
} from "../../server/customers/relations/contract.ts";
import { kindsWithShare } from "../../server/customers/relations/kinds/contract.ts";
import { DateField } from "../ui/date-picker/date-field.tsx";
import { notify } from "../ui/notify.tsx";
import { DecimalField } from "../ui/number-field.tsx";
import { useAction } from "../ui/query.ts";
import { SidePanel } from "../ui/side-panel.tsx";
import type { Line, Node } from "./answers.ts";
import { today } from "./days.ts";
import { RelationProblem } from "./relation-problem.tsx";
import { shareOf } from "./share.ts";

interface ChangeRelationProps {
  own: Node;
  line: Line | null;
  onClose: () => void;
}

/** Corrects or ends what a person entered, or takes it back. */
export function ChangeRelation({ own, line, onClose }: ChangeRelationProps) {
  const { t } = useTranslation("relations");
  const title = line === null ? "" : t("change.title", { kind: t(`kinds.${line.kind}`), name: own.fullName });
  return (
    <SidePanel opened={line !== null} onClose={onClose} title={title}>
      {line !== null && <ChangeForm key={line.relationId} line={line} onClose={onClose} />}
    </SidePanel>
  );
}

const stale = [listRelations, listProposals, readOwnership];

function ChangeForm({ line, onClose }: { line: Line; onClose: () => void }) {
  const { t } = useTranslation("relations");
  const [percent, setPercent] = useState<string | null>(line.share === null ? null : String(Number((line.share * 100).toFixed(6))));
  const [fromOn, setFromOn] = useState(line.fromOn);
  const [toOn, setToOn] = useState(line.toOn);
  const done = (message: string) => () => {
    onClose();
    void notify({ tone: "good", message });
  };
  const correct = useAction(correctRelation, { refreshes: stale, onDone: done(t("change.done")) });
  const withdraw = useAction(withdrawRelation, { refreshes: stale, onDone: done(t("change.withdrawn")) });
  const withShare = kindsWithShare.includes(line.kind);
  const share = withShare ? shareOf(percent) : null;
  const params = { relationId: line.relationId };
  const save = (last: string | null) => {
    if (share === "wrong") return;
    correct.mutate({ params, body: { version: line.version, fromOn, toOn: last, ...(withShare ? { share } : {}) } });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save(toOn);
      }}
    >
      <Stack gap="md">
        <p style={{ margin: 0 }}>
          <bdi>{line.other.fullName}</bdi>
        </p>
        {withShare && <DecimalField label={t("share")} value={percent ?? ""} onValue={setPercent} places={4} suffix="%" />}
        <DateField label={t("dates.from")} value={fromOn} onValue={setFromOn} />
        <DateField label={t("dates.to")} value={toOn} onValue={setToOn} />
        <RelationProblem error={correct.error ?? withdraw.error} />
        <Group justify="space-between" gap="xs">
          <Group gap="xs">
            {line.inForce && (
              <Button variant="default" loading={correct.isPending} onClick={() => save(today())}>
                {t("change.endToday")}
              </Button>
            )}
            <Button
              variant="subtle"
              color="red.9"
              loading={withdraw.isPending}
              onClick={() => withdraw.mutate({ params, body: { version: line.version } })}
            >
              {t("change.withdraw")}
            </Button>
          </Group>
          <Button type="submit" disabled={share === "wrong"} loading={correct.isPending}>
            {t("change.confirm")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
