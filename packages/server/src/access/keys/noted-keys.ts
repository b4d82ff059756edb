/** Writes down how something with a key went: "ok", or the code of what it failed with. */
export type NoteOutcome = (outcome: string) => Promise<void>;

/**
 * Makes a key, and writes it down: also that it could not be made. Where the audit fails the new key
 * is taken back.
 */
export async function addNoted<T>(
  make: () => Promise<T>,
  takeBack: () => Promise<unknown>,
  note: NoteOutcome,
): Promise<T> {
  const made = await orNoted(make(), note);
  await note("ok").catch(async (error) => {
    await takeBack();
    throw error;
  });
  return made;
}

/**
 * Takes a key away; false where there was none. It is written down first: what cannot be is not done,
 * and a key that is gone cannot be put back.
 */
export async function revokeNoted(
  key: { has(): Promise<boolean>; revoke(): Promise<boolean> },
  note: NoteOutcome,
): Promise<boolean> {
  const isThere = await key.has();
  await note(isThere ? "ok" : absent);
  if (!isThere) return false;
  const isGone = await orNoted(key.revoke(), note);
  if (!isGone) await note(absent);
  return isGone;
}

const absent = "KEY_NOT_FOUND";

/** What is asked for; where it fails, that is written down. */
export async function orNoted<T>(asked: Promise<T>, note: NoteOutcome): Promise<T> {
  return asked.catch(async (error) => {
    const { code } = error as { readonly code?: unknown };
    await note(typeof code === "string" ? code : "UNEXPECTED");
    throw error;
  });
}
