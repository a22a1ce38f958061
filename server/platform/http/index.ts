export { type Closable, stopGracefully, stopOnSignals } from "./graceful-stop.ts";
export {
  type AnonymousCaller,
  type AnswerOf,
  type EventAnswer,
  type FileAnswer,
  type PublicInput,
  type RequestInfo,
  type Route,
  type RouteInput,
  type ServerEvent,
  type SessionCookie,
  type StreamingInput,
  type Upload,
  publicRoute,
  route,
  streamingRoute,
} from "./route.ts";
export { type Authenticate, buildServer, type ServerParts } from "./server.ts";
export { type Allowance, defaultRateLimits, type HttpSettings, httpSettings, type RateLimits } from "./settings.ts";
