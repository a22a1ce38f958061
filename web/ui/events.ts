import { useEffect, useRef, useState } from "react";
import { type AnswerOf, type AnyEndpoint, addressOf, type CallInput } from "./api.ts";

export type StreamState = "connecting" | "open" | "lost";

interface StreamHandlers<Message> {
  readonly onMessage: (message: Message) => void;
  readonly onState?: (state: StreamState) => void;
}

/** Listens to an endpoint of server-sent events; the browser reconnects by itself. Answers a function that stops listening. */
export function subscribe<E extends AnyEndpoint>(endpoint: E, input: CallInput<E>, handlers: StreamHandlers<AnswerOf<E>>): () => void {
  const source = new EventSource(addressOf(endpoint, input as { params?: unknown; query?: unknown }), { withCredentials: false });
  handlers.onState?.("connecting");
  source.onopen = () => handlers.onState?.("open");
  source.onerror = () => handlers.onState?.("lost");
  source.onmessage = (event: MessageEvent<string>) => handlers.onMessage(JSON.parse(event.data) as AnswerOf<E>);
  return () => source.close();
}

/** The same, for as long as a component is shown; `input` null does not listen. */
export function useStream<E extends AnyEndpoint>(
  endpoint: E,
  input: CallInput<E> | null,
  onMessage: (message: AnswerOf<E>) => void,
): StreamState {
  const [state, setState] = useState<StreamState>("connecting");
  const handler = useRef(onMessage);
  useEffect(() => {
    handler.current = onMessage;
  });
  const address = input === null ? null : addressOf(endpoint, input as { params?: unknown; query?: unknown });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address says all that matters of endpoint and input
  useEffect(() => {
    if (input === null) return;
    return subscribe(endpoint, input, { onMessage: (message) => handler.current(message), onState: setState });
  }, [address]);
  return state;
}
