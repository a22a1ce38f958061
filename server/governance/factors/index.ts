export { addPasskey, askForPasskey, beginPasskey, checkPasskey, type PasskeyResponse } from "./passkeys.ts";
export { renewRecoveryCodes, spendRecoveryCode } from "./recovery-codes.ts";
export { seedsOpen } from "./seeds-open.ts";
export { deletePasskey, deleteTotp, type Factors, factorsOf, listPasskeys } from "./store.ts";
export { beginTotp, checkTotp, totpSeeds } from "./totp.ts";
