import { createHash } from "node:crypto";
import { DomainError } from "../../../platform/errors/index.ts";
import { readModel, type ScorecardModel, type TreeModel } from "../../learning/index.ts";
import { ReadyModel } from "../fitting/ready-model.ts";
import type { VersionRow } from "../store.ts";

type Sealed = Pick<VersionRow, "modelText" | "calibration" | "report">;

/** SHA-256 of everything by which a version turns facts into flagged customers: the model's text, its calibration and its bands. */
export function versionChecksum({ modelText, calibration, report }: Sealed): string {
  return createHash("sha256").update(modelText).update(canonical(calibration)).update(canonical(report.bands)).digest("hex");
}

export function isIntact(row: Sealed & Pick<VersionRow, "checksum">): boolean {
  return versionChecksum(row) === row.checksum;
}

/** The version ready to score. Fails with invalid_state when what is kept was altered since it was trained: nothing scores by it. */
export function openVersion(row: Sealed & Pick<VersionRow, "checksum" | "learner" | "modelId" | "version">): ReadyModel {
  const detail = { reason: "altered", model: row.modelId, version: row.version };
  if (!isIntact(row))
    throw new DomainError("invalid_state", `version ${row.version} of ${row.modelId} was altered since it was trained`, { detail });
  return new ReadyModel(readModel<TreeModel | ScorecardModel>(row.modelText, row.learner), row.calibration);
}

/** JSON with its keys in order: the database keeps them in an order of its own. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
