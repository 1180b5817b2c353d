// Where the tool chain is, and how its programs are run.
import { execFileSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const modules = join(root, "node_modules");
export const target = join(root, "target");

/** The package that carries a Foundry tool for this machine. */
export function packageOf(tool) {
  const arch = { x64: "amd64" }[process.arch] ?? process.arch;
  return `@foundry-rs/${tool}-${process.platform}-${arch}`;
}

export function binary(tool) {
  return join(modules, packageOf(tool), "bin", tool);
}

export function run(command, args, environment = {}) {
  const env = { ...process.env, ...environment };
  execFileSync(command, args, { cwd: root, stdio: "inherit", env });
}

export function forge(args, environment) {
  run(binary("forge"), args, environment);
}
