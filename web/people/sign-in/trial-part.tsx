import { Button, Group, Stack, Table } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { beginTrial, finishTrial, readProvider } from "../../../server/governance/identity-provider/contract.ts";
import { type AnswerOf, call } from "../../ui/api.ts";
import { DateText } from "../../ui/date-text.tsx";
import { beginTrip, takeTrial } from "../../ui/provider-trip.ts";
import { keyOf } from "../../ui/query.ts";
import { Surface } from "../../ui/surface.tsx";
import classes from "../people.module.css";
import { ProviderRefusal } from "./provider-refusal.tsx";

type Result = AnswerOf<typeof finishTrial>;

/** Goes to the provider as it is set up, in use or not, and shows what arrives. */
export function TrialPart({ provider }: { provider: AnswerOf<typeof readProvider>["provider"] }) {
  const { t } = useTranslation("people");
  const { result, error, setError } = useTrialResult();
  const [busy, setBusy] = useState(false);
  const leave = async () => {
    setBusy(true);
    try {
      const departure = await call(beginTrial, {});
      beginTrip(departure, "trial", "/people/sign-in");
      window.location.assign(departure.url);
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <Surface title={t("provider.trial")}>
      <Stack gap="sm">
        <p className={classes.quiet}>{t("provider.trialNote")}</p>
        {provider?.triedAt && (
          <p className={classes.quiet}>
            {t("provider.tried")} <DateText value={provider.triedAt} time />
          </p>
        )}
        <ProviderRefusal error={error} />
        {result !== null && <TrialResult result={result} />}
        <Group>
          <Button variant="default" disabled={provider === null} loading={busy} onClick={() => void leave()}>
            {t("provider.try")}
          </Button>
        </Group>
      </Stack>
    </Surface>
  );
}

function useTrialResult() {
  const client = useQueryClient();
  const [result, setResult] = useState<Result | null>(null);
  const [error, setError] = useState<unknown>(null);
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    const back = takeTrial();
    if (back === null) return;
    void call(finishTrial, { body: back }).then(
      (found) => {
        setResult(found);
        void client.invalidateQueries({ queryKey: keyOf(readProvider) });
      },
      (failure: unknown) => setError(failure),
    );
  }, [client]);
  return { result, error, setError };
}

function TrialResult({ result }: { result: Result }) {
  const { t } = useTranslation("people");
  return (
    <div role="status">
      <p>{t(`provider.outcomes.${result.outcome}`, { name: `\u2068${result.personName ?? ""}\u2069` })}</p>
      <Table aria-label={t("provider.claims")} withRowBorders>
        <Table.Tbody>
          {result.claims.map(({ name, value }) => (
            <Table.Tr key={name}>
              <Table.Th>
                <code dir="ltr">{name}</code>
              </Table.Th>
              <Table.Td className={classes.link}>
                <bdi>{value}</bdi>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
