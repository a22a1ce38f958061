import { Button } from "@mantine/core";
import { ArrowLeftIcon, ArrowRightIcon, CheckIcon } from "@primer/octicons-react";
import { useNavigate } from "@tanstack/react-router";
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { listLoads, startLoad } from "../../../server/customers/intake/contract.ts";
import { ErrorNote } from "../../ui/error-state.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useAction } from "../../ui/query.ts";
import { UnsavedChangesGuard } from "../../ui/unsaved-changes.tsx";
import { ProblemDetail } from "../load/problem-detail.tsx";
import { useCheck } from "../mapping-editor/use-check.ts";
import { DryRunStep } from "./dry-run-step.tsx";
import { FilesStep } from "./files-step.tsx";
import { type Draft, MappingStep } from "./mapping-step.tsx";
import classes from "./new-load.module.css";
import { type Delivery, useDelivery } from "./use-delivery.ts";
import { useDryRun } from "./use-dry-run.ts";

const steps = ["files", "mapping", "dryRun"] as const;
type Step = (typeof steps)[number];

/** What both the dry run and the load are asked with: a stored mapping by its id, a changed one by its text. */
function requestOf(delivery: Delivery, draft: Draft | null) {
  const files = delivery.files.flatMap(({ uploadId, file }) => (uploadId === null ? [] : [{ uploadId, name: file.name }]));
  if (draft === null) return { files };
  return draft.base !== null && draft.text === draft.baseText ? { files, mappingId: draft.base } : { files, mappingText: draft.text };
}

/** From files to a load in three steps. Nothing is kept in the bank before the last press; nothing typed is lost on an error. */
export function NewLoadPage() {
  const { t } = useTranslation("intake");
  const delivery = useDelivery();
  const [draft, setDraft] = useState<Draft | null>(null);
  const [step, setStep] = useState<Step>("files");
  const { problems, settled } = useCheck(draft?.text ?? "");
  const dryRun = useDryRun();
  const load = useLoad();
  const mappingReady = draft !== null && settled && problems.length === 0;
  const open: Record<Step, boolean> = { files: true, mapping: delivery.ready, dryRun: delivery.ready && mappingReady };
  const { reset } = dryRun;
  // The report of other files or another mapping says nothing about these.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text and the files are what the report depends on
  useEffect(() => reset(), [draft?.text, delivery.files.length, reset]);
  const keepDraft = useCallback((next: Draft) => setDraft(next), []);
  const go = (to: Step) => {
    setStep(to);
    window.scrollTo({ top: 0 });
    if (to === "dryRun" && dryRun.answer === null) dryRun.run(requestOf(delivery, draft));
  };
  return (
    <>
      <UnsavedChangesGuard when={delivery.files.length > 0 && !load.started} />
      <PageHeader title={t("wizard.title")} path={[{ label: t("loads.title"), to: "/loads" }]} note={t(`wizard.notes.${step}`)} />
      <Steps step={step} open={open} onStep={go} />
      {step === "files" && <FilesStep delivery={delivery} />}
      {step === "mapping" && <MappingStep delivery={delivery} draft={draft} onDraft={keepDraft} />}
      {step === "dryRun" && <DryRunStep dryRun={dryRun} run={() => dryRun.run(requestOf(delivery, draft))} />}
      {Boolean(load.error) && (
        <div className={classes.stack}>
          <ErrorNote error={load.error} />
          <ProblemDetail error={load.error} />
        </div>
      )}
      <Foot step={step} open={open} onStep={go}>
        <Button
          leftSection={<CheckIcon size={14} />}
          loading={load.pending}
          disabled={dryRun.running}
          onClick={() => load.start(requestOf(delivery, draft))}
        >
          {t("wizard.load")}
        </Button>
      </Foot>
    </>
  );
}

/** Starts the load and then opens its page; the guard against leaving is lifted in between. */
function useLoad() {
  const navigate = useNavigate();
  const load = useAction(startLoad, { refreshes: [listLoads] });
  const loadId = load.data?.loadId;
  useEffect(() => {
    if (loadId !== undefined) void navigate({ to: "/loads/$loadId", params: { loadId } } as never);
  }, [loadId, navigate]);
  return {
    start: (body: ReturnType<typeof requestOf>) => load.mutate({ body }),
    started: loadId !== undefined,
    pending: load.isPending || loadId !== undefined,
    error: load.error,
  };
}

interface StepsProps {
  step: Step;
  open: Record<Step, boolean>;
  onStep: (step: Step) => void;
}

function Steps({ step, open, onStep }: StepsProps) {
  const { t } = useTranslation("intake");
  const format = useFormat();
  return (
    <nav aria-label={t("wizard.steps")}>
      <ol className={classes.steps}>
        {steps.map((one, index) => (
          <li key={one}>
            <button type="button" disabled={!open[one]} aria-current={one === step ? "step" : undefined} onClick={() => onStep(one)}>
              <span className={`num ${classes.no}`}>{format.number(index + 1)}</span>
              {t(`wizard.${one}`)}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function Foot({ step, open, onStep, children }: StepsProps & { children: React.ReactNode }) {
  const { t } = useTranslation("intake");
  const at = steps.indexOf(step);
  const before = steps[at - 1];
  const next = steps[at + 1];
  return (
    <div className={classes.foot}>
      {before ? (
        <Button variant="default" leftSection={<ArrowLeftIcon size={14} className="mirror" />} onClick={() => onStep(before)}>
          {t("wizard.back")}
        </Button>
      ) : (
        <span />
      )}
      {next ? (
        <Button disabled={!open[next]} rightSection={<ArrowRightIcon size={14} className="mirror" />} onClick={() => onStep(next)}>
          {t(`wizard.to.${next}`)}
        </Button>
      ) : (
        children
      )}
    </div>
  );
}
