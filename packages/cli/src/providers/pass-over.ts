import { tell } from "../output/terminal.ts";
import { providerNames } from "./built-in.ts";

/**
 * Runs a function for one of the providers that are asked if none is named. An added provider that
 * fails is reported and skipped, without affecting the others: returns undefined.
 */
export async function passOver<T>(name: string, run: () => Promise<T>): Promise<T | undefined> {
  try {
    return await run();
  } catch (error) {
    if (providerNames.includes(name)) throw error;
    tell(`${name} is skipped: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}
