import { isPromise, type MaybePromise, whenReady } from "../maybe-promise.ts";
import type { Notes } from "./notes.ts";
import type { Ticket } from "./tickets.ts";

/** The moment at which a computation starts. */
export class Mark {
  readonly ticket: Ticket;
  readonly #notes: readonly Notes[];
  readonly #positions: readonly (string | undefined)[];

  constructor(ticket: Ticket, notes: readonly Notes[], positions: readonly (string | undefined)[]) {
    this.ticket = ticket;
    this.#notes = notes;
    this.#positions = positions;
  }

  /** Returns true if the key was deleted, cleared or replaced since, here or by another process. */
  isVoid(): MaybePromise<boolean> {
    if (!this.ticket.valid) return true;
    const { key } = this.ticket;
    const each = this.#notes.map((notes, index) => notes.isVoid(key, this.#positions[index]));
    if (!each.some(isPromise)) return each.includes(true);
    return Promise.all(each).then((all) => all.includes(true) || !this.ticket.valid);
  }
}

/** Returns a mark with the current end of the notes of all stores. */
export function mark(ticket: Ticket, notes: readonly Notes[]): MaybePromise<Mark> {
  const news = notes.map((each) => whenReady(each.since(), (found) => found?.position));
  if (!news.some(isPromise)) return new Mark(ticket, notes, news as (string | undefined)[]);
  return Promise.all(news).then((positions) => new Mark(ticket, notes, positions));
}
