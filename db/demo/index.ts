export { type DemoBank, type DemoBankOptions, type DemoDelivery, generateDemoBank } from "./generate.ts";
export { type DemoStaffMember, demoStaff } from "./staff.ts";
