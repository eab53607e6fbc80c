import type { Rule } from "./rules.ts";

const isMissing = { code: "DEVICE_MISSING", retry: "next-bid" } as const;
/** Another program has to end first. */
const isBusy = { code: "DEVICE_BUSY", retry: "same", waitSec: 5 } as const;
const isShort = { code: "DEVICE_MEMORY", retry: "same", waitSec: 5 } as const;
const isLost = { code: "DEVICE_LOST", retry: "next-bid" } as const;
const isFeature = { code: "FEATURE_REFUSED", retry: "next-bid" } as const;
const isDecode = { code: "DECODE_REFUSED", retry: "next-bid" } as const;
const isRejected = { code: "ARGS_REJECTED", retry: "never" } as const;

/**
 * What devices and their drivers say. Row 26, a crash, is read from the signal; row 28, a hang, has no words and is
 * the watchdog's to see.
 */
export const deviceRules: readonly Rule[] = [
  {
    ...isMissing,
    name: "device-absent",
    row: 5,
    says: /Cannot load (?:libcuda|nvcuda|libnvidia-encode|nvEncodeAPI|libnvcuvid|nvcuvid)|Could not dynamically load CUDA|No VA display found|Failed to initialise VAAPI connection|Error (?:creating a|initializing an internal) MFX session|DLL \S+ failed to open|VK_ERROR_|number of OpenCL platforms|Device creation failed: -(?:1|2|19|22|542398533)\./,
    hint: "the device or its driver is not visible to this process; in a container, pass it through",
  },
  {
    ...isMissing,
    name: "driver-old",
    row: 6,
    says: /Driver does not support the required nvenc API version|minimum required Nvidia driver|invalid version \(15\)|CUDA_ERROR_SYSTEM_DRIVER_MISMATCH|Driver\/library version mismatch/,
    hint: "update the driver, and restart after an update",
  },
  {
    ...isBusy,
    name: "session-limit",
    row: 7,
    says: /OpenEncodeSessionEx failed: (?:out of memory \(10\)|incompatible client key \(21\))/,
    hint: "the card has a limit on encodes at once, shared with every program on this machine",
  },
  {
    ...isMissing,
    name: "no-encoder-chip",
    row: 8,
    says: /OpenEncodeSessionEx failed: (?:unsupported device \(2\)|no encode device \(1\))/,
    hint: "this card cannot encode video",
  },
  {
    ...isFeature,
    name: "nvenc-feature",
    row: 9,
    says: /(?:Codec|YUV4\d\dP|Lossless encoding|10 bit encode|RC lookahead|Temporal AQ|Weighted Prediction|CABAC entropy coding|AV1 High Profile) not supported|Interlaced encoding is not supported|B frames? as references? (?:is|are) not supported|Multiple reference frames are not supported|Multiview not supported|Max B-frames \d+ exceed \d+|(?:Width|Height) \d+ exceeds \d+|Provided device doesn't support required NVENC features/,
  },
  {
    ...isFeature,
    name: "vaapi-profile",
    row: 11,
    says: /No usable encoding (?:profile|entrypoint)/,
    hint: "some distributions ship the driver without this codec",
  },
  { ...isFeature, name: "vaapi-rate-control", row: 12, says: /Driver does not support (?:any|\S+) RC mode/ },
  { ...isFeature, name: "size", row: 13, says: /Hardware does not support encoding at size \d+x\d+/ },
  {
    ...isFeature,
    name: "pixel-format",
    row: 14,
    says: /Surface RT format.*not supported|Specified pixel format|10-bit input video is not supported|unsupported pixel format/,
  },
  {
    ...isFeature,
    name: "qsv-parameters",
    row: 15,
    says: /Current (?:codec type|profile|resolution|pixel format|frame rate|picture structure) is unsupported|Selected ratecontrol mode is unsupported|Low power mode is unsupported|some encoding parameters are not supported by the QSV|Size values less than -1/,
  },
  {
    ...isShort,
    name: "device-memory",
    row: 16,
    says: /allocate memory \(-4\)|CUDA_ERROR_OUT_OF_MEMORY|out of memory \(10\)|[Ff]ailed to allocate|resource allocation failed|No decoder surfaces left/,
    hint: "the device is short of memory; run fewer jobs at once on it",
  },
  {
    ...isLost,
    name: "device-lost",
    row: 17,
    says: /CUDA_ERROR_(?:ILLEGAL_ADDRESS|LAUNCH_FAILED|ECC_UNCORRECTABLE|UNKNOWN|CONTEXT_IS_DESTROYED)|generic error \(20\)|Failed locking bitstream buffer|GPU is lost|Unable to determine the device handle/,
    hint: "the driver may have crashed; look into the kernel's log",
  },
  {
    ...isMissing,
    name: "device-gone",
    row: 18,
    says: /CUDA_ERROR_(?:NO_DEVICE|INVALID_DEVICE)/,
    hint: "the card was taken from this container, or its number is wrong",
  },
  {
    ...isLost,
    name: "gpu-hang",
    row: 19,
    says: /(?:device lost|device failed|GPU Hang) \(-(?:13|17|21)\)/,
    hint: "the device hangs; it often needs a restart of the machine",
  },
  {
    ...isLost,
    name: "vaapi-runtime",
    row: 20,
    says: /Failed to (?:begin|end) picture (?:encode|decode)? ?issue: -?\d+|Failed to (?:sync to .*completion|map output buffers|upload encode parameters|upload decode parameters): -?\d+/,
    // A hiccup of the driver; what it meets twice is a hang.
    ...{ retry: "same", waitSec: 2 },
  },
  // Row 10 stands here because it counts only where no other line tells more.
  { ...isFeature, name: "nvenc-incapable", row: 10, says: /No capable devices found/ },
  {
    ...isDecode,
    name: "decode-refused",
    row: 21,
    says: /Failed setup for format \S+: hwaccel initialisation returned error|No support for codec .* profile|Hardware is lacking required capabilities|Video (?:width|height) \d+ not within range|Using more than 32/,
  },
  { ...isDecode, name: "decode-fell-back", row: 22, says: /Impossible to convert between the formats/, accel: true },
  { ...isRejected, name: "surface-mismatch", row: 22, says: /Impossible to convert between the formats/, accel: false },
  { ...isRejected, name: "surface-homeless", row: 23, says: /hardware device reference is required to upload/ },
  {
    ...isFeature,
    name: "amf-refused",
    row: 24,
    says: /(?:CreateContext1?\(\)|CreateComponent\(.*\)|encoder->Init\(\)|SubmitInput\(\)|AllocSurface\(\)) +failed +with error \d+|AMF failed to initialise/,
  },
  {
    ...isFeature,
    name: "mediacodec-refused",
    row: 25,
    says: /Encoder configure failed, -10000|Failed to create encoder for type|MediaCodec configure failed/,
  },
  {
    ...isMissing,
    name: "device-unusable",
    row: 5,
    says: /Device creation failed|No device available for decoder|evice setup failed for decoder|Could not find a valid device/,
  },
  {
    ...isDecode,
    name: "decode-failed",
    row: 27,
    says: /Cannot determine format of input|ecode error rate .* exceeds|Error submitting packet to decoder|Error while decoding stream/,
    ambiguous: true,
  },
];
