import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Client, ClientOptions } from "@acc/dual-mode";
import { Failure } from "../../failure.ts";
import { printableLine } from "../../output/printable.ts";
import { importInTime } from "./import-module.ts";
import { entryName, folderOf, readInstalled } from "./installed.ts";

type Create = (options?: ClientOptions) => Client;

/** A function that creates clients, as a package exports it. */
export interface FoundCreate {
  /** The name of the export. */
  readonly create: string;
  /** The id of its clients. */
  readonly id: string;
}

/**
 * Loads a provider that a package brought, which runs the package's code.
 * @throws Failure `PROVIDER_NOT_LOADED`, which affects only this provider
 */
export async function loadInstalled(name: string): Promise<Create> {
  try {
    const { create, id } = readInstalled(name);
    const module = await importInTime(entryIn(folderOf(name) ?? ""));
    const made = module[create];
    if (typeof made !== "function") throw new Error(`It has no function ${create}.`);
    const own = name === id ? {} : { name };
    return (options) => made({ ...own, ...options }) as Client;
  } catch (error) {
    throw notLoaded(name, error);
  }
}

/**
 * Finds the function that creates clients in a fetched package, and tries it without sending a
 * request.
 * @throws Failure `NO_PROVIDER`
 */
export async function findCreate(folder: string, packageName: string): Promise<FoundCreate> {
  try {
    const module = await importInTime(entryIn(folder));
    const create = createIn(module);
    const client = (module[create] as Create)({});
    const { provider, chat, stream, status, close } = Object(client) as Partial<Client>;
    const isClient = [chat, stream, status, close].every((each) => typeof each === "function");
    if (typeof provider !== "string" || !isClient) throw new Error(`${create} gives no client.`);
    await client.close();
    return { create, id: provider };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Failure(
      "NO_PROVIDER",
      `${packageName} is not a provider for acc: ${printableLine(why)}`,
      "Nothing was added. A provider's package exports one function create…: docs/write-a-provider.md",
      error,
    );
  }
}

function createIn(module: Readonly<Record<string, unknown>>): string {
  const names = Object.keys(module).filter(
    (name) => /^create[A-Z]/.test(name) && typeof module[name] === "function",
  );
  const [create, ...others] = names;
  if (create !== undefined && others.length === 0) return create;
  if (create === undefined) throw new Error("It exports no function create….");
  throw new Error(`It exports several: ${names.join(", ")}.`);
}

function entryIn(folder: string): string {
  return pathToFileURL(join(folder, entryName)).href;
}

function notLoaded(name: string, error: unknown): Failure {
  const why = error instanceof Error ? error.message : String(error);
  const fix = `Add its package again with --replace, or run: acc providers remove ${name}`;
  return new Failure(
    "PROVIDER_NOT_LOADED",
    `The package of ${name} did not load: ${printableLine(why)}`,
    fix,
    error,
  );
}
