import { SecretsError } from "../../errors.ts";

/** Where a value is, in a KV engine of version 2. */
export interface KvPlace {
  /** The path in the mount, without `data/`. */
  readonly path: string;
  /** The key of the value there. @default "value" */
  readonly field?: string;
  /** One version, which is only read. @default the newest */
  readonly version?: number;
}

/** @throws SecretsError `INVALID_OPTION` for what is no path */
export function checkPath(what: string, path: string): string {
  const parts = path.split("/");
  const isPath = parts.every((part) => part !== "" && !/^\.+$|\.$|[\p{Cc}]/u.test(part));
  if (isPath) return path;
  throw new SecretsError("INVALID_OPTION", `\`${what}\` is a path such as team/llm.`);
}
