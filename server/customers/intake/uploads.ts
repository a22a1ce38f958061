import { join } from "node:path";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import { type Db, inTransaction } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { readUpload, spoolUpload } from "../../platform/files/index.ts";
import type { Upload } from "../../platform/http/index.ts";
import type { DeliveryRequest } from "./contract.ts";
import * as mappings from "./mapping-store.ts";
import { type Delivery, type GivenFile, openDelivery } from "./open-delivery.ts";

/** As much as a request may announce (platform/http/settings.ts): one that announces nothing is counted while it comes. */
const UPLOAD_BYTES_MAX = 20 * 1024 ** 3;

const folderIn = (home: string) => join(home, "uploads");

/** Keeps one file of a delivery until it is loaded, seven days at most. Fails with: not_allowed, too_large, read_only, invalid_input, infected_file. */
export async function keepUpload(
  caller: Caller,
  home: string,
  upload: Upload,
): Promise<{ uploadId: string; bytes: number; sha256: string }> {
  permit(caller, "load:run");
  const { uploadId, bytes, sha256 } = await spoolUpload(upload.stream, upload.announcedBytes, {
    folder: folderIn(home),
    bytesMax: UPLOAD_BYTES_MAX,
    ...(upload.reserveBytes === null ? {} : { reserveBytes: upload.reserveBytes }),
    ...(upload.inspect === null ? {} : { inspect: upload.inspect }),
  });
  return { uploadId, bytes, sha256 };
}

/** Fails with: not_found (an upload is gone, or no such mapping), invalid_input, and FileProblems. */
export async function openUploads(db: Db, caller: Caller, home: string, request: DeliveryRequest): Promise<Delivery> {
  permit(caller, "load:run");
  return openDelivery(await textOf(db, caller, request), await uploadedFiles(home, request.files));
}

/** Fails with: not_found. */
export async function uploadedFiles(home: string, files: DeliveryRequest["files"]): Promise<GivenFile[]> {
  const given: GivenFile[] = [];
  for (const { uploadId, name } of files) {
    const { stream, path } = await readUpload(folderIn(home), uploadId);
    stream.destroy();
    given.push({ name, path, uploadId });
  }
  return given;
}

async function textOf(db: Db, caller: Caller, { mappingId, mappingText }: DeliveryRequest): Promise<string> {
  if ((mappingId === undefined) === (mappingText === undefined)) {
    throw new DomainError("invalid_input", "name a mapping or give its text", { fields: [{ path: "mappingId", reason: "one_of" }] });
  }
  if (mappingText !== undefined) return mappingText;
  const text = await inTransaction(db, caller, (tx) => mappings.readMappingText(tx, mappingId ?? ""));
  if (text === null) throw new DomainError("not_found", "no such mapping");
  return text;
}
