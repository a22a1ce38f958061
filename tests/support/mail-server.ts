import { createServer, type Socket } from "node:net";

export interface ReceivedMail {
  readonly to: readonly string[];
  /** Headers and body as they came. */
  readonly data: string;
}

/** A mail server on this machine that keeps what it is sent; with `refuses` it takes nobody. */
export async function givenMailServer({ refuses = false } = {}) {
  const received: ReceivedMail[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let to: string[] = [];
    let body: string | null = null;
    let rest = "";
    const say = (line: string) => socket.write(`${line}\r\n`);
    const take = (line: string) => {
      if (body !== null) {
        if (line !== ".") body += `${line.replace(/^\.\./, ".")}\r\n`;
        else {
          received.push({ to, data: body });
          [to, body] = [[], null];
          say("250 taken");
        }
      } else if (/^DATA/i.test(line)) {
        body = "";
        say("354 go on");
      } else if (/^RCPT TO:/i.test(line)) {
        to.push(/<(.*)>/.exec(line)?.[1] ?? line);
        say(refuses ? "550 nobody here" : "250 ok");
      } else say(/^QUIT/i.test(line) ? "221 bye" : "250 ok");
    };
    socket.on("data", (chunk) => {
      const lines = (rest + chunk.toString("utf8")).split("\r\n");
      rest = lines.pop() ?? "";
      for (const line of lines) take(line);
    });
    socket.on("error", () => sockets.delete(socket));
    say("220 test");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    received,
    config: { host: "127.0.0.1", port, secure: false, user: null, password: null },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
