import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Bidi } from "../../ui/bidi.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { DateText } from "../../ui/date-text.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import type { Event } from "../words.ts";
import classes from "./trail.module.css";

/** Everything one row says. */
export function EventFacts({ event, numbers }: { event: Event; numbers: ReadonlyMap<string, string> }) {
  const { t } = useTranslation("audit");
  const format = useFormat();
  const facts: (readonly [string, ReactNode])[] = [
    [
      t("number"),
      <span className="num" key="n">
        {format.code(event.eventId)}
      </span>,
    ],
    [t("at"), <DateText key="a" value={event.at} time style="long" />],
    [t("who"), event.actorName === "" ? t("nobody") : <Bidi key="w">{`${event.actorName} (${event.actorLogin})`}</Bidi>],
    [t("decision"), t(`decisions.${event.decision}`)],
    [t("purpose"), t(`purposes.${event.purpose}`, { defaultValue: event.purpose })],
    [t("howMany"), format.number(event.subjectCount)],
    [
      t("classes"),
      event.fieldClasses.length === 0
        ? null
        : format.list(event.fieldClasses.map((name) => t(`fieldClasses.${name}`, { defaultValue: name }))),
    ],
    [
      t("ip"),
      event.ipAddress === null ? null : (
        <code dir="ltr" key="i">
          {event.ipAddress}
        </code>
      ),
    ],
    [t("agent"), event.userAgent === null ? null : <Bidi key="u">{event.userAgent}</Bidi>],
    [
      t("session"),
      event.sessionId === null ? null : (
        <code dir="ltr" key="s">
          {event.sessionId}
        </code>
      ),
    ],
    [
      t("request"),
      <code dir="ltr" key="r">
        {event.requestId}
      </code>,
    ],
    [
      t("queryHash"),
      event.queryHash === null ? null : (
        <code dir="ltr" key="q">
          {event.queryHash}
        </code>
      ),
    ],
    [
      t("detail"),
      Object.keys(event.detail).length === 0 ? null : (
        <code dir="ltr" key="d">
          {JSON.stringify(event.detail)}
        </code>
      ),
    ],
  ];
  return (
    <dl className={classes.facts}>
      {facts.map(([name, value]) =>
        value === null ? null : (
          <div key={name} style={{ display: "contents" }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
      {event.subjectIds.length > 0 && (
        <>
          <dt>{t("whom")}</dt>
          <dd className={classes.ids}>
            {event.subjectIds.map((id) => (
              <span key={id}>
                <code dir="ltr">{numbers.get(id) ?? id}</code> <CopyButton value={id} what={t("whom")} />
              </span>
            ))}
          </dd>
        </>
      )}
    </dl>
  );
}
