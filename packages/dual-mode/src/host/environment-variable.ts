/** Returns a variable's value. On Windows the case of its name does not matter. */
export function variable(
  env: Readonly<Record<string, string | undefined>>,
  name: string,
  platform: NodeJS.Platform,
): string | undefined {
  if (platform !== "win32" || env[name] !== undefined) {
    return env[name];
  }
  const written = Object.keys(env).find((key) => key.toUpperCase() === name.toUpperCase());
  return written === undefined ? undefined : env[written];
}
