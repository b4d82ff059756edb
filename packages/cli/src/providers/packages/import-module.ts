/** Imports a module from the disk. */
export type ImportModule = (url: string) => Promise<unknown>;

let importModule: ImportModule | undefined;

/** Sets the function that imports modules for the program, at its start. */
export function useImporter(given: ImportModule): void {
  importModule = given;
}

let ranForeign = false;

/**
 * Whether code of a package was run, which may have left something that keeps the process alive.
 */
export function ranForeignCode(): boolean {
  return ranForeign;
}

/** The time in which a package must load, in ms. */
const longest = 15_000;

/**
 * Imports a module of a package.
 * @throws what the module throws, or an Error if it does not load in time
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
