import { Button, Group, Modal, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { askForStepUp, proveStepUp } from "../../../server/governance/access/contract.ts";
import { call } from "../../ui/api.ts";
import { ErrorNote } from "../../ui/error-state.tsx";
import { loadMessages } from "../../ui/i18n.ts";
import { ApiProblem, isProblem } from "../../ui/problem.ts";
import { lendProofDialog } from "../../ui/step-up.ts";
import { signWithPasskey } from "../passkey.ts";
import classes from "./proof-dialog.module.css";
import { ProviderProof } from "./provider-proof.tsx";

type Method = "password" | "passkey" | "totp" | "recovery_code" | "provider";

/** The act may have been begun in a panel or a dialog that opened later than this one was made. */
const ABOVE_EVERYTHING = 350;

interface Asked {
  readonly problem: ApiProblem;
  readonly done: () => void;
  readonly given: (error: ApiProblem) => void;
}

/** Asks the person to prove themselves for one weighty act. It names the act in words; the proof holds for that act alone. */
export function ProofDialog() {
  const { t } = useTranslation("app");
  const { t: ui } = useTranslation("ui");
  const [asked, setAsked] = useState<Asked | null>(null);
  useEffect(
    () =>
      lendProofDialog(
        (problem) =>
          new Promise((done, given) => {
            // The acts are named as in the trail.
            void loadMessages("audit").then(() => setAsked({ problem, done, given }));
          }),
      ),
    [],
  );
  const close = () => {
    asked?.given(asked.problem);
    setAsked(null);
  };
  const proven = () => {
    asked?.done();
    setAsked(null);
  };
  return (
    <Modal
      opened={asked !== null}
      onClose={close}
      title={t("proof.title")}
      zIndex={ABOVE_EVERYTHING}
      closeButtonProps={{ "aria-label": ui("dialog.close") }}
    >
      {asked !== null && <ProofForm problem={asked.problem} onProven={proven} onCancel={close} />}
    </Modal>
  );
}

interface ProofFormProps {
  problem: ApiProblem;
  onProven: () => void;
  onCancel: () => void;
}

function ProofForm({ problem, onProven, onCancel }: ProofFormProps) {
  const { t } = useTranslation("app");
  const { t: ui } = useTranslation("ui");
  const { action, actionHash, methods } = problem.detail as { action: string; actionHash: string; methods: Method[] };
  const [text, setText] = useState("");
  const { error, busy, prove, fail } = useProof(actionHash, onProven);
  const typed = (["password", "totp", "recovery_code"] as const).find((method) => methods.includes(method)) ?? null;
  const act = t(`audit:actions.${action.replaceAll(".", "_")}`, { defaultValue: action });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (text !== "") void prove(typed === "password" ? { password: text } : { code: text });
      }}
    >
      <Stack gap="md">
        <p>{t("proof.text", { act })}</p>
        {methods.includes("passkey") && (
          <Button variant="default" loading={busy} onClick={() => void prove("passkey")} data-autofocus>
            {t("proof.passkey")}
          </Button>
        )}
        {methods.includes("provider") && <ProviderProof actionHash={actionHash} onProven={onProven} onFailed={fail} />}
        {typed === null ? null : typed === "password" ? (
          <PasswordInput
            label={t("signIn.password")}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            autoComplete="current-password"
            visibilityToggleButtonProps={{ "aria-label": t("signIn.show"), tabIndex: 0 }}
            data-autofocus
          />
        ) : (
          <TextInput
            label={t(typed === "totp" ? "proof.code" : "proof.recovery")}
            description={typed === "totp" ? t("proof.orRecovery") : undefined}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            autoComplete="one-time-code"
            dir="ltr"
            {...(methods.includes("passkey") ? {} : { "data-autofocus": true })}
          />
        )}
        {isProblem(error, "sign_in_failed") ? (
          <p role="alert" className={classes.wrong}>
            {t("proof.wrong")}
          </p>
        ) : (
          <ErrorNote error={error} />
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            {ui("dialog.cancel")}
          </Button>
          {typed !== null && (
            <Button type="submit" loading={busy} disabled={text === ""}>
              {t("proof.go")}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}

type Given = "passkey" | { password: string } | { code: string };

function useProof(actionHash: string, onProven: () => void) {
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const prove = useCallback(
    async (given: Given) => {
      setBusy(true);
      setError(null);
      try {
        const proof = given === "passkey" ? { passkey: await signWithPasskey(await call(askForStepUp, {})) } : given;
        await call(proveStepUp, { body: { actionHash, ...proof } });
        onProven();
      } catch (failure) {
        // A person who closes the browser's own dialog has proven nothing, and that is no defect.
        setError(failure instanceof ApiProblem ? failure : new ApiProblem({ code: "sign_in_failed" }, { cause: failure }));
      } finally {
        setBusy(false);
      }
    },
    [actionHash, onProven],
  );
  const fail = (failure: unknown) =>
    setError(failure instanceof ApiProblem ? failure : new ApiProblem({ code: "sign_in_failed" }, { cause: failure }));
  return { error, busy, prove, fail };
}
