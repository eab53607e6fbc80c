/**
 * What ffmpeg says of a file, read into {@link MediaInfo}; rates as fractions; times as text.
 * Pure: this room makes argument lists and reads their output, and somebody else runs them.
 *
 * ```ts
 * import { formatClock, frameAt, isUnreadable, nearestRate, readFfmpeg } from "./mod.ts";
 *
 * const info = readFfmpeg("file:/a.mp4: Invalid data found when processing input", { path: "/a.mp4", sizeBytes: 9 });
 * console.assert(isUnreadable(info) && info.code === "INPUT_CORRUPT");
 * console.assert(frameAt(1, nearestRate(29.97)) === 30);
 * console.assert(formatClock(3723.25) === "1:02:03.250");
 * ```
 * @module
 */
export { cueArgs, type CueFile, cueFiles, isStyled, readCues, renderAss, renderSrt } from "./cues.ts";
export { readFfmpeg } from "./ffmpeg_text.ts";
export { firstArgs, readFirst } from "./first.ts";
export type { FirstRead } from "./first.ts";
export { listing } from "./listing.ts";
export { languageIn, plainLanguage } from "./language.ts";
export { inputLimits, limitsFor } from "./limits.ts";
export { isPlaylist, playlistUris, strays } from "./playlist.ts";
export { packetArgs, packetRanges, readPackets } from "./packets.ts";
export type { PacketRange, Packets, StreamPackets } from "./packets.ts";
export { mirrorArgs, readMirrored } from "./orientation.ts";
export { doubtsFields, fieldArgs, readFields, settleFields } from "./fields.ts";
export { lightArgs, readLight } from "./light.ts";
export { bitDepth } from "./picture.ts";
export { gamutOf, hasAlpha, isFullRange, isRgb } from "./pixels.ts";
export {
  countAlike,
  type Glance,
  newPacketSums,
  type PacketForm,
  packetSumArgs,
  type PacketSums,
  pictureSumArgs,
  readPictureSums,
  type Span,
} from "./sums.ts";
export { newPictureReader, pictureArgs, type PictureReader } from "./pictures.ts";
export { compare, nearestRate, parseRational, rational, toNumber } from "./rational.ts";
export { refine } from "./refine.ts";
export { dispositionOf } from "./roles.ts";
export { readSilences, silenceArgs } from "./silence.ts";
export { newTally } from "./tally.ts";
export type { Tally } from "./tally.ts";
export { formatClock, formatSec, frameAt } from "./time.ts";
export { shiftTimecode } from "./timecode.ts";
export { groupsOf, readTogether, togetherArgs, type Words } from "./together.ts";
export { isUnreadable } from "./unreadable.ts";
export type { FileFacts, Unreadable } from "./unreadable.ts";
