import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useRef, useState } from "react";

export interface Shortcut {
  /** `mod+S`, `/`, `?`, `ArrowRight`; `mod` is Ctrl, or Command on a Mac. */
  readonly keys: string;
  /** What it does, in the person's language; listed in the shortcut sheet. */
  readonly label: string;
  readonly run: () => void;
  /** Also while typing in a field (for instance mod+S). */
  readonly whileTyping?: boolean;
}

interface ShortcutsValue {
  readonly active: readonly Shortcut[];
  readonly add: (shortcuts: readonly Shortcut[]) => () => void;
}

const Context = createContext<ShortcutsValue | null>(null);
const mac = /Mac|iPhone|iPad/.test(navigator.platform);

export function keysInWords(keys: string): string[] {
  const words: Record<string, string> = {
    mod: mac ? "⌘" : "Ctrl",
    shift: "⇧",
    alt: mac ? "⌥" : "Alt",
    ArrowUp: "↑",
    ArrowDown: "↓",
    ArrowLeft: "←",
    ArrowRight: "→",
    Escape: "Esc",
  };
  return keys.split("+").map((key) => words[key] ?? (key.length === 1 ? key.toUpperCase() : key));
}

/** Inputs that are chosen, not written in: a letter pressed on one of them is free for a shortcut. */
const notWritten = new Set(["radio", "checkbox", "button", "submit", "file", "range", "color"]);

function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !notWritten.has(target.type);
  return target instanceof HTMLElement && (target.isContentEditable || ["TEXTAREA", "SELECT"].includes(target.tagName));
}

/** On an Arabic or Persian keyboard the letter keys write other letters: then the key's place decides. */
function sameKey(event: KeyboardEvent, key: string): boolean {
  if (event.key.toLowerCase() === key.toLowerCase()) return true;
  if (event.key.length !== 1 || event.key.charCodeAt(0) < 128) return false;
  if (key === "/") return event.code === "Slash" && !event.shiftKey;
  if (key === "?") return event.code === "Slash" && event.shiftKey;
  return event.code === `Key${key.toUpperCase()}`;
}

function matches(event: KeyboardEvent, keys: string): boolean {
  const parts = keys.split("+");
  const key = parts.at(-1) ?? "";
  const mod = event.ctrlKey || event.metaKey;
  if (parts.includes("mod") !== mod || parts.includes("alt") !== event.altKey) return false;
  if (parts.includes("shift") && !event.shiftKey) return false;
  return sameKey(event, key);
}

/** One listener for all shortcuts; the most recently shown component wins. */
export function ShortcutsProvider({ children }: { children: ReactNode }) {
  const [active, setActive] = useState<readonly Shortcut[]>([]);
  const add = useCallback((shortcuts: readonly Shortcut[]) => {
    setActive((before) => [...shortcuts, ...before]);
    return () => setActive((before) => before.filter((shortcut) => !shortcuts.includes(shortcut)));
  }, []);
  const latest = useRef(active);
  useEffect(() => {
    latest.current = active;
  }, [active]);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const typing = isTyping(event.target);
      const found = latest.current.find((shortcut) => (!typing || shortcut.whileTyping) && matches(event, shortcut.keys));
      if (!found) return;
      event.preventDefault();
      found.run();
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);
  const value = useMemo(() => ({ active, add }), [active, add]);
  return <Context value={value}>{children}</Context>;
}

/** Shortcuts that hold while the calling component is shown. Keep the list stable (useMemo). */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const value = use(Context);
  const add = value?.add;
  useEffect(() => add?.(shortcuts), [add, shortcuts]);
}

export function useActiveShortcuts(): readonly Shortcut[] {
  return use(Context)?.active ?? [];
}
