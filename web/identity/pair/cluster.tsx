import { useTranslation } from "react-i18next";
import { AppLink } from "../../ui/app-link.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { Surface } from "../../ui/surface.tsx";
import { isolate } from "../isolate.ts";
import type { Explanation, SideOf } from "../pair.ts";
import { SideLine } from "../side-line.tsx";
import { usePoints } from "../words.ts";
import classes from "./cluster.module.css";
import { layCluster, type Node } from "./cluster-layout.ts";

type Edge = Explanation["edges"][number];
type Placed = Node<SideOf>;

/** The records of both customers and what holds them together: as a picture, and as tables that say the same. */
export function Cluster({ explanation }: { explanation: Explanation }) {
  const { t } = useTranslation("identity");
  const nodes = layCluster(explanation.members);
  const asked = new Set([explanation.a.partyId, explanation.b.partyId]);
  return (
    <Surface title={t("cluster.title")} aside={<span className={classes.note}>{t("cluster.records", { n: nodes.length })}</span>}>
      <div className={classes.layout}>
        <Picture nodes={nodes} explanation={explanation} asked={asked} />
        <Members nodes={nodes} asked={asked} />
      </div>
      <Edges nodes={nodes} explanation={explanation} />
    </Surface>
  );
}

interface PictureProps {
  nodes: readonly Placed[];
  explanation: Explanation;
  asked: ReadonlySet<string>;
}

const kindOf = ({ bits, decision }: Edge, { joinBits }: Explanation): string =>
  decision === "same" || decision === "apart" ? decision : bits >= joinBits ? "join" : "doubt";

function Picture({ nodes, explanation, asked }: PictureProps) {
  const { t } = useTranslation("identity");
  const format = useFormat();
  const byId = new Map(nodes.map((node) => [node.member.partyId, node]));
  const customers = [...new Set(nodes.map(({ member }) => member.customerId))];
  return (
    <div className={classes.picture} dir="ltr">
      <svg viewBox="0 0 100 100" className={classes.lines} aria-hidden="true">
        {explanation.edges.map((edge) => {
          const [from, to] = [byId.get(edge.a), byId.get(edge.b)];
          if (!from || !to) return null;
          const isAsked = asked.has(edge.a) && asked.has(edge.b);
          return (
            <line
              key={`${edge.a} ${edge.b}`}
              x1={from.x * 100}
              y1={from.y * 100}
              x2={to.x * 100}
              y2={to.y * 100}
              data-kind={kindOf(edge, explanation)}
              data-asked={isAsked || undefined}
            />
          );
        })}
      </svg>
      {nodes.map(({ member, no, x, y }) => (
        <AppLink
          key={member.partyId}
          to="/customers/$customerId"
          params={{ customerId: member.customerId } as never}
          className={classes.node}
          style={{ insetInlineStart: `${x * 100}%`, insetBlockStart: `${y * 100}%` }}
          data-customer={customers.indexOf(member.customerId) % 2}
          data-asked={asked.has(member.partyId) || undefined}
          aria-label={t("cluster.node", { no: format.number(no), name: isolate(member.fullName), source: isolate(member.sourceName) })}
          title={`${member.fullName} · ${member.sourceName}`}
        >
          <span className="num">{format.number(no)}</span>
        </AppLink>
      ))}
    </div>
  );
}

function Members({ nodes, asked }: { nodes: readonly Placed[]; asked: ReadonlySet<string> }) {
  const { t } = useTranslation("identity");
  const format = useFormat();
  return (
    <table className={classes.members}>
      <thead>
        <tr>
          <th scope="col">{t("cluster.no")}</th>
          <th scope="col">{t("cluster.record")}</th>
          <th scope="col">{t("cluster.customer")}</th>
        </tr>
      </thead>
      <tbody>
        {nodes.map(({ member, no }) => (
          <tr key={member.partyId} data-asked={asked.has(member.partyId) || undefined}>
            <td className="num">{format.number(no)}</td>
            <td>
              <SideLine side={member} />
              {asked.has(member.partyId) && <span className={classes.note}>{t("cluster.asked")}</span>}
            </td>
            <td className="num">
              <bdi dir="ltr">{format.code(member.customerNo)}</bdi>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Edges({ nodes, explanation }: { nodes: readonly Placed[]; explanation: Explanation }) {
  const { t } = useTranslation("identity");
  const format = useFormat();
  const points = usePoints();
  const noOf = new Map(nodes.map(({ member, no }) => [member.partyId, no]));
  if (explanation.edges.length === 0) return null;
  const say = (partyId: string) => format.number(noOf.get(partyId) ?? 0);
  return (
    <details className={classes.details}>
      <summary>{t("cluster.edges", { n: explanation.edges.length })}</summary>
      <table className={classes.members}>
        <thead>
          <tr>
            <th scope="col">{t("cluster.between")}</th>
            <th scope="col">{t("pair.points")}</th>
            <th scope="col">{t("cluster.means")}</th>
          </tr>
        </thead>
        <tbody>
          {explanation.edges.map((edge) => (
            <tr key={`${edge.a} ${edge.b}`}>
              <td className="num">{t("cluster.pair", { a: say(edge.a), b: say(edge.b) })}</td>
              <td className="num">{points(edge.bits)}</td>
              <td>{t(`cluster.kinds.${kindOf(edge, explanation)}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
