import { test } from "node:test";
import { testProvider } from "@acc/dual-mode/testing";
import { createLocal } from "../src/index.ts";

testProvider(test, createLocal, { sdk: {}, cli: {} });
