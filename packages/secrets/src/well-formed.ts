/** `isWellFormed` is in every Node that this package runs on, and not yet in its type library. */
interface Text {
  isWellFormed(): boolean;
  toWellFormed(): string;
}

/** True when the text has no half of a surrogate pair alone. */
export function isWellFormed(text: string): boolean {
  return (text as unknown as Text).isWellFormed();
}

export function toWellFormed(text: string): string {
  return (text as unknown as Text).toWellFormed();
}
