import type { Styles } from "../output/styles.ts";

/** How blocks are shown. */
export interface Look {
  readonly styles: Styles;
  /** Columns that a line may have. */
  readonly columns: number;
}
