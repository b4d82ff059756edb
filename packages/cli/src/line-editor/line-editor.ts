import { ownTerminal } from "../input/terminal-owner.ts";
import { coloursOf } from "../output/terminal.ts";
import { History } from "./history.ts";
import { actOn, type Wish } from "./key-actions.ts";
import { onTyped, type Typed } from "./key-events.ts";
import { layOut } from "./lay-out.ts";
import { ScreenArea } from "./screen-area.ts";
import { TextBuffer } from "./text-buffer.ts";

/** A text that was entered, or how the input ended. */
export type Written =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "end" }
  | { readonly type: "interrupt" };

export interface LineEditorOptions {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  /** Called on Ctrl-C while no text is being read. */
  readonly onInterrupt: () => void;
  /** Opens a text in the user's own editor and returns the edited text. */
  readonly edit: (text: string) => Promise<string>;
  /** Returns the completed text, if there is a completion. */
  readonly complete: (text: string) => string | undefined;
}

const mark = "> ";
const bracketedPaste = { on: "\u001b[?2004h", off: "\u001b[?2004l" };

/**
 * Reads texts of one or more lines from a terminal. It owns the terminal until it is closed: keys
 * typed while no text is read are kept for the next text.
 */
export class LineEditor {
  readonly #options: LineEditorOptions;
  readonly #area: ScreenArea;
  readonly #history = new History();
  readonly #buffer = new TextBuffer();
  readonly #waiting: Typed[] = [];
  readonly #stopListening: (() => void)[] = [];
  readonly #disown: () => void;
  #answer: ((written: Written) => void) | undefined;
  #isDrawDue = false;
  #isEnded = false;
  readonly #wishes: Readonly<Record<Wish, (text: string) => void>> = {
    submit: (text) => this.#give({ type: "text", text }),
    end: () => this.#give({ type: "end" }),
    interrupt: (text) => this.#interrupt(text),
    back: (text) => this.#show(this.#history.back(text)),
    forth: () => this.#show(this.#history.forth()),
    complete: (text) => this.#show(this.#options.complete(text)),
    edit: (text) => void this.#edit(text),
    suspend: () => this.#suspend(),
    "clear-screen": () => {
      this.#area.clearScreen();
      this.#draw();
    },
  };

  constructor(options: LineEditorOptions) {
    this.#options = options;
    this.#area = new ScreenArea(options.output);
    this.#disown = ownTerminal({
      release: () => this.#release(),
      takeBack: () => this.#takeOver(),
    });
    const { input, output } = options;
    const onEnd = () => this.#end();
    const onResize = () => this.#drawSoon();
    const onExit = () => this.#release();
    input.on("end", onEnd).on("close", onEnd).on("error", onEnd);
    output.on("resize", onResize);
    process.on("exit", onExit);
    this.#stopListening.push(() => {
      input.off("end", onEnd).off("close", onEnd).off("error", onEnd);
      output.off("resize", onResize);
      process.off("exit", onExit);
    });
    this.#takeOver();
  }

  /** Reads the next text, which may start with a given one. */
  read(begun = ""): Promise<Written> {
    this.#buffer.set(begun);
    return new Promise((resolve) => {
      this.#answer = resolve;
      this.#draw();
      if (this.#isEnded) this.#give({ type: "end" });
      else this.#takeWaiting();
    });
  }

  /** Adds a text to the history. */
  remember(text: string): void {
    this.#history.add(text);
  }

  /** Releases the terminal. */
  close(): void {
    this.#release();
    this.#disown();
    for (const stop of this.#stopListening) stop();
  }

  #stopKeys: () => void = () => {};

  #takeOver(): void {
    const { input, output } = this.#options;
    input.setRawMode(true);
    this.#stopKeys = onTyped(input, (typed) => this.#take(typed));
    input.resume();
    output.write(bracketedPaste.on);
  }

  #release(): void {
    const { input, output } = this.#options;
    this.#stopKeys();
    output.write(bracketedPaste.off);
    if (input.isTTY && !input.destroyed) input.setRawMode(false);
    input.pause();
  }

  #take(typed: Typed): void {
    if (this.#answer !== undefined) this.#act(typed);
    else if (typed.type === "key" && typed.key.ctrl && typed.key.name === "c") {
      this.#waiting.length = 0;
      this.#options.onInterrupt();
    } else this.#waiting.push(typed);
  }

  #takeWaiting(): void {
    while (this.#answer !== undefined) {
      const typed = this.#waiting.shift();
      if (typed === undefined) return;
      this.#act(typed);
    }
  }

  #act(typed: Typed): void {
    if (typed.type === "paste") this.#buffer.insert(typed.text);
    else {
      const wish = actOn(this.#buffer, typed.text, typed.key);
      if (wish !== undefined) this.#wishes[wish](this.#buffer.text);
    }
    this.#drawSoon();
  }

  /** Moves an unfinished text to the history; if there is none, ends the conversation. */
  #interrupt(text: string): void {
    if (text === "") this.#give({ type: "interrupt" });
    else {
      this.#history.add(text);
      this.#draw();
      this.#area.leave();
      this.#show("");
    }
  }

  #show(text: string | undefined): void {
    if (text === undefined) return;
    this.#buffer.set(text);
    this.#drawSoon();
  }

  async #edit(text: string): Promise<void> {
    const answer = this.#answer;
    this.#answer = undefined;
    this.#area.erase();
    const edited = await this.#options.edit(text);
    this.#answer = answer;
    this.#buffer.set(edited);
    this.#draw();
    this.#takeWaiting();
  }

  /** The system does not suspend a process that no shell could continue. */
  #suspend(): void {
    if (process.platform === "win32") return;
    this.#area.leave();
    this.#release();
    process.kill(process.pid, "SIGTSTP");
    setTimeout(() => {
      this.#takeOver();
      this.#draw();
    }, 50);
  }

  #give(written: Written): void {
    const answer = this.#answer;
    this.#draw();
    this.#answer = undefined;
    this.#area.leave();
    if (written.type === "text") this.#history.add(written.text);
    answer?.(written);
  }

  #end(): void {
    this.#isEnded = true;
    if (this.#answer !== undefined) this.#give({ type: "end" });
  }

  /** Draws once for all keys that arrived together. */
  #drawSoon(): void {
    if (this.#isDrawDue) return;
    this.#isDrawDue = true;
    setImmediate(() => {
      this.#isDrawDue = false;
      if (this.#answer !== undefined) this.#draw();
    });
  }

  #draw(): void {
    const { output } = this.#options;
    const { bold, dim } = coloursOf(output);
    const columns = Math.max((output.columns || 80) - mark.length - 1, 1);
    const height = Math.max((output.rows || 24) - 1, 1);
    const { text, cursor } = this.#buffer;
    const layout = layOut(text, cursor, columns, height);
    const marks = layout.rows.map((_, index) => {
      if (index === 0) return layout.isTop ? bold(mark) : dim("… ");
      return index === layout.rows.length - 1 && layout.below ? dim("… ") : "  ";
    });
    this.#area.draw(layout, marks);
  }
}
