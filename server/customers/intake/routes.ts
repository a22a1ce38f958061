import { type Route, route, streamingRoute } from "../../platform/http/index.ts";
import * as contract from "./contract.ts";
import { correctQuarantine, discardQuarantine } from "./correct-quarantine.ts";
import { dryRunDelivery } from "./dry-run.ts";
import { openErrorFile } from "./error-file.ts";
import { listMappings, readMappingVersion, saveMapping } from "./keep-mappings.ts";
import { readMapping } from "./mapping/index.ts";
import { orderLoad } from "./order-load.ts";
import { previewMapping } from "./preview-mapping.ts";
import { listLoads, listQuarantine, readLoad, watchLoad } from "./read-loads.ts";
import { restoreQuarantine } from "./restore-quarantine.ts";
import { reverseLoad } from "./reverse-load.ts";
import { keepUpload, openUploads } from "./uploads.ts";

export const intakeRoutes: Route[] = [
  route(contract.listLoads, ({ tx, caller, query }) => listLoads(tx, caller, query)),
  route(contract.readLoad, ({ tx, caller, params }) => readLoad(tx, caller, params.loadId)),
  streamingRoute(contract.watchLoad, async ({ db, caller, params, signal }) => ({ events: watchLoad(db, caller, params.loadId, signal) })),
  streamingRoute(contract.uploadFile, ({ caller, upload }) => keepUpload(caller, upload)),
  streamingRoute(contract.startLoad, ({ db, caller, body }) => orderLoad(db, caller, body)),
  streamingRoute(contract.dryRunLoad, async ({ db, caller, body, signal }) => {
    const { report, quarantined } = await dryRunDelivery({ db, caller, delivery: await openUploads(db, caller, body), signal });
    return { report, quarantined: quarantined.map(({ loadId: _, loadNo: __, version: ___, state: ____, ...row }) => row) };
  }),
  streamingRoute(contract.reverseLoad, async ({ db, caller, params }) => {
    const { loadId } = await reverseLoad(db, caller, params.loadId);
    return { loadId, state: "reversed" as const };
  }),
  route(contract.listQuarantine, ({ tx, caller, query }) => listQuarantine(tx, caller, query)),
  streamingRoute(contract.correctQuarantine, ({ db, caller, body }) => correctQuarantine(db, caller, body)),
  streamingRoute(contract.discardQuarantine, ({ db, caller, body }) => discardQuarantine(db, caller, body)),
  streamingRoute(contract.restoreQuarantine, ({ db, caller, body }) => restoreQuarantine(db, caller, body)),
  streamingRoute(contract.downloadErrorFile, ({ db, caller, params, query }) => openErrorFile(db, caller, params.loadId, query.fileNo)),
  route(contract.listMappings, ({ tx, caller }) => listMappings(tx, caller)),
  route(contract.readMapping, ({ tx, caller, params }) => readMappingVersion(tx, caller, params.mappingId)),
  streamingRoute(contract.saveMapping, ({ db, caller, body }) => saveMapping(db, caller, body.text)),
  route(contract.checkMapping, async ({ body }) => ({ problems: readMapping(body.text).problems.map((problem) => ({ ...problem })) })),
  streamingRoute(contract.previewMapping, async ({ db, caller, body }) =>
    previewMapping(db, caller, await openUploads(db, caller, { mappingText: body.mappingText, files: body.files }), body.rows),
  ),
];
