import { Anchor } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { listLoads, listQuarantine } from "../../../server/customers/intake/contract.ts";
import { AppLink } from "../../ui/app-link.tsx";
import { RelativeTime } from "../../ui/date-text.tsx";
import { ErrorNote } from "../../ui/error-state.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { Surface } from "../../ui/surface.tsx";
import { useCan } from "../../ui/viewer.tsx";
import { isMoving, LoadProgress, type ShownLoad, useLiveLoad } from "../load/live.tsx";
import { LoadLink } from "../load/load-link.tsx";
import { StateBadge } from "../load/state-badge.tsx";
import { useWords } from "../words.ts";
import classes from "./loads-part.module.css";

const loadsShown = 4;
const reasonsShown = 3;

/** For whoever looks after the data: what runs or has failed, and what waits in quarantine. */
export function LoadsPart() {
  const { t } = useTranslation("intake");
  const loads = useEndpoint(listLoads, { query: {} });
  const mayRead = useCan("quarantine:read");
  const list = loads.data?.loads ?? [];
  const urgent = list.filter((load) => isMoving(load.state) || load.state === "failed");
  const shown = (urgent.length > 0 ? urgent : list).slice(0, loadsShown);
  return (
    <Surface
      title={t("home.title")}
      aside={
        <Anchor component={AppLink} to="/loads">
          {t("home.all")}
        </Anchor>
      }
    >
      {mayRead && <Quarantine />}
      <ErrorNote error={loads.error} />
      <ul className={classes.loads}>
        {shown.map((load) => (
          <LoadLine key={load.loadId} first={load} />
        ))}
      </ul>
      {loads.data && shown.length === 0 && <p className={classes.quiet}>{t("loads.none")}</p>}
    </Surface>
  );
}

function LoadLine({ first }: { first: ShownLoad }) {
  const load = useLiveLoad(first) ?? first;
  return (
    <li>
      <div className={classes.line}>
        <LoadLink loadId={load.loadId} loadNo={load.loadNo} source={load.sourceName} />
        <StateBadge state={load.state} />
        <span className={classes.quiet}>
          <RelativeTime value={load.finishedAt ?? load.startedAt} />
        </span>
      </div>
      {isMoving(load.state) && <LoadProgress load={load} />}
    </li>
  );
}

function Quarantine() {
  const { t } = useTranslation("intake");
  const words = useWords();
  const format = useFormat();
  const groups = useEndpoint(listQuarantine, { query: { state: "open" } });
  if (!groups.data) return null;
  const open = groups.data.groups.filter((group) => group.state === "open");
  const rows = open.reduce((sum, group) => sum + group.rows, 0);
  return (
    <div className={classes.quarantine}>
      <AppLink to="/quarantine" className={classes.figure}>
        <span className={`num ${classes.count}`} data-some={rows > 0 || undefined}>
          {format.number(rows)}
        </span>
        <span>{t("home.open")}</span>
      </AppLink>
      <ul>
        {open.slice(0, reasonsShown).map((group) => (
          <li key={`${group.kind} ${group.reason} ${group.field}`} className="num">
            {words.reason(group.reason)}
            {group.field !== null && `: ${words.field(group.field)}`} <strong>{format.number(group.rows)}</strong>
          </li>
        ))}
      </ul>
    </div>
  );
}
