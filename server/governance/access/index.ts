export { authenticate } from "./authenticate.ts";
export { callerOf, operatorCaller } from "./callers.ts";
export { type CreateUserRequest, createUser } from "./create-user.ts";
export { listUsers, setUserActive } from "./manage-users.ts";
export { DEMO_PASSWORD, readWelcome } from "./read-welcome.ts";
