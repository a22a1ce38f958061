import { createServer } from "node:net";
import { type Config, Refusal } from "../platform/config/index.ts";

type Place = Pick<Config, "port" | "host">;

/** Looks, before anything is started or migrated, whether the web server will get its port. Fails with Refusal. */
export async function requirePort({ port, host }: Place): Promise<void> {
  const probe = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      probe.once("error", reject);
      probe.listen({ port, host, exclusive: true }, resolve);
    });
  } catch (error) {
    throw portRefusal(error, { port, host });
  }
  await new Promise((resolve) => probe.close(resolve));
}

/** What the operator is told when listening failed; any other error as it is. */
export function portRefusal(error: unknown, { port, host }: Place): unknown {
  const code = error instanceof Error && "code" in error ? error.code : null;
  if (code === "EADDRINUSE")
    return new Refusal(`Port ${port} is taken by another program: stop it, or choose another port with PORT=3001 npm start.`, error);
  if (code === "EACCES")
    return new Refusal(`Port ${port} may not be opened by this account: choose one above 1023 with PORT=3001 npm start.`, error);
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
    return new Refusal(`This machine has no address ${host}: set VINCULO_HOST to one of its own, or leave it out.`, error);
  return error;
}
