import { toBillionths } from "../src/access/budgets/account.ts";
import type { Page } from "./book.ts";
import { price } from "./settings.ts";
import { answerTo } from "./vendor-plays.ts";

/** What is known of the calls of one key from outside. */
export class Tally {
  /** Calls that surely cost what their vendor said, in billionths of a US dollar. */
  certain = 0;
  /** What the others cost at most, if they were answered. */
  doubtful = 0;
  doubts = 0;

  count(prompt: string, isRight: boolean): void {
    const { input, output } = answerTo(prompt);
    const cost = toBillionths((input * price.input + output * price.output) / 1e6);
    if (isRight) this.certain += cost;
    else this.doubtful += cost;
    if (!isRight) this.doubts += 1;
  }

  /** What the journal has that it should not have, or has not. */
  faults(name: string, { settled, unsettled }: Page): string[] {
    const faults: string[] = [];
    if (settled < this.certain) faults.push(`${name}: ${this.certain - settled} were not counted`);
    if (settled > this.certain + this.doubtful) faults.push(`${name}: too much was counted`);
    if (unsettled.length > this.doubts) {
      faults.push(`${name}: ${unsettled.length} are not settled, ${this.doubts} calls did not end`);
    }
    return faults;
  }
}
