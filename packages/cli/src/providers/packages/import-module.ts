/** Imports a module of the disk. */
export type ImportModule = (url: string) => Promise<unknown>;

let importModule: ImportModule | undefined;

/** What imports for the program, which is told at its start. */
export function useImporter(given: ImportModule): void {
  importModule = given;
}

let ranForeign = false;

/** Whether code of a package was run, which may have left what keeps a process from its end. */
export function ranForeignCode(): boolean {
  return ranForeign;
}

/** Milliseconds that a package gets to load. */
const longest = 15_000;

/**
 * Imports a module of a package.
 * @throws what the module throws, and an Error where it does not end to load
 */
export async function importInTime(url: string): Promise<Readonly<Record<string, unknown>>> {
  ranForeign = true;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = new Error(`It did not load within ${longest / 1000} seconds.`);
    timer = setTimeout(() => reject(error), longest);
  });
  try {
    return (await Promise.race([importModule?.(url), late])) as Readonly<Record<string, unknown>>;
  } finally {
    clearTimeout(timer);
  }
}
