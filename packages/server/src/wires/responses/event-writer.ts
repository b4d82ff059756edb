/** Writes events of a response, each with the number that it has in the stream. */
export class EventWriter {
  #next = 0;

  write(type: string, members: object): string {
    const data = { type, sequence_number: this.#next, ...members };
    this.#next += 1;
    return `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
  }
}
