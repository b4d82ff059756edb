import type { Part } from "../contract/part.ts";
import { DualModeError } from "../error.ts";
import { refuseDeepValue } from "../text/nesting.ts";
import { partFault } from "./part-fault.ts";

/** Parts that arrived together, up to the first that breaks the contract. */
interface Checked {
  readonly sound: readonly Part[];
  readonly fault?: { readonly thrown: unknown };
}

/**
 * Checks that a mode keeps the contract of its parts: each has the right form, "start" comes first
 * and once, "finish" last.
 */
export class PartOrder {
  #seen: "nothing" | "start" | "finish" = "nothing";

  get seen(): "nothing" | "start" | "finish" {
    return this.#seen;
  }

  /** Checks a part, and the parts after it that have already arrived. */
  check(first: Part, next: () => Part | undefined): Checked {
    const sound: Part[] = [];
    let part: Part | undefined = first;
    try {
      do {
        this.#check(part);
        sound.push(part);
        part = next();
      } while (part !== undefined);
      return { sound };
    } catch (thrown) {
      return { sound, fault: { thrown } };
    }
  }

  #check(part: Part): void {
    const wrong = partFault(part);
    if (wrong !== undefined) throw fault(wrong);
    if (part.type === "tool-call") refuseDeepValue(part.input);
    if (this.#seen === "finish") throw fault(`gave a "${part.type}" part after "finish"`);
    if (this.#seen === "nothing" && part.type !== "start") {
      throw fault(`gave "${part.type}" as its first part; it must be "start"`);
    }
    if (this.#seen === "start" && part.type === "start") throw fault('gave "start" twice');
    this.#seen = part.type === "finish" ? "finish" : "start";
  }
}

function fault(what: string): DualModeError {
  return new DualModeError("PROVIDER_FAULT", `The provider broke the contract: it ${what}.`);
}
