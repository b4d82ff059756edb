/** Makes an id for an answer to which its vendor gave none. */
export function newAnswerId(): string {
  return `acc-${crypto.randomUUID()}`;
}
