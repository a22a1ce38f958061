import { Button, Group, Modal, Stack } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { joinCustomers, listDoubts, readIdentity } from "../../../../server/customers/identity/contract.ts";
import { viewCustomer } from "../../../../server/customers/overview/contract.ts";
import { notify } from "../../../ui/notify.tsx";
import { keyOf, useAction } from "../../../ui/query.ts";
import { isReason, ReasonField } from "../../../ui/reason-field.tsx";
import type { View } from "../customer.ts";
import { CustomerPicker, type Found } from "./customer-picker.tsx";
import { JoinPreview } from "./join-preview.tsx";
import { LinkProblem } from "./link-problem.tsx";

interface JoinDialogProps {
  view: View;
  opened: boolean;
  onClose: () => void;
}

/** Finds the other customer, shows what would be combined, asks why, and joins. */
export function JoinDialog({ view, opened, onClose }: JoinDialogProps) {
  const { t } = useTranslation("customers");
  const { t: ui } = useTranslation("ui");
  return (
    <Modal opened={opened} onClose={onClose} title={t("links.joinTitle")} size="lg" closeButtonProps={{ "aria-label": ui("dialog.close") }}>
      <JoinForm view={view} onClose={onClose} />
    </Modal>
  );
}

function JoinForm({ view, onClose }: Omit<JoinDialogProps, "opened">) {
  const { t } = useTranslation("customers");
  const { t: ui } = useTranslation("ui");
  const navigate = useNavigate();
  const [other, setOther] = useState<Found | null>(null);
  const [reason, setReason] = useState("");
  const client = useQueryClient();
  const { customerId } = view.customer;
  const join = useAction(joinCustomers, {
    refreshes: [listDoubts],
    onDone: (answer) => {
      onClose();
      // Only who is left is read anew: the other number leads nowhere now.
      for (const stale of [viewCustomer, readIdentity]) {
        void client.invalidateQueries({ queryKey: keyOf(stale, { params: { customerId: answer.customerId } }) });
      }
      void notify({ tone: "good", message: t("links.joined") });
      // The older of the two numbers stays; one goes where the customer is now.
      if (answer.customerId !== customerId) {
        const to = { to: "/customers/$customerId", params: { customerId: answer.customerId }, search: { tab: "records" }, replace: true };
        void navigate(to as never);
      }
    },
  });
  const ready = other !== null && isReason(reason);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) join.mutate({ params: { customerId }, body: { otherCustomerId: other.customerId, reason: reason.trim() } });
      }}
    >
      <Stack gap="md">
        <CustomerPicker exceptId={customerId} chosen={other} onChoose={setOther} />
        {other !== null && <JoinPreview view={view} otherId={other.customerId} />}
        <ReasonField label={t("links.reason")} value={reason} onValue={setReason} />
        <p style={{ margin: 0 }}>{t("links.joinNote")}</p>
        <LinkProblem error={join.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {ui("dialog.cancel")}
          </Button>
          <Button type="submit" disabled={!ready} loading={join.isPending}>
            {t("links.joinConfirm")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
