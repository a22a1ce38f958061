import { useFormat } from "../ui/preferences.tsx";
import type { SideOf } from "./pair.ts";
import classes from "./side-line.module.css";

/** One record: its name in its own script, then where it comes from and what tells people of one name apart. */
export function SideLine({ side }: { side: SideOf }) {
  const format = useFormat();
  return (
    <span className={classes.side}>
      <span className={classes.name}>
        <bdi>{side.fullName}</bdi>
      </span>
      <span className={`num ${classes.more}`}>
        <bdi>{side.sourceName}</bdi>{" "}
        <bdi dir="ltr" className={classes.whole}>
          {side.sourceKey}
        </bdi>
        {side.bornOn !== null && (
          <>
            {" · "}
            <bdi className={classes.whole}>{format.date(side.bornOn)}</bdi>
          </>
        )}
        {side.city !== null && (
          <>
            {" · "}
            <bdi className={classes.whole}>{side.city}</bdi>
          </>
        )}
      </span>
    </span>
  );
}
