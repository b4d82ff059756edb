import { openFile } from "../secrets/open-file.ts";
import { type UnlockOptions, withSecrets } from "../secrets/unlock.ts";
import { TextOpener } from "./open-texts.ts";

/** Runs with what opens texts; who has to be asked for a passphrase is. */
export function withOpener<T>(
  { unlock }: UnlockOptions,
  run: (opener: TextOpener) => Promise<T>,
): Promise<T> {
  return withSecrets({ ...(unlock && { unlock }) }, (store) => run(new TextOpener(store)));
}

/** The same where texts are not all that is wanted: without a key that is available there are none. */
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
