/** The string methods that every supported Node.js version has, but the type library does not. */
interface Text {
  isWellFormed(): boolean;
  toWellFormed(): string;
}

/** Returns true if the text contains no lone surrogate. */
export function isWellFormed(text: string): boolean {
  return (text as unknown as Text).isWellFormed();
}

export function toWellFormed(text: string): string {
  return (text as unknown as Text).toWellFormed();
}
