import type { Styles } from "../output/styles.ts";

/** How blocks are shown. */
export interface Look {
  readonly styles: Styles;
  /** The most columns of a line. */
  readonly columns: number;
}
