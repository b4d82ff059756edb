import { variable } from "../cli/environment-variable.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** The executable file at an absolute path; on Windows also with one of PATHEXT's endings. */
export async function executableAt(path: string, env: Environment): Promise<string | undefined> {
  const { default: which } = await import("which");
  const pathExt = variable(env, "PATHEXT", process.platform);
  const found = await which(path, { nothrow: true, ...(pathExt && { pathExt }) });
  return found ?? undefined;
}
