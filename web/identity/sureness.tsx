import { useFormat } from "../ui/preferences.tsx";
import classes from "./sureness.module.css";
import { useIdentityWords } from "./words.ts";

const places = (probability: number): number => (probability > 0.99 ? 2 : 0);

/** A probability as a phrase, a figure and a bar. */
export function SurenessBar({ probability }: { probability: number }) {
  const format = useFormat();
  const words = useIdentityWords();
  return (
    <span className={classes.sureness}>
      <span className={classes.words}>
        <span>{words.sure(probability)}</span> <span className="num">{format.percent(probability, places(probability))}</span>
      </span>
      <span className={classes.track} aria-hidden="true">
        <span className={classes.fill} style={{ inlineSize: `${probability * 100}%` }} />
      </span>
    </span>
  );
}
