import { Skeleton } from "@mantine/core";
import type { CSSProperties } from "react";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import { readOwnership } from "../../server/customers/relations/contract.ts";
import { CustomerName } from "../ui/customer-name.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { ErrorNote } from "../ui/error-state.tsx";
import { useFormat } from "../ui/preferences.tsx";
import { useEndpoint } from "../ui/query.ts";
import { Surface } from "../ui/surface.tsx";
import type { Node, Ownership } from "./answers.ts";
import classes from "./relations.module.css";

type Nodes = ReadonlyMap<string, Node>;
const TOLD_FROM = 0.0005;

function useOwnership(customerId: string) {
  return useEndpoint(readOwnership, { params: { customerId }, query: {} });
}

/** Who owns the company in the end, with the chains that lead there, and what is not accounted for. */
export function OwnersPart({ customerId }: { customerId: string }) {
  const { t } = useTranslation("relations");
  const format = useFormat();
  const { data, error } = useOwnership(customerId);
  if (error !== null) return <ErrorNote error={error} />;
  if (data === undefined) return <Skeleton height={160} />;
  const nodes: Nodes = new Map(data.nodes.map((node) => [node.customerId, node]));
  const rest = (["belowThreshold", "unknown", "circular"] as const).filter((part) => data[part] >= TOLD_FROM);
  return (
    <Surface
      title={t("owners.title")}
      aside={<span className={classes.note}>{t("owners.from", { share: format.percent(data.threshold) })}</span>}
    >
      {data.owners.length === 0 && <EmptyState compact reason="data" title={t("owners.none")} />}
      <ul className={classes.lines}>
        {data.owners.map((owner) => (
          <Owner key={owner.customerId} owner={owner} nodes={nodes} />
        ))}
      </ul>
      {data.owners.length + rest.length > 0 && rest.length > 0 && (
        <ul className={classes.path}>
          {rest.map((part) => (
            <li key={part}>{t(`owners.${part}`, { share: format.percent(data[part]) })}</li>
          ))}
        </ul>
      )}
      {data.overstated && <p className={classes.refused}>{t("owners.overstated")}</p>}
      {data.declared.length > 0 && <Declared declared={data.declared} nodes={nodes} />}
    </Surface>
  );
}

function Owner({ owner, nodes }: { owner: Ownership["owners"][number]; nodes: Nodes }) {
  const { t } = useTranslation("relations");
  const format = useFormat();
  const node = nodes.get(owner.customerId);
  if (node === undefined) return null;
  const chains = owner.paths.filter(({ customerIds }) => customerIds.length > 2);
  return (
    <li style={{ display: "block" }}>
      <div className={classes.owner}>
        <CustomerName customer={node} tab="relations" note={node.kind === "organisation" ? t("owners.chainEnds") : undefined} />
        <strong className="num">{format.percent(owner.share, 2)}</strong>
      </div>
      <div className={classes.meter} aria-hidden>
        <span style={{ inlineSize: `${owner.share * 100}%` }} />
      </div>
      {chains.length > 0 && (
        <ul className={classes.path} aria-label={t("owners.paths")}>
          {owner.paths.map(({ customerIds, share }) => (
            <li key={customerIds.join()}>
              <span className="num">{format.percent(share, 2)}</span>{" "}
              {customerIds.length === 2 ? t("owners.direct") : <Chain ids={customerIds.slice(1, -1)} nodes={nodes} />}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

/** The companies between, from the owner down. */
function Chain({ ids, nodes }: { ids: readonly string[]; nodes: Nodes }) {
  const { t } = useTranslation("relations");
  return (
    <>
      {t("owners.through")}{" "}
      {[...ids].reverse().map((id, place) => (
        <Fragment key={id}>
          {place > 0 && " › "}
          <bdi>{nodes.get(id)?.fullName}</bdi>
        </Fragment>
      ))}
    </>
  );
}

function Declared({ declared, nodes }: { declared: Ownership["declared"]; nodes: Nodes }) {
  const { t } = useTranslation("relations");
  const format = useFormat();
  return (
    <>
      <h3 className={classes.kind}>{t("owners.declared")}</h3>
      <ul className={classes.lines}>
        {declared.map(({ customerId, share }) => {
          const node = nodes.get(customerId);
          return node === undefined ? null : (
            <li key={customerId}>
              <CustomerName customer={node} tab="relations" />
              {share !== null && <strong className="num">{format.percent(share, 2)}</strong>}
            </li>
          );
        })}
      </ul>
    </>
  );
}

/** What the company owns, as a tree; nothing where it owns nothing. */
export function StructurePart({ customerId }: { customerId: string }) {
  const { t } = useTranslation("relations");
  const format = useFormat();
  const { data } = useOwnership(customerId);
  if (data === undefined || data.structure.length === 0) return null;
  const nodes: Nodes = new Map(data.nodes.map((node) => [node.customerId, node]));
  return (
    <Surface title={t("structure.title")}>
      <ul className={classes.tree}>
        {data.structure.map((part) => {
          const node = nodes.get(part.customerId);
          const indirect = part.share === null || Math.abs(part.share - part.effective) > TOLD_FROM;
          return node === undefined ? null : (
            <li key={part.customerId} style={{ "--depth": part.depth - 1 } as CSSProperties}>
              <CustomerName customer={node} tab="relations" />
              <span className={classes.facts}>
                {part.share !== null && <strong className="num">{format.percent(part.share, 2)}</strong>}
                {indirect && part.effective >= TOLD_FROM && (
                  <span className="num">{t("structure.effective", { share: format.percent(part.effective, 2) })}</span>
                )}
              </span>
            </li>
          );
        })}
      </ul>
    </Surface>
  );
}
