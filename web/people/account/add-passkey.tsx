import { Button, TextInput } from "@mantine/core";
import { startRegistration } from "@simplewebauthn/browser";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { addPasskey, beginPasskey, readAccount } from "../../../server/governance/account/contract.ts";
import { call } from "../../ui/api.ts";
import { ApiProblem } from "../../ui/problem.ts";
import { keyOf } from "../../ui/query.ts";
import { withProof } from "../../ui/step-up.ts";
import classes from "../people.module.css";
import { Refusal } from "../refusal.tsx";

/** Makes a passkey in this browser or on a key that is plugged in. */
export function AddPasskey({ onCodes }: { onCodes: (codes: readonly string[]) => void }) {
  const { t } = useTranslation("people");
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  if (typeof window.PublicKeyCredential !== "function") return <p className={classes.quiet}>{t("own.noPasskeys")}</p>;
  const add = async () => {
    setBusy(true);
    setError(null);
    try {
      const { challengeId, options } = await withProof(() => call(beginPasskey, {}));
      const response = await startRegistration({ optionsJSON: options as never });
      const { recoveryCodes } = await call(addPasskey, { body: { name: name.trim(), challengeId, response: { ...response } } });
      setName("");
      onCodes(recoveryCodes);
      await client.invalidateQueries({ queryKey: keyOf(readAccount) });
    } catch (failure) {
      setError(failure instanceof ApiProblem ? failure : "cancelled");
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void add();
  };
  return (
    <form onSubmit={submit} className={classes.addKey}>
      <TextInput
        aria-label={t("own.passkeyName")}
        placeholder={t("own.passkeyName")}
        value={name}
        dir="auto"
        size="xs"
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" size="xs" variant="default" disabled={name.trim() === ""} loading={busy}>
        {t("own.addPasskey")}
      </Button>
      {error === "cancelled" ? (
        <p role="alert" className={classes.refused}>
          {t("own.passkeyCancelled")}
        </p>
      ) : (
        <Refusal error={error} />
      )}
    </form>
  );
}
