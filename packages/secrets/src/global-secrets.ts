import type { SecretsManager } from "./manager.ts";
import { openSecrets } from "./open-secrets.ts";

const place = Symbol.for("@acc/secrets.global@0");

/**
 * Returns the secrets of this process, opened with the default options at the first call; all
 * copies of this package share them. After a failure, or after `close()`, the next call opens them
 * again.
 */
export function getGlobalSecretsManager(): Promise<SecretsManager> {
  const shared = globalThis as { [place]?: Promise<SecretsManager> };
  const current = shared[place]?.then((manager) => (manager.closed ? undefined : manager));
  const opened = current ? current.then((manager) => manager ?? openSecrets()) : openSecrets();
  Object.defineProperty(globalThis, place, { value: opened, configurable: true, writable: true });
  opened.catch(() => {
    if (shared[place] === opened) delete shared[place];
  });
  return opened;
}
