import { useTranslation } from "react-i18next";
import { PageHeader } from "../../ui/page-header.tsx";
import report from "../load/report.module.css";
import { EditMapping } from "./edit-mapping.tsx";

const skeleton = `vinculo: 1
name: New mapping
source: { code: new_source, name: New source, trust: 50 }
defaults: { delimiter: ",", date_format: YYYY-MM-DD }
files:
  - file: clients.csv
    records:
      - kind: party
        key: client_no
        fields:
          kind: { value: person }
          full_name: name
`;

/** A mapping written by hand; from files it comes easier out of a new load. */
export function NewMappingPage() {
  const { t } = useTranslation("intake");
  return (
    <div className={report.stack}>
      <PageHeader title={t("mappings.new")} path={[{ label: t("mappings.title"), to: "/mappings" }]} note={t("mappings.newNote")} />
      <EditMapping first={skeleton} onStop={null} />
    </div>
  );
}
