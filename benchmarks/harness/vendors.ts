import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

export interface Vendors extends Disposable {
  /** The base URL of all of them. */
  readonly url: string;
}

/** Starts the process that plays the vendors. A prompt says of how many pieces the answer is. */
export async function startVendors(): Promise<Vendors> {
  const child = fork(fileURLToPath(new URL("vendors-process.ts", import.meta.url)), {
    execArgv: [],
  });
  const [url] = (await once(child, "message")) as [string];
  return { url, [Symbol.dispose]: () => child.disconnect() };
}
