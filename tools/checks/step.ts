/** One check of the repository. `run` returns every fault it finds, each a line that says where and what; it throws where it cannot run. */
export interface Step {
  readonly name: string;
  run(root: string): Promise<readonly string[]> | readonly string[];
}
