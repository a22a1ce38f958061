import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { askForPasskey, type Session, signInByPasskey } from "../../../server/governance/access/contract.ts";
import { call } from "../../ui/api.ts";
import { canUsePasskeys, signWithPasskey } from "../passkey.ts";
import classes from "./sign-in.module.css";

/** Signs in whoever holds a passkey for this bank, without a login to type. */
export function PasskeyButton({ onEntered }: { onEntered: (session: Session) => void }) {
  const { t } = useTranslation("app");
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  if (!canUsePasskeys()) return null;
  const enter = async () => {
    setBusy(true);
    setFailed(false);
    try {
      const signed = await signWithPasskey(await call(askForPasskey, {}));
      onEntered((await call(signInByPasskey, { body: signed })) as Session);
    } catch {
      setFailed(true);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button variant="default" size="md" fullWidth loading={busy} onClick={() => void enter()}>
        {t("signIn.passkey")}
      </Button>
      {failed && (
        <p role="alert" className={classes.note}>
          {t("signIn.passkeyFailed")}
        </p>
      )}
    </>
  );
}
