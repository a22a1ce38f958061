import { AppLink } from "../ui/app-link.tsx";
import { useFormat } from "../ui/preferences.tsx";
import type { Node } from "./answers.ts";
import classes from "./relations.module.css";

/** A name in its own script that leads to the same part of that customer, with a second line for who does not read that script. */
export function NameLink({ node, note }: { node: Node; note?: string | undefined }) {
  const format = useFormat();
  const latin = node.latinName !== null && node.latinName !== node.fullName ? node.latinName : null;
  return (
    <span className={classes.who}>
      <AppLink
        to="/customers/$customerId"
        params={{ customerId: node.customerId } as never}
        search={{ tab: "relations" } as never}
        className={classes.link}
      >
        <bdi lang={node.language ?? undefined}>{node.fullName}</bdi>
      </AppLink>
      <span className={classes.note}>
        {latin !== null && (
          <>
            <bdi lang="und-Latn">{latin}</bdi>
            {" · "}
          </>
        )}
        <bdi className="num">{format.code(node.customerNo)}</bdi>
        {note !== undefined && ` · ${note}`}
      </span>
    </span>
  );
}
