import { Button, Skeleton } from "@mantine/core";
import { LockIcon, PlusIcon } from "@primer/octicons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { listCompartments } from "../../../server/governance/walls/contract.ts";
import { ErrorState } from "../../ui/error-state.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { SidePanel } from "../../ui/side-panel.tsx";
import { Surface } from "../../ui/surface.tsx";
import classes from "../confidential.module.css";
import { Clearances } from "./clearances.tsx";
import type { Compartment } from "./compartment.ts";
import { SealForm } from "./seal-form.tsx";
import { Seals } from "./seals.tsx";
import { WallForm } from "./wall-form.tsx";

/** Customers who exist only for some: which, for whom, and why. */
export function CompartmentsPage() {
  const { t } = useTranslation("confidential");
  const [panel, setPanel] = useState<"seal" | "wall" | null>(null);
  const answer = useEndpoint(listCompartments, {});
  const compartments = answer.data?.compartments ?? [];
  const close = () => setPanel(null);
  return (
    <div className={classes.page}>
      <PageHeader
        title={t("compartments.title")}
        note={t("compartments.note")}
        actions={
          <>
            <Button variant="default" leftSection={<PlusIcon size={14} />} onClick={() => setPanel("wall")}>
              {t("walls.open")}
            </Button>
            <Button leftSection={<LockIcon size={14} />} onClick={() => setPanel("seal")}>
              {t("seals.seal")}
            </Button>
          </>
        }
      />
      {answer.error && <ErrorState error={answer.error} retry={() => void answer.refetch()} />}
      {answer.isPending && <Skeleton height={240} />}
      {compartments.map((compartment) => (
        <Surface key={compartment.compartmentId} title={<NameOf compartment={compartment} />} aside={<Count compartment={compartment} />}>
          {compartment.conflictSet !== null && <p className={classes.note}>{t("walls.conflictOf", { name: compartment.conflictSet })}</p>}
          <Clearances compartment={compartment} />
          <Seals compartmentId={compartment.compartmentId} />
        </Surface>
      ))}
      <SidePanel opened={panel === "seal"} onClose={close} title={t("seals.seal")}>
        {panel === "seal" && <SealForm compartments={compartments} onDone={close} />}
      </SidePanel>
      <SidePanel opened={panel === "wall"} onClose={close} title={t("walls.open")}>
        {panel === "wall" && <WallForm onDone={close} />}
      </SidePanel>
    </div>
  );
}

function NameOf({ compartment: { kind, code, name } }: { compartment: Compartment }) {
  const { t } = useTranslation("confidential");
  return kind === "wall" ? (
    <bdi>
      {name} ({code})
    </bdi>
  ) : (
    t(`kinds.${kind}`)
  );
}

function Count({ compartment }: { compartment: Compartment }) {
  const { t } = useTranslation("confidential");
  return <span className={classes.note}>{t("seals.count", { n: compartment.seals })}</span>;
}
