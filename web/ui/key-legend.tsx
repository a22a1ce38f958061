import { KeyHint } from "./key-hint.tsx";
import classes from "./key-legend.module.css";

/** What the keys of a page do, beside its title and for the eye; the shortcut sheet and aria-keyshortcuts tell them to everybody. */
export function KeyLegend({ keys }: { keys: readonly { readonly keys: readonly string[]; readonly does: string }[] }) {
  return (
    <span className={classes.keys} aria-hidden="true">
      {keys.map(({ keys: pressed, does }) => (
        <span key={does}>
          {pressed.map((key) => (
            <KeyHint key={key} keys={key} />
          ))}{" "}
          {does}
        </span>
      ))}
    </span>
  );
}
