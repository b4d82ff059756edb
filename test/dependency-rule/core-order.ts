import { fileImports } from "./circles.ts";

/**
 * The rooms of the core, from the lowest up: a file imports from its own room and from those that
 * stand before it. A file of `src` itself is a room, by its name.
 */
export const coreOrder: readonly string[] = [
  ...["contract", "sha256", "abort-reason", "writable", "printable", "with-details", "text"],
  ...["history", "request", "foreign"],
  ...["host", "detect", "cli"],
  ...["failures", "http"],
  ...["events", "credentials", "pace", "engine", "kit", "client"],
  ...[
    "first-call",
    "tools-loop",
    "web",
    "shared",
    "shared-state",
    "testing",
    "define-provider",
    "provider",
    "index",
  ],
];

/**
 * The one file that may be asked for from below, and only late: what a call loads that the cache
 * does not answer, in one file (docs/decisions/few-files-loaded-late.md).
 */
const loadedLate = "src/first-call.ts";

/** Imports against the order, and rooms that have no place in it, as sentences. */
export function orderBreaches(
  sources: Readonly<Record<string, string>>,
  order: readonly string[],
): string[] {
  const place = (path: string) => order.indexOf(roomOf(path));
  return [...fileImports(sources)].flatMap(([path, targets]) =>
    place(path) < 0
      ? [`${path} is in a room that has no place in the order`]
      : targets
          .filter((target) => place(target) > place(path))
          .filter((target) => target !== loadedLate || !isLate(sources[path] ?? ""))
          .map((target) => `${path} reaches up to ${target}`),
  );
}

/** The error class and the types that it is made of belong together. */
function roomOf(path: string): string {
  const [, room = "", ...inside] = path.split("/");
  if (inside.length > 0) return room;
  return room === "error.ts" ? "contract" : room.replace(/\.ts$/, "");
}

function isLate(code: string): boolean {
  return /import\("[./]+first-call\.ts"\)/.test(code) && !/from "[./]+first-call\.ts"/.test(code);
}
