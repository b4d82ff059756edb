import { DualModeError } from "../../error.ts";
import { type BegunRun, commandOf } from "../begun-run.ts";
import type { CallRun } from "./call-run.ts";
import { marksOf } from "./file-marks.ts";
import { addStandby, dropStale, makesRoom, takeStandby } from "./pool.ts";
import { type SeenAtStart, seenAtStart } from "./seen-at-start.ts";
import { WaitingRun } from "./waiting-run.ts";

/** The standby processes that one call may take, and those that it starts for the next. */
export class Standbys {
  readonly #call: CallRun;
  readonly #seen: SeenAtStart;

  private constructor(call: CallRun, seen: SeenAtStart) {
    this.#call = call;
    this.#seen = seen;
  }

  /**
   * Returns undefined if none can be kept.
   *
   * @throws {@link DualModeError} the error of the plan
   */
  static async of(call: CallRun): Promise<Standbys | undefined> {
    const { context, wish, plan, rules } = call;
    if (rules.asksAtEnd && process.platform !== "linux") return undefined;
    const seen = await seenAtStart(context, plan, rules, wish.scope);
    if (!seen.planned.stdin.startsWith(rules.first ?? "")) {
      const message = "The mode writes ahead something that is not the start of its plan's stdin.";
      throw new DualModeError("PROVIDER_FAULT", message);
    }
    dropStale(wish);
    return new Standbys(call, seen);
  }

  /** Passes the call to a waiting process, if there is one. */
  async claim(freeSlot: () => void): Promise<BegunRun | undefined> {
    const { context } = this.#call;
    const standby = takeStandby(this.#seen.key);
    if (standby === undefined || !(await standby.started())) return undefined;
    return standby.claim({ context, plan: this.#seen.planned, freeSlot });
  }

  /** Starts the processes that the next calls of this kind may take. */
  refill(): void {
    const { wish, context, rules } = this.#call;
    const { key } = this.#seen;
    while (makesRoom(key, wish.count)) {
      const marks = marksOf([commandOf(context), ...(rules.files ?? [])]);
      const standby = new WaitingRun(this.#call, key, marks);
      addStandby(standby);
      standby.start();
    }
  }
}
