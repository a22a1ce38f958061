import { stat } from "node:fs/promises";
import type { Caller } from "../../platform/caller/index.ts";
import type { Db } from "../../platform/db/index.ts";
import { inTransaction } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import * as mappings from "./mapping-store.ts";
import { type Delivery, type GivenFile, openDelivery } from "./open-delivery.ts";
import { fileProblem } from "./reading/index.ts";
import * as store from "./store.ts";
import { uploadedFiles } from "./uploads.ts";

/**
 * The delivery of a load, from where its files lay when it was started. Fails with: invalid_state (`detail.reason` files_gone) and FileProblems;
 * files that are others by now are refused as file_changed.
 */
export async function openAgain(
  db: Db,
  caller: Caller,
  home: string,
  load: Pick<store.LoadHead, "loadId" | "loadNo" | "mappingId">,
): Promise<Delivery> {
  const { text, places } = await inTransaction(
    db,
    caller,
    async (tx) => ({ text: await mappings.readMappingText(tx, load.mappingId), places: await store.listGiven(tx, load.loadId) }),
    { role: "worker" },
  );
  const given = await Promise.all(places.map((place) => fileAt(place, home, load.loadNo)));
  if (text === null || given.length === 0) throw filesGone("", load.loadNo);
  const delivery = await openDelivery(text, given);
  if (delivery.loadId !== load.loadId) {
    throw fileProblem("file_changed", given.map(({ name }) => name).join(", "), "these are not the files the load was started with");
  }
  return delivery;
}

async function fileAt(place: store.GivenPlace, home: string, loadNo: number): Promise<GivenFile> {
  const { name } = place;
  if ("path" in place) {
    if (!(await stat(place.path).catch(() => null))?.isFile()) throw filesGone(name, loadNo);
    return place;
  }
  const found = await uploadedFiles(home, [place]).catch((cause: unknown) => {
    if (cause instanceof DomainError && cause.code === "not_found") return [];
    throw cause;
  });
  return found[0] ?? Promise.reject(filesGone(name, loadNo));
}

function filesGone(file: string, loadNo: number): DomainError {
  const message = `the files of load ${loadNo} are gone${file === "" ? "" : ` (${file})`}: load the same files again, it goes on by itself`;
  return new DomainError("invalid_state", message, { detail: { reason: "files_gone", file, loadNo } });
}
