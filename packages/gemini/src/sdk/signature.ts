const mark = "gemini:";

/**
 * Makes the signature of a call. Gemini 3 accepts a call in the history only with the signature of
 * the thought before it.
 */
export function toSignature(thoughtSignature: string): string {
  return `${mark}${thoughtSignature}`;
}

/** Returns the signature as a member of the call's part. */
export function fromSignature(signature: string | undefined): { thoughtSignature?: string } {
  return signature === undefined ? {} : { thoughtSignature: signature.slice(mark.length) };
}

/**
 * The value that Google documents for a call that Gemini did not make.
 * https://ai.google.dev/gemini-api/docs/thought-signatures
 */
export const noSignature = { thoughtSignature: "skip_thought_signature_validator" } as const;

/**
 * Whether the model gives its calls ids and signatures, and requires both in the history: from
 * Gemini 3 on. The API of earlier models does not know these members.
 */
export function tracesCalls(model: string): boolean {
  return /gemini-/.test(model) && !/gemini-[12]\b/.test(model);
}
