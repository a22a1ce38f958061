import { Kbd } from "@mantine/core";
import { ArrowDownIcon, ArrowLeftIcon, ArrowRightIcon, ArrowUpIcon } from "@primer/octicons-react";
import type { ReactNode } from "react";
import { keysInWords } from "./shortcuts.tsx";

// Not every monospaced font has arrows.
const arrows: Record<string, ReactNode> = {
  "↑": <ArrowUpIcon size={10} />,
  "↓": <ArrowDownIcon size={10} />,
  "←": <ArrowLeftIcon size={10} />,
  "→": <ArrowRightIcon size={10} />,
};

/** `mod+K` as the keys of this keyboard. Decoration for the eye: the control itself carries aria-keyshortcuts. */
export function KeyHint({ keys }: { keys: string }) {
  return (
    <span aria-hidden="true" dir="ltr">
      {keysInWords(keys).map((key) => (
        <Kbd key={key} size="xs" mx={1}>
          {arrows[key] ?? key}
        </Kbd>
      ))}
    </span>
  );
}
