const anyError = Symbol.for("vercel.ai.error");

/**
 * Makes an error that the AI SDK accepts as one of its own classes. It looks for symbols, so no
 * class of a particular version of its packages is needed.
 *
 * @param kind The class, such as "APICallError".
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
