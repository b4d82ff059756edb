import { SecretsError } from "../../errors.ts";

/** The place of a value in a KV engine of version 2. */
export interface KvPlace {
  /** The path within the mount, without `data/`. */
  readonly path: string;
  /** The key of the value at that path. @default "value" */
  readonly field?: string;
  /** A fixed version; the value can then only be read. @default the newest */
  readonly version?: number;
}

/** @throws SecretsError `INVALID_OPTION` if `path` is not a path */
export function checkPath(what: string, path: string): string {
  const parts = path.split("/");
  const isPath = parts.every((part) => part !== "" && !/^\.+$|\.$|[\p{Cc}]/u.test(part));
  if (isPath) return path;
  throw new SecretsError("INVALID_OPTION", `\`${what}\` is a path such as team/llm.`);
}
