import { openFile } from "../secrets/open-file.ts";
import { type UnlockOptions, withSecrets } from "../secrets/unlock.ts";
import { TextOpener } from "./open-texts.ts";

/** Runs with an opener of texts. Asks for a passphrase if the store needs one. */
export function withOpener<T>(
  { unlock }: UnlockOptions,
  run: (opener: TextOpener) => Promise<T>,
): Promise<T> {
  return withSecrets({ ...(unlock && { unlock }) }, (store) => run(new TextOpener(store)));
}

/** Does the same without asking: if no key is available, the texts stay closed. */
export async function withQuietOpener<T>(
  options: UnlockOptions,
  run: (opener: TextOpener) => Promise<T>,
): Promise<T> {
  if (options.unlock) return withOpener(options, run);
  const store = await openFile(() => {}).catch(() => undefined);
  try {
    return await run(new TextOpener(store));
  } finally {
    await store?.close();
  }
}
