/** Records how a change of a key ended: "ok", or the code of its error. */
export type NoteOutcome = (outcome: string) => Promise<void>;

/**
 * Makes a key and records it, also if it could not be made. If the audit fails, the new key is
 * removed again.
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
 * Removes a key; returns false if there was none. It is recorded first: what cannot be recorded is
 * not done, and a removed key cannot be restored.
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

/** Returns the result of the change; if it fails, its failure is recorded. */
export async function orNoted<T>(asked: Promise<T>, note: NoteOutcome): Promise<T> {
  return asked.catch(async (error) => {
    const { code } = error as { readonly code?: unknown };
    await note(typeof code === "string" ? code : "UNEXPECTED");
    throw error;
  });
}
