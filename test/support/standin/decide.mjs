// What one call comes to: prints the shell script that plays it. See machine.ts for the words of a machine file.
import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { intoSoftware, valueOf } from "./translate.mjs";

const { STANDIN_MACHINE: file = "", STANDIN_FFMPEG: real = "ffmpeg", STANDIN_PID: pid = "" } = process.env;
const args = process.argv.slice(2);
/** @type {import("./machine.ts").Machine} */
const machine = JSON.parse(readFileSync(file, "utf8"));
const calls = `${file}.calls`;

process.stdout.write(`${decide().join("\n")}\n`);

function decide() {
  const listing = ["-encoders", "-filters", "-hwaccels"].find((word) => args.includes(word));
  if (listing !== undefined) return list(listing);
  const encoder = valueOf(args, "-c:v") ?? "";
  const described = machine.devices.filter(({ encoders }) => encoders.includes(encoder));
  if (described.length === 0) return [exec(args)];
  const id = deviceOf();
  const device = described.find((one) => one.id === id);
  const role = roleOf();
  const nth = device === undefined ? 0 : takeNumber(device);
  const behaviour = device && chooseBehaviour(device, { role, nth });
  const full = device && behaviour === undefined && isFull(device, nth);
  log({ role, encoder, id, nth, plays: full ? "full" : (behaviour?.name ?? "works") });
  if (device === undefined) return play({ says: "fact-cuda-no-device" }, role);
  if (full) return play({ says: "fact-nvenc-sessions" }, role);
  return behaviour ? play(behaviour, role) : [exec(intoSoftware(args))];
}

/** What the real one lists, and after it what this machine has besides. */
function list(listing) {
  const lines = {
    "-encoders": machine.devices.flatMap(({ encoders }) => encoders).map((name) => ` V....D ${name} stand-in`),
    "-filters": (machine.filters ?? []).map((name) => ` ... ${name} V->V stand-in`),
    "-hwaccels": machine.hwaccels ?? [],
  }[listing];
  return [
    `${quote(real)} ${args.map(quote).join(" ")}`,
    ...lines.map((line) => `printf '%s\\n' ${quote(line)}`),
    "exit 0",
  ];
}

/** Named by `-gpu`, by the device that is opened, or not at all. */
function deviceOf() {
  // One device may come out of another, as Quick Sync's does, and then only the first has a node to its name.
  const specs = args.filter((_, nth) => args[nth - 1] === "-init_hw_device");
  const opened = specs.flatMap((spec) => /^\w+(?:=\w+)?:([^,]+)/.exec(spec)?.[1] ?? []).at(-1);
  return valueOf(args, "-gpu") ?? (opened === undefined ? "0" : basename(opened));
}

/** A probe makes its own pictures; a trial is a job cut short, under another name. */
function roleOf() {
  if (args.includes("lavfi")) return "probe";
  return args.at(-1)?.endsWith("-trial") ? "trial" : "job";
}

function folderOf({ id, encoders }) {
  const folder = join(calls, `${encoders[0]}-${id}`);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Counts the calls of a device. Creating a file is the one step that two processes cannot both succeed in. */
function takeNumber(device) {
  const folder = folderOf(device);
  for (let nth = readdirSync(folder).length + 1; ; nth += 1) if (create(join(folder, String(nth)), pid)) return nth;
}

function create(path, text) {
  try {
    writeFileSync(path, text, { flag: "wx" });
    return true;
  } catch {
    return false;
  }
}

function chooseBehaviour(device, { role, nth }) {
  const all = args.join(" ");
  return device.behaviours?.find(
    ({ on = ["trial", "job"], when = [], unless, from = 1, until = Infinity, times }, index) =>
      on.includes(role) &&
      when.every((pattern) => new RegExp(pattern).test(all)) &&
      (unless === undefined || !new RegExp(unless).test(all)) &&
      nth >= from &&
      nth < until &&
      (times === undefined || useUp(device, { index, times })),
  );
}

function useUp(device, { index, times }) {
  const folder = join(`${folderOf(device)}-used`, String(index));
  mkdirSync(folder, { recursive: true });
  return Array.from({ length: times }, (_, nth) => join(folder, String(nth))).some((path) => create(path, pid));
}

/** Whether as many processes as the device takes are still running that came before this one. */
function isFull(device, nth) {
  if (device.sessions === undefined) return false;
  const folder = folderOf(device);
  const before = readdirSync(folder).filter((name) => Number(name) < nth);
  return before.filter((name) => isAlive(readFileSync(join(folder, name), "utf8"))).length >= device.sessions;
}

function isAlive(id) {
  try {
    process.kill(Number(id), 0);
    return true;
  } catch {
    return false;
  }
}

/** @param {import("./machine.ts").Behaviour} behaviour */
function play({ says, stderr, exit, delayMs = 0, after = 0, stalls, deaf, signal, wrong }, role) {
  const outputs = args
    .filter((arg, nth) => arg.startsWith("file:") && args[nth - 1] !== "-i")
    .map((arg) => arg.slice(5));
  const words = stderr ?? (says && readFileSync(new URL(`../../ffmpeg/stderr/${says}.txt`, import.meta.url), "utf8"));
  const script = [
    ...(deaf ? ["trap '' TERM"] : []),
    ...(delayMs > 0 ? [`sleep ${delayMs / 1000}`] : []),
    // What an encoder leaves behind that got somewhere.
    ...(after > 0 && role === "job" ? outputs.map((path) => `printf 'half a file' > ${quote(path)}`) : []),
    ...(args.includes("pipe:3") ? Array.from({ length: after }, (_, nth) => `${report(nth + 1)} >&3; sleep 0.05`) : []),
    ...(words ? [`printf '%s\\n' ${quote(ownPaths(words, outputs))} >&2`] : []),
  ];
  if (stalls) return [...script, "exec sleep 3600"];
  if (signal) return [...script, "ulimit -c 0", `kill -${signal} $$`, "sleep 5"];
  if (wrong) return [...script, ...spoil(wrong, outputs)];
  if (words || exit !== undefined) return [...script, `exit ${exit ?? 1}`];
  return [...script, exec(intoSoftware(args))];
}

function report(nth) {
  const us = nth * 40_000;
  const text = `frame=${nth}\\nfps=25\\ntotal_size=${nth * 1000}\\nout_time_us=${us}\\nspeed=1x\\nprogress=continue\\n`;
  return `printf ${quote(text)}`;
}

/** Exit code zero, and yet nothing anyone wants. */
function spoil(wrong, outputs) {
  switch (wrong) {
    case "nothing":
      return ["exit 0"];
    case "empty":
      return [...outputs.map((path) => `: > ${quote(path)}`), "exit 0"];
    case "truncated":
      return [
        `${quote(real)} ${intoSoftware(args).map(quote).join(" ")} || exit $?`,
        ...outputs.map((path) => `truncate -s 60% ${quote(path)} 2>/dev/null || truncate -s 2000 ${quote(path)}`),
        "exit 0",
      ];
    case "short":
      return [exec(intoSoftware(args, { frames: 7 }))];
    case "green":
      return [exec(intoSoftware(args, { green: true }))];
    default:
      throw new Error(`no such wrong output: ${wrong}`);
  }
}

/** The samples were recorded with other names than those of this call. */
function ownPaths(text, outputs) {
  const input = (valueOf(args, "-i") ?? "").replace(/^file:/, "");
  return text
    .replace(/\/media\/(?:out|denied|absent|tiny|big|target)[\w./-]*/g, () => outputs[0] ?? "")
    .replace(/\/media\/[\w./-]+/g, () => input);
}

function log(entry) {
  mkdirSync(calls, { recursive: true });
  appendFileSync(join(calls, "log.jsonl"), `${JSON.stringify({ ...entry, pid: Number(pid), args })}\n`);
}

function exec(words) {
  return `exec ${[real, ...words].map(quote).join(" ")}`;
}

function quote(word) {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
