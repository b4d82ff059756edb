/** What is asked of a gateway, or of a vendor. */
export interface Ask {
  /** Of the answer. */
  readonly pieces: number;
  readonly stream: boolean;
  /** Every request asks another question, so that no answer is shared. */
  readonly distinct: boolean;
}

export interface Question {
  readonly model: string;
  readonly messages: { readonly role: "user"; readonly content: string }[];
  readonly stream: boolean;
}

let asked = 0;

export function questionOf({ pieces, stream, distinct }: Ask, model: string): Question {
  const content = `Say hello in ${pieces} pieces${distinct ? `, for the ${asked++}th time` : ""}`;
  return { model, messages: [{ role: "user", content }], stream };
}
