import type { NotificationData } from "@mantine/notifications";
import { i18n } from "./i18n.ts";

interface Notice {
  /** What happened, in one sentence. */
  readonly message: string;
  readonly tone?: "plain" | "good" | "warn" | "bad";
  /** Takes the act back; offered for ten seconds. */
  readonly undo?: { readonly label: string; readonly run: () => void };
}

const colors = { plain: "petrol", good: "green", warn: "yellow", bad: "red" } as const;
const shownMs = 5_000;
const undoMs = 10_000;

/** Says something in passing at the edge of the screen; what must not be missed belongs into the page. */
export async function notify({ message, tone = "plain", undo }: Notice): Promise<void> {
  const [{ notifications }, { UndoMessage }] = await Promise.all([import("@mantine/notifications"), import("./undo-message.tsx")]);
  const notice: NotificationData = {
    message,
    color: colors[tone],
    autoClose: undo ? undoMs : shownMs,
    closeButtonProps: { "aria-label": i18n.t("ui:dialog.close") },
  };
  if (!undo) {
    notifications.show(notice);
    return;
  }
  const id = crypto.randomUUID();
  const run = () => {
    notifications.hide(id);
    undo.run();
  };
  notifications.show({ ...notice, id, message: <UndoMessage message={message} label={undo.label} onUndo={run} /> });
}
