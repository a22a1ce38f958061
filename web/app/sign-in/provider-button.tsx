import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { beginProviderSignIn } from "../../../server/governance/identity-provider/contract.ts";
import { call } from "../../ui/api.ts";
import { isProblem } from "../../ui/problem.ts";
import { beginTrip } from "../../ui/provider-trip.ts";
import classes from "./sign-in.module.css";

/** Leads to the bank's identity provider; where that does not answer, says so at once. */
export function ProviderButton({ name, next, primary }: { name: string; next: string; primary: boolean }) {
  const { t } = useTranslation("app");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const leave = async () => {
    setBusy(true);
    setFailure(null);
    try {
      const departure = await call(beginProviderSignIn, {});
      beginTrip(departure, "sign_in", next);
      window.location.assign(departure.url);
    } catch (error) {
      setFailure(error);
      setBusy(false);
    }
  };
  return (
    <>
      <Button variant={primary ? "filled" : "default"} size="md" fullWidth loading={busy} onClick={() => void leave()}>
        {t("signIn.provider", { name: `\u2068${name}\u2069` })}
      </Button>
      {failure !== null && (
        <p role="alert" className={classes.note}>
          {t(isProblem(failure, "unavailable") ? "signIn.providerDown" : "signIn.providerFailed")}
        </p>
      )}
    </>
  );
}
