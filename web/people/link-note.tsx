import { useTranslation } from "react-i18next";
import type { makeLink } from "../../server/governance/people/contract.ts";
import type { AnswerOf } from "../ui/api.ts";
import { CopyButton } from "../ui/copy-button.tsx";
import { DateText } from "../ui/date-text.tsx";
import classes from "./people.module.css";

/** The link to set a password: shown now, and never again. */
export function LinkNote({ link }: { link: AnswerOf<typeof makeLink> }) {
  const { t } = useTranslation("people");
  return (
    <output>
      <p className={classes.quiet}>
        {t(link.kind === "invite" ? "link.invite" : "link.reset")} {t("link.until")} <DateText value={link.expiresAt} time />
      </p>
      <code className={classes.link} dir="ltr">
        {link.url}
      </code>{" "}
      <CopyButton value={link.url} what={t("link.what")} />
    </output>
  );
}
