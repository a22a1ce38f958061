import { Button, Radio, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { viewCustomer } from "../../../../server/customers/overview/contract.ts";
import { type Pinnable, pinnable, pinValue } from "../../../../server/customers/values/contract.ts";
import { ErrorNote } from "../../../ui/error-state.tsx";
import { isProblem } from "../../../ui/problem.ts";
import { useAction } from "../../../ui/query.ts";
import { isReason, ReasonField } from "../../../ui/reason-field.tsx";
import type { Attribute } from "../customer.ts";
import { useAttributeWords } from "../profile.tsx";
import classes from "./values.module.css";

export function isPinnable(name: string): name is Pinnable {
  return (pinnable as readonly string[]).includes(name);
}

const typedChoice = "typed";

/** Lets one of the values count, or another one that is typed. */
export function PinForm({ customerId, attribute }: { customerId: string; attribute: Attribute }) {
  const { t } = useTranslation("customers");
  const say = useAttributeWords()(attribute.attribute);
  const [chosen, setChosen] = useState<string | null>(null);
  const [typed, setTyped] = useState("");
  const [reason, setReason] = useState("");
  const pin = useAction(pinValue, {
    refreshes: [viewCustomer],
    onDone: () => {
      setChosen(null);
      setTyped("");
      setReason("");
    },
  });
  const { attribute: name, values } = attribute;
  const winner = values[0];
  const options = [...new Map(values.map((value) => [value.value, value])).values()].filter(({ pin: pinned }) => pinned === null);
  const isTyped = chosen === typedChoice;
  const picked = isTyped ? winner : options.find((option) => String(option.place) === chosen);
  const value = isTyped ? typed.trim() : picked?.value;
  const ready = isPinnable(name) && picked !== undefined && value !== undefined && value !== "" && isReason(reason);
  const submit = () => {
    if (ready) pin.mutate({ params: { customerId }, body: { attribute: name, partyId: picked.partyId, value, reason: reason.trim() } });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap="sm">
        <h3 className={classes.title}>{t("values.pinTitle")}</h3>
        <p className={classes.note}>{t("values.pinNote")}</p>
        <Radio.Group label={t("values.which")} value={chosen} onChange={setChosen}>
          <Stack gap={8} mt={8}>
            {options.map((option) => (
              <Radio
                key={option.place}
                value={String(option.place)}
                label={<bdi>{say(option.value)}</bdi>}
                description={<bdi>{option.source.name}</bdi>}
              />
            ))}
            <Radio value={typedChoice} label={t("values.another")} />
          </Stack>
        </Radio.Group>
        {isTyped && (
          <TextInput
            label={t("values.typed")}
            description={t(hintOf(name))}
            dir="auto"
            maxLength={300}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            error={isProblem(pin.error, "invalid_input") ? t("values.wrongForm") : undefined}
          />
        )}
        <ReasonField label={t("values.reason")} value={reason} onValue={setReason} />
        {!isProblem(pin.error, "invalid_input") && <ErrorNote error={pin.error} />}
        <Button type="submit" disabled={!ready} loading={pin.isPending} className={classes.act}>
          {t("values.pin")}
        </Button>
      </Stack>
    </form>
  );
}

/** The form a value is kept in, said for those who type one. */
function hintOf(name: string): string {
  if (["born_on", "customer_since", "deceased_on"].includes(name)) return "values.hints.date";
  if (["nationality", "country"].includes(name)) return "values.hints.country";
  if (name === "phone") return "values.hints.phone";
  if (name === "sex") return "values.hints.sex";
  return "values.hints.text";
}
