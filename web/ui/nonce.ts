/** The nonce the server wrote into this answer's page; style elements made by Mantine and by its scroll lock carry it. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? "";
}

/** `get-nonce`, used by the scroll lock of dialogs, looks for this global. */
export function publishNonce(): void {
  (globalThis as { __webpack_nonce__?: string }).__webpack_nonce__ = styleNonce();
}
