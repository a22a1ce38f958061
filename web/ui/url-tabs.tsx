import { Tabs } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type ReactNode, useEffect, useRef } from "react";

export interface UrlTab {
  readonly id: string;
  readonly label: string;
  /** A small count or mark beside the label. */
  readonly mark?: ReactNode;
  readonly content: () => ReactNode;
}

interface UrlTabsProps {
  tabs: readonly UrlTab[];
  label: string;
  /** The search parameter that holds the open tab. */
  name?: string;
}

/** Tabs whose open one is in the address, so that Back, a reload and a sent link keep it. The first is the default. */
export function UrlTabs({ tabs, label, name = "tab" }: UrlTabsProps) {
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const navigate = useNavigate();
  const open = tabs.find((tab) => tab.id === search[name]) ?? tabs[0];
  const list = useRef<HTMLDivElement>(null);
  // On a narrow screen the strip scrolls sideways: the tab one is on must not be out of sight.
  const openId = open?.id;
  useEffect(() => {
    if (openId === undefined) return;
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [openId]);
  if (!open) return null;
  const choose = (id: string | null) =>
    void navigate({
      to: ".",
      search: (before: Record<string, unknown>) => ({ ...before, [name]: id === tabs[0]?.id ? undefined : id }),
      resetScroll: false,
    } as never);
  return (
    <Tabs value={open.id} onChange={choose} keepMounted={false}>
      <Tabs.List ref={list} aria-label={label} mb="md">
        {tabs.map((tab) => (
          <Tabs.Tab key={tab.id} value={tab.id} rightSection={tab.mark}>
            {tab.label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tabs.map((tab) => (
        <Tabs.Panel key={tab.id} value={tab.id}>
          {tab.id === open.id && tab.content()}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
