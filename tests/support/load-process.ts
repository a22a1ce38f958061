import { loadDelivery } from "../../server/customers/intake/load-delivery.ts";
import { openDelivery } from "../../server/customers/intake/open-delivery.ts";
import { operatorCaller } from "../../server/governance/access/index.ts";
import { openDb } from "../../server/platform/db/db.ts";
import { openFileProvider, openKeyRing, setKeyRing } from "../../server/platform/encryption/index.ts";

// A process that loads a delivery and dies without a word at a given moment: node load-process.ts <order as JSON>.

interface Order {
  readonly logins: { readonly app: string; readonly worker: string; readonly sealer: string };
  readonly contextKeyHex: string;
  readonly masterKeyFile: string;
  readonly mapping: string;
  readonly files: { name: string; path: string }[];
  readonly chunkRows: number;
  /** The process kills itself when this moment has come this many times. */
  readonly dieAt: string;
  readonly times: number;
}

const order = JSON.parse(process.argv[2] ?? "{}") as Order;
const db = openDb({
  logins: order.logins,
  contextKey: Buffer.from(order.contextKeyHex, "hex"),
  connectionsMax: { app: 2, worker: 4 },
  onError: () => undefined,
});
setKeyRing(openKeyRing(openFileProvider(order.masterKeyFile, false)));
const caller = await operatorCaller(db);
const delivery = await openDelivery(order.mapping, order.files);
let seen = 0;
await loadDelivery({
  db,
  caller,
  delivery,
  chunkRows: order.chunkRows,
  checkpoint: (name) => {
    if (name.startsWith(order.dieAt)) seen += 1;
    if (seen === order.times) process.kill(process.pid, "SIGKILL");
  },
});
await db.close();
