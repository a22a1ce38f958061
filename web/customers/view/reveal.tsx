import { Button, Group, Modal, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { revealIdentifier } from "../../../server/customers/reveal/contract.ts";
import { ErrorNote } from "../../ui/error-state.tsx";
import { MaskedValue } from "../../ui/masked-value.tsx";
import { useAction } from "../../ui/query.ts";
import { isReason, ReasonField } from "../../ui/reason-field.tsx";
import { useCan } from "../../ui/viewer.tsx";
import type { View } from "./customer.ts";

const REASON_MIN = 10;
const SHOWN_MS = 60_000;

interface RevealedProps {
  customerId: string;
  identifier: View["identifiers"][number];
  what: string;
}

type Settle = (value: string | null) => void;

/** A masked number that is shown whole for a minute, for a reason that goes on the trail first. */
export function Revealed({ customerId, identifier, what }: RevealedProps) {
  const may = useCan("identifier:reveal");
  const [settle, setSettle] = useState<Settle | null>(null);
  const ask = () => new Promise<string | null>((resolve) => setSettle(() => resolve));
  const end = (value: string | null) => {
    settle?.(value);
    setSettle(null);
  };
  if (!may) return <MaskedValue masked={identifier.last4} what={what} />;
  return (
    <>
      <MaskedValue masked={identifier.last4} what={what} reveal={ask} shownMs={SHOWN_MS} />
      {settle !== null && <ReasonDialog customerId={customerId} identifier={identifier} what={what} onEnd={end} />}
    </>
  );
}

function ReasonDialog({ customerId, identifier, what, onEnd }: RevealedProps & { onEnd: Settle }) {
  const { t } = useTranslation("customers");
  const { t: ui } = useTranslation("ui");
  const [reason, setReason] = useState("");
  const reveal = useAction(revealIdentifier, { onDone: ({ values }) => onEnd(values.join(", ")) });
  const ready = isReason(reason, REASON_MIN);
  const { scheme, country, last4 } = identifier;
  return (
    <Modal opened onClose={() => onEnd(null)} title={t("reveal.title", { what })} closeButtonProps={{ "aria-label": ui("dialog.close") }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) reveal.mutate({ params: { customerId }, body: { scheme, country, last4, reason: reason.trim() } });
        }}
      >
        <Stack gap="md">
          <ReasonField label={t("reveal.reason")} description={t("reveal.note")} value={reason} onValue={setReason} autoFocus />
          <ErrorNote error={reveal.error} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={() => onEnd(null)}>
              {ui("dialog.cancel")}
            </Button>
            <Button type="submit" disabled={!ready} loading={reveal.isPending}>
              {t("reveal.show")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
