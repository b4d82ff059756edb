/** The ids of an answer's tool calls: the vendor's own, and where it gives none, or one twice, others. */
export class CallIds {
  readonly #given = new Set<string>();

  /** An id that no other call of the answer has. */
  give(id: string | undefined): string {
    let unique = id ?? this.#numbered();
    for (let count = 2; this.#given.has(unique); count += 1) unique = `${id}_${count}`;
    this.#given.add(unique);
    return unique;
  }

  #numbered(): string {
    let number = this.#given.size + 1;
    while (this.#given.has(`call_${number}`)) number += 1;
    return `call_${number}`;
  }
}
