import { expect, test } from "vitest";
import { safeFolders } from "../../src/detect/safe-folders.ts";

const links: Readonly<Record<string, string>> = {
  "/link": "/repo",
  "/bin-link": "/x/node_modules/.bin",
};
const realPath = (path: string) => links[path] ?? path;

test.each([
  ["linux", "/repo", "/usr/bin:/bin", ["/usr/bin", "/bin"]],
  ["linux", "/repo", "/bin:/bin", ["/bin"]],
  ["linux", "/repo", ":bin:./bin:../bin:~/bin", []],
  ["linux", "/repo", "/repo:/repo/:/repo/./:/repo/x/..", []],
  ["linux", "/repo", "/repo/bin:/repository", ["/repo/bin", "/repository"]],
  ["linux", "/repo", "/a/node_modules/.bin:/node_modules/.bin/b", []],
  ["linux", "/repo", "/usr/lib/node_modules/bin", ["/usr/lib/node_modules/bin"]],
  ["linux", "/repo", "/link:/bin-link:/bin", ["/bin"]],
  ["linux", "/link", "/repo:/bin", ["/bin"]],
  ["linux", undefined, "/bin", ["/bin"]],
  ["darwin", "/", "/:/bin", ["/bin"]],
  ["win32", String.raw`C:\Repo`, String.raw`c:\repo;C:\REPO\;C:\Windows`, [String.raw`C:\Windows`]],
  ["win32", String.raw`C:\Repo`, String.raw`\bin;bin;C:bin;.;`, []],
  ["win32", String.raw`C:\Repo`, String.raw`C:\a\Node_Modules\.bin`, []],
  [
    "win32",
    String.raw`C:\Repo`,
    String.raw`"C:\Program Files\x"`,
    [String.raw`C:\Program Files\x`],
  ],
  ["win32", String.raw`C:\Repo`, String.raw`\\server\share\bin`, [String.raw`\\server\share\bin`]],
] as const)("on %s, in %s: %s", (platform, workingFolder, path, folders) => {
  expect(safeFolders({ platform, workingFolder, path, realPath })).toEqual(folders);
});

test("without a PATH there is none", () => {
  expect(safeFolders({ platform: "linux", workingFolder: "/", path: undefined })).toEqual([]);
});
