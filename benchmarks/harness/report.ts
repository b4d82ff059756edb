/** What stands beside ours: a peer that people use, or the floor that nobody can go under. */
export type Kind = "ours" | "peer" | "floor";

export interface Row {
  readonly subject: string;
  readonly kind: Kind;
  /** The median, in the table's unit. */
  readonly figure: number;
  /** How many times the reference's figure, the median of the rounds' own ratios. */
  readonly ratio: number;
}

export interface Table {
  readonly title: string;
  readonly unit: "µs" | "ms" | "MB" | "ops/s" | "requests" | "calls";
  /** The subject to which the ratios are. */
  readonly reference: string;
  readonly rows: readonly Row[];
}

/** A goal and what was measured against it. */
export interface Goal {
  readonly says: string;
  readonly measured: number;
  readonly atMost?: number;
  readonly atLeast?: number;
  /** "x" for a ratio, else the unit. */
  readonly unit: string;
}

/** Lines over a logarithmic x axis, drawn as SVG. */
export interface Plot {
  readonly file: string;
  readonly title: string;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly lines: readonly {
    readonly name: string;
    readonly points: readonly (readonly [x: number, y: number])[];
  }[];
}

export interface Report {
  readonly tables: readonly Table[];
  readonly goals: readonly Goal[];
  readonly plots?: readonly Plot[];
  /** What was left out of this run and why, and what the figures do not say. */
  readonly remarks?: readonly string[];
}

export interface Settings {
  /** 100,000 and 1,000,000 entries too. */
  readonly full: boolean;
}

export interface Bench {
  readonly title: string;
  run(settings: Settings): Promise<Report>;
}

export function met(goal: Goal): boolean {
  const { measured, atMost = Number.POSITIVE_INFINITY, atLeast = Number.NEGATIVE_INFINITY } = goal;
  return measured <= atMost && measured >= atLeast;
}
