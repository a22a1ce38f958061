export { authenticate } from "./authenticate.ts";
export { readDemoState, saveBank, saveDemoPeople, saveDemoState } from "./bank.ts";
export { callerOf, operatorCaller } from "./callers.ts";
export { type CreateUserRequest, createUser } from "./create-user.ts";
export { listUsers, setUserActive } from "./manage-users.ts";
export { hashPassword } from "./passwords.ts";
export { readNames } from "./read-names.ts";
export { readWelcome } from "./read-welcome.ts";
