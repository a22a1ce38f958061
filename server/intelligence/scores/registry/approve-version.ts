import { z } from "zod";
import { type DifferenceLine, defineAct } from "../../../governance/approvals/index.ts";
import { record } from "../../../governance/audit/index.ts";
import type { Tx } from "../../../platform/db/index.ts";
import { DomainError } from "../../../platform/errors/index.ts";
import { approve, findModel, findVersion } from "../store.ts";
import { isIntact } from "./seal-version.ts";

/** What a version is called where it is decided on. */
export const versionName = (modelId: string, version: number): string => `${modelId} ${version}`;

/** Asked for by whoever trained a version, when it is trained. Somebody else approves it, as it is by its checksum; then it may serve. */
export const approveVersionAct = defineAct({
  action: "model.approved",
  permission: "model:train",
  payload: z.strictObject({ modelId: z.string(), version: z.int(), checksum: z.string() }),
  async describe(tx, _viewer, { modelId, version, checksum }) {
    const found = await findVersion(tx, modelId, version);
    if (found === null) throw new DomainError("not_found", `there is no version ${version} of ${modelId}`);
    const altered = !isIntact(found) || found.checksum !== checksum;
    if (altered) throw new DomainError("invalid_state", "the version was altered", { detail: { reason: "altered" } });
    if (found.state !== "trained") throw new DomainError("invalid_state", "approved already", { detail: { reason: "decided" } });
    const lines: DifferenceLine[] = [
      ...(await figuresAgainstChampion(tx, modelId, version)),
      { label: "models:made.checksum", before: null, after: checksum, as: "code" },
    ];
    return { about: versionName(modelId, version), subjectKind: "model", subjects: [], unitId: null, difference: lines };
  },
  async execute(tx, maker, { modelId, version, checksum }, { requestId }) {
    const outcome = await approve(tx, modelId, version, checksum);
    if (outcome !== "done")
      throw new DomainError("invalid_state", `the version cannot be approved: ${outcome}`, { detail: { reason: outcome } });
    const detail = { model: modelId, version, checksum, requestId };
    await record(tx, { caller: maker, action: "model.approved", subjectKind: "model", detail });
  },
});

/** What a version is, and how good on days it had not seen, beside the one in force; at most some ten lines. */
export async function figuresAgainstChampion(tx: Tx, modelId: string, version: number | null): Promise<DifferenceLine[]> {
  const champion = (await findModel(tx, modelId))?.championVersion ?? null;
  const of = async (number: number | null) => (number === null ? null : await findVersion(tx, modelId, number));
  const [before, after] = [await of(champion), await of(version)];
  const figure = (value: number | undefined) => (value === undefined ? null : value.toFixed(4));
  const line = (label: string, as: "number" | "day" | "words", of: (row: NonNullable<typeof before>) => string | null): DifferenceLine => ({
    ...{ label, as, before: before === null ? null : of(before), after: after === null ? null : of(after) },
  });
  return [
    line("models:versions.version", "number", (row) => String(row.version)),
    line("models:made.learner", "words", (row) => `models:learners.${row.learner}`),
    line("models:page.auc", "number", (row) => figure(row.report.measures.auc)),
    line("models:page.lift", "number", (row) => figure(row.report.measures.liftAt10)),
    line("models:compare.error", "number", (row) => figure(row.report.calibration.expectedError)),
    line("models:compare.judged", "day", (row) => row.report.split.judge.to),
    line("models:compare.rows", "number", (row) => String(row.report.data.rows)),
  ];
}
