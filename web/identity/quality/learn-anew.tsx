import { Button, Loader, Stack } from "@mantine/core";
import { MortarBoardIcon } from "@primer/octicons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { learnMatching, listDoubts, previewThreshold, readMatchingQuality } from "../../../server/customers/identity/contract.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { notify } from "../../ui/notify.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { keyOf, useAction, useEndpoint } from "../../ui/query.ts";
import classes from "./quality.module.css";

const askEveryMs = 3_000;

interface LearnAnewProps {
  /** The model in force when another was ordered; undefined while nothing runs. */
  since: number | null | undefined;
  onStarted: () => void;
  onDone: () => void;
}

/** Says what learning anew does before it is done, and tells when the new model is in force. */
export function LearnAnew({ since, onStarted, onDone }: LearnAnewProps) {
  const { t } = useTranslation("identity");
  const [asked, setAsked] = useState(false);
  const learn = useAction(learnMatching, {
    onDone: () => {
      setAsked(false);
      onStarted();
    },
  });
  const close = () => {
    learn.reset();
    setAsked(false);
  };
  return (
    <>
      {since === undefined ? (
        <Button leftSection={<MortarBoardIcon size={16} />} onClick={() => setAsked(true)}>
          {t("learn.button")}
        </Button>
      ) : (
        <Learning since={since} onDone={onDone} />
      )}
      <ConfirmDialog
        opened={asked}
        onClose={close}
        title={t("learn.title")}
        confirmLabel={t("learn.button")}
        onConfirm={() => learn.mutate({ body: {} })}
        busy={learn.isPending}
        error={learn.error}
      >
        <Stack gap="xs">
          <span>{t("learn.what")}</span>
          <span>{t("learn.decisions")}</span>
          <span>{t("learn.customers")}</span>
        </Stack>
      </ConfirmDialog>
    </>
  );
}

/** Asks again until another model is in force than the one that was. */
function Learning({ since, onDone }: { since: number | null; onDone: () => void }) {
  const { t } = useTranslation("identity");
  const format = useFormat();
  const { data } = useEndpoint(readMatchingQuality, {}, { refetchEveryMs: askEveryMs });
  const now = data?.modelNo ?? null;
  const refresh = useRefresh();
  useEffect(() => {
    if (data === undefined || now === since) return;
    void notify({ tone: "good", message: t("learn.done", { no: format.number(now ?? 0) }) });
    refresh();
    onDone();
  }, [data, now, since, onDone, t, format, refresh]);
  return (
    <span className={classes.learning} role="status">
      <Loader size="xs" /> {t("learn.running")}
    </span>
  );
}

function useRefresh(): () => void {
  const client = useQueryClient();
  return useCallback(() => {
    for (const stale of [previewThreshold, listDoubts]) void client.invalidateQueries({ queryKey: keyOf(stale) });
  }, [client]);
}
