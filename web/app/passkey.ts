import { startAuthentication } from "@simplewebauthn/browser";

/** Whether this browser can hold passkeys at all. */
export const canUsePasskeys = (): boolean => typeof window.PublicKeyCredential === "function";

interface Challenge {
  readonly challengeId: string;
  readonly options: Record<string, unknown>;
}

interface Signed {
  readonly challengeId: string;
  readonly response: Record<string, unknown>;
}

/** The browser asks the person for their passkey. Rejects when they do not give it. */
export async function signWithPasskey({ challengeId, options }: Challenge): Promise<Signed> {
  const response = await startAuthentication({ optionsJSON: options as never });
  return { challengeId, response: { ...response } };
}
