import { Skeleton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { readProvider } from "../../../server/governance/identity-provider/contract.ts";
import { useChineseNames } from "../../ui/chinese-faces.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { Surface } from "../../ui/surface.tsx";
import { useViewer } from "../../ui/viewer.tsx";
import classes from "../people.module.css";
import { EmergencyPart } from "./emergency-part.tsx";
import { GroupsPart } from "./groups-part.tsx";
import { ProviderForm } from "./provider-form.tsx";
import { TrialPart } from "./trial-part.tsx";

/** The bank's identity provider, who may sign in without it, and what groups of the directory carry. */
export function SignInSettingsPage() {
  useChineseNames(); // colleagues are named in their own scripts
  const { t } = useTranslation("people");
  const { permissions } = useViewer();
  const found = useEndpoint(readProvider, {});
  if (found.error) return <ErrorState error={found.error} retry={() => void found.refetch()} />;
  const settings = found.data;
  return (
    <div className={classes.stack}>
      <PageHeader title={t("provider.title")} note={t("provider.note")} />
      {settings === undefined ? (
        <Skeleton height={320} />
      ) : (
        <div className={classes.columns}>
          <div className={classes.stack}>
            <ProviderForm key={settings.provider?.version ?? 0} provider={settings.provider} />
            {permissions.has("user:manage") && <GroupsPart />}
          </div>
          <div className={classes.stack}>
            <TrialPart provider={settings.provider} />
            <Surface title={t("provider.addresses")}>
              <p className={classes.quiet}>{t("provider.addressesNote")}</p>
              <ul className={classes.lines}>
                {(["redirect", "signOut", "backChannel"] as const).map((name) => (
                  <li key={name}>
                    <div className={classes.words}>
                      <p className={classes.quiet}>{t(`provider.${name}`)}</p>
                      <code className={classes.link} dir="ltr">
                        {settings.addresses[name]}
                      </code>
                    </div>
                    <CopyButton value={settings.addresses[name]} what={t(`provider.${name}`)} />
                  </li>
                ))}
              </ul>
            </Surface>
            <EmergencyPart accounts={settings.emergencyAccounts} />
          </div>
        </div>
      )}
    </div>
  );
}
