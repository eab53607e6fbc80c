/**
 * The only room with doors to the outside: processes, files, environment, imports of backends. Everything it learns
 * is handed on as data; no other room reads a file or starts a program.
 *
 * ```ts
 * import { shortHash } from "./mod.ts";
 *
 * console.assert(shortHash(["a", 1]) === shortHash(["a", 1]));
 * ```
 * @module
 */
export { askOnTerminal, mediaNames, type Asker } from "./ask.ts";
export { builtins, loadBackends, type BrokenBackend, type LoadedBackend } from "./backends.ts";
export { projectFile, resolveSettings, showSetting, type Setting, type SettingName, type Settings } from "./config.ts";
export { describeBuild, findTools, knownFfmpegs, shortHash, toolKey, type Tools } from "./ffmpeg.ts";
export {
  checkSpace,
  hashFile,
  identify,
  isSameFile,
  prepareFolder,
  publish,
  readJson,
  removePart,
  writeJson,
  writeWhole,
  type FileIdentity,
} from "./files.ts";
export { readHistory } from "./history.ts";
export { createHost, type Host, type HostOptions } from "./host.ts";
export { expandInputs } from "./inputs.ts";
export { claim } from "./lock.ts";
export { packageVersion, openLogFile, readIfThere, readTextFile } from "./text.ts";
export { sendText, serveText } from "./http.ts";
export { createSensors, type SensorOptions, type Sensors } from "./sensors/sensors.ts";
export { keepMeasured, readMeasured } from "./measured.ts";
export { analyse } from "./analyse.ts";
export { readMediaFile, readMediaFiles, type ReadContext } from "./media.ts";
export { environment, findProgram } from "./paths.ts";
export { describePlatform, probeContext } from "./probe.ts";
export { spawnProgram, type Ended, type SpawnOptions } from "./spawn.ts";
export { forgetSurvey, surveyMachine, type SurveyOptions } from "./survey.ts";
