import { Button, Group, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { readEncryption, rotateEncryption } from "../../../server/governance/encryption/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import { DateText } from "../../ui/date-text.tsx";
import { notify } from "../../ui/notify.tsx";
import { useAction, useEndpoint } from "../../ui/query.ts";
import { StateMark } from "../../ui/state-mark.tsx";
import classes from "../people.module.css";
import { Refusal } from "../refusal.tsx";

type Column = AnswerOf<typeof readEncryption>["columns"][number];

/** The keys of one column, and the way to a new one. */
export function ColumnKeys({ entry }: { entry: Column }) {
  const { t } = useTranslation("people");
  const rotate = useAction(rotateEncryption, { refreshes: [readEncryption] });
  const { column, epochs, indexKeyAt, rotation, isDue } = entry;
  const running = rotation !== null && rotation.finishedAt === null;
  const ofIndex = rotation?.part === "index";
  // What the page shows moves on while a key is being changed; each look counts the rows of the column, so not too often.
  useEndpoint(readEncryption, {}, { enabled: running, refetchEveryMs: 10_000 });
  const order = (part: "values" | "index") =>
    rotate.mutate(
      { body: { column, part } },
      { onSuccess: () => void notify({ tone: "good", message: t(part === "index" ? "encryption.orderedIndex" : "encryption.ordered") }) },
    );
  const name = column.replaceAll(".", "_");
  return (
    <li>
      <div className={classes.words}>
        <span>
          {t(`encryption.names.${name}`, { defaultValue: column })}{" "}
          <StateMark tone={running || isDue ? "warn" : "good"}>
            {t(running ? (ofIndex ? "encryption.changing" : "encryption.rotating") : isDue ? "encryption.due" : "encryption.inUse")}
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
        {indexKeyAt !== null && (
          <p className={classes.quiet}>
            {t("encryption.indexKey")} · <DateText value={indexKeyAt} />
          </p>
        )}
        {rotation !== null && (
          <p className={classes.quiet}>
            {t(`encryption.${running ? "since" : "last"}${ofIndex ? "Index" : ""}`, {
              rows: rotation.resealed,
              // Steps that are done, and the one it is at.
              step: Math.min(rotation.step + 1, rotation.steps),
              steps: rotation.steps,
            })}{" "}
            <DateText value={rotation.finishedAt ?? rotation.orderedAt} time /> · <bdi>{rotation.orderedByName}</bdi>
          </p>
        )}
        {rotation?.problem && (
          <p>{t(`encryption.problems.${rotation.problem}${ofIndex && rotation.problem === "values_broken" ? "_index" : ""}`)}</p>
        )}
      </div>
      <Stack gap="xs" align="end">
        <Group gap="xs">
          {(indexKeyAt === null ? (["values"] as const) : (["values", "index"] as const)).map((part) => (
            <Button
              key={part}
              size="compact-sm"
              variant="default"
              disabled={running}
              loading={rotate.isPending && rotate.variables.body.part === part}
              onClick={() => order(part)}
            >
              {t(part === "index" ? "encryption.rotateIndex" : "encryption.rotate")}
            </Button>
          ))}
        </Group>
        <Refusal error={rotate.error} />
      </Stack>
    </li>
  );
}
