import { soak } from "../support/soak/soak.ts";

/** `npm run soak [jobs] [seed]`: 500 jobs over machines that die, hang, fill up and come back. */
const [jobs = 500, seed = Date.now() % 1_000_000] = process.argv.slice(2).map(Number);
const mostSec = 15 * 60;

console.log(`seed ${seed}: ${jobs} jobs`);
const findings = await soak({ jobs, seed, say: console.log });
console.log(JSON.stringify(findings, undefined, 2));
const isFine = findings.losses.length === 0 && findings.wallSec < mostSec;
console.log(isFine ? "nothing was lost" : `something was lost; again with: npm run soak ${jobs} ${seed}`);
process.exitCode = isFine ? 0 : 1;
