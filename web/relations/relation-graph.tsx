import { useTranslation } from "react-i18next";
import { AppLink } from "../ui/app-link.tsx";
import { useFormat } from "../ui/preferences.tsx";
import { usePhone } from "../ui/use-phone.ts";
import type { Edge, Node, Relations } from "./answers.ts";
import classes from "./graph.module.css";
import { inLines, layOut, type Placed } from "./graph-layout.ts";

const wide = { width: 820, height: 460 } as const;
const narrow = { width: 360, height: 460 } as const;
/** A shorter line has no room for words; its title and the table say what it is. */
const WORDED_FROM = 105;
const LETTERS_MAX = { wide: 20, narrow: 13 } as const;

/** The customer in the middle and those around: every node is a link, every line says what it is; the same as a table below. */
export function RelationGraph({ own, answer }: { own: Node; answer: Relations }) {
  const { t } = useTranslation("relations");
  const phone = usePhone();
  const box = phone ? narrow : wide;
  const nodes = new Map(answer.nodes.map((node) => [node.customerId, node]));
  const placed = layOut(
    answer.nodes.map(({ customerId }) => customerId),
    answer.edges,
    box,
  );
  const places = new Map(placed.map((place) => [place.id, place]));
  const drawn = bundle(answer.edges).flatMap((edge) => {
    const [from, to] = [places.get(edge.from), places.get(edge.to)];
    return from === undefined || to === undefined ? [] : [{ ...edge, a: from, b: to }];
  });
  const left = answer.nodes.length - placed.length;
  return (
    <div>
      <nav aria-label={t("graph.label", { name: own.fullName })}>
        <svg viewBox={`0 0 ${box.width} ${box.height}`} className={classes.graph}>
          <title>{t("graph.label", { name: own.fullName })}</title>
          <defs>
            <marker id="relation-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse">
              <path d="M0 0 8 4 0 8z" className={classes.head} />
            </marker>
          </defs>
          {drawn.map(({ a, b, kinds, directed }) => (
            <Line key={`${a.id} ${b.id}`} a={a} b={b} kinds={kinds} directed={directed} />
          ))}
          {placed.map((place) => {
            const node = nodes.get(place.id);
            return node === undefined ? null : (
              <Spot key={place.id} node={node} place={place} letters={LETTERS_MAX[phone ? "narrow" : "wide"]} />
            );
          })}
        </svg>
      </nav>
      {(left > 0 || answer.more) && <p className={classes.more}>{t("graph.more")}</p>}
      <EdgeTable edges={answer.edges} nodes={nodes} />
    </div>
  );
}

interface Drawn {
  readonly from: string;
  readonly to: string;
  readonly kinds: readonly Edge[];
  readonly directed: boolean;
}

const mutual = new Set<Edge["kind"]>(["spouse", "partner", "sibling", "joint_owner"]);

/** Lines between the same two are one line that says all. */
function bundle(edges: readonly Edge[]): Drawn[] {
  const pairs = Map.groupBy(edges, ({ from, to }) => (from < to ? `${from} ${to}` : `${to} ${from}`));
  return [...pairs.values()].flatMap((kinds) => {
    const [first] = kinds;
    if (first === undefined) return [];
    const directed = kinds.every(({ from, kind }) => from === first.from && !mutual.has(kind));
    return [{ from: first.from, to: first.to, kinds, directed }];
  });
}

function Line({ a, b, kinds, directed }: { a: Placed; b: Placed } & Pick<Drawn, "kinds" | "directed">) {
  const { t } = useTranslation("relations");
  const format = useFormat();
  const words = kinds.map(({ kind, share }) => `${t(`kinds.${kind}`)}${share === null ? "" : ` ${format.percent(share, 2)}`}`);
  // The arrow ends before the circle of the node.
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const stop = { x: b.x - ((b.x - a.x) / length) * 16, y: b.y - ((b.y - a.y) / length) * 16 };
  const near = a.ring + b.ring === 1 && length >= WORDED_FROM;
  const shown = words.length > 1 ? `${words[0]} +${format.number(words.length - 1)}` : words[0];
  return (
    <g className={classes.edge} data-near={near || undefined}>
      <title>{words.join(", ")}</title>
      <line x1={a.x} y1={a.y} x2={stop.x} y2={stop.y} {...(directed ? { markerEnd: "url(#relation-arrow)" } : {})} />
      {near && (
        <text x={(a.x + b.x) / 2} y={(a.y + b.y) / 2 - 4}>
          {shown}
        </text>
      )}
    </g>
  );
}

function Spot({ node, place, letters }: { node: Node; place: Placed; letters: number }) {
  const radius = place.ring === 0 ? 13 : place.ring === 1 ? 10 : 7;
  const shape =
    node.kind === "person" ? (
      <circle cx={place.x} cy={place.y} r={radius} />
    ) : (
      <rect x={place.x - radius} y={place.y - radius} width={radius * 2} height={radius * 2} rx={3} />
    );
  const label = (
    <text y={place.y + radius} lang={node.language ?? undefined}>
      {inLines(node.fullName, letters).map((line) => (
        <tspan key={line} x={place.x} dy={14}>
          {line}{" "}
        </tspan>
      ))}
    </text>
  );
  if (place.ring === 0)
    return (
      <g className={classes.node} data-ring={0}>
        {shape}
        {label}
      </g>
    );
  return (
    <AppLink
      to="/customers/$customerId"
      params={{ customerId: node.customerId } as never}
      search={{ tab: "relations" } as never}
      className={classes.node}
      data-ring={place.ring}
    >
      <title>{node.fullName}</title>
      {shape}
      {label}
    </AppLink>
  );
}

function EdgeTable({ edges, nodes }: { edges: readonly Edge[]; nodes: ReadonlyMap<string, Node> }) {
  const { t } = useTranslation("relations");
  const format = useFormat();
  const name = (id: string) => {
    const node = nodes.get(id);
    return node === undefined ? null : <bdi lang={node.language ?? undefined}>{node.fullName}</bdi>;
  };
  return (
    <details className={classes.details}>
      <summary>{t("graph.asTable")}</summary>
      <div className={classes.scroller}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t("graph.who")}</th>
              <th scope="col">{t("graph.is")}</th>
              <th scope="col">{t("graph.whose")}</th>
              <th scope="col">{t("share")}</th>
            </tr>
          </thead>
          <tbody>
            {edges.map((edge) => (
              <tr key={`${edge.from} ${edge.kind} ${edge.to}`}>
                <td>{name(edge.from)}</td>
                <td>{t(`kinds.${edge.kind}`)}</td>
                <td>{name(edge.to)}</td>
                <td className="num">{edge.share === null ? "" : format.percent(edge.share, 2)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
