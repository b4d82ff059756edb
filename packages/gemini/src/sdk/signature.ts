const mark = "gemini:";

/** Gemini 3 takes a call back only with the signature of the thought behind it. */
export function toSignature(thoughtSignature: string): string {
  return `${mark}${thoughtSignature}`;
}

/** As a member of the call's part. */
export function fromSignature(signature: string | undefined): { thoughtSignature?: string } {
  return signature === undefined ? {} : { thoughtSignature: signature.slice(mark.length) };
}

/**
 * What Google documents for a call that Gemini did not make.
 * https://ai.google.dev/gemini-api/docs/thought-signatures
 */
export const noSignature = { thoughtSignature: "skip_thought_signature_validator" } as const;

/**
 * Whether the model gives its calls ids and signatures, and wants both back: from Gemini 3 on. The
 * API of the earlier ones knows no such members.
 */
export function tracesCalls(model: string): boolean {
  return /gemini-/.test(model) && !/gemini-[12]\b/.test(model);
}
