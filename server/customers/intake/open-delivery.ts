import { createHash } from "node:crypto";
import { DomainError } from "../../platform/errors/index.ts";
import { findSidecar } from "./find-sidecar.ts";
import { lineOf } from "./line-of.ts";
import type { DeliveredFile, LoadPlan } from "./load-plan.ts";
import { type Mapping, parseMapping, planFile, readingFormat } from "./mapping/index.ts";
import { fileProblem, type InspectedFile, inspectFile, matchesGlob, readHeader } from "./reading/index.ts";

/** A file as it was delivered: `name` is what the mapping goes by, `path` where it lies. */
export interface GivenFile {
  readonly name: string;
  readonly path: string;
  /** Of an upload: its path follows from it, wherever the uploads lie. */
  readonly uploadId?: string;
}

export interface Delivery {
  readonly loadId: string;
  readonly mapping: Mapping;
  readonly mappingText: string;
  readonly mappingSha256: Buffer;
  readonly plan: LoadPlan;
  readonly given: readonly GivenFile[];
}

/**
 * Checks a delivery as a whole before anything of it is landed: the mapping, that every file is there, undamaged and has the columns the mapping
 * needs. Fails with invalid_input (mapping, by line and field) or with a FileProblem.
 */
export async function openDelivery(mappingText: string, given: readonly GivenFile[]): Promise<Delivery> {
  const mapping = parseMapping(mappingText);
  const files: DeliveredFile[] = [];
  const announcements = new Map<number, string>();
  const used = new Set<GivenFile>();
  for (const [fileNo, part] of mapping.files.entries()) {
    const matching = given.filter((file) => matchesGlob(file.name, part.file)).sort((a, b) => (a.name < b.name ? -1 : 1));
    if (matching.length === 0 && part.may_be_missing !== true) {
      throw fileProblem("no_such_file", part.file, "the mapping asks for this file and it was not delivered");
    }
    for (const file of matching) {
      used.add(file);
      const format = readingFormat(mapping, fileNo);
      const identity: InspectedFile = { ...(await inspectFile(file.path, format.entry)), name: file.name };
      const plan = planFile(mapping, fileNo, await readHeader(file.path, format));
      const place = files.length;
      files.push({ place, path: file.path, identity, plan });
      const from = plan.control?.from;
      if (from !== undefined && typeof from !== "string") {
        const sidecar = findSidecar({ name: file.name, pattern: part.file, alike: matching.length, sidecar: from.sidecar }, given);
        used.add(sidecar);
        announcements.set(place, await lineOf(sidecar.path, from.line));
      }
    }
  }
  if (files.every((file) => file.plan.records.length === 0)) throw new DomainError("invalid_input", "none of the files gives a record");
  const filesLeftOut = given.filter((file) => !used.has(file)).map((file) => file.name);
  const mappingSha256 = createHash("sha256").update(mappingText).digest();
  return {
    loadId: loadIdOf(files, announcements, mappingSha256),
    mapping,
    mappingText,
    mappingSha256,
    plan: { files, filesLeftOut, announcements },
    given,
  };
}

/**
 * The same files, announced alike, under the same mapping are the same load, whatever they are called in their folder. UUID version 8 (RFC 9562: own
 * hash).
 */
function loadIdOf(files: readonly DeliveredFile[], announcements: ReadonlyMap<number, string>, mappingSha256: Buffer): string {
  const hash = createHash("sha256").update(mappingSha256);
  for (const file of files) {
    hash.update(`${file.plan.fileNo} ${file.identity.sha256}\n`);
    const announced = announcements.get(file.place);
    if (announced !== undefined) hash.update(`announced ${JSON.stringify(announced)}\n`);
  }
  const bytes = hash.digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
