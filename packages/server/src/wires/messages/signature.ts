/**
 * Stands for the missing signature of a thought: clients of this wire drop an answer whose thought
 * has none.
 */
const unsigned = "acc-unsigned";

export function toSignature(signature: string | undefined): string {
  return signature ?? unsigned;
}

export function fromSignature(signature: unknown): { readonly signature?: string } {
  const isSigned = typeof signature === "string" && signature !== "" && signature !== unsigned;
  return isSigned ? { signature } : {};
}
