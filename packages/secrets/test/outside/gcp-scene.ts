import { createGcpStore, type GcpStoreOptions } from "../../src/outside/gcp.ts";
import { goodToken } from "./gcp-server.ts";

export const open = (address: string, more: Partial<GcpStoreOptions> = {}) =>
  createGcpStore({
    ...{ project: "my-project", token: () => goodToken, address },
    ...{ onWarning: () => undefined, ...more },
  });
