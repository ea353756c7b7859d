/**
 * Loaded with `--import` before a measured program: writes what the process used to the file that the environment names, when it ends.
 *
 * @remarks The peak comes from `VmHWM` where there is one: `maxRSS` of a child also counts the parent's pages before `exec`.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";

const target = process.env.BENCH_USAGE_FILE;

if (target !== undefined) {
  process.on("exit", () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    const status = existsSync("/proc/self/status") ? readFileSync("/proc/self/status", "utf8") : "";
    const peak = /^VmHWM:\s*(\d+) kB$/mu.exec(status)?.[1];
    writeFileSync(target, `${String((userCPUTime + systemCPUTime) / 1000)} ${String(Number(peak ?? maxRSS) * 1024)}`);
  });
}
