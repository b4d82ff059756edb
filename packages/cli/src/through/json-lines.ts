import type { Socket } from "node:net";

/** Values that go over a socket, each a line of JSON. */
export class JsonLines {
  readonly #socket: Socket;
  readonly #came: string[] = [];
  #begun = "";
  #wake: () => void = () => {};
  /** Characters that wait to be read. */
  #waiting = 0;
  /** How many of them there may be. */
  #most: number;

  constructor(socket: Socket, most: number) {
    this.#socket = socket;
    this.#most = most;
    socket.setEncoding("utf8");
    socket.on("data", (text: string) => this.#take(text));
    // What ends it is told by its end.
    socket.on("error", () => {});
    socket.on("close", () => this.#wake());
  }

  /** From now on that many characters may wait to be read. */
  allow(most: number): void {
    this.#most = most;
  }

  /** Runs when the other side has left, or this one has. */
  whenClosed(run: () => void): void {
    if (this.#socket.destroyed) run();
    else this.#socket.once("close", run);
  }

  /** Resolves to whether all of it has gone out; without that the other side has no whole line. */
  write(value: unknown): Promise<boolean> {
    const line = `${JSON.stringify(value)}\n`;
    if (!this.#socket.writable) return Promise.resolve(false);
    return new Promise((resolve) => {
      this.#socket.write(line, (error) => resolve(!error));
    });
  }

  /** Waits for the next one; undefined where there is no more, or what came is not JSON. */
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

  /** Writes what is left, and ends, whatever the other side does. */
  end(): void {
    this.#socket.destroySoon();
  }

  /** Ends at once, so that the other side ends what it does for this one. */
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
