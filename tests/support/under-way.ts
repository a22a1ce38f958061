import { writeFileSync } from "node:fs";
import type { Reporter, TestCase, TestModule } from "vitest/node";

/** What a run has begun and not ended stands in a file at every moment, so that a run that has to be stopped can say what hung. */
export default class UnderWay implements Reporter {
  private readonly file = process.env.TESTS_UNDER_WAY ?? "";
  private readonly tests = new Map<string, string>();

  onTestModuleQueued(module: TestModule) {
    this.set(module, "before its first test");
  }
  onTestCaseReady({ module, fullName }: TestCase) {
    this.set(module, fullName);
  }
  onTestCaseResult({ module, fullName }: TestCase) {
    this.set(module, `after "${fullName}"`);
  }
  onTestModuleEnd(module: TestModule) {
    this.tests.delete(module.relativeModuleId);
    this.write();
  }

  private set(module: TestModule, at: string) {
    this.tests.set(module.relativeModuleId, at);
    this.write();
  }
  private write() {
    writeFileSync(this.file, [...this.tests].map(([file, at]) => `${file}: ${at}\n`).join(""));
  }
}
