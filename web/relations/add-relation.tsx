import { Button, Group, Select, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { addRelation, listProposals, listRelations, readOwnership } from "../../server/customers/relations/contract.ts";
import { kindsWithShare, type RelationKind, relationKinds } from "../../server/customers/relations/kinds/contract.ts";
import { DateField } from "../ui/date-picker/date-field.tsx";
import { notify } from "../ui/notify.tsx";
import { DecimalField } from "../ui/number-field.tsx";
import { useAction } from "../ui/query.ts";
import { SidePanel } from "../ui/side-panel.tsx";
import type { Node } from "./answers.ts";
import { CustomerFinder, type Found } from "./customer-finder.tsx";
import { RelationProblem } from "./relation-problem.tsx";
import { shareOf } from "./share.ts";

interface AddRelationProps {
  own: Node;
  opened: boolean;
  onClose: () => void;
}

/** Says who else stands how to this customer. */
export function AddRelation({ own, opened, onClose }: AddRelationProps) {
  const { t } = useTranslation("relations");
  return (
    <SidePanel opened={opened} onClose={onClose} title={t("add.title", { name: own.fullName })}>
      {opened && <AddForm own={own} onClose={onClose} />}
    </SidePanel>
  );
}

function AddForm({ own, onClose }: Omit<AddRelationProps, "opened">) {
  const { t } = useTranslation("relations");
  const { t: ui } = useTranslation("ui");
  const [other, setOther] = useState<Found | null>(null);
  const [kind, setKind] = useState<RelationKind | null>(null);
  const [percent, setPercent] = useState<string | null>(null);
  const [fromOn, setFromOn] = useState<string | null>(null);
  const add = useAction(addRelation, {
    refreshes: [listRelations, listProposals, readOwnership],
    onDone: () => {
      onClose();
      void notify({ tone: "good", message: t("add.done") });
    },
  });
  const withShare = kind !== null && kindsWithShare.includes(kind);
  const share = withShare ? shareOf(percent) : null;
  const ready = other !== null && kind !== null && share !== "wrong";
  const submit = () => {
    if (!ready) return;
    const body = {
      ...{ otherCustomerId: other.customerId, kind },
      ...(share === null ? {} : { share }),
      ...(fromOn === null ? {} : { fromOn }),
    };
    add.mutate({ params: { customerId: own.customerId }, body });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap="md">
        <CustomerFinder exceptIds={[own.customerId]} chosen={other} onChoose={setOther} />
        <Select
          label={t("add.kind")}
          description={t("add.kindNote", { name: own.fullName })}
          data={relationKinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
          value={kind}
          onChange={(value) => setKind(relationKinds.find((one) => one === value) ?? null)}
          searchable
          required
        />
        {withShare && <DecimalField label={t("share")} value={percent ?? ""} onValue={setPercent} places={4} suffix="%" />}
        <DateField label={t("dates.from")} value={fromOn} onValue={setFromOn} />
        <RelationProblem error={add.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {ui("dialog.cancel")}
          </Button>
          <Button type="submit" disabled={!ready} loading={add.isPending}>
            {t("add.confirm")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
