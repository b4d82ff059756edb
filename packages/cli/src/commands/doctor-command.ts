import { Command } from "commander";
import { examples } from "./examples.ts";

export function doctorCommand(): Command {
  return new Command("doctor")
    .description("Show what this machine has of each provider, and a fix for what is missing.")
    .option("--live", "make one real, short call by each route; it may cost something")
    .option("--json", "print it as one JSON document")
    .addHelpText("after", examples("acc doctor", "acc doctor --live", "acc doctor --json"))
    .action(async (options: { json?: boolean; live?: boolean }) => {
      const { doctor } = await import("../doctor/doctor.ts");
      await doctor(options);
    });
}
