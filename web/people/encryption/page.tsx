import { Skeleton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { readEncryption } from "../../../server/governance/encryption/contract.ts";
import { useChineseNames } from "../../ui/chinese-faces.ts";
import { ErrorState } from "../../ui/error-state.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { StateMark } from "../../ui/state-mark.tsx";
import { Surface } from "../../ui/surface.tsx";
import classes from "../people.module.css";
import { ColumnKeys } from "./column-keys.tsx";

/** Keys of encrypted columns: where the master key is, which keys there are, how old they are and what they seal; a new one on demand. */
export function EncryptionPage() {
  useChineseNames(); // whoever ordered a key is named in their own script
  const { t } = useTranslation("people");
  const found = useEndpoint(readEncryption, {});
  if (found.error) return <ErrorState error={found.error} retry={() => void found.refetch()} />;
  const { provider, columns } = found.data ?? {};
  return (
    <div className={classes.stack}>
      <PageHeader title={t("encryption.title")} note={t("encryption.note")} />
      <Surface title={t("encryption.master")}>
        {provider === undefined ? (
          <Skeleton height={48} />
        ) : (
          <div className={classes.words}>
            <span>
              {t(`encryption.providers.${provider.kind}`)}{" "}
              <StateMark tone={provider.masterKey === null ? "bad" : "good"}>
                {t(provider.masterKey === null ? "encryption.away" : "encryption.there")}
              </StateMark>
            </span>
            <p className={`${classes.quiet} ${classes.long}`}>
              <bdi dir="ltr">{provider.place}</bdi>
              {provider.masterKey !== null && (
                <>
                  {" "}
                  · <bdi dir="ltr">{provider.masterKey}</bdi>
                </>
              )}
            </p>
            <p className={classes.quiet}>{t("encryption.masterNote")}</p>
          </div>
        )}
      </Surface>
      <Surface title={t("encryption.columns")}>
        {columns === undefined ? (
          <Skeleton height={200} />
        ) : (
          <ul className={classes.lines}>
            {columns.map((column) => (
              <ColumnKeys key={column.column} entry={column} />
            ))}
          </ul>
        )}
      </Surface>
    </div>
  );
}
