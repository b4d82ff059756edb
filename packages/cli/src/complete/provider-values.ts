import { providerNames } from "../providers.ts";
import type { Awaited } from "./awaited.ts";

/** The providers; behind a comma those that are not named yet. */
export async function providerValues({ typed }: Awaited): Promise<readonly string[]> {
  const named = typed.split(",").slice(0, -1);
  const before = named.map((name) => `${name},`).join("");
  const others = providerNames.filter((name) => !named.includes(name));
  return others.map((name) => `${before}${name}`);
}
