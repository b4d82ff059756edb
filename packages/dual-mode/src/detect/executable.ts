import { loadLibrary } from "../host/load-library.ts";

/** What can be started without a shell; the system's own PATHEXT holds more, and less. */
const onWindows = ".EXE;.COM;.CMD;.BAT;.JS;.MJS;.CJS";

/** The executable file at an absolute path; on Windows also with an ending put to it. */
export async function executableAt(path: string): Promise<string | undefined> {
  const { default: which } = await loadLibrary("which", () => import("which"));
  return (await which(path, { nothrow: true, pathExt: onWindows })) ?? undefined;
}
