import { loadLibrary } from "../host/load-library.ts";

/**
 * The extensions of files that can be started without a shell, instead of the system's own PATHEXT.
 */
const onWindows = ".EXE;.COM;.CMD;.BAT;.JS;.MJS;.CJS";

/** Returns the executable file at an absolute path; on Windows an extension may be added to it. */
export async function executableAt(path: string): Promise<string | undefined> {
  const { default: which } = await loadLibrary("which", () => import("which"));
  return (await which(path, { nothrow: true, pathExt: onWindows })) ?? undefined;
}
