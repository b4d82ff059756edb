import type { Socket } from "node:net";

/** Values sent over a socket, each as a line of JSON. */
export class JsonLines {
  readonly #socket: Socket;
  readonly #came: string[] = [];
  #begun = "";
  #wake: () => void = () => {};
  /** The number of characters that wait to be read. */
  #waiting = 0;
  /** The most characters that may wait to be read. */
  #most: number;

  constructor(socket: Socket, most: number) {
    this.#socket = socket;
    this.#most = most;
    socket.setEncoding("utf8");
    socket.on("data", (text: string) => this.#take(text));
    // An error ends the socket, and its end is noticed.
    socket.on("error", () => {});
    socket.on("close", () => this.#wake());
  }

  /** Sets how many characters may wait to be read from now on. */
  allow(most: number): void {
    this.#most = most;
  }

  /** Runs once either side has disconnected. */
  whenClosed(run: () => void): void {
    if (this.#socket.destroyed) run();
    else this.#socket.once("close", run);
  }

  /** Resolves to whether the whole line was sent; if not, the other side has no complete line. */
  write(value: unknown): Promise<boolean> {
    const line = `${JSON.stringify(value)}\n`;
    if (!this.#socket.writable) return Promise.resolve(false);
    return new Promise((resolve) => {
      this.#socket.write(line, (error) => resolve(!error));
    });
  }

  /** Waits for the next value; undefined if there is no more, or if it is not JSON. */
  async next(): Promise<unknown> {
    for (;;) {
      const line = this.#came.shift();
      if (line !== undefined) {
        this.#waiting -= line.length;
        return this.#parsed(line);
      }
      if (this.#socket.destroyed) return undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Sends the rest and disconnects, whatever the other side does. */
  end(): void {
    this.#socket.destroySoon();
  }

  /** Disconnects at once, so that the other side ends its work for this one. */
  leave(): void {
    this.#socket.destroy();
  }

  #take(text: string): void {
    const [first = "", ...more] = text.split("\n");
    this.#waiting += text.length - more.length;
    this.#begun += first;
    for (const next of more) {
      this.#came.push(this.#begun);
      this.#begun = next;
    }
    if (this.#waiting > this.#most) this.leave();
    if (more.length > 0) this.#wake();
  }

  #parsed(line: string): unknown {
    try {
      return JSON.parse(line);
    } catch {
      this.leave();
      return undefined;
    }
  }
}
