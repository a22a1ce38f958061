import type { Socket } from "node:net";
import pg from "pg";

/** node-postgres on a replication connection: its types do not know this side of it. */
export interface ReplicationConnection extends Omit<pg.Client, "connection"> {
  readonly connection: { readonly stream: Socket; query(text: string): void; sendCopyFromChunk(chunk: Buffer): void };
}

export interface Heard {
  readonly onRow?: (fields: string[]) => void;
  readonly onData?: (message: Buffer) => void;
}

export async function openReplicationClient(url: string): Promise<ReplicationConnection> {
  const config = {
    connectionString: url,
    replication: "true",
    application_name: `vinculo archive ${process.pid}`,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  };
  const client = new pg.Client(config) as unknown as ReplicationConnection;
  client.on("error", () => undefined); // what is at work on it fails
  await client.connect();
  return client;
}

/** Sends one command of the replication protocol and hears its rows and data until it ends. Rejects when the server or the connection fails. */
export function submit(client: ReplicationConnection, command: string, { onRow, onData }: Heard): Promise<void> {
  return new Promise((resolve, reject) => {
    client.once("end", () => reject(new Error("the connection to the database ended")));
    client.once("error", reject);
    const query = {
      submit: (connection: ReplicationConnection["connection"]) => connection.query(command),
      handleRowDescription: () => undefined,
      handleDataRow: ({ fields }: { fields: string[] }) => onRow?.(fields),
      handleCommandComplete: () => undefined,
      handleEmptyQuery: () => undefined,
      handleCopyInResponse: () => undefined,
      handleCopyData: ({ chunk }: { chunk: Buffer }) => onData?.(chunk),
      handleReadyForQuery: () => resolve(),
      handleError: (error: Error) => reject(error),
    };
    client.query(query as unknown as pg.Submittable);
  });
}
