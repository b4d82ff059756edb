/** A text that is being edited, and the cursor in it. */
export class TextBuffer {
  #text = "";
  /** Between 0 and the length, never within a character. */
  #cursor = 0;
  /** The text that was cut last. */
  #cut = "";

  get text(): string {
    return this.#text;
  }

  get cursor(): number {
    return this.#cursor;
  }

  set(text: string): void {
    this.#text = text;
    this.#cursor = text.length;
  }

  insert(text: string): void {
    this.#replace(this.#cursor, this.#cursor, text);
  }

  left(): void {
    this.#cursor = this.#characterBefore();
  }

  right(): void {
    this.#cursor = this.#characterBehind();
  }

  wordLeft(): void {
    this.#cursor = this.#wordBefore();
  }

  wordRight(): void {
    this.#cursor = this.#wordBehind();
  }

  lineStart(): void {
    this.#cursor = this.#startOfLine();
  }

  lineEnd(): void {
    this.#cursor = this.#endOfLine();
  }

  /** Moves up one line; returns false on the first line. */
  up(): boolean {
    const start = this.#startOfLine();
    if (start === 0) return false;
    const above = this.#text.lastIndexOf("\n", start - 2) + 1;
    this.#cursor = Math.min(above + (this.#cursor - start), start - 1);
    this.#keepOffHalves();
    return true;
  }

  /** Moves down one line; returns false on the last line. */
  down(): boolean {
    const end = this.#endOfLine();
    if (end === this.#text.length) return false;
    const column = this.#cursor - this.#startOfLine();
    const next = this.#text.indexOf("\n", end + 1);
    this.#cursor = Math.min(end + 1 + column, next < 0 ? this.#text.length : next);
    this.#keepOffHalves();
    return true;
  }

  deleteBefore(): void {
    this.#replace(this.#characterBefore(), this.#cursor, "");
  }

  deleteBehind(): void {
    this.#replace(this.#cursor, this.#characterBehind(), "");
  }

  cutWordBefore(): void {
    this.#cutOut(this.#wordBefore(), this.#cursor);
  }

  cutWordBehind(): void {
    this.#cutOut(this.#cursor, this.#wordBehind());
  }

  cutToStart(): void {
    this.#cutOut(this.#startOfLine(), this.#cursor);
  }

  /** Cuts to the end of the line or, at its end, the line break. */
  cutToEnd(): void {
    const end = this.#endOfLine();
    this.#cutOut(this.#cursor, end === this.#cursor ? end + 1 : end);
  }

  paste(): void {
    this.insert(this.#cut);
  }

  #cutOut(start: number, end: number): void {
    const cut = this.#text.slice(start, end);
    if (cut !== "") this.#cut = cut;
    this.#replace(start, end, "");
  }

  #replace(start: number, end: number, text: string): void {
    this.#text = this.#text.slice(0, start) + text + this.#text.slice(end);
    this.#cursor = start + text.length;
  }

  #startOfLine(): number {
    return this.#cursor === 0 ? 0 : this.#text.lastIndexOf("\n", this.#cursor - 1) + 1;
  }

  #endOfLine(): number {
    const end = this.#text.indexOf("\n", this.#cursor);
    return end < 0 ? this.#text.length : end;
  }

  #characterBefore(): number {
    const start = this.#startOfLine();
    if (this.#cursor === start) return Math.max(start - 1, 0);
    const before = this.#text.slice(start, this.#cursor);
    return start + (lastOf(new Intl.Segmenter().segment(before))?.index ?? 0);
  }

  #characterBehind(): number {
    const end = this.#endOfLine();
    if (this.#cursor === end) return Math.min(end + 1, this.#text.length);
    const [next] = new Intl.Segmenter().segment(this.#text.slice(this.#cursor, end));
    return this.#cursor + (next?.segment.length ?? 0);
  }

  #wordBefore(): number {
    const before = this.#text.slice(0, this.#cursor);
    return before.length - (/[\p{L}\p{N}_]*[^\p{L}\p{N}_]*$/u.exec(before)?.[0].length ?? 0);
  }

  #wordBehind(): number {
    const behind = this.#text.slice(this.#cursor);
    return this.#cursor + (/^[^\p{L}\p{N}_]*[\p{L}\p{N}_]*/u.exec(behind)?.[0].length ?? 0);
  }

  /**
   * Moves the cursor to the start of a character if it is within one, as after a change of lines.
   */
  #keepOffHalves(): void {
    const start = this.#startOfLine();
    const line = this.#text.slice(start, this.#endOfLine());
    const at = new Intl.Segmenter().segment(line).containing(this.#cursor - start);
    if (at !== undefined) this.#cursor = start + at.index;
  }
}

function lastOf(segments: Intl.Segments): Intl.SegmentData | undefined {
  return [...segments].at(-1);
}
