import { beforeEach, expect, test, vi } from "vitest";
import { homeFolder } from "../../src/detect/home-folder.ts";

const system = vi.hoisted(() => ({ home: (): string => "" }));
vi.mock("node:os", async (original) => ({
  ...(await original<typeof import("node:os")>()),
  homedir: () => system.home(),
}));

beforeEach(() => {
  system.home = () => "/home/of-the-account";
});

test("is what the environment says, then the account", () => {
  expect(homeFolder({ HOME: "/home/told" }, "linux")).toBe("/home/told");
  expect(homeFolder({ HOME: "" }, "linux")).toBe("/home/of-the-account");
  expect(homeFolder({ userprofile: "C:\\Users\\u" }, "win32")).toBe("C:\\Users\\u");
});

// libuv/libuv#810, stepankuzmin/tilelive-postgis#10: an account without an entry, HOME unset
test("is none where the account has none", () => {
  system.home = () => {
    throw new Error("uv_os_homedir returned ENOENT");
  };
  expect(homeFolder({}, "linux")).toBe("");
});
