export { opensWith } from "./opens-with.ts";
export { addPasskey, askForPasskey, beginPasskey, checkPasskey, type PasskeyResponse } from "./passkeys.ts";
export { renewRecoveryCodes, spendRecoveryCode } from "./recovery-codes.ts";
export { deletePasskey, deleteTotp, type Factors, factorsOf, listPasskeys } from "./store.ts";
export { beginTotp, checkTotp } from "./totp.ts";
