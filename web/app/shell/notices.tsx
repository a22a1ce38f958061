import "@mantine/notifications/styles.css";
import { Notifications } from "@mantine/notifications";

/** Where short messages appear. Fetched after the page, since nothing has happened yet. */
export function Notices({ phone }: { phone: boolean }) {
  return <Notifications position={phone ? "top-center" : "bottom-right"} />;
}
