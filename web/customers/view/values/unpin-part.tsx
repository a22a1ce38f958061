import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { viewCustomer } from "../../../../server/customers/overview/contract.ts";
import { unpinValue } from "../../../../server/customers/values/contract.ts";
import { ErrorNote } from "../../../ui/error-state.tsx";
import { useAction } from "../../../ui/query.ts";

/** Lets the rules choose again. */
export function UnpinPart({ customerId, pin }: { customerId: string; pin: { pinId: string } }) {
  const { t } = useTranslation("customers");
  const unpin = useAction(unpinValue, { refreshes: [viewCustomer] });
  return (
    <div>
      <Button variant="default" loading={unpin.isPending} onClick={() => unpin.mutate({ params: { customerId, pinId: pin.pinId } })}>
        {t("values.unpin")}
      </Button>
      <ErrorNote error={unpin.error} />
    </div>
  );
}
