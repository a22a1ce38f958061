import { Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { SidePanel } from "../../../ui/side-panel.tsx";
import { useCan } from "../../../ui/viewer.tsx";
import { type Attribute, attributeOf, type View } from "../customer.ts";
import { OriginTable } from "../origin-table.tsx";
import { useAttributeWords } from "../profile.tsx";
import { DisputeForm } from "./dispute-form.tsx";
import { OpenDisputes } from "./open-disputes.tsx";
import { isPinnable, PinForm } from "./pin-form.tsx";
import { UnpinPart } from "./unpin-part.tsx";

interface ValuePanelProps {
  view: View;
  /** null: closed. */
  name: string | null;
  onClose: () => void;
}

/** One value: where it comes from, who says otherwise, who doubts it - and what one may do about it. */
export function ValuePanel({ view, name, onClose }: ValuePanelProps) {
  const { t, i18n } = useTranslation("customers");
  const attribute = name === null ? undefined : attributeOf(view, name);
  const title = name !== null && i18n.exists(`attributes.${name}`, { ns: "customers" }) ? t(`attributes.${name}`) : name;
  return (
    <SidePanel opened={attribute !== undefined} onClose={onClose} title={title}>
      {attribute !== undefined && <Parts key={attribute.attribute} view={view} attribute={attribute} />}
    </SidePanel>
  );
}

function Parts({ view, attribute }: { view: View; attribute: Attribute }) {
  const words = useAttributeWords();
  const [mayPin, mayDispute] = [useCan("value:pin"), useCan("value:dispute")];
  const { customerId } = view.customer;
  return (
    <Stack gap="lg">
      <div>
        <OriginTable attribute={attribute} say={words(attribute.attribute)} />
      </div>
      <OpenDisputes view={view} attribute={attribute} mayAnswer={mayPin} />
      {mayPin && attribute.values[0]?.pin && <UnpinPart customerId={customerId} pin={attribute.values[0].pin} />}
      {mayPin && isPinnable(attribute.attribute) && <PinForm customerId={customerId} attribute={attribute} />}
      {mayDispute && <DisputeForm customerId={customerId} attribute={attribute} />}
    </Stack>
  );
}
