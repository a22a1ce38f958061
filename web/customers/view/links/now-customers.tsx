import { Button, Group, Skeleton, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { listCustomers } from "../../../../server/customers/directory/contract.ts";
import { CustomerName } from "../../../ui/customer-name.tsx";
import { keyOf } from "../../../ui/query.ts";
import { readChosen } from "../../search.ts";
import classes from "./links.module.css";

const SHOWN_MAX = 20;

/** Where the records are now: the customers they are, each one press away. */
export function NowCustomers({ ids, onClose }: { ids: readonly string[]; onClose: () => void }) {
  const { t } = useTranslation("customers");
  const { t: ui } = useTranslation("ui");
  const answer = useQuery({
    queryKey: [...keyOf(listCustomers), "chosen", ids],
    queryFn: ({ signal }) => readChosen(ids.slice(0, SHOWN_MAX), signal),
  });
  return (
    <Stack gap="md">
      <p style={{ margin: 0 }} role="status">
        {t("links.separated")}
      </p>
      {answer.data === undefined ? (
        <Skeleton height={80} />
      ) : (
        <ul className={classes.now}>
          {answer.data.map((customer) => (
            <li key={customer.customerId} onClickCapture={onClose}>
              <CustomerName customer={customer} />
            </li>
          ))}
        </ul>
      )}
      <Group justify="flex-end">
        <Button onClick={onClose}>{ui("dialog.close")}</Button>
      </Group>
    </Stack>
  );
}
