/** Words of the packages for programs, and what replaces them for users of the commands. */
export const ownWords: readonly (readonly [theirs: string, ours: string])[] = [
  ['recover({ from: "backup" })', "acc secrets recover"],
  [
    "Name one that it has, in the request or in the client's option model.",
    "Name one with --model, or keep one by: acc providers add --replace. acc models shows what there is.",
  ],
  ["reset()", "acc secrets recover --reset"],
  ["with retryFailed", "with --retry-failed"],
  ["make requests of its rows by toRequest", "use each row with a template: -t NAME"],
  [
    "Ask line by line.",
    "Leave --vendor-batch out, or name one that has it: -p claude, -p gemini, -p groq, -p openai.",
  ],
  [
    "Use the same client as before, or name another output",
    "Name the provider that was asked, with its settings as they were, or name another output",
  ],
  ["with vendorBatch", "with --vendor-batch"],
  [" (vendorBatch: { cancel: true })", " (--cancel)"],
  ["without cancel to", "with --vendor-batch to"],
  ["or with cancel to", "or with --cancel to"],
  ["pass { multiline: true }", "pass --multiline"],
  ["pass `keys`", "name another key with --unlock"],
  ["in `keys`", "with --unlock, once for each"],
  [", or name it in the option lenient to send the request without it", ""],
  ["; generateFernetKey() makes a new one", ""],
  ["; error.text has the answer", ""],
  ["give the key as an option", "unset what names its key (ACC_SECRETS_KEY)"],
];

/** Fixes for failures whose package only describes them. */
const fixes: Readonly<Record<string, string>> = {
  WRONG_KEY:
    "Give the key that the store was made with: ACC_SECRETS_KEY, its key file, or another by --unlock.",
  WRONG_PASSPHRASE: "Type it again, or name another key with --unlock.",
};

/** A sentence of a package, with commands of `acc` in place of functions. */
export function inOwnWords(sentence: string): string {
  return ownWords.reduce((text, [theirs, ours]) => text.replaceAll(theirs, ours), sentence);
}

export function fixFor(code: unknown): string | undefined {
  return fixes[String(code)];
}
