const anyError = Symbol.for("vercel.ai.error");

/**
 * An error that the AI SDK takes for one of its own classes: it looks for symbols, so that no class
 * of a version of its packages is needed.
 *
 * @param kind The class, as "APICallError".
 */
export function branded(
  kind: string,
  message: string,
  members: Readonly<Record<string, unknown>>,
  cause?: unknown,
): Error {
  const name = `AI_${kind}`;
  const error = new Error(message, cause === undefined ? {} : { cause });
  error.name = name;
  for (const mark of [anyError, Symbol.for(`vercel.ai.error.${name}`)]) {
    Object.defineProperty(error, mark, { value: true });
  }
  return Object.assign(error, members);
}
