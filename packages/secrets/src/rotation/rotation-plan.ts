import type { Secret } from "../secret.ts";

/** How a name gets a new value. */
export interface RotationPlan {
  /**
   * Creates a new credential and returns its value. After a crash it may be called again with the
   * same `rotationId`, from which an idempotency key for the vendor can be made.
   */
  create(context: {
    readonly name: string;
    readonly rotationId: string;
    readonly current: Secret | undefined;
  }): Promise<string>;
  /**
   * Throws, or returns false, if the new credential does not work. The credential then stays
   * pending, and the next call tests it again: the network may be down, and a new credential may
   * take time to become valid everywhere.
   */
  test?(secret: Secret): Promise<unknown>;
  /**
   * Returns true for a failure of `test` that means that the issuer refuses the credential: the new
   * value is dropped, and the next call creates another. The dropped value is not passed to
   * `revoke`.
   */
  isRefusal?(failure: unknown): boolean;
  /**
   * Called, instead of `create`, before a rotation continues with the value of an earlier run. An
   * error that it throws stops this call and changes no version.
   */
  onResume?(earlier: {
    readonly name: string;
    readonly secret: Secret;
    readonly createdAt: Date;
    /** True if the value is already current, and only the old one is still to be revoked. */
    readonly isCurrent: boolean;
  }): Promise<unknown>;
  /** Makes an old credential invalid at its issuer. */
  revoke?(secret: Secret): Promise<unknown>;
  /** How long the old value stays valid, in milliseconds. @default 86400000 (a day) */
  readonly overlap?: number;
  /**
   * Drops a pending value that an earlier run left, possibly on another machine, and creates
   * another.
   * @default false
   */
  readonly restart?: boolean;
}

/** The result of one rotation. */
export interface RotationResult {
  readonly name: string;
  /** The version that is now current. */
  readonly version: number;
  /** The versions that this run revoked. */
  readonly revoked: readonly number[];
}

/** The result of `rotateDue`. */
export interface DueReport {
  readonly rotated: readonly RotationResult[];
  /** Names that are due but have no plan: rotate them by hand. */
  readonly due: readonly string[];
  readonly failed: readonly { readonly name: string; readonly error: unknown }[];
}
