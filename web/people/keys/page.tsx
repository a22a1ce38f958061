import { Button, Skeleton, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { listKeys, revokeKey } from "../../../server/governance/keys/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import { AppLink } from "../../ui/app-link.tsx";
import { useChineseNames } from "../../ui/chinese-faces.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { DateText } from "../../ui/date-text.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { notify } from "../../ui/notify.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useAction, useEndpoint } from "../../ui/query.ts";
import { StateMark } from "../../ui/state-mark.tsx";
import { Surface } from "../../ui/surface.tsx";
import classes from "../people.module.css";
import { Refusal } from "../refusal.tsx";
import { KeyForm } from "./key-form.tsx";
import { useScopeWords } from "./scope-words.ts";

type Key = AnswerOf<typeof listKeys>["keys"][number];

const tones = { waiting: "warn", active: "good", expired: "quiet", refused: "quiet", revoked: "quiet" } as const;

/** API keys: one's own, and for who keeps them everybody's. */
export function KeysPage() {
  useChineseNames(); // colleagues are named in their own scripts
  const { t } = useTranslation("people");
  const found = useEndpoint(listKeys, {});
  const [asking, setAsking] = useState(false);
  if (found.error) return <ErrorState error={found.error} retry={() => void found.refetch()} />;
  const scopes = found.data?.scopes ?? [];
  return (
    <div className={classes.stack}>
      <PageHeader
        title={t("keys.title")}
        note={t("keys.note")}
        actions={scopes.length > 0 && !asking && <Button onClick={() => setAsking(true)}>{t("keys.add")}</Button>}
      />
      {asking && <KeyForm scopes={scopes} onClose={() => setAsking(false)} />}
      <Surface title={t("keys.list")}>
        {found.data === undefined ? (
          <Skeleton height={160} />
        ) : found.data.keys.length === 0 ? (
          <EmptyState reason="data" title={t("keys.none")} text={t("keys.noneText")} />
        ) : (
          <ul className={classes.lines}>
            {found.data.keys.map((key) => (
              <KeyLine key={key.keyId} entry={key} />
            ))}
          </ul>
        )}
      </Surface>
    </div>
  );
}

function KeyLine({ entry }: { entry: Key }) {
  const { t } = useTranslation("people");
  const words = useScopeWords();
  return (
    <li>
      <div className={classes.words}>
        <span>
          <code dir="ltr">{entry.prefix}…</code> <StateMark tone={tones[entry.state]}>{t(`keys.states.${entry.state}`)}</StateMark>
        </span>
        <p>
          <bdi>{entry.purpose}</bdi>
        </p>
        <p className={classes.quiet}>
          {t("keys.owner")}: <bdi>{entry.ownerName}</bdi> · {t("keys.until")} <DateText value={entry.expiresAt} />
        </p>
        <p className={classes.quiet}>{entry.scopes.map((scope) => words(scope)).join(" · ")}</p>
        <p className={classes.quiet}>
          {t("keys.from")}: <bdi dir="ltr">{entry.ipRanges.join(", ")}</bdi> ·{" "}
          {t("keys.rows", { used: entry.rowsToday, allowed: entry.rowsPerDay })}
        </p>
        <p className={classes.quiet}>
          {entry.lastUsedAt === null ? (
            t("keys.neverUsed")
          ) : (
            <>
              {t("keys.lastUsed")} <DateText value={entry.lastUsedAt} time /> <bdi dir="ltr">{entry.lastIp}</bdi>
            </>
          )}
        </p>
      </div>
      <KeyActs entry={entry} />
    </li>
  );
}

function KeyActs({ entry }: { entry: Key }) {
  const { t } = useTranslation("people");
  const [sure, setSure] = useState(false);
  const done = () => {
    setSure(false);
    void notify({ tone: "good", message: t("saved") });
  };
  const revoke = useAction(revokeKey, { refreshes: [listKeys], onDone: done });
  const open = entry.state === "waiting" || entry.state === "active";
  if (!open) return null;
  const params = { keyId: entry.keyId };
  return (
    <Stack gap="xs" align="end">
      {entry.state === "waiting" && (
        <AppLink to="/approvals" search={{ request: entry.approval?.requestId } as never}>
          {t("keys.look")}
        </AppLink>
      )}
      <Button
        size="compact-sm"
        variant="subtle"
        color="red.9"
        aria-label={`${t("keys.revoke")}: ${entry.prefix}`}
        onClick={() => setSure(true)}
      >
        {t("keys.revoke")}
      </Button>
      <ConfirmDialog
        opened={sure}
        onClose={() => setSure(false)}
        title={t("keys.revokeTitle", { prefix: `\u2066${entry.prefix}…\u2069` })}
        confirmLabel={t("keys.revoke")}
        danger
        busy={revoke.isPending}
        onConfirm={() => revoke.mutate({ params })}
      >
        <Stack gap="xs">
          <p>{t("keys.revokeText")}</p>
          <Refusal error={revoke.error} />
        </Stack>
      </ConfirmDialog>
    </Stack>
  );
}
