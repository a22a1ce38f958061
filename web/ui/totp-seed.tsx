import { useTranslation } from "react-i18next";
import { renderSVG } from "uqr";
import { CopyButton } from "./copy-button.tsx";
import classes from "./totp-seed.module.css";

/** The seed for an authenticator app, as a picture to scan and as text to type. */
export function TotpSeed({ seed, uri }: { seed: string; uri: string }) {
  const { t } = useTranslation("ui");
  return (
    <>
      <p>{t("totp.note")}</p>
      <img className={classes.picture} alt={t("totp.picture")} src={`data:image/svg+xml;base64,${btoa(renderSVG(uri))}`} />
      <p>
        <code className={classes.seed} dir="ltr">
          {seed}
        </code>{" "}
        <CopyButton value={seed} what={t("totp.seed")} />
      </p>
    </>
  );
}
