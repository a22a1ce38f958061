import { CommentIcon, DeviceMobileIcon, type Icon, LocationIcon, MailIcon } from "@primer/octicons-react";
import { useTranslation } from "react-i18next";
import { CopyButton } from "../../ui/copy-button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { Surface } from "../../ui/surface.tsx";
import { useCodes } from "../codes.ts";
import classes from "./contacts.module.css";
import type { ContactPoint, View } from "./customer.ts";
import { OneOrigin } from "./origin.tsx";
import { Revealed } from "./reveal.tsx";

const icons: Record<ContactPoint["kind"], Icon> = {
  phone: DeviceMobileIcon,
  email: MailIcon,
  address: LocationIcon,
  messaging: CommentIcon,
};
const order: readonly ContactPoint["kind"][] = ["phone", "messaging", "email", "address"];

/** How to reach them; the one the bank uses by itself comes first of its kind. */
export function ContactPoints({ view }: { view: View }) {
  const { t } = useTranslation("customers");
  const best = new Set([view.customer.phone, view.customer.email]);
  const isBest = (point: ContactPoint): boolean => best.has(point.normalised ?? point.value) || best.has(point.value);
  const points = order.flatMap((kind) =>
    view.contactPoints.filter((point) => point.kind === kind).sort((a, b) => Number(isBest(b)) - Number(isBest(a))),
  );
  return (
    <Surface title={t("contacts.title")}>
      {points.length === 0 ? (
        <EmptyState compact reason="data" title={t("contacts.none")} />
      ) : (
        <ul className={classes.list}>
          {points.map((point) => (
            <Contact key={`${point.kind}-${point.normalised ?? point.value}`} point={point} best={isBest(point)} />
          ))}
        </ul>
      )}
    </Surface>
  );
}

function Contact({ point, best }: { point: ContactPoint; best: boolean }) {
  const { t } = useTranslation("customers");
  const codes = useCodes();
  const Icon = icons[point.kind];
  const what = t(`contacts.${point.kind}`);
  const written = point.kind === "phone" ? (point.normalised ?? point.value) : point.value;
  const notes = [point.purpose === null ? null : codes("purpose", point.purpose), best ? t("contacts.best") : null].filter(
    (note) => note !== null,
  );
  return (
    <li>
      <Icon size={16} aria-label={what} />
      <div className={classes.value}>
        <OneOrigin what={what} sources={point.sources} changedAt={point.changedAt}>
          <bdi dir={point.kind === "address" ? "auto" : "ltr"} className={point.kind === "phone" ? "num" : undefined}>
            <Written kind={point.kind} text={written} />
          </bdi>
        </OneOrigin>
        {notes.length > 0 && <span className={classes.note}>{notes.join(" · ")}</span>}
      </div>
      <CopyButton value={written} what={what} />
    </li>
  );
}

/** A line too long for its place breaks an e-mail address before its domain. */
function Written({ kind, text }: { kind: ContactPoint["kind"]; text: string }) {
  const format = useFormat();
  if (kind === "phone") return format.code(text);
  if (kind !== "email") return text;
  const domainAt = text.lastIndexOf("@");
  return (
    <>
      {text.slice(0, domainAt)}
      <wbr />
      {text.slice(domainAt)}
    </>
  );
}

/** Documents and numbers of the state: only their ends are shown, and only their ends came to this browser, until one is asked for. */
export function Identifiers({ view }: { view: View }) {
  const { t } = useTranslation("customers");
  const format = useFormat();
  const codes = useCodes();
  if (view.identifiers.length === 0) return null;
  return (
    <Surface title={t("identifiers.title")}>
      <ul className={classes.list}>
        {view.identifiers.map((identifier) => {
          const what = codes("scheme", identifier.scheme);
          return (
            <li key={`${identifier.scheme}-${identifier.country}-${identifier.last4}`}>
              <div className={classes.value}>
                <span className={classes.label}>
                  <OneOrigin what={what} sources={identifier.sources}>
                    {what}
                  </OneOrigin>
                  {identifier.country !== null && ` · ${format.countryName(identifier.country)}`}
                </span>
                <Revealed customerId={view.customer.customerId} identifier={identifier} what={what} />
                <span className={classes.note}>
                  {t(identifier.verified ? "identifiers.verified" : "identifiers.unverified")}
                  {identifier.expiresOn !== null && ` · ${t("identifiers.expires", { date: format.date(identifier.expiresOn) })}`}
                </span>
              </div>
            </li>
          );
        })}
      </ul>
    </Surface>
  );
}
