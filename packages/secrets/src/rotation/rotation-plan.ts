import type { Secret } from "../secret.ts";

/** How one name gets a new value. */
export interface RotationPlan {
  /**
   * Makes a new credential and gives its value. After a crash it may be called again with the same
   * `rotationId`, which a vendor's idempotency key can be made of.
   */
  create(context: {
    readonly name: string;
    readonly rotationId: string;
    readonly current: Secret | undefined;
  }): Promise<string>;
  /**
   * Throws, or gives false, when the new credential does not work. It stays pending then, and the
   * next call tests it again, for a network can be down and a new credential can be slow to spread.
   */
  test?(secret: Secret): Promise<unknown>;
  /**
   * True for a failure of `test` that is the issuer's refusal: the new value is dropped, and the
   * next call makes another. It is not given to `revoke`.
   */
  isRefusal?(failure: unknown): boolean;
  /**
   * Called before a rotation continues with the value of an earlier run, instead of `create`. What it
   * throws stops this call and changes no version.
   */
  onResume?(earlier: {
    readonly name: string;
    readonly secret: Secret;
    readonly createdAt: Date;
    /** It is current already, and only the old one is left to be revoked. */
    readonly isCurrent: boolean;
  }): Promise<unknown>;
  /** Makes an old credential invalid at its issuer. */
  revoke?(secret: Secret): Promise<unknown>;
  /** How long the old one stays valid, in milliseconds. @default 86400000 (a day) */
  readonly overlap?: number;
  /**
   * Gives up a pending value that an earlier run left, also one on another machine, and makes
   * another. @default false
   */
  readonly restart?: boolean;
}

/** What one rotation did. */
export interface RotationResult {
  readonly name: string;
  /** The version that is current now. */
  readonly version: number;
  /** Versions that were revoked in this run. */
  readonly revoked: readonly number[];
}

/** What `rotateDue` did and could not do. */
export interface DueReport {
  readonly rotated: readonly RotationResult[];
  /** Due, and without a plan: rotate these by hand. */
  readonly due: readonly string[];
  readonly failed: readonly { readonly name: string; readonly error: unknown }[];
}
