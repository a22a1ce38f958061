import { Skeleton } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { readPerson } from "../../../server/governance/people/contract.ts";
import { Bidi } from "../../ui/bidi.tsx";
import { useChineseNames } from "../../ui/chinese-faces.ts";
import { ErrorState } from "../../ui/error-state.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { useCan, useViewer } from "../../ui/viewer.tsx";
import { SeenPart } from "../access/seen-part.tsx";
import { Deputies } from "../deputies/deputies.tsx";
import classes from "../people.module.css";
import { SessionList } from "../session-list.tsx";
import { AccountPart } from "./account-part.tsx";
import { GrantsPart } from "./grants-part.tsx";

/** Everything an administrator does for one colleague. */
export function PersonPage() {
  useChineseNames(); // colleagues are named in their own scripts
  const { t } = useTranslation("people");
  const { userId = "" } = useParams({ strict: false }) as { userId?: string };
  const { userId: ownId } = useViewer();
  const mayAsk = useCan("access:explain");
  const person = useEndpoint(readPerson, { params: { userId } });
  if (person.error) return <ErrorState error={person.error} retry={() => void person.refetch()} />;
  if (!person.data) return <Skeleton height={480} radius="md" />;
  const own = userId === ownId;
  return (
    <div className={classes.stack}>
      <PageHeader
        title={person.data.displayName}
        path={[{ label: t("organisation"), to: "/organisation" }]}
        note={
          <>
            <Bidi>{person.data.login}</Bidi> · <Bidi>{person.data.homeUnitName}</Bidi> ·{" "}
            {t(person.data.active ? "person.active" : "person.closed")}
            {own && ` · ${t("person.own")}`}
          </>
        }
      />
      <div className={classes.columns}>
        <div className={classes.stack}>
          <GrantsPart person={person.data} own={own} />
          <Deputies userId={userId} name={person.data.displayName} />
        </div>
        <div className={classes.stack}>
          <AccountPart key={person.data.version} person={person.data} own={own} />
          <SessionList userId={userId} />
          {mayAsk && <SeenPart userId={userId} />}
        </div>
      </div>
    </div>
  );
}
