import type { ChildProcess } from "node:child_process";
import type { VendorPlays } from "../../../cli/test/vendor-plays.ts";

/** When a run is killed: at what the vendor sees, or after some time. */
const moments = ["submitting", "submitted", "looking", "sending", "time"] as const;
type Moment = (typeof moments)[number];

/** Milliseconds of a run at most, of which one is killed after some; and between an event and its kill. */
const longest = 2_500;
const behind = 40;

/**
 * Kills runs by SIGKILL at random points. A submission that is lost is sought for ten seconds, so that
 * one kill of ten is of that kind.
 */
export class Reaper {
  readonly #random: () => number;
  readonly #killed = new Map<string, number>();
  readonly #mostLost: number;
  left: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(random: () => number, kills: number) {
    this.#random = random;
    this.left = kills;
    this.#mostLost = Math.floor(kills / 10);
  }

  /** Has a run killed, if it comes to the point that was drawn. */
  follow(child: ChildProcess, plays: VendorPlays): void {
    if (this.left === 0) return;
    const moment = moments[Math.floor(this.#random() * moments.length)] as Moment;
    const isAtOnce = this.#random() < 0.5;
    const delay = isAtOnce ? 0 : this.#random() * behind;
    const kill = () => this.#kill(child, moment);
    const soon = () => {
      if (delay === 0) kill();
      else this.#timer = setTimeout(kill, delay);
    };
    if (moment === "time") this.#timer = setTimeout(kill, this.#random() * longest);
    if (moment === "submitting") plays.submitting = () => this.#lose(soon);
    if (moment === "submitted") {
      plays.submitted = () => {
        soon();
        return isAtOnce;
      };
    }
    if (moment === "looking") plays.looking = soon;
    if (moment === "sending") plays.sending = soon;
  }

  /** The run has ended. */
  leave(plays: VendorPlays): void {
    clearTimeout(this.#timer);
    for (const moment of ["submitting", "submitted", "looking", "sending"] as const) {
      plays[moment] = undefined;
    }
  }

  told(): string[] {
    return [...this.#killed].map(([moment, count]) => `  ${String(count).padStart(5)}  ${moment}`);
  }

  /** @returns Whether no batch is made of a submission that has arrived */
  #lose(soon: () => void): boolean {
    if ((this.#killed.get("submitting") ?? 0) >= this.#mostLost) return false;
    soon();
    return true;
  }

  #kill(child: ChildProcess, moment: Moment): void {
    if (child.exitCode !== null || !child.kill("SIGKILL")) return;
    this.left -= 1;
    this.#killed.set(moment, (this.#killed.get(moment) ?? 0) + 1);
  }
}
