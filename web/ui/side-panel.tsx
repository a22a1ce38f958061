import { Drawer } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { usePhone } from "./use-phone.ts";

interface SidePanelProps {
  opened: boolean;
  onClose: () => void;
  title: ReactNode;
  children: ReactNode;
  size?: number;
}

/** A panel at the end of the reading direction; the whole screen on a phone. */
export function SidePanel({ opened, onClose, title, children, size = 480 }: SidePanelProps) {
  const { t } = useTranslation("ui");
  const phone = usePhone();
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      title={title}
      position="right"
      size={phone ? "100%" : size}
      closeButtonProps={{ "aria-label": t("dialog.close") }}
    >
      {children}
    </Drawer>
  );
}
