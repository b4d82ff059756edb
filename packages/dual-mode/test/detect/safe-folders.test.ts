import { expect, test } from "vitest";
import { safeFolders } from "../../src/detect/safe-folders.ts";

const links: ReadonlyMap<string, string> = new Map([
  ["/link", "/repo"],
  ["/bin-link", "/x/node_modules/.bin"],
  ["/into-repo", "/repo/tools"],
  // What Windows tells of short names, a mapped drive and a name in another case.
  [String.raw`C:\PROJEC~1`, String.raw`C:\Project One`],
  [String.raw`C:\PROJEC~1\bin`, String.raw`C:\Project One\bin`],
  [String.raw`c:\project one\BIN`, String.raw`C:\Project One\bin`],
  [String.raw`C:\x\NODE_M~1\evil`, String.raw`C:\x\node_modules\evil`],
  [String.raw`S:\bin`, String.raw`C:\Project One\bin`],
]);
const realPath = (path: string) => links.get(path) ?? path;
const nowhere = { home: undefined, isRepository: () => false };

test.each([
  ["linux", "/repo", "/usr/bin:/bin", ["/usr/bin", "/bin"]],
  ["linux", "/repo", "/bin:/bin", ["/bin"]],
  ["linux", "/repo", ":bin:./bin:../bin:~/bin", []],
  ["linux", "/repo", "/repo:/repo/:/repo/./:/repo/x/..", []],
  ["linux", "/repo", "/repo/bin:/repository:/repo/a/b", ["/repository"]],
  ["linux", "/repo", "/a/node_modules/.bin:/node_modules/.bin/b:/a/node_modules/evil/bin", []],
  ["linux", "/repo", "/usr/lib/node_modules/bin:/a/node_modules", []],
  ["linux", "/repo", "/my_node_modules/bin", ["/my_node_modules/bin"]],
  ["linux", "/repo", "/into-repo:/bin", ["/bin"]],
  ["linux", "/repo", "/REPO/bin", ["/REPO/bin"]],
  ["darwin", "/repo", "/REPO/bin:/x/Node_Modules/y", []],
  ["darwin", "/caf\u00e9", "/cafe\u0301/bin", []],
  ["linux", "/repo", "/link:/bin-link:/bin", ["/bin"]],
  ["linux", "/link", "/repo:/bin", ["/bin"]],
  ["linux", undefined, "/bin", ["/bin"]],
  ["linux", "/usr", "/usr:/usr/bin", ["/usr/bin"]],
  ["linux", "/opt", "/opt/homebrew/bin", ["/opt/homebrew/bin"]],
  ["win32", String.raw`C:\Repo`, String.raw`c:\repo;C:\REPO\;C:\Windows`, [String.raw`C:\Windows`]],
  ["win32", String.raw`C:\Repo`, String.raw`\bin;bin;C:bin;.;`, []],
  ["win32", String.raw`C:\Repo`, String.raw`C:\a\Node_Modules\.bin`, []],
  [
    "win32",
    String.raw`C:\Repo`,
    String.raw`"C:\Program Files\x"`,
    [String.raw`C:\Program Files\x`],
  ],
  [
    "win32",
    String.raw`C:\Repo`,
    String.raw`c:\repo\bin;C:/REPO/tools;C:\Repository`,
    [String.raw`C:\Repository`],
  ],
  [
    "win32",
    String.raw`C:\Repo`,
    String.raw`\\?\C:\Repo\bin;\\.\c:\repo;C:\Repo.\bin;C:\Repo \bin`,
    [],
  ],
  ["win32", String.raw`C:\PROJEC~1`, String.raw`C:\Project One\bin;c:\project one`, []],
  ["win32", String.raw`C:\Project One`, String.raw`C:\PROJEC~1\bin;c:\project one\BIN;S:\bin`, []],
  [
    "win32",
    String.raw`C:\Repo`,
    String.raw`C:\x\NODE_M~1\evil;C:\y\node_m~2\z;C:\x\node_modules.\y`,
    [],
  ],
  [
    "win32",
    String.raw`C:\Windows\System32`,
    String.raw`C:\Windows\System32\Wbem`,
    [String.raw`C:\Windows\System32\Wbem`],
  ],
  ["win32", String.raw`C:\Repo`, String.raw`\\server\share\bin`, [String.raw`\\server\share\bin`]],
] as const)("on %s, in %s: %s", (platform, workingFolder, path, folders) => {
  expect(safeFolders({ platform, workingFolder, path, realPath, ...nowhere })).toEqual(folders);
});

test("without a PATH there is none", () => {
  expect(safeFolders({ platform: "linux", workingFolder: "/", path: undefined })).toEqual([]);
});
