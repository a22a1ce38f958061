export { authenticate } from "./authenticate.ts";
export { callerOf, operatorCaller } from "./callers.ts";
export { type CreateUserRequest, createUser } from "./create-user.ts";
export { listUsers, setUserActive } from "./manage-users.ts";
export { readWelcome } from "./read-welcome.ts";
export { saveBankSetting, saveDemoPeople, saveDemoState } from "./save-bank.ts";
export { readDemoState } from "./store.ts";
