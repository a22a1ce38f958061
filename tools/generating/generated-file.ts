/** A file that is made from something else in the repository, and its text as it should be now. */
export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}
