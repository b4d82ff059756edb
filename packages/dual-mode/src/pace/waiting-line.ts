/** A place in a line, in which a lower ticket comes first. */
export interface Place {
  readonly ticket: number;
  before?: Place | undefined;
  after?: Place | undefined;
}

/** A line ordered by tickets, which can be left from its middle at no cost. */
export class WaitingLine<P extends Place> {
  #first: Place | undefined;
  #last: Place | undefined;
  #size = 0;

  get first(): P | undefined {
    return this.#first as P | undefined;
  }

  get size(): number {
    return this.#size;
  }

  /** Most tickets are higher than all that wait, so the place is searched for from the end. */
  add(place: P): void {
    let before = this.#last;
    while (before !== undefined && before.ticket > place.ticket) before = before.before;
    const after = before === undefined ? this.#first : before.after;
    place.before = before;
    place.after = after;
    if (before === undefined) this.#first = place;
    else before.after = place;
    if (after === undefined) this.#last = place;
    else after.before = place;
    this.#size += 1;
  }

  /** Removes a place that is in this line. */
  remove(place: P): void {
    const { before, after } = place;
    if (before === undefined) this.#first = after;
    else before.after = after;
    if (after === undefined) this.#last = before;
    else after.before = before;
    place.before = undefined;
    place.after = undefined;
    this.#size -= 1;
  }

  *[Symbol.iterator](): Generator<P> {
    let place = this.#first;
    while (place !== undefined) {
      const { after } = place;
      yield place as P;
      place = after;
    }
  }
}
