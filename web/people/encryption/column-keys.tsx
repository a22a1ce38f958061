import { Button, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { readEncryption, rotateEncryption } from "../../../server/governance/encryption/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import { DateText } from "../../ui/date-text.tsx";
import { notify } from "../../ui/notify.tsx";
import { useAction } from "../../ui/query.ts";
import { StateMark } from "../../ui/state-mark.tsx";
import classes from "../people.module.css";
import { Refusal } from "../refusal.tsx";

type Column = AnswerOf<typeof readEncryption>["columns"][number];

/** The keys of one column, and the way to a new one. */
export function ColumnKeys({ entry }: { entry: Column }) {
  const { t } = useTranslation("people");
  const rotate = useAction(rotateEncryption, {
    refreshes: [readEncryption],
    onDone: () => void notify({ tone: "good", message: t("encryption.ordered") }),
  });
  const { column, epochs, rotation, isDue } = entry;
  const running = rotation !== null && rotation.finishedAt === null;
  const name = column.replaceAll(".", "_");
  return (
    <li>
      <div className={classes.words}>
        <span>
          {t(`encryption.names.${name}`, { defaultValue: column })}{" "}
          <StateMark tone={running || isDue ? "warn" : "good"}>
            {t(running ? "encryption.rotating" : isDue ? "encryption.due" : "encryption.inUse")}
          </StateMark>
        </span>
        <p className={`${classes.quiet} ${classes.long}`}>
          <bdi dir="ltr">{column}</bdi>
        </p>
        {epochs.map(({ epoch, createdAt, rows }) => (
          <p key={epoch} className={classes.quiet}>
            {t("encryption.epoch", { epoch })} · <DateText value={createdAt} /> · {t("encryption.rows", { rows })}
          </p>
        ))}
        {rotation !== null && (
          <p className={classes.quiet}>
            {t(running ? "encryption.since" : "encryption.last", { rows: rotation.resealed })}{" "}
            <DateText value={rotation.finishedAt ?? rotation.orderedAt} time /> · <bdi>{rotation.orderedByName}</bdi>
          </p>
        )}
        {rotation?.problem && <p>{t(`encryption.problems.${rotation.problem}`)}</p>}
      </div>
      <Stack gap="xs" align="end">
        <Button
          size="compact-sm"
          variant="default"
          disabled={running}
          loading={rotate.isPending}
          onClick={() => rotate.mutate({ body: { column } })}
        >
          {t("encryption.rotate")}
        </Button>
        <Refusal error={rotate.error} />
      </Stack>
    </li>
  );
}
