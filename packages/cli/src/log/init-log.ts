import { Failure } from "../failure.ts";
import { tell } from "../output/terminal.ts";
import { type UnlockOptions, withSecrets } from "../secrets/unlock.ts";
import { logFolder } from "./log-folder.ts";
import { madeKey } from "./make-key.ts";
import { secretName } from "./sealing-key.ts";

/** Makes the key that encrypts texts, and the store for it if there is none. */
export async function initLog(options: UnlockOptions): Promise<void> {
  const folder = logFolder();
  if (folder === undefined) {
    const fix = "Set HOME, or XDG_DATA_HOME, to a folder of yours.";
    throw new Failure("NO_HOME", "There is no home folder to keep conversations in.", fix);
  }
  const key = await withSecrets(options, (store) => madeKey(folder, store));
  tell(`Texts are saved from now on, encrypted with the secret ${secretName(key)}.`);
}
