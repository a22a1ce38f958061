import { Button, Checkbox, Group, Modal, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { listDoubts, readIdentity, separateRecords } from "../../../../server/customers/identity/contract.ts";
import { viewCustomer } from "../../../../server/customers/overview/contract.ts";
import { useAction } from "../../../ui/query.ts";
import { isReason, ReasonField } from "../../../ui/reason-field.tsx";
import type { View } from "../customer.ts";
import { LinkProblem } from "./link-problem.tsx";
import { NowCustomers } from "./now-customers.tsx";

interface SeparateDialogProps {
  view: View;
  opened: boolean;
  onClose: () => void;
}

/** Takes chosen records out of a customer and then leads to the customers they are. */
export function SeparateDialog({ view, opened, onClose }: SeparateDialogProps) {
  const { t } = useTranslation("customers");
  const { t: ui } = useTranslation("ui");
  const [parted, setParted] = useState<readonly string[] | null>(null);
  const close = () => {
    setParted(null);
    onClose();
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t("links.separateTitle")}
      size="lg"
      closeButtonProps={{ "aria-label": ui("dialog.close") }}
    >
      {parted === null ? <SeparateForm view={view} onClose={close} onParted={setParted} /> : <NowCustomers ids={parted} onClose={close} />}
    </Modal>
  );
}

interface SeparateFormProps extends Omit<SeparateDialogProps, "opened"> {
  onParted: (customerIds: readonly string[]) => void;
}

function SeparateForm({ view, onClose, onParted }: SeparateFormProps) {
  const { t } = useTranslation("customers");
  const { t: ui } = useTranslation("ui");
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [reason, setReason] = useState("");
  const separate = useAction(separateRecords, {
    refreshes: [viewCustomer, readIdentity, listDoubts],
    onDone: ({ customerIds }) => onParted(customerIds),
  });
  const isAll = chosen.length === view.records.length;
  const ready = chosen.length > 0 && !isAll && isReason(reason);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const body = { partyIds: [...chosen], reason: reason.trim() };
        if (ready) separate.mutate({ params: { customerId: view.customer.customerId }, body });
      }}
    >
      <Stack gap="md">
        <Checkbox.Group
          label={t("links.which")}
          value={[...chosen]}
          onChange={setChosen}
          error={isAll ? t("links.problems.nothing_left") : undefined}
        >
          <Stack gap={8} mt={8}>
            {view.records.map((record) => (
              <Checkbox
                key={record.partyId}
                value={record.partyId}
                label={<bdi>{record.fullName}</bdi>}
                description={`${record.source.name} · \u2066${record.sourceKey}\u2069`}
              />
            ))}
          </Stack>
        </Checkbox.Group>
        <ReasonField label={t("links.reason")} value={reason} onValue={setReason} />
        <p style={{ margin: 0 }}>{t("links.separateNote")}</p>
        <LinkProblem error={separate.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {ui("dialog.cancel")}
          </Button>
          <Button type="submit" disabled={!ready} loading={separate.isPending}>
            {t("links.separateConfirm")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
