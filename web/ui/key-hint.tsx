import { Kbd } from "@mantine/core";
import { keysInWords } from "./shortcuts.tsx";

/** `mod+K` as the keys of this keyboard. Decoration for the eye: the control itself carries aria-keyshortcuts. */
export function KeyHint({ keys }: { keys: string }) {
  return (
    <span aria-hidden="true" dir="ltr">
      {keysInWords(keys).map((key) => (
        <Kbd key={key} size="xs" mx={1}>
          {key}
        </Kbd>
      ))}
    </span>
  );
}
