import widthOf from "fast-string-width";
import { drawn } from "../output/styles.ts";
import type { Layout } from "./lay-out.ts";

/** The rows of a terminal, from the cursor down, in which the edited text is drawn. */
export class ScreenArea {
  readonly #output: NodeJS.WriteStream;
  /** The widths of the drawn rows in columns, and the cursor's position among them. */
  #drawn: { readonly widths: readonly number[]; readonly row: number; readonly column: number } = {
    widths: [0],
    row: 0,
    column: 0,
  };

  constructor(output: NodeJS.WriteStream) {
    this.#output = output;
  }

  /** Replaces the drawn rows with these, each after its mark. */
  draw({ rows, cursor }: Layout, marks: readonly string[]): void {
    const lines = rows.map((row, index) => `${marks[index] ?? ""}${row}`);
    const widths = lines.map((line) => widthOf(line));
    const column = widthOf(marks[cursor.row] ?? "") + cursor.column;
    const back = rows.length - 1 - cursor.row;
    this.#output.write(
      `${this.#start()}${drawn(lines.join("\n")).replaceAll("\n", "\r\n")}${up(back)}${toColumn(column)}`,
    );
    this.#drawn = { widths, row: cursor.row, column };
  }

  /** Keeps the drawn rows on the screen and moves the cursor to a new line below them. */
  leave(): void {
    const { widths, row } = this.#drawn;
    this.#output.write(`${down(widths.length - 1 - row)}\r\n`);
    this.#drawn = { widths: [0], row: 0, column: 0 };
  }

  /** Erases the drawn rows. */
  erase(): void {
    this.#output.write(this.#start());
    this.#drawn = { widths: [0], row: 0, column: 0 };
  }

  clearScreen(): void {
    this.#output.write("\u001b[H\u001b[2J");
    this.#drawn = { widths: [0], row: 0, column: 0 };
  }

  /**
   * Moves to the start of the first row and erases from there. A terminal that became narrower has
   * wrapped the rows.
   */
  #start(): string {
    const { widths, row, column } = this.#drawn;
    const columns = this.#output.columns || 80;
    const above = widths
      .slice(0, row)
      .reduce((sum, width) => sum + Math.max(1, Math.ceil(width / columns)), 0);
    return `${up(above + Math.floor(column / columns))}\r\u001b[J`;
  }
}

function up(rows: number): string {
  return rows > 0 ? `\u001b[${rows}A` : "";
}

function down(rows: number): string {
  return rows > 0 ? `\u001b[${rows}B` : "";
}

function toColumn(column: number): string {
  return column > 0 ? `\r\u001b[${column}C` : "\r";
}
