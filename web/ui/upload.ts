import { type AnswerOf, type AnyEndpoint, addressOf, type CallInput, headersOf } from "./api.ts";
import { ApiProblem, readProblem } from "./problem.ts";

/** Sends the bytes of one file to an endpoint of `bodyKind: "upload"` and tells how many have gone; fetch cannot tell that. */
export function upload<E extends AnyEndpoint>(
  endpoint: E,
  input: CallInput<E>,
  file: Blob,
  options: { onProgress?: (sentBytes: number) => void; signal?: AbortSignal } = {},
): Promise<AnswerOf<E>> {
  const request = new XMLHttpRequest();
  request.open(endpoint.method, addressOf(endpoint, input as { params?: unknown; query?: unknown }));
  for (const [name, value] of Object.entries(headersOf(endpoint, { ...(input as object) }))) request.setRequestHeader(name, value);
  request.setRequestHeader("content-type", "application/octet-stream");
  request.upload.onprogress = (event) => options.onProgress?.(event.loaded);
  options.signal?.addEventListener("abort", () => request.abort(), { once: true });
  return new Promise((resolve, reject) => {
    request.onerror = () => reject(new ApiProblem({ code: "offline" }));
    request.onabort = () => reject(new DOMException("upload stopped", "AbortError"));
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) {
        resolve((request.responseText === "" ? undefined : JSON.parse(request.responseText)) as AnswerOf<E>);
        return;
      }
      const headers = new Headers();
      for (const name of ["retry-after", "x-request-id"]) {
        const value = request.getResponseHeader(name);
        if (value) headers.set(name, value);
      }
      readProblem(new Response(request.responseText, { status: request.status, headers })).then(reject, reject);
    };
    request.send(file);
  });
}
