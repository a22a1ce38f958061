export { type Closable, stopGracefully, stopOnSignals } from "./graceful-stop.ts";
export { takesKeys } from "./guards.ts";
export { httpStatus } from "./problem.ts";
export {
  type AnonymousCaller,
  type AnswerOf,
  type Dialect,
  type EventAnswer,
  type FileAnswer,
  type PublicInput,
  publicRoute,
  type RequestInfo,
  type Route,
  type RouteInput,
  route,
  type ServerEvent,
  type SessionCookie,
  type StreamingInput,
  streamingRoute,
  type Upload,
} from "./route.ts";
export { cookieWillBeRefused } from "./security.ts";
export { buildServer } from "./server.ts";
export type { Authenticate, AuthenticateKey, Refused, ServerParts } from "./server-parts.ts";
export { type Allowance, defaultRateLimits, type HttpSettings, httpSettings, type RateLimits } from "./settings.ts";
export { forgetOldAnswers } from "./store.ts";
