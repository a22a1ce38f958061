import type { Db } from "../../platform/db/index.ts";
import type { SealerConnection } from "./store.ts";

/** One connection of the sealer, made when it is needed and again after it broke. It is lent to one after the other. */
export class SealerLine {
  readonly #db: Db;
  #open: Promise<SealerConnection> | null = null;
  #before: Promise<unknown> = Promise.resolve();

  constructor(db: Db) {
    this.#db = db;
  }

  /** Lends the connection. When `work` fails the connection is given up: nobody knows in what state it is. */
  use<T>(work: (connection: SealerConnection) => Promise<T>): Promise<T> {
    const using = this.#before.then(() => this.#lend(work));
    this.#before = using.catch(() => undefined);
    return using;
  }

  async #lend<T>(work: (connection: SealerConnection) => Promise<T>): Promise<T> {
    this.#open ??= this.#connect();
    try {
      return await work(await this.#open);
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  async #connect(): Promise<SealerConnection> {
    const connection = await this.#db.connect("sealer");
    // Lost while idle: the next use makes a new one.
    connection.on("error", () => {
      this.#open = null;
    });
    return connection;
  }

  async close(): Promise<void> {
    const open = this.#open;
    this.#open = null;
    await open?.then((connection) => connection.end()).catch(() => undefined);
  }
}

/** A connection of the sealer for the time of `work`. */
export async function withSealer<T>(db: Db, work: (connection: SealerConnection) => Promise<T>): Promise<T> {
  const line = new SealerLine(db);
  try {
    return await line.use(work);
  } finally {
    await line.close();
  }
}
