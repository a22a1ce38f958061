import "@mantine/notifications/styles.css";
import { useDirection } from "@mantine/core";
import { Notifications } from "@mantine/notifications";

/** Where short messages appear. Fetched after the page, since nothing has happened yet. */
export function Notices({ phone }: { phone: boolean }) {
  const { dir } = useDirection();
  // Where the text ends, away from the rail.
  return <Notifications position={phone ? "top-center" : dir === "rtl" ? "bottom-left" : "bottom-right"} />;
}
