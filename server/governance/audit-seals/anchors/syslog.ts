import { createSocket } from "node:dgram";
import { once } from "node:events";
import { connect, isIP } from "node:net";
import { hostname } from "node:os";
import { connect as connectTls } from "node:tls";
import { type ToldSeal, toldLine } from "./told-seal.ts";

const TIMEOUT_MS = 10_000;
// Facility 13 (log audit), severity 5 (notice): RFC 5424, section 6.2.1.
const PRIORITY = 13 * 8 + 5;

export interface LogHost {
  readonly protocol: "tls" | "tcp" | "udp";
  readonly host: string;
  readonly port: number;
}

/** Sends each seal as one message. Over TCP and TLS it is done when the host has taken the bytes; UDP promises nothing. Fails when the host does not answer. */
export async function sendToLogHost(to: LogHost, seals: readonly ToldSeal[], now: Date): Promise<void> {
  const messages = seals.map((seal) => Buffer.from(syslogMessage(seal, now, hostname())));
  if (to.protocol === "udp") await sendDatagrams(to, messages);
  else await sendOverTcp(to, messages);
}

/** RFC 5424. The message is the line of the seal file; no text of a person stands in it. */
export function syslogMessage(seal: ToldSeal, now: Date, host: string): string {
  const name = host.replace(/[^\x21-\x7e]/g, "").slice(0, 255) || "-";
  const data = `[seal@32473 no="${seal.no}" hash="${seal.hash.toString("hex")}"]`;
  return `<${PRIORITY}>1 ${now.toISOString()} ${name} vinculo ${process.pid} SEAL ${data} ${toldLine(seal)}`;
}

async function sendOverTcp({ protocol, host, port }: LogHost, messages: readonly Buffer[]): Promise<void> {
  // RFC 5425: the same frames inside TLS. The certificate must be the host's, of an authority this process knows.
  const socket =
    protocol === "tls"
      ? connectTls({ host, port, servername: isIP(host) === 0 ? host : "", minVersion: "TLSv1.2" })
      : connect({ host, port });
  const failed = once(socket, "error").then(([error]) => Promise.reject(error as Error));
  failed.catch(() => undefined);
  socket.setTimeout(TIMEOUT_MS, () => socket.destroy(new Error("the log host takes too long")));
  try {
    await Promise.race([once(socket, protocol === "tls" ? "secureConnect" : "connect"), failed]);
    // Counted octets (RFC 6587, 3.4.1): no line break in a message can pass for the end of it.
    for (const message of messages) socket.write(Buffer.concat([Buffer.from(`${message.length} `), message]));
    socket.resume().end();
    await Promise.race([once(socket, "close"), failed]);
  } finally {
    socket.destroy();
  }
}

async function sendDatagrams({ host, port }: LogHost, messages: readonly Buffer[]): Promise<void> {
  const socket = createSocket(host.includes(":") ? "udp6" : "udp4");
  try {
    for (const message of messages)
      await new Promise<void>((resolve, reject) =>
        socket.send(message, port, host, (error) => (error === null ? resolve() : reject(error))),
      );
  } finally {
    socket.close();
  }
}
