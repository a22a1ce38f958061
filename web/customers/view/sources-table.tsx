import { Button } from "@mantine/core";
import { CheckIcon } from "@primer/octicons-react";
import { useTranslation } from "react-i18next";
import { Surface } from "../../ui/surface.tsx";
import { WideTable } from "../../ui/wide-table.tsx";
import type { Attribute, View } from "./customer.ts";
import { Origin } from "./origin.tsx";
import { useAttributeWords } from "./profile.tsx";
import classes from "./records.module.css";
import { useValueWays } from "./values/value-context.ts";

/** Attributes as rows, sources as columns: where they disagree is loud, where they agree is quiet. */
export function SourcesTable({ view }: { view: View }) {
  const { t, i18n } = useTranslation("customers");
  const words = useAttributeWords();
  const { open: openValue, disputed } = useValueWays();
  const sources = [...new Map(view.records.map(({ source }) => [source.sourceId, source])).values()];
  const name = (attribute: string): string =>
    i18n.exists(`attributes.${attribute}`, { ns: "customers" }) ? t(`attributes.${attribute}`) : attribute;
  return (
    <Surface title={t("records.compare")} padding="none">
      <WideTable label={t("records.compare")} className={classes.compare}>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">{t("records.attribute")}</span>
            </th>
            {sources.map((source) => (
              <th key={source.sourceId} scope="col">
                <bdi>{source.name}</bdi>
              </th>
            ))}
            {openValue && (
              <th scope="col">
                <span className="visually-hidden">{t("values.more")}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {view.attributes.map((attribute) => (
            <tr key={attribute.attribute} data-disagree={disagree(attribute) || undefined}>
              <th scope="row">
                <Origin what={name(attribute.attribute)} attribute={attribute} say={words(attribute.attribute)}>
                  {name(attribute.attribute)}
                </Origin>
              </th>
              {sources.map((source) => (
                <Said key={source.sourceId} attribute={attribute} sourceId={source.sourceId} say={words(attribute.attribute)} />
              ))}
              {openValue && (
                <td>
                  <Button variant="subtle" size="compact-sm" onClick={() => openValue(attribute.attribute)}>
                    {t(stateOf(attribute, disputed))}
                    <span className="visually-hidden"> {name(attribute.attribute)}</span>
                  </Button>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </WideTable>
    </Surface>
  );
}

/** What the way to a value says of it at once. */
function stateOf(attribute: Attribute, disputed: ReadonlySet<string>): string {
  if (disputed.has(attribute.attribute)) return "values.isDisputed";
  return attribute.values[0]?.pin ? "values.isPinned" : "values.more";
}

function disagree({ values }: Attribute): boolean {
  return new Set(values.map(({ value }) => value)).size > 1;
}

function Said({ attribute, sourceId, say }: { attribute: Attribute; sourceId: number; say: (value: string) => string }) {
  const { t } = useTranslation("customers");
  const winner = attribute.values[0];
  const said = attribute.values.filter(({ source, pin }) => source.sourceId === sourceId && pin === null);
  const unique = [...new Map(said.map((value) => [value.value, value])).values()];
  return (
    <td>
      {unique.map((value) => (
        <div key={value.value} data-wins={value.value === winner?.value || undefined}>
          <bdi>{say(value.value)}</bdi>
          {value.value === winner?.value && disagree(attribute) && <CheckIcon size={12} aria-label={t("origin.wins")} />}
        </div>
      ))}
    </td>
  );
}
