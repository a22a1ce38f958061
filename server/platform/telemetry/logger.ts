import { type DestinationStream, type Logger, pino, stdTimeFunctions } from "pino";
import type { Config } from "../config/index.ts";
import { cleanText, cleanValue } from "./clean-value.ts";

/**
 * The log: one JSON object a line on standard output. Carries no personal data: log ids and counts, never bodies, parameters or values.
 * Every line of one request holds its `requestId` (`logger.child({ requestId })`).
 */
export function createLogger(config: Pick<Config, "logLevel">, destination?: DestinationStream): Logger {
  const options = {
    level: config.logLevel,
    base: { pid: process.pid },
    timestamp: stdTimeFunctions.isoTime,
    formatters: {
      level: (label: string) => ({ level: label }),
      log: (line: Record<string, unknown>) => cleanValue(line) as Record<string, unknown>,
      bindings: (bindings: Record<string, unknown>) => cleanValue(bindings) as Record<string, unknown>,
    },
    hooks: {
      logMethod(this: Logger, args: unknown[], method: (...args: unknown[]) => void) {
        method.apply(
          this,
          args.map((arg) => (typeof arg === "string" ? cleanText(arg) : arg)),
        );
      },
    },
  };
  return destination === undefined ? pino(options as never) : pino(options as never, destination);
}
