import { Button, Group, Select, Stack, Textarea } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { applyForCredit, listCreditApplications } from "../../../server/intelligence/credit/applications/contract.ts";
import { readCustomerMarketRisk } from "../../../server/intelligence/credit/market/contract.ts";
import { exposureKinds } from "../../../server/intelligence/credit/policy/contract.ts";
import { ErrorNote } from "../../ui/error-state.tsx";
import { DecimalField, MoneyField } from "../../ui/number-field.tsx";
import { useAction, useEndpoint } from "../../ui/query.ts";
import { isReason } from "../../ui/reason-field.tsx";
import { useRiskWords } from "../words.ts";

/** What a customer asks for; once entered it is judged and shown. */
export function ApplyForm({ customerId }: { customerId: string }) {
  const { t } = useTranslation("risk");
  const words = useRiskWords();
  const navigate = useNavigate();
  const positions = useEndpoint(readCustomerMarketRisk, { params: { customerId } }).data?.positions ?? [];
  const [kind, setKind] = useState<(typeof exposureKinds)[number]>("loan");
  const [chosenCurrency, setCurrency] = useState<string | null>(null);
  const [amount, setAmount] = useState("");
  const [months, setMonths] = useState("");
  const [percent, setPercent] = useState("");
  const [collateral, setCollateral] = useState("");
  const [purpose, setPurpose] = useState("");
  const own = positions.find(({ isIncome }) => isIncome)?.currency ?? "EUR";
  const currency = chosenCurrency ?? own;
  const hasPlan = kind === "loan" || kind === "mortgage";
  const apply = useAction(applyForCredit, {
    refreshes: [listCreditApplications],
    onDone: ({ applicationId }) => void navigate({ to: "/risk/applications/$applicationId", params: { applicationId } } as never),
  });
  const ready = amount !== "" && amount !== "0" && isReason(purpose) && (!hasPlan || (months !== "" && percent !== ""));
  const body = {
    ...{ kind, currency, amountMinor: amount, purpose: purpose.trim() },
    ...(hasPlan ? { termMonths: Number(months), yearlyRate: Number(percent) / 100 } : {}),
    ...(collateral === "" ? {} : { collateralMinor: collateral }),
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) apply.mutate({ params: { customerId }, body } as never);
      }}
    >
      <Stack gap="md">
        <Select
          label={t("kind")}
          data={exposureKinds.map((value) => ({ value, label: words.kind(value) }))}
          value={kind}
          onChange={(value) => setKind(exposureKinds.find((one) => one === value) ?? "loan")}
          allowDeselect={false}
        />
        <Select
          label={t("split.currency")}
          data={[...new Set([own, ...positions.map((position) => position.currency), "EUR", "USD"])]}
          value={currency}
          onChange={setCurrency}
          allowDeselect={false}
        />
        <MoneyField label={t("applications.amount")} minor={amount} currency={currency} onMinor={(minor) => setAmount(minor ?? "")} />
        {hasPlan && (
          <Group grow>
            <DecimalField label={t("applications.months")} value={months} onValue={(value) => setMonths(value ?? "")} whole />
            <DecimalField
              label={t("applications.rate")}
              value={percent}
              onValue={(value) => setPercent(value ?? "")}
              places={3}
              suffix="%"
            />
          </Group>
        )}
        <MoneyField
          label={t("applications.collateral")}
          minor={collateral}
          currency={currency}
          onMinor={(minor) => setCollateral(minor ?? "")}
        />
        <Textarea
          label={t("applications.purpose")}
          required
          autosize
          minRows={2}
          maxLength={500}
          dir="auto"
          value={purpose}
          onChange={(event) => setPurpose(event.currentTarget.value)}
        />
        <ErrorNote error={apply.error} />
        <Group justify="flex-end">
          <Button type="submit" disabled={!ready} loading={apply.isPending}>
            {t("applications.judge")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
