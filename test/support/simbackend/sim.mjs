/**
 * A backend for machines that do not exist: one encoder on one to several devices, with the rungs that the built-in
 * ones have. It is loaded as a stranger's would be, so it shows what the contract alone can do.
 * @module
 */

export const options = {
  type: "object",
  required: ["name", "encoder"],
  properties: {
    name: { type: "string" },
    encoder: { type: "string" },
    devices: { type: "array", items: { type: "string" }, minItems: 1 },
    slots: { type: "integer", minimum: 1 },
    speed: { type: "number" },
  },
  additionalProperties: false,
};

const elsewhere = [
  "DEVICE_BUSY",
  "DEVICE_MEMORY",
  "DEVICE_LOST",
  "DEVICE_MISSING",
  "STALLED",
  "CRASHED",
  "VERIFY_FAILED",
];

export default function sim({ name, encoder, devices = ["0"], slots, speed = 1e6 }) {
  const kind = encoder.endsWith("_vaapi") ? "vaapi" : "cuda";
  const open = (id) => [
    "-init_hw_device",
    `${kind}=hw:${kind === "vaapi" ? `/dev/dri/${id}` : id}`,
    "-filter_hw_device",
    "hw",
  ];
  const encode = (id, { gopFrames = 30, plain = false } = {}) => ({
    on: kind,
    pixelFormat: "nv12",
    args: [
      "-c:v",
      encoder,
      "-bf",
      plain ? "0" : "2",
      "-g",
      String(gopFrames),
      ...(kind === "cuda" ? ["-gpu", id] : []),
    ],
  });
  return {
    name,
    api: 1,
    surface: {
      name: kind,
      upload: [
        { name: "format", args: { pix_fmts: "nv12" }, on: "system" },
        { name: "hwupload", on: kind },
      ],
      download: [
        { name: "hwdownload", on: kind },
        { name: "format", args: { pix_fmts: "nv12" }, on: "system" },
      ],
    },
    async probe({ tryEncode }) {
      const trials = await Promise.all(
        devices.map(async (id) => ({
          id,
          trial: await tryEncode({ device: open(id), encode: encode(id) }, { frames: 5 }),
        })),
      );
      const ready = trials.filter(({ trial }) => trial.ok).map(({ id }) => id);
      const [refusal] = trials.filter(({ trial }) => !trial.ok);
      if (ready.length > 0) return { state: "ready", facts: { devices: ready } };
      return { state: "absent", reason: refusal.trial.line, code: refusal.trial.code };
    },
    score({ encode: wish }, { devices: [first, ...others] }) {
      if (wish === undefined) return { kind: "pass", reason: "it only encodes" };
      if (!encoder.startsWith(`${wish.codec}_`)) return { kind: "pass", reason: `no ${wish.codec} encoder` };
      const variants = [
        { name: "plain", when: ["FEATURE_REFUSED", "DEVICE_MEMORY"] },
        { name: "software decode", when: ["DECODE_REFUSED", "VERIFY_FAILED", "UNKNOWN"] },
        ...others.map((device) => ({ name: `device ${device}`, device, when: elsewhere })),
      ];
      return { kind: "bid", speed, quality: 0.9, encoder, device: first, variants, ...(slots && { slots }) };
    },
    buildArgs({ ops, encode: wish, decodes, variant = "" }, { devices: [first = "0"] }) {
      const id = /^device (.+)/.exec(variant)?.[1] ?? first;
      const onDevice = decodes && variant !== "software decode";
      return {
        device: open(id),
        ...(onDevice && {
          decode: { on: kind, args: ["-hwaccel", kind, "-hwaccel_device", "hw", "-hwaccel_output_format", kind] },
        }),
        filters: ops,
        ...(wish && { encode: encode(id, { gopFrames: wish.gopFrames, plain: variant === "plain" }) }),
      };
    },
  };
}
