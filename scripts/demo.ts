/** `npm run demo`: makes three clips, runs pipelines/demo.yaml on them, and shows everything on the way. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { main } from "../core/cli/mod.ts";
import { openHost } from "../core/mod.ts";
import { makeDemoClips } from "./clips.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const { tools } = await openHost(root);
await makeDemoClips(join(root, "demo", "clips"), tools.ffmpeg);
await main(["run", join(root, "pipelines", "demo.yaml"), ...process.argv.slice(2)]);
