import { createHash } from "node:crypto";
import { DomainError } from "../../../platform/errors/index.ts";

/** Models are plain JSON; `kind` and `version` say how to read them. */
interface AnyModel {
  readonly kind: string;
  readonly version: number;
}

/** SHA-256 of the model's JSON, in hex: equal models have equal checksums. */
export function modelChecksum(model: AnyModel): string {
  return createHash("sha256").update(JSON.stringify(model)).digest("hex");
}

/** The model as text with its checksum. It tells a damaged or edited file, not one signed by nobody: keep the checksum where the model is approved. */
export function writeModel(model: AnyModel): string {
  return `{"checksum":"${modelChecksum(model)}","model":${JSON.stringify(model)}}\n`;
}

/** Reads what writeModel wrote. Fails with invalid_input when the text is no model of this kind, or was altered since. */
export function readModel<M extends AnyModel>(text: string, kind: M["kind"]): M {
  const file = parse(text);
  if (typeof file !== "object" || file === null || !("checksum" in file) || !("model" in file)) {
    throw new DomainError("invalid_input", "this is no model file");
  }
  const model = file.model as M;
  if (typeof model !== "object" || model === null || model.kind !== kind || model.version !== 1) {
    throw new DomainError("invalid_input", `this is no model of kind ${kind}, version 1`);
  }
  if (file.checksum !== modelChecksum(model)) {
    throw new DomainError("invalid_input", "the model file was altered or damaged: its checksum does not fit");
  }
  return model;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new DomainError("invalid_input", "the model file is damaged: it is no JSON", { cause });
  }
}
