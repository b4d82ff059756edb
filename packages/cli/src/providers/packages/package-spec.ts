import { UsageError } from "../../failure.ts";

/** A package of a registry, and the version that is wanted. */
export interface PackageSpec {
  readonly name: string;
  /** A version, a range or a tag. */
  readonly version: string;
}

const name = /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/;
const version = /^[\w.+~^<>=*|-][\w.+~^<>=*| -]{0,99}$/;

/**
 * Parses a word that names a package: `acc-provider-acme`, `@scope/name`, and any other as
 * `npm:name`, each optionally with `@version`. Undefined if it names none.
 *
 * @throws UsageError for a package outside a registry: a folder, a tarball, an address
 */
export function packageSpec(word: string): PackageSpec | undefined {
  if (isElsewhere(word)) {
    throw new UsageError(
      `${word} is not a package of a registry.`,
      "Only those are added. Publish it, or use it in a program: docs/write-a-provider.md",
    );
  }
  const isMeant = /^(npm:|@|acc-provider-)/.test(word);
  if (!isMeant) return undefined;
  const text = word.replace(/^npm:/, "");
  const at = text.indexOf("@", 1);
  const spec = {
    name: at < 0 ? text : text.slice(0, at),
    version: at < 0 ? "latest" : text.slice(at + 1),
  };
  if (name.test(spec.name) && version.test(spec.version)) return spec;
  throw new UsageError(
    `${word} is not the name of a package.`,
    "Write acc-provider-acme, @scope/name or npm:name, with @version where it is to be that one.",
  );
}

/** Whether npm would take this from a disk, a repository or an address. */
function isElsewhere(word: string): boolean {
  const isScoped = /^(npm:)?@[^/]+\/[^/]+$/.test(word);
  return (
    /^[.~/\\]|^[a-z]:[\\/]|\.t(ar\.)?gz$|^(git|https?|file|ssh|github|gitlab|link|workspace)\b.*:/i.test(
      word,
    ) ||
    (!isScoped && /[\\/]/.test(word))
  );
}
