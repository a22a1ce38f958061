/**
 * Keeps the master key, with which the keys of columns are wrapped. The master key leaves its provider for nobody. All fail with KeysUnavailable when the
 * provider does not answer or no longer has the master key, and with WrongMasterKey when what is wrapped was wrapped by another one, or was changed.
 */
export interface KeyProvider {
  readonly kind: "file" | "transit";
  /** Where it is, in words for the operator. */
  readonly place: string;
  /** Whether what is wrapped has the form that this one gives it. */
  readonly wraps: (wrapped: string) => boolean;
  /** Names the newest master key without telling it. */
  readonly masterKey: () => Promise<string>;
  readonly wrap: (key: Buffer) => Promise<string>;
  readonly unwrap: (wrapped: string) => Promise<Buffer>;
  /** A new version of the master key; what older versions wrapped still opens. */
  readonly rotate: () => Promise<void>;
  /** The same key under the newest version of the master key. */
  readonly rewrap: (wrapped: string) => Promise<string>;
}

export class KeysUnavailable extends Error {}

export class WrongMasterKey extends Error {}
