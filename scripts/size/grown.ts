/** Bytes of one package. */
export interface Weight {
  /** Of its tarball. */
  readonly packed: number;
  /** Of its installed files and those of all that it brings. */
  readonly installed: number;
}

/** The part by which a package may grow before somebody has to say that it is meant. */
const allowed = 1 / 5;
const update = "If that is meant: pnpm size --record";

/** What grew by more than a fifth over what was recorded, and what nobody has recorded. */
export function grown(
  recorded: Readonly<Record<string, Weight>>,
  measured: Readonly<Record<string, Weight>>,
): string[] {
  return Object.entries(measured).flatMap(([name, now]) => {
    const then = recorded[name];
    if (then === undefined) return [`${name} is not recorded. ${update}`];
    return (["packed", "installed"] as const)
      .filter((kind) => now[kind] > then[kind] * (1 + allowed))
      .map((kind) => `${name} grew: ${kind} ${then[kind]} to ${now[kind]} bytes. ${update}`);
  });
}
