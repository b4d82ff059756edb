import { expect } from "vitest";

/** Awaits a failure of this package with this code, and gives its message. */
export async function failsWith(run: () => unknown, code: string): Promise<string> {
  let error: unknown;
  try {
    await run();
  } catch (caught) {
    error = caught;
  }
  expect(error, `expected ${code}`).toBeInstanceOf(Error);
  const { message } = error as Error;
  expect({ code: (error as { code?: string }).code, message }).toEqual({ code, message });
  return message;
}
