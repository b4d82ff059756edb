import { describe, expect, test } from "vitest";
import { commandEnvironment, type EnvironmentInput } from "../../src/cli/command-environment.ts";

const folder = { home: "/run/home", temp: "/run/temp" };

/** A parent with everything in it that a run may not have, and everything that it may. */
const polluted = {
  PATH: "/usr/bin:bin:./tools::/repo:/x/node_modules/.bin:/opt/bin",
  HOME: "/home/ada",
  USER: "ada",
  LOGNAME: "ada",
  XDG_CONFIG_HOME: "/home/ada/.config",
  XDG_RUNTIME_DIR: "/run/user/1",
  DBUS_SESSION_BUS_ADDRESS: "unix:path=/run/bus",
  LANG: "de_DE.UTF-8",
  LC_ALL: "C",
  https_proxy: "http://proxy:1",
  NO_PROXY: "localhost",
  NODE_EXTRA_CA_CERTS: "/ca.pem",
  SSL_CERT_FILE: "/certs.pem",
  NODE_OPTIONS: "--require /evil.js",
  NODE_PATH: "/evil",
  ACC_SECRETS_KEY: "master",
  ACC_SECRETS_PASSPHRASE: "pass",
  FIRST_API_KEY: "first-key",
  OTHER_API_KEY: "other-key",
  OTHER_BASE_URL: "http://elsewhere",
  LD_PRELOAD: "/evil.so",
  TMPDIR: "/tmp",
  SHELL: "/bin/zsh",
  AWS_SECRET_ACCESS_KEY: "aws",
  UNSET: undefined,
};

const everywhere = {
  PATH: "/usr/bin:/opt/bin",
  LANG: "de_DE.UTF-8",
  LC_ALL: "C",
  https_proxy: "http://proxy:1",
  NO_PROXY: "localhost",
  NODE_EXTRA_CA_CERTS: "/ca.pem",
  SSL_CERT_FILE: "/certs.pem",
  TMPDIR: "/run/temp",
};

function environment(more: Partial<EnvironmentInput>): Record<string, string> {
  return commandEnvironment({
    env: polluted,
    platform: "linux",
    credential: "none",
    folder,
    workingFolder: "/repo",
    ...more,
  });
}

describe("what arrives on each route", () => {
  test("without a credential: nothing of the user's, a private home", () => {
    expect(environment({})).toEqual({ ...everywhere, HOME: "/run/home" });
  });

  test("with a key: that key alone, a private home", () => {
    const made = environment({ credential: "key", keyVariable: "FIRST_API_KEY", key: "mine" });
    expect(made).toEqual({ ...everywhere, HOME: "/run/home", FIRST_API_KEY: "mine" });
  });

  test("with the login: the user's home and session, no key", () => {
    expect(environment({ credential: "login", keyVariable: "FIRST_API_KEY" })).toEqual({
      ...everywhere,
      HOME: "/home/ada",
      USER: "ada",
      LOGNAME: "ada",
      XDG_CONFIG_HOME: "/home/ada/.config",
      XDG_RUNTIME_DIR: "/run/user/1",
      DBUS_SESSION_BUS_ADDRESS: "unix:path=/run/bus",
    });
  });

  test("what the mode sets, and over it what the caller sets", () => {
    const made = environment({
      planEnv: { MODE: "plan", BOTH: "plan" },
      cliEnv: { CALLER: "caller", BOTH: "caller" },
    });
    expect(made).toMatchObject({ MODE: "plan", CALLER: "caller", BOTH: "caller" });
  });
});

describe("Windows", () => {
  const env = {
    Path: String.raw`C:\Windows\system32;tools;\bin;C:\repo;C:\x\node_modules\.bin;"C:\Program Files\nodejs"`,
    SYSTEMROOT: String.raw`C:\Windows`,
    comspec: String.raw`C:\Windows\system32\cmd.exe`,
    PathExt: ".EXE;.CMD",
    UserProfile: String.raw`C:\Users\ada`,
    AppData: String.raw`C:\Users\ada\AppData\Roaming`,
    LocalAppData: String.raw`C:\Users\ada\AppData\Local`,
    Https_Proxy: "http://proxy:1",
    Node_Options: "--require evil",
    acc_secrets_key: "master",
    OPENER_KEY: "other",
  };
  const windows = {
    env,
    platform: "win32" as const,
    folder: { home: String.raw`C:\run\home`, temp: String.raw`C:\run\temp` },
    workingFolder: String.raw`C:\Repo`,
  };

  test("names are known in any case, and PATH is kept by the same rules", () => {
    expect(environment(windows)).toEqual({
      PATH: String.raw`C:\Windows\system32;C:\Program Files\nodejs`,
      SYSTEMROOT: String.raw`C:\Windows`,
      comspec: String.raw`C:\Windows\system32\cmd.exe`,
      PathExt: ".EXE;.CMD",
      UserProfile: String.raw`C:\Users\ada`,
      AppData: String.raw`C:\Users\ada\AppData\Roaming`,
      LocalAppData: String.raw`C:\Users\ada\AppData\Local`,
      Https_Proxy: "http://proxy:1",
      HOME: String.raw`C:\run\home`,
      TMPDIR: String.raw`C:\run\temp`,
      TEMP: String.raw`C:\run\temp`,
      TMP: String.raw`C:\run\temp`,
    });
  });

  test("a later layer replaces a variable that is written in another case", () => {
    const made = environment({ ...windows, cliEnv: { path: String.raw`D:\bin` } });
    expect(Object.keys(made).filter((name) => name.toUpperCase() === "PATH")).toEqual(["path"]);
    expect(made.path).toBe(String.raw`D:\bin`);
  });
});

describe("PATH", () => {
  test("ends with the command's and Node's folders, each once", () => {
    const pathEnd = ["/home/ada/.nvm/bin", "/usr/bin", "/repo", "/x/node_modules/.bin"];
    expect(environment({ pathEnd }).PATH).toBe("/usr/bin:/opt/bin:/home/ada/.nvm/bin");
    const nodeFolder = "/repo/.tools/node/bin";
    const all = environment({ pathEnd: [...pathEnd, nodeFolder], nodeFolder }).PATH;
    expect(all).toBe("/usr/bin:/opt/bin:/home/ada/.nvm/bin:/repo/.tools/node/bin");
  });

  test("without a PATH there are those folders alone", () => {
    expect(environment({ env: {}, pathEnd: ["/node/bin"] }).PATH).toBe("/node/bin");
  });
});

describe("what may not be set", () => {
  test.each([
    "NODE_OPTIONS",
    "node_options",
    "ACC_SECRETS_KEY",
    "ACC_SECRETS_FILE",
    "FIRST_API_KEY",
    "A=B",
    "",
  ])("%j is refused from the caller and from the mode", (name) => {
    const key = { keyVariable: "FIRST_API_KEY" };
    expect(() => environment({ ...key, cliEnv: { [name]: "value" } })).toThrow(
      expect.objectContaining({
        code: "INVALID_REQUEST",
        message: expect.stringContaining(`cli.env.${name}`),
        fix: expect.any(String),
      }),
    );
    expect(() => environment({ ...key, planEnv: { [name]: "value" } })).toThrow(
      expect.objectContaining({ code: "PROVIDER_FAULT" }),
    );
  });

  test("a refusal does not show the value", () => {
    try {
      environment({ cliEnv: { NODE_OPTIONS: "the-value" } });
      expect.unreachable();
    } catch (error) {
      expect(JSON.stringify(error) + String(error)).not.toContain("the-value");
    }
  });
});
