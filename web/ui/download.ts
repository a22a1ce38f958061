import { type AnyEndpoint, addressOf, type CallInput, headersOf } from "./api.ts";
import { ApiProblem, readProblem } from "./problem.ts";
import { withProof } from "./step-up.ts";

/** Fetches a file from an endpoint of `answerKind: "file"` and hands it to the browser under the name the server gave it. Asks for a proof where one is wanted. */
export async function download<E extends AnyEndpoint>(endpoint: E, input: CallInput<E>): Promise<void> {
  const response = await withProof(() => fetchFile(endpoint, input));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = nameOf(response.headers.get("content-disposition"));
  link.click();
  URL.revokeObjectURL(link.href);
}

async function fetchFile<E extends AnyEndpoint>(endpoint: E, input: CallInput<E>): Promise<Response> {
  const loose = input as { params?: unknown; query?: unknown; body?: unknown };
  const init: RequestInit = { method: endpoint.method, headers: headersOf(endpoint, loose as never), credentials: "same-origin" };
  if (loose.body !== undefined) init.body = JSON.stringify(loose.body);
  const response = await fetch(addressOf(endpoint, loose), init).catch((cause: unknown) => {
    throw new ApiProblem({ code: "offline" }, { cause });
  });
  if (!response.ok) throw await readProblem(response);
  return response;
}

function nameOf(disposition: string | null): string {
  const encoded = /filename\*=UTF-8''([^;]+)/.exec(disposition ?? "")?.[1];
  return encoded === undefined ? "export" : decodeURIComponent(encoded);
}
