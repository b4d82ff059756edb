import { tell } from "../output/terminal.ts";
import { providerNames } from "./built-in.ts";

/**
 * Does something with one of those who are asked where nobody is named. One that was added and cannot
 * be opened is told, and closes itself alone: undefined.
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
