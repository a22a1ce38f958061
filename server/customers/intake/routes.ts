import { type Route, route, streamingRoute } from "../../platform/http/index.ts";
import * as contract from "./contract.ts";
import { correctQuarantine, discardQuarantine } from "./correct-quarantine.ts";
import { draftUploads } from "./draft-mapping.ts";
import { enterCustomer, listEntryPlaces } from "./entry/enter-customer.ts";
import { openErrorFile } from "./error-file.ts";
import { listMappings, readMappingVersion, saveMapping } from "./keep-mappings.ts";
import { readMapping } from "./mapping/index.ts";
import { orderLoad } from "./order-load.ts";
import { previewMapping } from "./preview-mapping.ts";
import { listLoads, listQuarantine, listQuarantineExamples, readLoad, watchLoad } from "./read-loads.ts";
import { restoreQuarantine } from "./restore-quarantine.ts";
import { resumeLoad } from "./resume-load.ts";
import { reverseLoad } from "./reverse-load.ts";
import { keepUpload, openUploads } from "./uploads.ts";
import { watchDryRun } from "./watch-dry-run.ts";

export const intakeRoutes: Route[] = [
  route(contract.listEntryPlaces, ({ tx, caller }) => listEntryPlaces(tx, caller)),
  streamingRoute(contract.enterCustomer, ({ db, caller, body }) => enterCustomer(db, caller, body)),
  route(contract.listLoads, ({ tx, caller, query }) => listLoads(tx, caller, query)),
  route(contract.readLoad, ({ tx, caller, params }) => readLoad(tx, caller, params.loadId)),
  streamingRoute(contract.watchLoad, async ({ db, caller, params, signal }) => ({ events: watchLoad(db, caller, params.loadId, signal) })),
  streamingRoute(contract.uploadFile, ({ caller, home, upload }) => keepUpload(caller, home, upload)),
  streamingRoute(contract.startLoad, ({ db, caller, home, body }) => orderLoad(db, caller, home, body)),
  streamingRoute(contract.resumeLoad, ({ db, caller, home, params }) => resumeLoad(db, caller, home, params.loadId)),
  streamingRoute(contract.dryRunLoad, async ({ db, caller, home, body, signal }) => ({
    events: watchDryRun({ db, caller, delivery: await openUploads(db, caller, home, body), signal }),
  })),
  streamingRoute(contract.reverseLoad, async ({ db, caller, params }) => {
    const { loadId } = await reverseLoad(db, caller, params.loadId);
    return { loadId, state: "reversed" as const };
  }),
  route(contract.listQuarantine, ({ tx, caller, query }) => listQuarantine(tx, caller, query)),
  route(contract.listQuarantineExamples, ({ tx, caller, params }) => listQuarantineExamples(tx, caller, params.loadId)),
  streamingRoute(contract.correctQuarantine, ({ db, caller, body }) => correctQuarantine(db, caller, body)),
  streamingRoute(contract.discardQuarantine, ({ db, caller, body }) => discardQuarantine(db, caller, body)),
  streamingRoute(contract.restoreQuarantine, ({ db, caller, body }) => restoreQuarantine(db, caller, body)),
  streamingRoute(contract.downloadErrorFile, ({ db, caller, params, query }) => openErrorFile(db, caller, params.loadId, query.fileNo)),
  route(contract.listMappings, ({ tx, caller }) => listMappings(tx, caller)),
  route(contract.readMapping, ({ tx, caller, params }) => readMappingVersion(tx, caller, params.mappingId)),
  streamingRoute(contract.saveMapping, ({ db, caller, body }) => saveMapping(db, caller, body.text)),
  streamingRoute(contract.draftMapping, async ({ caller, home, body }) => ({ text: await draftUploads(caller, home, body) })),
  route(contract.checkMapping, async ({ body }) => ({ problems: readMapping(body.text).problems.map((problem) => ({ ...problem })) })),
  streamingRoute(contract.previewMapping, async ({ db, caller, home, body }) =>
    previewMapping(db, caller, await openUploads(db, caller, home, { mappingText: body.mappingText, files: body.files }), body.rows),
  ),
];
