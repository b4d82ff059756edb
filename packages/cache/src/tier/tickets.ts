/** A read or a computation in progress: its result is stored only while the ticket is valid. */
export interface Ticket {
  readonly key: string;
  readonly serial: number;
  valid: boolean;
  /** Called when the ticket becomes invalid. */
  readonly onVoid: (() => void) | undefined;
}

/**
 * The reads and computations in progress in this process, by key, so that they do not restore what
 * was invalidated.
 */
export class Tickets {
  readonly #open: Map<string, Set<Ticket>> = new Map();
  #serial = 0;

  issue(key: string, onVoid?: () => void): Ticket {
    const ticket: Ticket = { key, serial: ++this.#serial, valid: true, onVoid };
    const others = this.#open.get(key);
    if (others) others.add(ticket);
    else this.#open.set(key, new Set([ticket]));
    return ticket;
  }

  handIn(ticket: Ticket): void {
    const others = this.#open.get(ticket.key);
    if (!others?.delete(ticket)) return;
    if (others.size === 0) this.#open.delete(ticket.key);
  }

  /** Invalidates the tickets of a key that were issued before a serial number, or all of them. */
  void(key: string, before: number = Number.POSITIVE_INFINITY): void {
    const open = this.#open.get(key);
    if (!open) return;
    for (const ticket of open) {
      if (ticket.serial < before) this.#void(ticket);
    }
  }

  voidWhere(matches: (key: string) => boolean): void {
    for (const [key, tickets] of this.#open) {
      if (matches(key)) for (const ticket of tickets) this.#void(ticket);
    }
  }

  #void(ticket: Ticket): void {
    this.handIn(ticket);
    if (!ticket.valid) return;
    ticket.valid = false;
    ticket.onVoid?.();
  }
}
