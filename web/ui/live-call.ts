import { type AnswerOf, type AnyEndpoint, addressOf, type CallInput, headersOf } from "./api.ts";
import { ApiProblem, readProblem } from "./problem.ts";

interface LooseInput {
  readonly params?: Record<string, unknown>;
  readonly query?: Record<string, unknown>;
  readonly body?: unknown;
}

/**
 * Calls an endpoint that answers a request with server-sent events, and hands on each as it comes; returns when the answer has ended. The browser's
 * own EventSource can only GET. Fails with `ApiProblem`, code `offline` when the line broke.
 */
export async function callLive<E extends AnyEndpoint>(
  endpoint: E,
  input: CallInput<E>,
  onEvent: (event: AnswerOf<E>) => void,
  signal?: AbortSignal,
): Promise<void> {
  const loose = input as LooseInput;
  const init: RequestInit = { method: endpoint.method, headers: headersOf(endpoint, loose), credentials: "same-origin" };
  if (loose.body !== undefined) init.body = JSON.stringify(loose.body);
  if (signal) init.signal = signal;
  const lost = (cause: unknown) => {
    if (signal?.aborted) throw cause;
    throw new ApiProblem({ code: "offline" }, { cause });
  };
  const response = await fetch(addressOf(endpoint, loose), init).catch(lost);
  if (!response.ok) throw await readProblem(response);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  for (let rest = ""; reader !== undefined; ) {
    const { done, value } = await reader.read().catch(lost);
    if (done) return;
    const events = (rest + value).split("\n\n");
    rest = events.pop() ?? "";
    for (const event of events) {
      const data = event.split("\n").find((line) => line.startsWith("data: "));
      if (data !== undefined) onEvent(JSON.parse(data.slice("data: ".length)) as AnswerOf<E>);
    }
  }
}
