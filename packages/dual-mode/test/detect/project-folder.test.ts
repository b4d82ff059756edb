import { describe, expect, test } from "vitest";
import { projectFolder } from "../../src/detect/project-folder.ts";

const home = "/home/ada";

test.each([
  ["a repository's own folder", "/home/ada/work", ["/home/ada/work"], "/home/ada/work"],
  ["one deep in it", "/home/ada/work/a/b", ["/home/ada/work"], "/home/ada/work"],
  ["one in a repository's submodule", "/w/sub/a", ["/w", "/w/sub"], "/w"],
  ["one in no repository", "/home/ada/unpacked", [], "/home/ada/unpacked"],
  ["the home", home, [], undefined],
  ["the home that is a repository of configuration files", home, [home], undefined],
  ["a folder below such a home", "/home/ada/notes", [home], "/home/ada/notes"],
  ["what lies above the home", "/home", [], undefined],
  ["the root", "/", ["/"], undefined],
  ["the system's own", "/usr/local", ["/usr/local"], undefined],
])("for %s", (_, workingFolder, repositories, project) => {
  const isRepository = (folder: string) => repositories.includes(folder);
  expect(projectFolder(workingFolder, { platform: "linux", home, isRepository })).toBe(project);
});

describe("on Windows", () => {
  test.each([
    [String.raw`c:\users\ADA\src\repo\sub`, String.raw`c:\users\ADA\src\repo`],
    [String.raw`C:\USERS`, undefined],
    ["C:\\", undefined],
    [String.raw`C:\Users\Ada\notes`, String.raw`C:\Users\Ada\notes`],
  ])("for %s", (workingFolder, project) => {
    const isRepository = (folder: string) => folder.endsWith("repo");
    const search = { platform: "win32", home: String.raw`C:\Users\Ada`, isRepository } as const;
    expect(projectFolder(workingFolder, search)).toBe(project);
  });
});
