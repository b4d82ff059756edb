const mark = "gemini:";

/** Gemini 3 takes a call back only with the signature of the thought behind it. */
export function toSignature(thoughtSignature: string): string {
  return `${mark}${thoughtSignature}`;
}

/** As a member of the call's part; nothing for a signature of another provider. */
export function fromSignature(signature: string | undefined): { thoughtSignature?: string } {
  return signature?.startsWith(mark) ? { thoughtSignature: signature.slice(mark.length) } : {};
}
