/** Writes the events of a response, each with its number in the stream. */
export class EventWriter {
  #next = 0;

  write(type: string, members: object): string {
    const data = { type, sequence_number: this.#next, ...members };
    this.#next += 1;
    return `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
  }
}
