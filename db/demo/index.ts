export { type DemoBank, generateDemoBank } from "./generate.ts";
export { demoStaff } from "./staff.ts";
