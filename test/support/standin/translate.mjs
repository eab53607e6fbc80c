// Turns a hardware command into one of software that makes the same file.

/** The value after a flag, the last one where it is given twice. */
export function valueOf(args, flag) {
  const nth = args.lastIndexOf(flag);
  return nth < 0 ? undefined : args[nth + 1];
}

const deviceFlags = /^-(?:init_hw_device|filter_hw_device|hwaccel\w*|extra_hw_frames|qsv_device|vaapi_device)$/;
const ends = /^-(?:fps_mode|f|map|an|c:a|map_metadata|map_chapters|movflags)$/;
const kept = /^-(?:g|color_\w+|colorspace|tag:v)$/;
const software = [
  [/^h264_/, ["libx264", "-preset", "ultrafast"]],
  [/^hevc_/, ["libx265", "-preset", "ultrafast"]],
  [/^av1_/, ["libsvtav1", "-preset", "12"]],
];

/** `frames` ends it early; `green` is what a broken chip shows. */
export function intoSoftware(args, { frames, green = false } = {}) {
  const out = [];
  for (let nth = 0; nth < args.length; nth += 1) {
    const [arg, value = ""] = args.slice(nth);
    const isGraph = arg === "-filter_complex" || arg === "-vf";
    if (deviceFlags.test(arg)) nth += 1;
    else if (isGraph) {
      const graph = onCpu(value);
      out.push(arg, green ? paintGreen(graph) : graph);
      nth += 1;
    } else if (arg === "-c:v" && encoderFor(value)) {
      out.push("-c:v", ...encoderFor(value));
      if (frames !== undefined) out.push("-frames:v", String(frames));
      for (nth += 2; nth < args.length && !ends.test(args[nth]); nth += 2)
        if (kept.test(args[nth])) out.push(args[nth], args[nth + 1]);
      nth -= 1;
    } else out.push(arg);
  }
  return out;
}

function encoderFor(name) {
  return software.find(([says]) => says.test(name))?.[1];
}

/** Uploads and downloads go; filters of a device become their twins in software, or nothing. */
function onCpu(graph) {
  return graph.replace(
    /(?<=^|[\],;])(hwupload\w*|hwdownload|hwmap|\w+_(?:cuda|vaapi|qsv))(=(?:[^,;[\\']|\\.|'[^']*')*)?/g,
    (_, name, values = "") => {
      const sizes = [...values.matchAll(/(?<=[=:])([whxy])=([^:]+)/g)].map(([pair]) => pair);
      const twin = /^(scale|pad)_/.exec(name)?.[1] ?? (name === "vpp_qsv" ? "scale" : undefined);
      return twin && sizes.length > 0 ? `${twin}=${sizes.join(":")}` : "null";
    },
  );
}

/** Before the last label, or at the end of a bare chain. */
function paintGreen(graph) {
  const paint = "lutyuv=y=75:u=86:v=43";
  const videos = /(\[v\w*\])(?=;|$)/g;
  return /\[/.test(graph) ? graph.replace(videos, `,${paint}$1`) : `${graph},${paint}`;
}
