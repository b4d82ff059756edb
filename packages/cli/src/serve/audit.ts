import { userInfo } from "node:os";
import { join } from "node:path";
import type { Audit } from "@acc/server";
import { configFolder } from "../config/config-folder.ts";
import { fileSettings } from "../config/resolve-settings.ts";
import { Failure } from "../failure.ts";
import { loadServer } from "./load-server.ts";

/** Opens the audit log of a server's administration: a file on this machine, or stderr. */
export async function openAudit(): Promise<Audit> {
  const { auditLine, fileAudit } = await loadServer();
  const { serve } = await fileSettings();
  const place = serve?.audit ?? join(configFolder(), "server", "audit.jsonl");
  if (place === "stderr") {
    return async (event) => {
      process.stderr.write(auditLine(event));
    };
  }
  const write = fileAudit(place);
  return async (event) => {
    await write(event).catch((cause: NodeJS.ErrnoException) => {
      const message = `The audit ${place} cannot be written: ${cause.code ?? cause.message}.`;
      const fix = 'Name another file in the config file, or: "serve": { "audit": "stderr" }';
      throw new Failure("AUDIT_UNAVAILABLE", message, fix, cause);
    });
  };
}

/** The user who runs the command. */
export function commandActor(): string {
  try {
    return `user:${userInfo().username}`;
  } catch {
    return `user:${process.getuid?.() ?? "unknown"}`;
  }
}
