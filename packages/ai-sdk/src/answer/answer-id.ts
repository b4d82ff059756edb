/** For an answer to which its vendor gave no id. */
export function newAnswerId(): string {
  return `acc-${crypto.randomUUID()}`;
}
