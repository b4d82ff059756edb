/** The texts written before, newest last. Kept only in memory, since a prompt may hold anything. */
export class History {
  readonly #entries: string[] = [];
  #at = 0;
  /** The text that was being written when the user started to go back. */
  #draft = "";

  add(text: string): void {
    if (text.trim() !== "" && this.#entries.at(-1) !== text) this.#entries.push(text);
    this.#at = this.#entries.length;
  }

  back(current: string): string | undefined {
    if (this.#at === 0) return undefined;
    if (this.#at === this.#entries.length) this.#draft = current;
    this.#at -= 1;
    return this.#entries[this.#at];
  }

  forth(): string | undefined {
    if (this.#at === this.#entries.length) return undefined;
    this.#at += 1;
    return this.#entries[this.#at] ?? this.#draft;
  }
}
