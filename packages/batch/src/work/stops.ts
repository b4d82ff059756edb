import type { DualModeError } from "@acc/dual-mode";
import type { BatchStop } from "../contract.ts";

export const aborted: BatchStop = {
  code: "ABORTED",
  message: "The batch was stopped.",
  fix: "Start it again: it continues where it stopped.",
};

export function overMaxCost(maxCost: number, spent: number): BatchStop {
  return {
    code: "MAX_COST_REACHED",
    message: `The next line could exceed the limit of $${maxCost}; $${spent.toFixed(4)} are spent.`,
    fix: "Start it again with a higher limit: it continues where it stopped.",
  };
}

export function stoppedBy({ code, message, fix }: DualModeError): BatchStop {
  return { code, message, ...(fix !== undefined && { fix }) };
}

export function nobodyThere({ code, message }: DualModeError, lines: number): BatchStop {
  return {
    code,
    message: `${lines} lines in a row have failed, the last one so: ${message}`,
    fix: "Start it again when the vendor is back, and retry the lines that failed.",
  };
}
