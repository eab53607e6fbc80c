import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { execa, execaSync } from "execa";
import { anyBuild } from "./ffmpeg.ts";
import { root } from "./project.ts";

/** A page as a browser shows it. */
export interface Shown {
  /** The words one can read on it. */
  readonly text: string;
  /** Whether it is wider than the window. */
  readonly overflow: boolean;
  /** Words in drawings that reach out of their drawing. */
  readonly cut: readonly string[];
  /** Mean brightness, 0 to 255, in both colour schemes. */
  readonly light: number;
  readonly dark: number;
}

const browser = ["chromium", "chromium-browser", "google-chrome"].find(
  (name) => execaSync("which", [name], { reject: false }).exitCode === 0,
);

/** Puts two pictures of a page into `test/output`, and says what is on it; nothing where there is no browser. */
export async function screenshot(
  file: string,
  { name, width, height }: { readonly name: string; readonly width: number; readonly height: number },
): Promise<Shown | undefined> {
  if (browser === undefined) return undefined;
  const profile = await mkdtemp(join(tmpdir(), "vendue-browser-"));
  const folder = join(root, "test", "output");
  await mkdir(folder, { recursive: true });
  const run = (...args: readonly string[]) =>
    execa(browser, [
      ...["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--disable-extensions"],
      ...[`--user-data-dir=${profile}`, `--window-size=${width},${height}`, ...args],
    ]);
  try {
    const url = pathToFileURL(file).href;
    const shoot = async (scheme: "light" | "dark") => {
      const picture = join(folder, `${name}-${scheme}.png`);
      await run(`--blink-settings=preferredColorScheme=${scheme === "dark" ? 0 : 1}`, `--screenshot=${picture}`, url);
      return brightness(picture);
    };
    const frame = join(profile, "frame.html");
    await writeFile(frame, frameText(url, width));
    const { stdout } = await run(
      "--allow-file-access-from-files",
      "--virtual-time-budget=5000",
      "--dump-dom",
      pathToFileURL(frame).href,
    );
    const seen = /<pre id="seen">([^<]+)<\/pre>/.exec(stdout)?.[1];
    if (seen === undefined) throw new Error(`the page was not shown: ${stdout.slice(0, 500)}`);
    return {
      ...(JSON.parse(decodeURIComponent(seen)) as Pick<Shown, "text" | "overflow" | "cut">),
      light: await shoot("light"),
      dark: await shoot("dark"),
    };
  } finally {
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The page itself has no script, so another one looks at it. */
function frameText(url: string, width: number): string {
  const look = `
    const { body, documentElement: all } = frame.contentDocument;
    const cut = [...body.querySelectorAll("svg text")].filter((text) => {
      const [own, around] = [text.getBoundingClientRect(), text.closest("svg").getBoundingClientRect()];
      return own.left < around.left - 1 || own.right > around.right + 1;
    });
    const seen = { text: body.innerText, overflow: all.scrollWidth > all.clientWidth, cut: cut.map((text) => text.textContent) };
    document.getElementById("seen").textContent = encodeURIComponent(JSON.stringify(seen));`;
  return `<iframe id="frame" src="${url}" width="${width}" height="2000"></iframe><pre id="seen"></pre>
    <script>const frame = document.getElementById("frame"); frame.addEventListener("load", () => { ${look} });</script>`;
}

async function brightness(picture: string): Promise<number> {
  const graph = "scale=1:1:flags=area,format=gray";
  const { stdout } = await execa(
    anyBuild,
    ["-v", "error", "-i", picture, "-vf", graph, "-frames:v", "1", "-f", "rawvideo", "-"],
    { encoding: "buffer" },
  );
  return stdout[0] ?? Number.NaN;
}
