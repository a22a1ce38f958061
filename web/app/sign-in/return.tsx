import { Button, Loader, Stack } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { finishProviderProof, finishProviderSignIn } from "../../../server/governance/identity-provider/contract.ts";
import { call } from "../../ui/api.ts";
import { AppLink } from "../../ui/app-link.tsx";
import { isProblem } from "../../ui/problem.ts";
import { endTrip, keepTrial, PROOF_CHANNEL } from "../../ui/provider-trip.ts";
import { safeNextPath } from "../next-path.ts";
import { keepSession } from "../require-session.ts";
import { Door } from "./door.tsx";

type Outcome = "working" | "proven" | "no_account" | "refused_there" | "down" | "failed";

/** Where the identity provider sends the browser back to. What it brings is taken out of the address at once. */
export function ReturnPage() {
  const { t } = useTranslation("app");
  const outcome = useReturn();
  useEffect(() => {
    document.title = `${t("signIn.title")} · Vinculo`;
  }, [t]);
  return (
    <Door title={t("signIn.title")}>
      {outcome === "working" ? (
        <Loader aria-label={t("providerReturn.working")} />
      ) : (
        <Stack gap="sm">
          <p role={outcome === "proven" ? "status" : "alert"}>{t(`providerReturn.${outcome}`)}</p>
          {outcome !== "proven" && (
            <Button component={AppLink} to="/sign-in" size="md" fullWidth>
              {t("providerReturn.again")}
            </Button>
          )}
        </Stack>
      )}
    </Door>
  );
}

function useReturn(): Outcome {
  const router = useRouter();
  const client = useQueryClient();
  const [outcome, setOutcome] = useState<Outcome>("working");
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    const parameters = window.location.search.slice(1);
    window.history.replaceState(null, "", "/sign-in/return");
    const trip = endTrip(parameters);
    const arrive = async (): Promise<Outcome> => {
      if (trip === null) return "failed";
      const back = { parameters, secret: trip.secret };
      if (trip.kind === "trial") {
        keepTrial(back);
        router.history.replace("/people/sign-in");
        return "working";
      }
      if (trip.kind === "proof") {
        await call(finishProviderProof, { body: back });
        return "proven";
      }
      const session = await call(finishProviderSignIn, { body: back });
      keepSession(client, session);
      router.history.replace(safeNextPath(trip.next));
      return "working";
    };
    void arrive()
      .catch((error: unknown): Outcome => {
        if (isProblem(error, "unavailable")) return "down";
        const reason = isProblem(error, "sign_in_failed") ? error.detail.reason : null;
        return reason === "no_account" || reason === "refused_there" ? reason : "failed";
      })
      .then((found) => {
        setOutcome(found);
        if (trip?.kind !== "proof") return;
        const channel = new BroadcastChannel(PROOF_CHANNEL);
        channel.postMessage(found === "proven");
        channel.close();
        if (found === "proven") window.close();
      });
  }, [router, client]);
  return outcome;
}
