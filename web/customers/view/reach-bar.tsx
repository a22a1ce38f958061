import { Button } from "@mantine/core";
import { CommentIcon, DeviceMobileIcon, MailIcon } from "@primer/octicons-react";
import { useTranslation } from "react-i18next";
import { usePhone } from "../../ui/use-phone.ts";
import type { View } from "./customer.ts";
import classes from "./reach-bar.module.css";

/** Call, message, write: beside the name on a desk, under the thumb on a phone. Nobody is offered to call the dead. */
export function ReachBar({ view }: { view: View }) {
  const { t } = useTranslation("customers");
  const phone = usePhone();
  const { customer } = view;
  if (customer.deceasedOn !== null || (customer.phone === null && customer.email === null)) return null;
  const variant = phone ? "filled" : "default";
  return (
    <nav className={classes.bar} aria-label={t("reach.title")}>
      {customer.phone !== null && (
        <Button
          component="a"
          href={`tel:${customer.phone}`}
          variant={phone ? "filled" : "light"}
          leftSection={<DeviceMobileIcon size={16} />}
        >
          {t("reach.call")}
        </Button>
      )}
      {customer.phone !== null && phone && (
        <Button component="a" href={`sms:${customer.phone}`} variant="default" leftSection={<CommentIcon size={16} />}>
          {t("reach.message")}
        </Button>
      )}
      {customer.email !== null && (
        <Button
          component="a"
          href={`mailto:${customer.email}`}
          variant={customer.phone === null ? variant : "default"}
          leftSection={<MailIcon size={16} />}
        >
          {t("reach.mail")}
        </Button>
      )}
    </nav>
  );
}
