// Written by scripts/write_schema.ts; do not edit.
/* oxlint-disable */
"use strict";
export const validate = validate10;
export default validate10;
const schema11 = {"$schema":"http://json-schema.org/draft-07/schema#","title":"Vendue pipeline","type":"object","properties":{"version":{"const":1,"description":"The version of this format. Always 1.","errorMessage":"write version: 1"},"name":{"type":"string","description":"What the pipeline is called; ${name} in templates. Left out: the file's name","errorMessage":"write a name without slashes","pattern":"^[^/\\\\\\x00-\\x1f]+$"},"use_gpu":{"type":"boolean","description":"The plain form of accel: true is preferred, false is off. Not together with accel.","errorMessage":"write true or false, without quotes"},"accel":{"enum":["preferred","required","off"],"description":"Use a GPU if it works, fail without one, or never touch it"},"prefer":{"enum":["speed","balanced","quality"],"description":"What the auction favours. Left out: balanced"},"vars":{"type":["object","null"],"description":"Variables and their defaults: ${key} in any text; --set key=value replaces a default.","additionalProperties":{"type":["string","number","boolean","null"],"errorMessage":"write one plain value"},"errorMessage":"write one name and default per line, such as talk: media/talk.mov"},"inputs":{"type":"object","properties":{},"patternProperties":{"^x-":{}},"additionalProperties":{"anyOf":[{"type":"string","description":"A path, or a glob that stands for a list in natural order","errorMessage":"write one path or glob as text","pattern":"\\S"},{"type":"object","properties":{"path":{"type":"string","description":"A path, or a glob that stands for a list in natural order","errorMessage":"write one path or glob as text","pattern":"\\S"},"playlist":{"type":"boolean","description":"It is a playlist (m3u8), and may open the files in its own folder","errorMessage":"write true or false, without quotes"}},"patternProperties":{"^x-":{}},"additionalProperties":false,"required":["path"]}],"description":"A path, a glob, or { path, playlist: true }","errorMessage":"write one path or glob as text, or a map such as { path: show.m3u8, playlist: true }"},"minProperties":1,"propertyNames":{"type":"string","pattern":"^[A-Za-z][A-Za-z0-9_-]*$","errorMessage":"start a name with a letter and go on with letters, digits, _ or -"},"description":"Named inputs, relative to this file.","errorMessage":"write one name and path per line, such as talk: media/talk.mov"},"backends":{"type":"array","items":{"$ref":"#/definitions/backend"},"description":"Which backends may bid, by specifier. Left out: every built-in.","errorMessage":"write a list such as [nvenc, cpu]"},"stages":{"type":"array","minItems":1,"items":{"$ref":"#/definitions/stage"},"description":"The steps. A stage that names no inputs takes the stage before it.","errorMessage":"write a list of stages, each starting with a dash"}},"patternProperties":{"^x-":{}},"additionalProperties":false,"required":["version","inputs","stages"],"not":{"type":"object","anyOf":[{"required":["use_gpu","accel"]}]},"definitions":{"backend":{"anyOf":[{"type":"string","pattern":"\\S"},{"type":"object","properties":{"use":{"type":"string","description":"Built-in name, ./path/mod.ts or npm:package","errorMessage":"write a specifier such as use: nvenc","pattern":"\\S"},"options":{"type":"object","description":"Handed to the backend as they are."},"allow":{"type":"object","properties":{"read":{"anyOf":[{"type":"string","description":"Paths its probe may look at","errorMessage":"write text, in quotes if it looks like a number"},{"type":"array","items":{"type":"string","description":"Paths its probe may look at","errorMessage":"write text, in quotes if it looks like a number"}}],"errorMessage":"write text, in quotes if it looks like a number","description":"Paths its probe may look at"},"env":{"anyOf":[{"type":"string","description":"Environment variables it may see","errorMessage":"write text, in quotes if it looks like a number"},{"type":"array","items":{"type":"string","description":"Environment variables it may see","errorMessage":"write text, in quotes if it looks like a number"}}],"errorMessage":"write text, in quotes if it looks like a number","description":"Environment variables it may see"},"run":{"anyOf":[{"type":"string","description":"Vendor tools it may ask","errorMessage":"write text, in quotes if it looks like a number"},{"type":"array","items":{"type":"string","description":"Vendor tools it may ask","errorMessage":"write text, in quotes if it looks like a number"}}],"errorMessage":"write text, in quotes if it looks like a number","description":"Vendor tools it may ask"}},"patternProperties":{"^x-":{}},"additionalProperties":false}},"patternProperties":{"^x-":{}},"additionalProperties":false,"required":["use"]}],"description":"A specifier (nvenc, ./my-backend/mod.ts, npm:@scope/pkg), or one with options and permissions.","errorMessage":"write a specifier such as nvenc, or { use: nvenc, options: {}, allow: {} }"},"stage":{"type":"object","properties":{"id":{"type":"string","description":"What other stages call it. Left out: its kind","errorMessage":"start an id with a letter and go on with letters, digits, _ or -","pattern":"^[A-Za-z][A-Za-z0-9_-]*$"},"normalize":{"type":["object","null"],"properties":{"input":{"type":"string","description":"What it reads. Left out: the stage before it, or every input for the first stage.","errorMessage":"write the name of an input or a stage, or stage.clip","pattern":"^[A-Za-z][A-Za-z0-9_-]*(\\..+)?$|\\$\\{"},"inputs":{"type":"array","items":{"type":"string","description":"The name of an input or a stage, or stage.clip for one clip of several","errorMessage":"write the name of an input or a stage, or stage.clip","pattern":"^[A-Za-z][A-Za-z0-9_-]*(\\..+)?$|\\$\\{"},"minItems":1,"description":"What it reads, in order. Left out: the stage before it, or every input for the first stage.","errorMessage":"write a list such as [intro, talk]"},"loudness":{"anyOf":[{"enum":["streaming","podcast","broadcast","off"],"description":"-14, -16 or -23 LUFS with a true peak of -1 dBTP, or left as it is"},{"type":"object","properties":{"target":{"type":["string","number"],"pattern":"^(?:-?\\d+(?:\\.\\d+)? ?(?:LUFS|LKFS)?)$|\\$\\{","description":"Integrated loudness, EBU R128","errorMessage":"write a loudness from -70 to -5 such as -16 LUFS"},"true_peak":{"type":["string","number"],"pattern":"^(?:-?\\d+(?:\\.\\d+)? ?(?:dBTP)?)$|\\$\\{","description":"Left out: -1 dBTP","errorMessage":"write a true peak from -9 to 0 such as -1.5 dBTP"},"limiter":{"type":"boolean","description":"Holds peaks down where the target needs it. Left out: false, the level stays below the target","errorMessage":"write true or false, without quotes"}},"patternProperties":{"^x-":{}},"additionalProperties":false,"required":["target"]}],"description":"Loudness by EBU R128: a preset, or { target, true_peak, limiter }.","errorMessage":"write streaming, podcast, broadcast, off, or { target: -16 LUFS, true_peak: -1.5 dBTP }"},"video":{"type":["object","null"],"properties":{"size":{"type":"string","pattern":"^(?:\\d+ ?[xX×] ?\\d+)$|\\$\\{","description":"Picture size, such as 1920x1080","errorMessage":"write a picture size such as 1280x720"},"fit":{"enum":["contain","cover","stretch","within"],"description":"Bars, cropping, distortion, or as it is and never enlarged"},"fps":{"type":["string","number"],"pattern":"^(?:source|(?:max )?(?:\\d+(?:\\.\\d+)?|\\d+/\\d+)(?: ?fps)?)$|\\$\\{","description":"Frame rate: a number, source, or max 30","errorMessage":"write a rate such as 30, 29.97 or 30000/1001, or \"source\", or \"max 30\""},"vfr":{"enum":["constant","keep"],"description":"What becomes of a varying frame rate; keep needs fps: source. Left out: constant"},"pixel_format":{"type":"string","description":"ffmpeg's name of a pixel format, such as yuv420p or yuv420p10le","errorMessage":"write a pixel format such as yuv420p or yuv420p10le","pattern":"^[a-z][a-z0-9]*$|\\$\\{"},"deinterlace":{"enum":["auto","on","off"],"description":"Left out: auto"},"hdr":{"enum":["preserve","tonemap","reject"],"description":"What happens to HDR pictures"}},"patternProperties":{"^x-":{}},"additionalProperties":false},"audio":{"type":["object","null"],"properties":{"sample_rate":{"type":["string","number"],"pattern":"^(?:\\d+(?:\\.\\d+)?(?: ?k| ?kHz| ?Hz)?)$|\\$\\{","description":"Samples a second, such as 48000","errorMessage":"write a sample rate such as 48000 or 44.1 kHz"},"channels":{"type":["string","number"],"pattern":"^(?:mono|stereo|5\\.1|7\\.1|[1-8])$|\\$\\{","description":"mono, stereo, 5.1, 7.1 or a number","errorMessage":"write mono, stereo, 5.1, 7.1 or a number from 1 to 8"}},"patternProperties":{"^x-":{}},"additionalProperties":false},"output":{"type":"string","description":"Renders right here: an export with its defaults, quality 80","errorMessage":"write text, in quotes if it looks like a number"}},"patternProperties":{"^x-":{}},"additionalProperties":false,"not":{"type":"object","anyOf":[{"required":["input","inputs"]}]},"description":"Brings clips to one loudness, size, rate and format."},"cut":{"type":["object","null"],"properties":{"input":{"type":"string","description":"What it reads. Left out: the stage before it, or every input for the first stage.","errorMessage":"write the name of an input or a stage, or stage.clip","pattern":"^[A-Za-z][A-Za-z0-9_-]*(\\..+)?$|\\$\\{"},"inputs":{"type":"array","items":{"type":"string","description":"The name of an input or a stage, or stage.clip for one clip of several","errorMessage":"write the name of an input or a stage, or stage.clip","pattern":"^[A-Za-z][A-Za-z0-9_-]*(\\..+)?$|\\$\\{"},"minItems":1,"description":"What it reads, in order. Left out: the stage before it, or every input for the first stage.","errorMessage":"write a list such as [intro, talk]"},"keep":{"anyOf":[{"type":["string","number"],"pattern":"^(?:(?:\\d+:[0-5]\\d(?::[0-5]\\d)?(?:\\.\\d+)?|\\d+f|\\d+(?:\\.\\d+)? ?ms|\\d+(?:\\.\\d+)?|(?=\\d)(?:\\d+h)?(?:\\d+m)?(?:\\d+(?:\\.\\d+)? ?s)?) ?- ?(?:(?:\\d+:[0-5]\\d(?::[0-5]\\d)?(?:\\.\\d+)?|\\d+f|\\d+(?:\\.\\d+)? ?ms|\\d+(?:\\.\\d+)?|(?=\\d)(?:\\d+h)?(?:\\d+m)?(?:\\d+(?:\\.\\d+)? ?s)?))?|- ?(?:\\d+:[0-5]\\d(?::[0-5]\\d)?(?:\\.\\d+)?|\\d+f|\\d+(?:\\.\\d+)? ?ms|\\d+(?:\\.\\d+)?|(?=\\d)(?:\\d+h)?(?:\\d+m)?(?:\\d+(?:\\.\\d+)? ?s)?))$|\\$\\{","description":"From - to","errorMessage":"write a range such as \"0:10-1:20\", \"2:00-\" to the end, or \"-0:10\" from the start"},{"type":"array","items":{"type":["string","number"],"pattern":"^(?:(?:\\d+:[0-5]\\d(?::[0-5]\\d)?(?:\\.\\d+)?|\\d+f|\\d+(?:\\.\\d+)? ?ms|\\d+(?:\\.\\d+)?|(?=\\d)(?:\\d+h)?(?:\\d+m)?(?:\\d+(?:\\.\\d+)? ?s)?) ?- ?(?:(?:\\d+:[0-5]\\d(?::[0-5]\\d)?(?:\\.\\d+)?|\\d+f|\\d+(?:\\.\\d+)? ?ms|\\d+(?:\\.\\d+)?|(?=\\d)(?:\\d+h)?(?:\\d+m)?(?:\\d+(?:\\.\\d+)? ?s)?))?|- ?(?:\\d+:[0-5]\\d(?::[0-5]\\d)?(?:\\.\\d+)?|\\d+f|\\d+(?:\\.\\d+)? ?ms|\\d+(?:\\.\\d+)?|(?=\\d)(?:\\d+h)?(?:\\d+m)?(?:\\d+(?:\\.\\d+)? ?s)?))$|\\$\\{","description":"From - to","errorMessage":"write a range such as \"0:10-1:20\", \"2:00-\" to the end, or \"-0:10\" from the start"},"minItems":1}],"errorMessage":"write a range such as \"0:10-1:20\", \"2:00-\" to the end, or \"-0:10\" from the start","description":"What stays, in this order."},"remove":{"anyOf":[{"type":["string","number"],"pattern":"^(?:(?:\\d+:[0-5]\\d(?::[0-5]\\d)?(?:\\.\\d+)?|\\d+f|\\d+(?:\\.\\d+)? ?ms|\\d+(?:\\.\\d+)?|(?=\\d)(?:\\d+h)?(?:\\d+m)?(?:\\d+(?:\\.\\d+)? ?s)?) ?- ?(?:(?:\\d+:[0-5]\\d(?::[0-5]\\d)?(?:\\.\\d+)?|\\d+f|\\d+(?:\\.\\d+)? ?ms|\\d+(?:\\.\\d+)?|(?=\\d)(?:\\d+h)?(?:\\d+m)?(?:\\d+(?:\\.\\d+)? ?s)?))?|- ?(?:\\d+:[0-5]\\d(?::[0-5]\\d)?(?:\\.\\d+)?|\\d+f|\\d+(?:\\.\\d+)? ?ms|\\d+(?:\\.\\d+)?|(?=\\d)(?:\\d+h)?(?:\\d+m)?(?:\\d+(?:\\.\\d+)? ?s)?))$|\\$\\{","description":"From - to","errorMessage":"write a range such as \"0:10-1:20\", \"2:00-\" to the end, or \"-0:10\" from the start"},{"type":"array","items":{"type":["string","number"],"pattern":"^(?:(?:\\d+:[0-5]\\d(?::[0-5]\\d)?(?:\\.\\d+)?|\\d+f|\\d+(?:\\.\\d+)? ?ms|\\d+(?:\\.\\d+)?|(?=\\d)(?:\\d+h)?(?:\\d+m)?(?:\\d+(?:\\.\\d+)? ?s)?) ?- ?(?:(?:\\d+:[0-5]\\d(?::[0-5]\\d)?(?:\\.\\d+)?|\\d+f|\\d+(?:\\.\\d+)? ?ms|\\d+(?:\\.\\d+)?|(?=\\d)(?:\\d+h)?(?:\\d+m)?(?:\\d+(?:\\.\\d+)? ?s)?))?|- ?(?:\\d+:[0-5]\\d(?::[0-5]\\d)?(?:\\.\\d+)?|\\d+f|\\d+(?:\\.\\d+)? ?ms|\\d+(?:\\.\\d+)?|(?=\\d)(?:\\d+h)?(?:\\d+m)?(?:\\d+(?:\\.\\d+)? ?s)?))$|\\$\\{","description":"From - to","errorMessage":"write a range such as \"0:10-1:20\", \"2:00-\" to the end, or \"-0:10\" from the start"},"minItems":1}],"errorMessage":"write a range such as \"0:10-1:20\", \"2:00-\" to the end, or \"-0:10\" from the start","description":"What goes, out of what is kept."},"silence":{"anyOf":[{"type":"boolean"},{"type":"object","properties":{"threshold":{"type":["string","number"],"pattern":"^(?:-?\\d+(?:\\.\\d+)? ?(?:dB|dBFS)?)$|\\$\\{","description":"What counts as silent. Left out: -40 dB","errorMessage":"write a level from -100 to 0 such as -40 dB"},"least":{"type":["string","number"],"pattern":"^(?:(?:\\d+:[0-5]\\d(?::[0-5]\\d)?(?:\\.\\d+)?|\\d+f|\\d+(?:\\.\\d+)? ?ms|\\d+(?:\\.\\d+)?|(?=\\d)(?:\\d+h)?(?:\\d+m)?(?:\\d+(?:\\.\\d+)? ?s)?))$|\\$\\{","description":"Shorter silences stay. Left out: 0.5","errorMessage":"write a length such as 0.5, 500ms or 1:30"},"padding":{"type":["string","number"],"pattern":"^(?:(?:\\d+:[0-5]\\d(?::[0-5]\\d)?(?:\\.\\d+)?|\\d+f|\\d+(?:\\.\\d+)? ?ms|\\d+(?:\\.\\d+)?|(?=\\d)(?:\\d+h)?(?:\\d+m)?(?:\\d+(?:\\.\\d+)? ?s)?))$|\\$\\{","description":"Kept on each side of a silence. Left out: 0.1","errorMessage":"write a length such as 0.5, 500ms or 1:30"}},"patternProperties":{"^x-":{}},"additionalProperties":false}],"description":"Takes silence out.","errorMessage":"write true, or { threshold: -40 dB, least: 0.5, padding: 0.1 }"},"accuracy":{"enum":["exact","keyframe"],"description":"To the frame, or to the keyframe before it. Left out: exact"},"output":{"type":"string","description":"Renders right here: an export with its defaults, quality 80","errorMessage":"write text, in quotes if it looks like a number"}},"patternProperties":{"^x-":{}},"additionalProperties":false,"not":{"type":"object","anyOf":[{"required":["input","inputs"]}]},"description":"Keeps and removes ranges."},"concat":{"type":["object","null"],"properties":{"input":{"type":"string","description":"What it reads. Left out: the stage before it, or every input for the first stage.","errorMessage":"write the name of an input or a stage, or stage.clip","pattern":"^[A-Za-z][A-Za-z0-9_-]*(\\..+)?$|\\$\\{"},"inputs":{"type":"array","items":{"type":"string","description":"The name of an input or a stage, or stage.clip for one clip of several","errorMessage":"write the name of an input or a stage, or stage.clip","pattern":"^[A-Za-z][A-Za-z0-9_-]*(\\..+)?$|\\$\\{"},"minItems":1,"description":"What it reads, in order. Left out: the stage before it, or every input for the first stage.","errorMessage":"write a list such as [intro, talk]"},"crossfade":{"type":["string","number"],"pattern":"^(?:(?:\\d+:[0-5]\\d(?::[0-5]\\d)?(?:\\.\\d+)?|\\d+f|\\d+(?:\\.\\d+)? ?ms|\\d+(?:\\.\\d+)?|(?=\\d)(?:\\d+h)?(?:\\d+m)?(?:\\d+(?:\\.\\d+)? ?s)?))$|\\$\\{","description":"Length of the blend at every join. Left out: 0","errorMessage":"write a length such as 0.5, 500ms or 1:30"},"output":{"type":"string","description":"Renders right here: an export with its defaults, quality 80","errorMessage":"write text, in quotes if it looks like a number"}},"patternProperties":{"^x-":{}},"additionalProperties":false,"not":{"type":"object","anyOf":[{"required":["input","inputs"]}]},"description":"Joins clips in order."},"export":{"type":["object","null"],"properties":{"input":{"type":"string","description":"What it reads. Left out: the stage before it, or every input for the first stage.","errorMessage":"write the name of an input or a stage, or stage.clip","pattern":"^[A-Za-z][A-Za-z0-9_-]*(\\..+)?$|\\$\\{"},"inputs":{"type":"array","items":{"type":"string","description":"The name of an input or a stage, or stage.clip for one clip of several","errorMessage":"write the name of an input or a stage, or stage.clip","pattern":"^[A-Za-z][A-Za-z0-9_-]*(\\..+)?$|\\$\\{"},"minItems":1,"description":"What it reads, in order. Left out: the stage before it, or every input for the first stage.","errorMessage":"write a list such as [intro, talk]"},"output":{"type":"string","description":"Where it goes: a path with ${name}, ${stage}, ${input}, ${index}, ${rendition}, ${codec}, ${height}, ${width} or ${ext}","errorMessage":"write a path such as out/${name}.mp4","pattern":"\\S"},"container":{"enum":["mp4","mov","mkv","webm","ts"],"description":"Left out: what the output's extension says"},"video":{"$ref":"#/definitions/video"},"audio":{"$ref":"#/definitions/audio"},"proxy":{"type":"boolean","description":"A small file to edit with, made beside everything else at low priority: 960x540, keyframes every half second, the fastest effort, where nothing else is said","errorMessage":"write true or false, without quotes"},"fast_start":{"type":"boolean","description":"Puts the index first, so that players start at once. Left out: true for mp4 and mov","errorMessage":"write true or false, without quotes"},"subtitles":{"enum":["keep","drop","burn"],"description":"burn draws the default track into the picture. Left out: keep"},"chapters":{"enum":["keep","drop"],"description":"Left out: keep"},"metadata":{"enum":["keep","drop"],"description":"Left out: keep"},"cover":{"enum":["keep","drop"],"description":"Left out: keep"},"attachments":{"enum":["fonts","keep","drop"],"description":"Files inside the file, in mkv. Left out: fonts, those that subtitles are set in"},"location":{"enum":["keep","drop"],"description":"Tags that tell where and with which device it was filmed. Left out: drop"},"renditions":{"type":"array","minItems":1,"items":{"type":"object","properties":{"name":{"type":"string","description":"What this rendition is called; ${rendition} in templates","errorMessage":"write a name of letters, digits, dots, _ or -","pattern":"^[A-Za-z0-9][A-Za-z0-9._-]*$"},"output":{"type":"string","description":"Where it goes: a path with ${name}, ${stage}, ${input}, ${index}, ${rendition}, ${codec}, ${height}, ${width} or ${ext}","errorMessage":"write a path such as out/${name}.mp4","pattern":"\\S"},"container":{"enum":["mp4","mov","mkv","webm","ts"],"description":"Left out: what the output's extension says"},"video":{"$ref":"#/definitions/video"},"audio":{"$ref":"#/definitions/audio"}},"patternProperties":{"^x-":{}},"additionalProperties":false,"required":["name"],"errorMessage":"write a map with a name, such as { name: 720p, video: { size: 1280x720 } }"},"description":"Several files from one decode; each is merged over the video and audio above.","errorMessage":"write a list such as [{ name: 720p, video: { size: 1280x720 } }]"}},"patternProperties":{"^x-":{}},"additionalProperties":false,"not":{"type":"object","anyOf":[{"required":["input","inputs"]}]},"description":"Writes files."}},"patternProperties":{"^x-":{}},"additionalProperties":false,"oneOf":[{"required":["normalize"]},{"required":["cut"]},{"required":["concat"]},{"required":["export"]}],"errorMessage":"write one of normalize, cut, concat or export, such as - cut: { keep: 0:10-1:20 }"},"video":{"anyOf":[{"enum":["none"]},{"type":["object","null"],"properties":{"codec":{"enum":["h264","hevc","av1","vp9","copy"],"description":"Left out: h264, or vp9 for webm. copy keeps the source's own bits"},"quality":{"type":["number","string"],"minimum":0,"maximum":100,"pattern":"^(?:-?\\d+(?:\\.\\d+)?)$|\\$\\{","description":"0 is worst, 100 visually lossless, alike on every encoder. Left out: 70","errorMessage":"write a number from 0 to 100"},"crf":{"type":["number","string"],"minimum":0,"maximum":63,"pattern":"^(?:-?\\d+(?:\\.\\d+)?)$|\\$\\{","description":"The encoder's own constant rate factor","errorMessage":"write a number from 0 to 63"},"bitrate":{"type":"string","pattern":"^(?:\\d+(?:\\.\\d+)? ?[kKM](?:b(?:its?)?(?:/s|ps)?)?)$|\\$\\{","description":"Average bitrate, such as 5M","errorMessage":"write a bitrate with a unit, such as 5M, 128k or 800 kb/s"},"maxrate":{"type":"string","pattern":"^(?:\\d+(?:\\.\\d+)? ?[kKM](?:b(?:its?)?(?:/s|ps)?)?)$|\\$\\{","description":"Peak bitrate; only with bitrate","errorMessage":"write a bitrate with a unit, such as 5M, 128k or 800 kb/s"},"bufsize":{"type":"string","pattern":"^(?:\\d+(?:\\.\\d+)? ?[kKM](?:b(?:its?)?(?:/s|ps)?)?)$|\\$\\{","description":"How many bits the peak is measured over; only with bitrate","errorMessage":"write a bitrate with a unit, such as 5M, 128k or 800 kb/s"},"two_pass":{"type":"boolean","description":"Looks at everything first; only with bitrate","errorMessage":"write true or false, without quotes"},"target_size":{"type":"string","pattern":"^(?:\\d+(?:\\.\\d+)? ?(?:[kKMGT]i?)?B)$|\\$\\{","description":"How large the file may be, such as 25MB","errorMessage":"write an amount such as 25MB (millions) or 25MiB (1024 x 1024)"},"effort":{"enum":["fastest","faster","fast","balanced","slow","slower","best"],"description":"From most speed to most care. Left out: balanced"},"profile":{"type":["string","integer"],"pattern":"\\S","description":"The codec's profile, such as high or main10","errorMessage":"write a profile such as high or main10"},"gop":{"type":["string","number"],"pattern":"^(?:(?:\\d+:[0-5]\\d(?::[0-5]\\d)?(?:\\.\\d+)?|\\d+f|\\d+(?:\\.\\d+)? ?ms|\\d+(?:\\.\\d+)?|(?=\\d)(?:\\d+h)?(?:\\d+m)?(?:\\d+(?:\\.\\d+)? ?s)?))$|\\$\\{","description":"Time or frames between keyframes. Left out: 2 s","errorMessage":"write a moment such as 90, 1:30, 00:01:30.250, 1500ms, 1m30s or 45f"},"size":{"type":"string","pattern":"^(?:\\d+ ?[xX×] ?\\d+)$|^(?:\\d+(?:\\.\\d+)? ?(?:[kKMGT]i?)?B)$|\\$\\{","description":"Picture size such as 1280x720. An amount such as 25MB is read as target_size","errorMessage":"write a picture size such as 1280x720, or an amount such as 25MB"},"fit":{"enum":["contain","cover","stretch","within"],"description":"Bars, cropping, distortion, or as it is and never enlarged"},"max_fps":{"type":["string","number"],"pattern":"^(?:(?:\\d+(?:\\.\\d+)?|\\d+/\\d+)(?: ?fps)?)$|\\$\\{","description":"Faster sources are slowed to this, slower ones stay","errorMessage":"write a rate such as 30, 29.97 or 30000/1001"},"pixel_format":{"type":"string","description":"ffmpeg's name of a pixel format, such as yuv420p or yuv420p10le","errorMessage":"write a pixel format such as yuv420p or yuv420p10le","pattern":"^[a-z][a-z0-9]*$|\\$\\{"},"hdr":{"enum":["preserve","tonemap","reject"],"description":"What happens to HDR pictures"}},"patternProperties":{"^x-":{}},"additionalProperties":false,"not":{"type":"object","anyOf":[{"required":["quality","crf"]},{"required":["quality","bitrate"]},{"required":["quality","target_size"]},{"required":["crf","bitrate"]},{"required":["crf","target_size"]},{"required":["bitrate","target_size"]}]}}],"description":"The picture, or none.","errorMessage":"write none, or a map such as { codec: h264, quality: 70 }"},"audio":{"anyOf":[{"enum":["none"]},{"type":["object","null"],"properties":{"codec":{"enum":["aac","opus","mp3","ac3","flac","pcm","copy"],"description":"Left out: aac, or opus for webm"},"bitrate":{"type":"string","pattern":"^(?:\\d+(?:\\.\\d+)? ?[kKM](?:b(?:its?)?(?:/s|ps)?)?)$|\\$\\{","description":"Such as 128k","errorMessage":"write a bitrate with a unit, such as 5M, 128k or 800 kb/s"},"tracks":{"anyOf":[{"enum":["first","all","mix"]},{"type":"array","minItems":1,"items":{"type":"string","pattern":"^(?:(?:[a-z]{2,3})(?: (?:forced|hearing-impaired|visual-impaired|commentary|original|dub|lyrics|karaoke))?|forced|hearing-impaired|visual-impaired|commentary|original|dub|lyrics|karaoke)$|\\$\\{","description":"A language, a role, or both: eng commentary","errorMessage":"write a language, a role or both, such as eng, deu or eng commentary; roles: forced, hearing-impaired, visual-impaired, commentary, original, dub, lyrics, karaoke"}}],"description":"first is the one that plays by default, all keeps every track, mix makes one of them, a list chooses by language and role. Left out: first","errorMessage":"write first, all, mix, or a list of languages and roles such as [eng, deu, eng commentary]"},"sample_rate":{"type":["string","number"],"pattern":"^(?:\\d+(?:\\.\\d+)?(?: ?k| ?kHz| ?Hz)?)$|\\$\\{","description":"Samples a second, such as 48000","errorMessage":"write a sample rate such as 48000 or 44.1 kHz"},"channels":{"type":["string","number"],"pattern":"^(?:mono|stereo|5\\.1|7\\.1|[1-8])$|\\$\\{","description":"mono, stereo, 5.1, 7.1 or a number","errorMessage":"write mono, stereo, 5.1, 7.1 or a number from 1 to 8"}},"patternProperties":{"^x-":{}},"additionalProperties":false}],"description":"The sound, or none.","errorMessage":"write none, or a map such as { codec: aac, bitrate: 128k }"}}};
const schema12 = {"anyOf":[{"type":"string","pattern":"\\S"},{"type":"object","properties":{"use":{"type":"string","description":"Built-in name, ./path/mod.ts or npm:package","errorMessage":"write a specifier such as use: nvenc","pattern":"\\S"},"options":{"type":"object","description":"Handed to the backend as they are."},"allow":{"type":"object","properties":{"read":{"anyOf":[{"type":"string","description":"Paths its probe may look at","errorMessage":"write text, in quotes if it looks like a number"},{"type":"array","items":{"type":"string","description":"Paths its probe may look at","errorMessage":"write text, in quotes if it looks like a number"}}],"errorMessage":"write text, in quotes if it looks like a number","description":"Paths its probe may look at"},"env":{"anyOf":[{"type":"string","description":"Environment variables it may see","errorMessage":"write text, in quotes if it looks like a number"},{"type":"array","items":{"type":"string","description":"Environment variables it may see","errorMessage":"write text, in quotes if it looks like a number"}}],"errorMessage":"write text, in quotes if it looks like a number","description":"Environment variables it may see"},"run":{"anyOf":[{"type":"string","description":"Vendor tools it may ask","errorMessage":"write text, in quotes if it looks like a number"},{"type":"array","items":{"type":"string","description":"Vendor tools it may ask","errorMessage":"write text, in quotes if it looks like a number"}}],"errorMessage":"write text, in quotes if it looks like a number","description":"Vendor tools it may ask"}},"patternProperties":{"^x-":{}},"additionalProperties":false}},"patternProperties":{"^x-":{}},"additionalProperties":false,"required":["use"]}],"description":"A specifier (nvenc, ./my-backend/mod.ts, npm:@scope/pkg), or one with options and permissions.","errorMessage":"write a specifier such as nvenc, or { use: nvenc, options: {}, allow: {} }"};
const func2 = Object.prototype.hasOwnProperty;
const pattern0 = new RegExp("^x-", "u");
const pattern1 = new RegExp("^[^/\\\\\\x00-\\x1f]+$", "u");
const pattern2 = new RegExp("^[A-Za-z][A-Za-z0-9_-]*$", "u");
const pattern4 = new RegExp("\\S", "u");
const schema13 = {"type":"object","properties":{"id":{"type":"string","description":"What other stages call it. Left out: its kind","errorMessage":"start an id with a letter and go on with letters, digits, _ or -","pattern":"^[A-Za-z][A-Za-z0-9_-]*$"},"normalize":{"type":["object","null"],"properties":{"input":{"type":"string","description":"What it reads. Left out: the stage before it, or every input for the first stage.","errorMessage":"write the name of an input or a stage, or stage.clip","pattern":"^[A-Za-z][A-Za-z0-9_-]*(\\..+)?$|\\$\\{"},"inputs":{"type":"array","items":{"type":"string","description":"The name of an input or a stage, or stage.clip for one clip of several","errorMessage":"write the name of an input or a stage, or stage.clip","pattern":"^[A-Za-z][A-Za-z0-9_-]*(\\..+)?$|\\$\\{"},"minItems":1,"description":"What it reads, in order. Left out: the stage before it, or every input for the first stage.","errorMessage":"write a list such as [intro, talk]"},"loudness":{"anyOf":[{"enum":["streaming","podcast","broadcast","off"],"description":"-14, -16 or -23 LUFS with a true peak of -1 dBTP, or left as it is"},{"type":"object","properties":{"target":{"type":["string","number"],"pattern":"^(?:-?\\d+(?:\\.\\d+)? ?(?:LUFS|LKFS)?)$|\\$\\{","description":"Integrated loudness, EBU R128","errorMessage":"write a loudness from -70 to -5 such as -16 LUFS"},"true_peak":{"type":["string","number"],"pattern":"^(?:-?\\d+(?:\\.\\d+)? ?(?:dBTP)?)$|\\$\\{","description":"Left out: -1 dBTP","errorMessage":"write a true peak from -9 to 0 such as -1.5 dBTP"},"limiter":{"type":"boolean","description":"Holds peaks down where the target needs it. Left out: false, the level stays below the target","errorMessage":"write true or false, without quotes"}},"patternProperties":{"^x-":{}},"additionalProperties":false,"required":["target"]}],"description":"Loudness by EBU R128: a preset, or { target, true_peak, limiter }.","errorMessage":"write streaming, podcast, broadcast, off, or { target: -16 LUFS, true_peak: -1.5 dBTP }"},"video":{"type":["object","null"],"properties":{"size":{"type":"string","pattern":"^(?:\\d+ ?[xX×] ?\\d+)$|\\$\\{","description":"Picture size, such as 1920x1080","errorMessage":"write a picture size such as 1280x720"},"fit":{"enum":["contain","cover","stretch","within"],"description":"Bars, cropping, distortion, or as it is and never enlarged"},"fps":{"type":["string","number"],"pattern":"^(?:source|(?:max )?(?:\\d+(?:\\.\\d+)?|\\d+/\\d+)(?: ?fps)?)$|\\$\\{","description":"Frame rate: a number, source, or max 30","errorMessage":"write a rate such as 30, 29.97 or 30000/1001, or \"source\", or \"max 30\""},"vfr":{"enum":["constant","keep"],"description":"What becomes of a varying frame rate; keep needs fps: source. Left out: constant"},"pixel_format":{"type":"string","description":"ffmpeg's name of a pixel format, such as yuv420p or yuv420p10le","errorMessage":"write a pixel format such as yuv420p or yuv420p10le","pattern":"^[a-z][a-z0-9]*$|\\$\\{"},"deinterlace":{"enum":["auto","on","off"],"description":"Left out: auto"},"hdr":{"enum":["preserve","tonemap","reject"],"description":"What happens to HDR pictures"}},"patternProperties":{"^x-":{}},"additionalProperties":false},"audio":{"type":["object","null"],"properties":{"sample_rate":{"type":["string","number"],"pattern":"^(?:\\d+(?:\\.\\d+)?(?: ?k| ?kHz| ?Hz)?)$|\\$\\{","description":"Samples a second, such as 48000","errorMessage":"write a sample rate such as 48000 or 44.1 kHz"},"channels":{"type":["string","number"],"pattern":"^(?:mono|stereo|5\\.1|7\\.1|[1-8])$|\\$\\{","description":"mono, stereo, 5.1, 7.1 or a number","errorMessage":"write mono, stereo, 5.1, 7.1 or a number from 1 to 8"}},"patternProperties":{"^x-":{}},"additionalProperties":false},"output":{"type":"string","description":"Renders right here: an export with its defaults, quality 80","errorMessage":"write text, in quotes if it looks like a number"}},"patternProperties":{"^x-":{}},"additionalProperties":false,"not":{"type":"object","anyOf":[{"required":["input","inputs"]}]},"description":"Brings clips to one loudness, size, rate and format."},"cut":{"type":["object","null"],"properties":{"input":{"type":"string","description":"What it reads. Left out: the stage before it, or every input for the first stage.","errorMessage":"write the name of an input or a stage, or stage.clip","pattern":"^[A-Za-z][A-Za-z0-9_-]*(\\..+)?$|\\$\\{"},"inputs":{"type":"array","items":{"type":"string","description":"The name of an input or a stage, or stage.clip for one clip of several","errorMessage":"write the name of an input or a stage, or stage.clip","pattern":"^[A-Za-z][A-Za-z0-9_-]*(\\..+)?$|\\$\\{"},"minItems":1,"description":"What it reads, in order. Left out: the stage before it, or every input for the first stage.","errorMessage":"write a list such as [intro, talk]"},"keep":{"anyOf":[{"type":["string","number"],"pattern":"^(?:(?:\\d+:[0-5]\\d(?::[0-5]\\d)?(?:\\.\\d+)?|\\d+f|\\d+(?:\\.\\d+)? ?ms|\\d+(?:\\.\\d+)?|(?=\\d)(?:\\d+h)?(?:\\d+m)?(?:\\d+(?:\\.\\d+)? ?s)?) ?- ?(?:(?:\\d+:[0-5]\\d(?::[0-5]\\d)?(?:\\.\\d+)?|\\d+f|\\d+(?:\\.\\d+)? ?ms|\\d+(?:\\.\\d+)?|(?=\\d)(?:\\d+h)?(?:\\d+m)?(?:\\d+(?:\\.\\d+)? ?s)?))?|- ?(?:\\d+:[0-5]\\d(?::[0-5]\\d)?(?:\\.\\d+)?|\\d+f|\\d+(?:\\.\\d+)? ?ms|\\d+(?:\\.\\d+)?|(?=\\d)(?:\\d+h)?(?:\\d+m)?(?:\\d+(?:\\.\\d+)? ?s)?))$|\\$\\{","description":"From - to","errorMessage":"write a range such as \"0:10-1:20\", \"2:00-\" to the end, or \"-0:10\" from the start"},{"type":"array","items":{"type":["string","number"],"pattern":"^(?:(?:\\d+:[0-5]\\d(?::[0-5]\\d)?(?:\\.\\d+)?|\\d+f|\\d+(?:\\.\\d+)? ?ms|\\d+(?:\\.\\d+)?|(?=\\d)(?:\\d+h)?(?:\\d+m)?(?:\\d+(?:\\.\\d+)? ?s)?) ?- ?(?:(?:\\d+:[0-5]\\d(?::[0-5]\\d)?(?:\\.\\d+)?|\\d+f|\\d+(?:\\.\\d+)? ?ms|\\d+(?:\\.\\d+)?|(?=\\d)(?:\\d+h)?(?:\\d+m)?(?:\\d+(?:\\.\\d+)? ?s)?))?|- ?(?:\\d+:[0-5]\\d(?::[0-5]\\d)?(?:\\.\\d+)?|\\d+f|\\d+(?:\\.\\d+)? ?ms|\\d+(?:\\.\\d+)?|(?=\\d)(?:\\d+h)?(?:\\d+m)?(?:\\d+(?:\\.\\d+)? ?s)?))$|\\$\\{","description":"From - to","errorMessage":"write a range such as \"0:10-1:20\", \"2:00-\" to the end, or \"-0:10\" from the start"},"minItems":1}],"errorMessage":"write a range such as \"0:10-1:20\", \"2:00-\" to the end, or \"-0:10\" from the start","description":"What stays, in this order."},"remove":{"anyOf":[{"type":["string","number"],"pattern":"^(?:(?:\\d+:[0-5]\\d(?::[0-5]\\d)?(?:\\.\\d+)?|\\d+f|\\d+(?:\\.\\d+)? ?ms|\\d+(?:\\.\\d+)?|(?=\\d)(?:\\d+h)?(?:\\d+m)?(?:\\d+(?:\\.\\d+)? ?s)?) ?- ?(?:(?:\\d+:[0-5]\\d(?::[0-5]\\d)?(?:\\.\\d+)?|\\d+f|\\d+(?:\\.\\d+)? ?ms|\\d+(?:\\.\\d+)?|(?=\\d)(?:\\d+h)?(?:\\d+m)?(?:\\d+(?:\\.\\d+)? ?s)?))?|- ?(?:\\d+:[0-5]\\d(?::[0-5]\\d)?(?:\\.\\d+)?|\\d+f|\\d+(?:\\.\\d+)? ?ms|\\d+(?:\\.\\d+)?|(?=\\d)(?:\\d+h)?(?:\\d+m)?(?:\\d+(?:\\.\\d+)? ?s)?))$|\\$\\{","description":"From - to","errorMessage":"write a range such as \"0:10-1:20\", \"2:00-\" to the end, or \"-0:10\" from the start"},{"type":"array","items":{"type":["string","number"],"pattern":"^(?:(?:\\d+:[0-5]\\d(?::[0-5]\\d)?(?:\\.\\d+)?|\\d+f|\\d+(?:\\.\\d+)? ?ms|\\d+(?:\\.\\d+)?|(?=\\d)(?:\\d+h)?(?:\\d+m)?(?:\\d+(?:\\.\\d+)? ?s)?) ?- ?(?:(?:\\d+:[0-5]\\d(?::[0-5]\\d)?(?:\\.\\d+)?|\\d+f|\\d+(?:\\.\\d+)? ?ms|\\d+(?:\\.\\d+)?|(?=\\d)(?:\\d+h)?(?:\\d+m)?(?:\\d+(?:\\.\\d+)? ?s)?))?|- ?(?:\\d+:[0-5]\\d(?::[0-5]\\d)?(?:\\.\\d+)?|\\d+f|\\d+(?:\\.\\d+)? ?ms|\\d+(?:\\.\\d+)?|(?=\\d)(?:\\d+h)?(?:\\d+m)?(?:\\d+(?:\\.\\d+)? ?s)?))$|\\$\\{","description":"From - to","errorMessage":"write a range such as \"0:10-1:20\", \"2:00-\" to the end, or \"-0:10\" from the start"},"minItems":1}],"errorMessage":"write a range such as \"0:10-1:20\", \"2:00-\" to the end, or \"-0:10\" from the start","description":"What goes, out of what is kept."},"silence":{"anyOf":[{"type":"boolean"},{"type":"object","properties":{"threshold":{"type":["string","number"],"pattern":"^(?:-?\\d+(?:\\.\\d+)? ?(?:dB|dBFS)?)$|\\$\\{","description":"What counts as silent. Left out: -40 dB","errorMessage":"write a level from -100 to 0 such as -40 dB"},"least":{"type":["string","number"],"pattern":"^(?:(?:\\d+:[0-5]\\d(?::[0-5]\\d)?(?:\\.\\d+)?|\\d+f|\\d+(?:\\.\\d+)? ?ms|\\d+(?:\\.\\d+)?|(?=\\d)(?:\\d+h)?(?:\\d+m)?(?:\\d+(?:\\.\\d+)? ?s)?))$|\\$\\{","description":"Shorter silences stay. Left out: 0.5","errorMessage":"write a length such as 0.5, 500ms or 1:30"},"padding":{"type":["string","number"],"pattern":"^(?:(?:\\d+:[0-5]\\d(?::[0-5]\\d)?(?:\\.\\d+)?|\\d+f|\\d+(?:\\.\\d+)? ?ms|\\d+(?:\\.\\d+)?|(?=\\d)(?:\\d+h)?(?:\\d+m)?(?:\\d+(?:\\.\\d+)? ?s)?))$|\\$\\{","description":"Kept on each side of a silence. Left out: 0.1","errorMessage":"write a length such as 0.5, 500ms or 1:30"}},"patternProperties":{"^x-":{}},"additionalProperties":false}],"description":"Takes silence out.","errorMessage":"write true, or { threshold: -40 dB, least: 0.5, padding: 0.1 }"},"accuracy":{"enum":["exact","keyframe"],"description":"To the frame, or to the keyframe before it. Left out: exact"},"output":{"type":"string","description":"Renders right here: an export with its defaults, quality 80","errorMessage":"write text, in quotes if it looks like a number"}},"patternProperties":{"^x-":{}},"additionalProperties":false,"not":{"type":"object","anyOf":[{"required":["input","inputs"]}]},"description":"Keeps and removes ranges."},"concat":{"type":["object","null"],"properties":{"input":{"type":"string","description":"What it reads. Left out: the stage before it, or every input for the first stage.","errorMessage":"write the name of an input or a stage, or stage.clip","pattern":"^[A-Za-z][A-Za-z0-9_-]*(\\..+)?$|\\$\\{"},"inputs":{"type":"array","items":{"type":"string","description":"The name of an input or a stage, or stage.clip for one clip of several","errorMessage":"write the name of an input or a stage, or stage.clip","pattern":"^[A-Za-z][A-Za-z0-9_-]*(\\..+)?$|\\$\\{"},"minItems":1,"description":"What it reads, in order. Left out: the stage before it, or every input for the first stage.","errorMessage":"write a list such as [intro, talk]"},"crossfade":{"type":["string","number"],"pattern":"^(?:(?:\\d+:[0-5]\\d(?::[0-5]\\d)?(?:\\.\\d+)?|\\d+f|\\d+(?:\\.\\d+)? ?ms|\\d+(?:\\.\\d+)?|(?=\\d)(?:\\d+h)?(?:\\d+m)?(?:\\d+(?:\\.\\d+)? ?s)?))$|\\$\\{","description":"Length of the blend at every join. Left out: 0","errorMessage":"write a length such as 0.5, 500ms or 1:30"},"output":{"type":"string","description":"Renders right here: an export with its defaults, quality 80","errorMessage":"write text, in quotes if it looks like a number"}},"patternProperties":{"^x-":{}},"additionalProperties":false,"not":{"type":"object","anyOf":[{"required":["input","inputs"]}]},"description":"Joins clips in order."},"export":{"type":["object","null"],"properties":{"input":{"type":"string","description":"What it reads. Left out: the stage before it, or every input for the first stage.","errorMessage":"write the name of an input or a stage, or stage.clip","pattern":"^[A-Za-z][A-Za-z0-9_-]*(\\..+)?$|\\$\\{"},"inputs":{"type":"array","items":{"type":"string","description":"The name of an input or a stage, or stage.clip for one clip of several","errorMessage":"write the name of an input or a stage, or stage.clip","pattern":"^[A-Za-z][A-Za-z0-9_-]*(\\..+)?$|\\$\\{"},"minItems":1,"description":"What it reads, in order. Left out: the stage before it, or every input for the first stage.","errorMessage":"write a list such as [intro, talk]"},"output":{"type":"string","description":"Where it goes: a path with ${name}, ${stage}, ${input}, ${index}, ${rendition}, ${codec}, ${height}, ${width} or ${ext}","errorMessage":"write a path such as out/${name}.mp4","pattern":"\\S"},"container":{"enum":["mp4","mov","mkv","webm","ts"],"description":"Left out: what the output's extension says"},"video":{"$ref":"#/definitions/video"},"audio":{"$ref":"#/definitions/audio"},"proxy":{"type":"boolean","description":"A small file to edit with, made beside everything else at low priority: 960x540, keyframes every half second, the fastest effort, where nothing else is said","errorMessage":"write true or false, without quotes"},"fast_start":{"type":"boolean","description":"Puts the index first, so that players start at once. Left out: true for mp4 and mov","errorMessage":"write true or false, without quotes"},"subtitles":{"enum":["keep","drop","burn"],"description":"burn draws the default track into the picture. Left out: keep"},"chapters":{"enum":["keep","drop"],"description":"Left out: keep"},"metadata":{"enum":["keep","drop"],"description":"Left out: keep"},"cover":{"enum":["keep","drop"],"description":"Left out: keep"},"attachments":{"enum":["fonts","keep","drop"],"description":"Files inside the file, in mkv. Left out: fonts, those that subtitles are set in"},"location":{"enum":["keep","drop"],"description":"Tags that tell where and with which device it was filmed. Left out: drop"},"renditions":{"type":"array","minItems":1,"items":{"type":"object","properties":{"name":{"type":"string","description":"What this rendition is called; ${rendition} in templates","errorMessage":"write a name of letters, digits, dots, _ or -","pattern":"^[A-Za-z0-9][A-Za-z0-9._-]*$"},"output":{"type":"string","description":"Where it goes: a path with ${name}, ${stage}, ${input}, ${index}, ${rendition}, ${codec}, ${height}, ${width} or ${ext}","errorMessage":"write a path such as out/${name}.mp4","pattern":"\\S"},"container":{"enum":["mp4","mov","mkv","webm","ts"],"description":"Left out: what the output's extension says"},"video":{"$ref":"#/definitions/video"},"audio":{"$ref":"#/definitions/audio"}},"patternProperties":{"^x-":{}},"additionalProperties":false,"required":["name"],"errorMessage":"write a map with a name, such as { name: 720p, video: { size: 1280x720 } }"},"description":"Several files from one decode; each is merged over the video and audio above.","errorMessage":"write a list such as [{ name: 720p, video: { size: 1280x720 } }]"}},"patternProperties":{"^x-":{}},"additionalProperties":false,"not":{"type":"object","anyOf":[{"required":["input","inputs"]}]},"description":"Writes files."}},"patternProperties":{"^x-":{}},"additionalProperties":false,"oneOf":[{"required":["normalize"]},{"required":["cut"]},{"required":["concat"]},{"required":["export"]}],"errorMessage":"write one of normalize, cut, concat or export, such as - cut: { keep: 0:10-1:20 }"};
const schema14 = {"anyOf":[{"enum":["none"]},{"type":["object","null"],"properties":{"codec":{"enum":["h264","hevc","av1","vp9","copy"],"description":"Left out: h264, or vp9 for webm. copy keeps the source's own bits"},"quality":{"type":["number","string"],"minimum":0,"maximum":100,"pattern":"^(?:-?\\d+(?:\\.\\d+)?)$|\\$\\{","description":"0 is worst, 100 visually lossless, alike on every encoder. Left out: 70","errorMessage":"write a number from 0 to 100"},"crf":{"type":["number","string"],"minimum":0,"maximum":63,"pattern":"^(?:-?\\d+(?:\\.\\d+)?)$|\\$\\{","description":"The encoder's own constant rate factor","errorMessage":"write a number from 0 to 63"},"bitrate":{"type":"string","pattern":"^(?:\\d+(?:\\.\\d+)? ?[kKM](?:b(?:its?)?(?:/s|ps)?)?)$|\\$\\{","description":"Average bitrate, such as 5M","errorMessage":"write a bitrate with a unit, such as 5M, 128k or 800 kb/s"},"maxrate":{"type":"string","pattern":"^(?:\\d+(?:\\.\\d+)? ?[kKM](?:b(?:its?)?(?:/s|ps)?)?)$|\\$\\{","description":"Peak bitrate; only with bitrate","errorMessage":"write a bitrate with a unit, such as 5M, 128k or 800 kb/s"},"bufsize":{"type":"string","pattern":"^(?:\\d+(?:\\.\\d+)? ?[kKM](?:b(?:its?)?(?:/s|ps)?)?)$|\\$\\{","description":"How many bits the peak is measured over; only with bitrate","errorMessage":"write a bitrate with a unit, such as 5M, 128k or 800 kb/s"},"two_pass":{"type":"boolean","description":"Looks at everything first; only with bitrate","errorMessage":"write true or false, without quotes"},"target_size":{"type":"string","pattern":"^(?:\\d+(?:\\.\\d+)? ?(?:[kKMGT]i?)?B)$|\\$\\{","description":"How large the file may be, such as 25MB","errorMessage":"write an amount such as 25MB (millions) or 25MiB (1024 x 1024)"},"effort":{"enum":["fastest","faster","fast","balanced","slow","slower","best"],"description":"From most speed to most care. Left out: balanced"},"profile":{"type":["string","integer"],"pattern":"\\S","description":"The codec's profile, such as high or main10","errorMessage":"write a profile such as high or main10"},"gop":{"type":["string","number"],"pattern":"^(?:(?:\\d+:[0-5]\\d(?::[0-5]\\d)?(?:\\.\\d+)?|\\d+f|\\d+(?:\\.\\d+)? ?ms|\\d+(?:\\.\\d+)?|(?=\\d)(?:\\d+h)?(?:\\d+m)?(?:\\d+(?:\\.\\d+)? ?s)?))$|\\$\\{","description":"Time or frames between keyframes. Left out: 2 s","errorMessage":"write a moment such as 90, 1:30, 00:01:30.250, 1500ms, 1m30s or 45f"},"size":{"type":"string","pattern":"^(?:\\d+ ?[xX×] ?\\d+)$|^(?:\\d+(?:\\.\\d+)? ?(?:[kKMGT]i?)?B)$|\\$\\{","description":"Picture size such as 1280x720. An amount such as 25MB is read as target_size","errorMessage":"write a picture size such as 1280x720, or an amount such as 25MB"},"fit":{"enum":["contain","cover","stretch","within"],"description":"Bars, cropping, distortion, or as it is and never enlarged"},"max_fps":{"type":["string","number"],"pattern":"^(?:(?:\\d+(?:\\.\\d+)?|\\d+/\\d+)(?: ?fps)?)$|\\$\\{","description":"Faster sources are slowed to this, slower ones stay","errorMessage":"write a rate such as 30, 29.97 or 30000/1001"},"pixel_format":{"type":"string","description":"ffmpeg's name of a pixel format, such as yuv420p or yuv420p10le","errorMessage":"write a pixel format such as yuv420p or yuv420p10le","pattern":"^[a-z][a-z0-9]*$|\\$\\{"},"hdr":{"enum":["preserve","tonemap","reject"],"description":"What happens to HDR pictures"}},"patternProperties":{"^x-":{}},"additionalProperties":false,"not":{"type":"object","anyOf":[{"required":["quality","crf"]},{"required":["quality","bitrate"]},{"required":["quality","target_size"]},{"required":["crf","bitrate"]},{"required":["crf","target_size"]},{"required":["bitrate","target_size"]}]}}],"description":"The picture, or none.","errorMessage":"write none, or a map such as { codec: h264, quality: 70 }"};
const schema15 = {"anyOf":[{"enum":["none"]},{"type":["object","null"],"properties":{"codec":{"enum":["aac","opus","mp3","ac3","flac","pcm","copy"],"description":"Left out: aac, or opus for webm"},"bitrate":{"type":"string","pattern":"^(?:\\d+(?:\\.\\d+)? ?[kKM](?:b(?:its?)?(?:/s|ps)?)?)$|\\$\\{","description":"Such as 128k","errorMessage":"write a bitrate with a unit, such as 5M, 128k or 800 kb/s"},"tracks":{"anyOf":[{"enum":["first","all","mix"]},{"type":"array","minItems":1,"items":{"type":"string","pattern":"^(?:(?:[a-z]{2,3})(?: (?:forced|hearing-impaired|visual-impaired|commentary|original|dub|lyrics|karaoke))?|forced|hearing-impaired|visual-impaired|commentary|original|dub|lyrics|karaoke)$|\\$\\{","description":"A language, a role, or both: eng commentary","errorMessage":"write a language, a role or both, such as eng, deu or eng commentary; roles: forced, hearing-impaired, visual-impaired, commentary, original, dub, lyrics, karaoke"}}],"description":"first is the one that plays by default, all keeps every track, mix makes one of them, a list chooses by language and role. Left out: first","errorMessage":"write first, all, mix, or a list of languages and roles such as [eng, deu, eng commentary]"},"sample_rate":{"type":["string","number"],"pattern":"^(?:\\d+(?:\\.\\d+)?(?: ?k| ?kHz| ?Hz)?)$|\\$\\{","description":"Samples a second, such as 48000","errorMessage":"write a sample rate such as 48000 or 44.1 kHz"},"channels":{"type":["string","number"],"pattern":"^(?:mono|stereo|5\\.1|7\\.1|[1-8])$|\\$\\{","description":"mono, stereo, 5.1, 7.1 or a number","errorMessage":"write mono, stereo, 5.1, 7.1 or a number from 1 to 8"}},"patternProperties":{"^x-":{}},"additionalProperties":false}],"description":"The sound, or none.","errorMessage":"write none, or a map such as { codec: aac, bitrate: 128k }"};
const pattern14 = new RegExp("^[A-Za-z][A-Za-z0-9_-]*(\\..+)?$|\\$\\{", "u");
const pattern17 = new RegExp("^(?:-?\\d+(?:\\.\\d+)? ?(?:LUFS|LKFS)?)$|\\$\\{", "u");
const pattern18 = new RegExp("^(?:-?\\d+(?:\\.\\d+)? ?(?:dBTP)?)$|\\$\\{", "u");
const pattern20 = new RegExp("^(?:\\d+ ?[xX×] ?\\d+)$|\\$\\{", "u");
const pattern21 = new RegExp("^(?:source|(?:max )?(?:\\d+(?:\\.\\d+)?|\\d+/\\d+)(?: ?fps)?)$|\\$\\{", "u");
const pattern22 = new RegExp("^[a-z][a-z0-9]*$|\\$\\{", "u");
const pattern24 = new RegExp("^(?:\\d+(?:\\.\\d+)?(?: ?k| ?kHz| ?Hz)?)$|\\$\\{", "u");
const pattern25 = new RegExp("^(?:mono|stereo|5\\.1|7\\.1|[1-8])$|\\$\\{", "u");
const pattern29 = new RegExp("^(?:(?:\\d+:[0-5]\\d(?::[0-5]\\d)?(?:\\.\\d+)?|\\d+f|\\d+(?:\\.\\d+)? ?ms|\\d+(?:\\.\\d+)?|(?=\\d)(?:\\d+h)?(?:\\d+m)?(?:\\d+(?:\\.\\d+)? ?s)?) ?- ?(?:(?:\\d+:[0-5]\\d(?::[0-5]\\d)?(?:\\.\\d+)?|\\d+f|\\d+(?:\\.\\d+)? ?ms|\\d+(?:\\.\\d+)?|(?=\\d)(?:\\d+h)?(?:\\d+m)?(?:\\d+(?:\\.\\d+)? ?s)?))?|- ?(?:\\d+:[0-5]\\d(?::[0-5]\\d)?(?:\\.\\d+)?|\\d+f|\\d+(?:\\.\\d+)? ?ms|\\d+(?:\\.\\d+)?|(?=\\d)(?:\\d+h)?(?:\\d+m)?(?:\\d+(?:\\.\\d+)? ?s)?))$|\\$\\{", "u");
const pattern34 = new RegExp("^(?:-?\\d+(?:\\.\\d+)? ?(?:dB|dBFS)?)$|\\$\\{", "u");
const pattern35 = new RegExp("^(?:(?:\\d+:[0-5]\\d(?::[0-5]\\d)?(?:\\.\\d+)?|\\d+f|\\d+(?:\\.\\d+)? ?ms|\\d+(?:\\.\\d+)?|(?=\\d)(?:\\d+h)?(?:\\d+m)?(?:\\d+(?:\\.\\d+)? ?s)?))$|\\$\\{", "u");
const pattern46 = new RegExp("^(?:-?\\d+(?:\\.\\d+)?)$|\\$\\{", "u");
const pattern48 = new RegExp("^(?:\\d+(?:\\.\\d+)? ?[kKM](?:b(?:its?)?(?:/s|ps)?)?)$|\\$\\{", "u");
const pattern51 = new RegExp("^(?:\\d+(?:\\.\\d+)? ?(?:[kKMGT]i?)?B)$|\\$\\{", "u");
const pattern54 = new RegExp("^(?:\\d+ ?[xX×] ?\\d+)$|^(?:\\d+(?:\\.\\d+)? ?(?:[kKMGT]i?)?B)$|\\$\\{", "u");
const pattern55 = new RegExp("^(?:(?:\\d+(?:\\.\\d+)?|\\d+/\\d+)(?: ?fps)?)$|\\$\\{", "u");
const pattern59 = new RegExp("^(?:(?:[a-z]{2,3})(?: (?:forced|hearing-impaired|visual-impaired|commentary|original|dub|lyrics|karaoke))?|forced|hearing-impaired|visual-impaired|commentary|original|dub|lyrics|karaoke)$|\\$\\{", "u");
const pattern63 = new RegExp("^[A-Za-z0-9][A-Za-z0-9._-]*$", "u");

function validate11(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
const _errs1 = errors;
let valid0 = false;
let passing0 = null;
const _errs2 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.normalize === undefined){
const err0 = {instancePath,schemaPath:"#/oneOf/0/required",keyword:"required",params:{missingProperty: "normalize"}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
var _valid0 = _errs2 === errors;
if(_valid0){
valid0 = true;
passing0 = 0;
}
const _errs3 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.cut === undefined){
const err1 = {instancePath,schemaPath:"#/oneOf/1/required",keyword:"required",params:{missingProperty: "cut"}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
var _valid0 = _errs3 === errors;
if(_valid0 && valid0){
valid0 = false;
passing0 = [passing0, 1];
}
else {
if(_valid0){
valid0 = true;
passing0 = 1;
}
const _errs4 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.concat === undefined){
const err2 = {instancePath,schemaPath:"#/oneOf/2/required",keyword:"required",params:{missingProperty: "concat"}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
var _valid0 = _errs4 === errors;
if(_valid0 && valid0){
valid0 = false;
passing0 = [passing0, 2];
}
else {
if(_valid0){
valid0 = true;
passing0 = 2;
}
const _errs5 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.export === undefined){
const err3 = {instancePath,schemaPath:"#/oneOf/3/required",keyword:"required",params:{missingProperty: "export"}};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
var _valid0 = _errs5 === errors;
if(_valid0 && valid0){
valid0 = false;
passing0 = [passing0, 3];
}
else {
if(_valid0){
valid0 = true;
passing0 = 3;
}
}
}
}
if(!valid0){
const err4 = {instancePath,schemaPath:"#/oneOf",keyword:"oneOf",params:{passingSchemas: passing0}};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
else {
errors = _errs1;
if(vErrors !== null){
if(_errs1){
vErrors.length = _errs1;
}
else {
vErrors = null;
}
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((((key0 === "id") || (key0 === "normalize")) || (key0 === "cut")) || (key0 === "concat")) || (key0 === "export")) || (pattern0.test(key0)))){
const err5 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.id !== undefined){
let data0 = data.id;
if(typeof data0 === "string"){
if(!pattern2.test(data0)){
const err6 = {instancePath:instancePath+"/id",schemaPath:"#/properties/id/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9_-]*$"}};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/id",schemaPath:"#/properties/id/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.normalize !== undefined){
let data1 = data.normalize;
if((!(data1 && typeof data1 == "object" && !Array.isArray(data1))) && (data1 !== null)){
const err8 = {instancePath:instancePath+"/normalize",schemaPath:"#/properties/normalize/type",keyword:"type",params:{type: schema13.properties.normalize.type}};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
const _errs11 = errors;
const _errs12 = errors;
if(!(data1 && typeof data1 == "object" && !Array.isArray(data1))){
const err9 = {};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
const _errs14 = errors;
let valid3 = false;
const _errs15 = errors;
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
let missing0;
if(((data1.input === undefined) && (missing0 = "input")) || ((data1.inputs === undefined) && (missing0 = "inputs"))){
const err10 = {};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
var _valid1 = _errs15 === errors;
valid3 = valid3 || _valid1;
if(!valid3){
const err11 = {};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
else {
errors = _errs14;
if(vErrors !== null){
if(_errs14){
vErrors.length = _errs14;
}
else {
vErrors = null;
}
}
}
var valid2 = _errs12 === errors;
if(valid2){
const err12 = {instancePath:instancePath+"/normalize",schemaPath:"#/properties/normalize/not",keyword:"not",params:{}};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
else {
errors = _errs11;
if(vErrors !== null){
if(_errs11){
vErrors.length = _errs11;
}
else {
vErrors = null;
}
}
}
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
for(const key1 in data1){
if(!(((((((key1 === "input") || (key1 === "inputs")) || (key1 === "loudness")) || (key1 === "video")) || (key1 === "audio")) || (key1 === "output")) || (pattern0.test(key1)))){
const err13 = {instancePath:instancePath+"/normalize",schemaPath:"#/properties/normalize/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1}};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data1.input !== undefined){
let data2 = data1.input;
if(typeof data2 === "string"){
if(!pattern14.test(data2)){
const err14 = {instancePath:instancePath+"/normalize/input",schemaPath:"#/properties/normalize/properties/input/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9_-]*(\\..+)?$|\\$\\{"}};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
else {
const err15 = {instancePath:instancePath+"/normalize/input",schemaPath:"#/properties/normalize/properties/input/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data1.inputs !== undefined){
let data3 = data1.inputs;
if(Array.isArray(data3)){
if(data3.length < 1){
const err16 = {instancePath:instancePath+"/normalize/inputs",schemaPath:"#/properties/normalize/properties/inputs/minItems",keyword:"minItems",params:{limit: 1}};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
let data4 = data3[i0];
if(typeof data4 === "string"){
if(!pattern14.test(data4)){
const err17 = {instancePath:instancePath+"/normalize/inputs/" + i0,schemaPath:"#/properties/normalize/properties/inputs/items/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9_-]*(\\..+)?$|\\$\\{"}};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
else {
const err18 = {instancePath:instancePath+"/normalize/inputs/" + i0,schemaPath:"#/properties/normalize/properties/inputs/items/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
}
else {
const err19 = {instancePath:instancePath+"/normalize/inputs",schemaPath:"#/properties/normalize/properties/inputs/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data1.loudness !== undefined){
let data5 = data1.loudness;
const _errs24 = errors;
let valid7 = false;
const _errs25 = errors;
if(!((((data5 === "streaming") || (data5 === "podcast")) || (data5 === "broadcast")) || (data5 === "off"))){
const err20 = {instancePath:instancePath+"/normalize/loudness",schemaPath:"#/properties/normalize/properties/loudness/anyOf/0/enum",keyword:"enum",params:{allowedValues: schema13.properties.normalize.properties.loudness.anyOf[0].enum}};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
var _valid2 = _errs25 === errors;
valid7 = valid7 || _valid2;
if(!valid7){
const _errs26 = errors;
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
if(data5.target === undefined){
const err21 = {instancePath:instancePath+"/normalize/loudness",schemaPath:"#/properties/normalize/properties/loudness/anyOf/1/required",keyword:"required",params:{missingProperty: "target"}};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
for(const key2 in data5){
if(!((((key2 === "target") || (key2 === "true_peak")) || (key2 === "limiter")) || (pattern0.test(key2)))){
const err22 = {instancePath:instancePath+"/normalize/loudness",schemaPath:"#/properties/normalize/properties/loudness/anyOf/1/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2}};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data5.target !== undefined){
let data6 = data5.target;
if((typeof data6 !== "string") && (!((typeof data6 == "number") && (isFinite(data6))))){
const err23 = {instancePath:instancePath+"/normalize/loudness/target",schemaPath:"#/properties/normalize/properties/loudness/anyOf/1/properties/target/type",keyword:"type",params:{type: schema13.properties.normalize.properties.loudness.anyOf[1].properties.target.type}};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
if(typeof data6 === "string"){
if(!pattern17.test(data6)){
const err24 = {instancePath:instancePath+"/normalize/loudness/target",schemaPath:"#/properties/normalize/properties/loudness/anyOf/1/properties/target/pattern",keyword:"pattern",params:{pattern: "^(?:-?\\d+(?:\\.\\d+)? ?(?:LUFS|LKFS)?)$|\\$\\{"}};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
}
if(data5.true_peak !== undefined){
let data7 = data5.true_peak;
if((typeof data7 !== "string") && (!((typeof data7 == "number") && (isFinite(data7))))){
const err25 = {instancePath:instancePath+"/normalize/loudness/true_peak",schemaPath:"#/properties/normalize/properties/loudness/anyOf/1/properties/true_peak/type",keyword:"type",params:{type: schema13.properties.normalize.properties.loudness.anyOf[1].properties.true_peak.type}};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
if(typeof data7 === "string"){
if(!pattern18.test(data7)){
const err26 = {instancePath:instancePath+"/normalize/loudness/true_peak",schemaPath:"#/properties/normalize/properties/loudness/anyOf/1/properties/true_peak/pattern",keyword:"pattern",params:{pattern: "^(?:-?\\d+(?:\\.\\d+)? ?(?:dBTP)?)$|\\$\\{"}};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
}
if(data5.limiter !== undefined){
if(typeof data5.limiter !== "boolean"){
const err27 = {instancePath:instancePath+"/normalize/loudness/limiter",schemaPath:"#/properties/normalize/properties/loudness/anyOf/1/properties/limiter/type",keyword:"type",params:{type: "boolean"}};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
}
else {
const err28 = {instancePath:instancePath+"/normalize/loudness",schemaPath:"#/properties/normalize/properties/loudness/anyOf/1/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
var _valid2 = _errs26 === errors;
valid7 = valid7 || _valid2;
}
if(!valid7){
const err29 = {instancePath:instancePath+"/normalize/loudness",schemaPath:"#/properties/normalize/properties/loudness/anyOf",keyword:"anyOf",params:{}};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
else {
errors = _errs24;
if(vErrors !== null){
if(_errs24){
vErrors.length = _errs24;
}
else {
vErrors = null;
}
}
}
}
if(data1.video !== undefined){
let data9 = data1.video;
if((!(data9 && typeof data9 == "object" && !Array.isArray(data9))) && (data9 !== null)){
const err30 = {instancePath:instancePath+"/normalize/video",schemaPath:"#/properties/normalize/properties/video/type",keyword:"type",params:{type: schema13.properties.normalize.properties.video.type}};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
for(const key3 in data9){
if(!((((((((key3 === "size") || (key3 === "fit")) || (key3 === "fps")) || (key3 === "vfr")) || (key3 === "pixel_format")) || (key3 === "deinterlace")) || (key3 === "hdr")) || (pattern0.test(key3)))){
const err31 = {instancePath:instancePath+"/normalize/video",schemaPath:"#/properties/normalize/properties/video/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3}};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
if(data9.size !== undefined){
let data10 = data9.size;
if(typeof data10 === "string"){
if(!pattern20.test(data10)){
const err32 = {instancePath:instancePath+"/normalize/video/size",schemaPath:"#/properties/normalize/properties/video/properties/size/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+ ?[xX×] ?\\d+)$|\\$\\{"}};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
else {
const err33 = {instancePath:instancePath+"/normalize/video/size",schemaPath:"#/properties/normalize/properties/video/properties/size/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
if(data9.fit !== undefined){
let data11 = data9.fit;
if(!((((data11 === "contain") || (data11 === "cover")) || (data11 === "stretch")) || (data11 === "within"))){
const err34 = {instancePath:instancePath+"/normalize/video/fit",schemaPath:"#/properties/normalize/properties/video/properties/fit/enum",keyword:"enum",params:{allowedValues: schema13.properties.normalize.properties.video.properties.fit.enum}};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
if(data9.fps !== undefined){
let data12 = data9.fps;
if((typeof data12 !== "string") && (!((typeof data12 == "number") && (isFinite(data12))))){
const err35 = {instancePath:instancePath+"/normalize/video/fps",schemaPath:"#/properties/normalize/properties/video/properties/fps/type",keyword:"type",params:{type: schema13.properties.normalize.properties.video.properties.fps.type}};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
if(typeof data12 === "string"){
if(!pattern21.test(data12)){
const err36 = {instancePath:instancePath+"/normalize/video/fps",schemaPath:"#/properties/normalize/properties/video/properties/fps/pattern",keyword:"pattern",params:{pattern: "^(?:source|(?:max )?(?:\\d+(?:\\.\\d+)?|\\d+/\\d+)(?: ?fps)?)$|\\$\\{"}};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
}
if(data9.vfr !== undefined){
let data13 = data9.vfr;
if(!((data13 === "constant") || (data13 === "keep"))){
const err37 = {instancePath:instancePath+"/normalize/video/vfr",schemaPath:"#/properties/normalize/properties/video/properties/vfr/enum",keyword:"enum",params:{allowedValues: schema13.properties.normalize.properties.video.properties.vfr.enum}};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
if(data9.pixel_format !== undefined){
let data14 = data9.pixel_format;
if(typeof data14 === "string"){
if(!pattern22.test(data14)){
const err38 = {instancePath:instancePath+"/normalize/video/pixel_format",schemaPath:"#/properties/normalize/properties/video/properties/pixel_format/pattern",keyword:"pattern",params:{pattern: "^[a-z][a-z0-9]*$|\\$\\{"}};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
else {
const err39 = {instancePath:instancePath+"/normalize/video/pixel_format",schemaPath:"#/properties/normalize/properties/video/properties/pixel_format/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
if(data9.deinterlace !== undefined){
let data15 = data9.deinterlace;
if(!(((data15 === "auto") || (data15 === "on")) || (data15 === "off"))){
const err40 = {instancePath:instancePath+"/normalize/video/deinterlace",schemaPath:"#/properties/normalize/properties/video/properties/deinterlace/enum",keyword:"enum",params:{allowedValues: schema13.properties.normalize.properties.video.properties.deinterlace.enum}};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
if(data9.hdr !== undefined){
let data16 = data9.hdr;
if(!(((data16 === "preserve") || (data16 === "tonemap")) || (data16 === "reject"))){
const err41 = {instancePath:instancePath+"/normalize/video/hdr",schemaPath:"#/properties/normalize/properties/video/properties/hdr/enum",keyword:"enum",params:{allowedValues: schema13.properties.normalize.properties.video.properties.hdr.enum}};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
}
}
if(data1.audio !== undefined){
let data17 = data1.audio;
if((!(data17 && typeof data17 == "object" && !Array.isArray(data17))) && (data17 !== null)){
const err42 = {instancePath:instancePath+"/normalize/audio",schemaPath:"#/properties/normalize/properties/audio/type",keyword:"type",params:{type: schema13.properties.normalize.properties.audio.type}};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
if(data17 && typeof data17 == "object" && !Array.isArray(data17)){
for(const key4 in data17){
if(!(((key4 === "sample_rate") || (key4 === "channels")) || (pattern0.test(key4)))){
const err43 = {instancePath:instancePath+"/normalize/audio",schemaPath:"#/properties/normalize/properties/audio/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4}};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
if(data17.sample_rate !== undefined){
let data18 = data17.sample_rate;
if((typeof data18 !== "string") && (!((typeof data18 == "number") && (isFinite(data18))))){
const err44 = {instancePath:instancePath+"/normalize/audio/sample_rate",schemaPath:"#/properties/normalize/properties/audio/properties/sample_rate/type",keyword:"type",params:{type: schema13.properties.normalize.properties.audio.properties.sample_rate.type}};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
if(typeof data18 === "string"){
if(!pattern24.test(data18)){
const err45 = {instancePath:instancePath+"/normalize/audio/sample_rate",schemaPath:"#/properties/normalize/properties/audio/properties/sample_rate/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:\\.\\d+)?(?: ?k| ?kHz| ?Hz)?)$|\\$\\{"}};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
}
if(data17.channels !== undefined){
let data19 = data17.channels;
if((typeof data19 !== "string") && (!((typeof data19 == "number") && (isFinite(data19))))){
const err46 = {instancePath:instancePath+"/normalize/audio/channels",schemaPath:"#/properties/normalize/properties/audio/properties/channels/type",keyword:"type",params:{type: schema13.properties.normalize.properties.audio.properties.channels.type}};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
if(typeof data19 === "string"){
if(!pattern25.test(data19)){
const err47 = {instancePath:instancePath+"/normalize/audio/channels",schemaPath:"#/properties/normalize/properties/audio/properties/channels/pattern",keyword:"pattern",params:{pattern: "^(?:mono|stereo|5\\.1|7\\.1|[1-8])$|\\$\\{"}};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
}
}
}
if(data1.output !== undefined){
if(typeof data1.output !== "string"){
const err48 = {instancePath:instancePath+"/normalize/output",schemaPath:"#/properties/normalize/properties/output/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
}
}
}
if(data.cut !== undefined){
let data21 = data.cut;
if((!(data21 && typeof data21 == "object" && !Array.isArray(data21))) && (data21 !== null)){
const err49 = {instancePath:instancePath+"/cut",schemaPath:"#/properties/cut/type",keyword:"type",params:{type: schema13.properties.cut.type}};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
const _errs59 = errors;
const _errs60 = errors;
if(!(data21 && typeof data21 == "object" && !Array.isArray(data21))){
const err50 = {};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
const _errs62 = errors;
let valid12 = false;
const _errs63 = errors;
if(data21 && typeof data21 == "object" && !Array.isArray(data21)){
let missing1;
if(((data21.input === undefined) && (missing1 = "input")) || ((data21.inputs === undefined) && (missing1 = "inputs"))){
const err51 = {};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
}
var _valid3 = _errs63 === errors;
valid12 = valid12 || _valid3;
if(!valid12){
const err52 = {};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
else {
errors = _errs62;
if(vErrors !== null){
if(_errs62){
vErrors.length = _errs62;
}
else {
vErrors = null;
}
}
}
var valid11 = _errs60 === errors;
if(valid11){
const err53 = {instancePath:instancePath+"/cut",schemaPath:"#/properties/cut/not",keyword:"not",params:{}};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
else {
errors = _errs59;
if(vErrors !== null){
if(_errs59){
vErrors.length = _errs59;
}
else {
vErrors = null;
}
}
}
if(data21 && typeof data21 == "object" && !Array.isArray(data21)){
for(const key5 in data21){
if(!((((((((key5 === "input") || (key5 === "inputs")) || (key5 === "keep")) || (key5 === "remove")) || (key5 === "silence")) || (key5 === "accuracy")) || (key5 === "output")) || (pattern0.test(key5)))){
const err54 = {instancePath:instancePath+"/cut",schemaPath:"#/properties/cut/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5}};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
}
if(data21.input !== undefined){
let data22 = data21.input;
if(typeof data22 === "string"){
if(!pattern14.test(data22)){
const err55 = {instancePath:instancePath+"/cut/input",schemaPath:"#/properties/cut/properties/input/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9_-]*(\\..+)?$|\\$\\{"}};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
}
else {
const err56 = {instancePath:instancePath+"/cut/input",schemaPath:"#/properties/cut/properties/input/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
}
if(data21.inputs !== undefined){
let data23 = data21.inputs;
if(Array.isArray(data23)){
if(data23.length < 1){
const err57 = {instancePath:instancePath+"/cut/inputs",schemaPath:"#/properties/cut/properties/inputs/minItems",keyword:"minItems",params:{limit: 1}};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
const len1 = data23.length;
for(let i1=0; i1<len1; i1++){
let data24 = data23[i1];
if(typeof data24 === "string"){
if(!pattern14.test(data24)){
const err58 = {instancePath:instancePath+"/cut/inputs/" + i1,schemaPath:"#/properties/cut/properties/inputs/items/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9_-]*(\\..+)?$|\\$\\{"}};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
}
else {
const err59 = {instancePath:instancePath+"/cut/inputs/" + i1,schemaPath:"#/properties/cut/properties/inputs/items/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
}
}
else {
const err60 = {instancePath:instancePath+"/cut/inputs",schemaPath:"#/properties/cut/properties/inputs/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
}
if(data21.keep !== undefined){
let data25 = data21.keep;
const _errs72 = errors;
let valid16 = false;
const _errs73 = errors;
if((typeof data25 !== "string") && (!((typeof data25 == "number") && (isFinite(data25))))){
const err61 = {instancePath:instancePath+"/cut/keep",schemaPath:"#/properties/cut/properties/keep/anyOf/0/type",keyword:"type",params:{type: schema13.properties.cut.properties.keep.anyOf[0].type}};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
if(typeof data25 === "string"){
if(!pattern29.test(data25)){
const err62 = {instancePath:instancePath+"/cut/keep",schemaPath:"#/properties/cut/properties/keep/anyOf/0/pattern",keyword:"pattern",params:{pattern: "^(?:(?:\\d+:[0-5]\\d(?::[0-5]\\d)?(?:\\.\\d+)?|\\d+f|\\d+(?:\\.\\d+)? ?ms|\\d+(?:\\.\\d+)?|(?=\\d)(?:\\d+h)?(?:\\d+m)?(?:\\d+(?:\\.\\d+)? ?s)?) ?- ?(?:(?:\\d+:[0-5]\\d(?::[0-5]\\d)?(?:\\.\\d+)?|\\d+f|\\d+(?:\\.\\d+)? ?ms|\\d+(?:\\.\\d+)?|(?=\\d)(?:\\d+h)?(?:\\d+m)?(?:\\d+(?:\\.\\d+)? ?s)?))?|- ?(?:\\d+:[0-5]\\d(?::[0-5]\\d)?(?:\\.\\d+)?|\\d+f|\\d+(?:\\.\\d+)? ?ms|\\d+(?:\\.\\d+)?|(?=\\d)(?:\\d+h)?(?:\\d+m)?(?:\\d+(?:\\.\\d+)? ?s)?))$|\\$\\{"}};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
}
var _valid4 = _errs73 === errors;
valid16 = valid16 || _valid4;
if(!valid16){
const _errs75 = errors;
if(Array.isArray(data25)){
if(data25.length < 1){
const err63 = {instancePath:instancePath+"/cut/keep",schemaPath:"#/properties/cut/properties/keep/anyOf/1/minItems",keyword:"minItems",params:{limit: 1}};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
const len2 = data25.length;
for(let i2=0; i2<len2; i2++){
let data26 = data25[i2];
if((typeof data26 !== "string") && (!((typeof data26 == "number") && (isFinite(data26))))){
const err64 = {instancePath:instancePath+"/cut/keep/" + i2,schemaPath:"#/properties/cut/properties/keep/anyOf/1/items/type",keyword:"type",params:{type: schema13.properties.cut.properties.keep.anyOf[1].items.type}};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
if(typeof data26 === "string"){
if(!pattern29.test(data26)){
const err65 = {instancePath:instancePath+"/cut/keep/" + i2,schemaPath:"#/properties/cut/properties/keep/anyOf/1/items/pattern",keyword:"pattern",params:{pattern: "^(?:(?:\\d+:[0-5]\\d(?::[0-5]\\d)?(?:\\.\\d+)?|\\d+f|\\d+(?:\\.\\d+)? ?ms|\\d+(?:\\.\\d+)?|(?=\\d)(?:\\d+h)?(?:\\d+m)?(?:\\d+(?:\\.\\d+)? ?s)?) ?- ?(?:(?:\\d+:[0-5]\\d(?::[0-5]\\d)?(?:\\.\\d+)?|\\d+f|\\d+(?:\\.\\d+)? ?ms|\\d+(?:\\.\\d+)?|(?=\\d)(?:\\d+h)?(?:\\d+m)?(?:\\d+(?:\\.\\d+)? ?s)?))?|- ?(?:\\d+:[0-5]\\d(?::[0-5]\\d)?(?:\\.\\d+)?|\\d+f|\\d+(?:\\.\\d+)? ?ms|\\d+(?:\\.\\d+)?|(?=\\d)(?:\\d+h)?(?:\\d+m)?(?:\\d+(?:\\.\\d+)? ?s)?))$|\\$\\{"}};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
}
}
}
else {
const err66 = {instancePath:instancePath+"/cut/keep",schemaPath:"#/properties/cut/properties/keep/anyOf/1/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
var _valid4 = _errs75 === errors;
valid16 = valid16 || _valid4;
}
if(!valid16){
const err67 = {instancePath:instancePath+"/cut/keep",schemaPath:"#/properties/cut/properties/keep/anyOf",keyword:"anyOf",params:{}};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
else {
errors = _errs72;
if(vErrors !== null){
if(_errs72){
vErrors.length = _errs72;
}
else {
vErrors = null;
}
}
}
}
if(data21.remove !== undefined){
let data27 = data21.remove;
const _errs80 = errors;
let valid19 = false;
const _errs81 = errors;
if((typeof data27 !== "string") && (!((typeof data27 == "number") && (isFinite(data27))))){
const err68 = {instancePath:instancePath+"/cut/remove",schemaPath:"#/properties/cut/properties/remove/anyOf/0/type",keyword:"type",params:{type: schema13.properties.cut.properties.remove.anyOf[0].type}};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
if(typeof data27 === "string"){
if(!pattern29.test(data27)){
const err69 = {instancePath:instancePath+"/cut/remove",schemaPath:"#/properties/cut/properties/remove/anyOf/0/pattern",keyword:"pattern",params:{pattern: "^(?:(?:\\d+:[0-5]\\d(?::[0-5]\\d)?(?:\\.\\d+)?|\\d+f|\\d+(?:\\.\\d+)? ?ms|\\d+(?:\\.\\d+)?|(?=\\d)(?:\\d+h)?(?:\\d+m)?(?:\\d+(?:\\.\\d+)? ?s)?) ?- ?(?:(?:\\d+:[0-5]\\d(?::[0-5]\\d)?(?:\\.\\d+)?|\\d+f|\\d+(?:\\.\\d+)? ?ms|\\d+(?:\\.\\d+)?|(?=\\d)(?:\\d+h)?(?:\\d+m)?(?:\\d+(?:\\.\\d+)? ?s)?))?|- ?(?:\\d+:[0-5]\\d(?::[0-5]\\d)?(?:\\.\\d+)?|\\d+f|\\d+(?:\\.\\d+)? ?ms|\\d+(?:\\.\\d+)?|(?=\\d)(?:\\d+h)?(?:\\d+m)?(?:\\d+(?:\\.\\d+)? ?s)?))$|\\$\\{"}};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
}
var _valid5 = _errs81 === errors;
valid19 = valid19 || _valid5;
if(!valid19){
const _errs83 = errors;
if(Array.isArray(data27)){
if(data27.length < 1){
const err70 = {instancePath:instancePath+"/cut/remove",schemaPath:"#/properties/cut/properties/remove/anyOf/1/minItems",keyword:"minItems",params:{limit: 1}};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
const len3 = data27.length;
for(let i3=0; i3<len3; i3++){
let data28 = data27[i3];
if((typeof data28 !== "string") && (!((typeof data28 == "number") && (isFinite(data28))))){
const err71 = {instancePath:instancePath+"/cut/remove/" + i3,schemaPath:"#/properties/cut/properties/remove/anyOf/1/items/type",keyword:"type",params:{type: schema13.properties.cut.properties.remove.anyOf[1].items.type}};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
if(typeof data28 === "string"){
if(!pattern29.test(data28)){
const err72 = {instancePath:instancePath+"/cut/remove/" + i3,schemaPath:"#/properties/cut/properties/remove/anyOf/1/items/pattern",keyword:"pattern",params:{pattern: "^(?:(?:\\d+:[0-5]\\d(?::[0-5]\\d)?(?:\\.\\d+)?|\\d+f|\\d+(?:\\.\\d+)? ?ms|\\d+(?:\\.\\d+)?|(?=\\d)(?:\\d+h)?(?:\\d+m)?(?:\\d+(?:\\.\\d+)? ?s)?) ?- ?(?:(?:\\d+:[0-5]\\d(?::[0-5]\\d)?(?:\\.\\d+)?|\\d+f|\\d+(?:\\.\\d+)? ?ms|\\d+(?:\\.\\d+)?|(?=\\d)(?:\\d+h)?(?:\\d+m)?(?:\\d+(?:\\.\\d+)? ?s)?))?|- ?(?:\\d+:[0-5]\\d(?::[0-5]\\d)?(?:\\.\\d+)?|\\d+f|\\d+(?:\\.\\d+)? ?ms|\\d+(?:\\.\\d+)?|(?=\\d)(?:\\d+h)?(?:\\d+m)?(?:\\d+(?:\\.\\d+)? ?s)?))$|\\$\\{"}};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
}
}
}
else {
const err73 = {instancePath:instancePath+"/cut/remove",schemaPath:"#/properties/cut/properties/remove/anyOf/1/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
var _valid5 = _errs83 === errors;
valid19 = valid19 || _valid5;
}
if(!valid19){
const err74 = {instancePath:instancePath+"/cut/remove",schemaPath:"#/properties/cut/properties/remove/anyOf",keyword:"anyOf",params:{}};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
else {
errors = _errs80;
if(vErrors !== null){
if(_errs80){
vErrors.length = _errs80;
}
else {
vErrors = null;
}
}
}
}
if(data21.silence !== undefined){
let data29 = data21.silence;
const _errs88 = errors;
let valid22 = false;
const _errs89 = errors;
if(typeof data29 !== "boolean"){
const err75 = {instancePath:instancePath+"/cut/silence",schemaPath:"#/properties/cut/properties/silence/anyOf/0/type",keyword:"type",params:{type: "boolean"}};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
var _valid6 = _errs89 === errors;
valid22 = valid22 || _valid6;
if(!valid22){
const _errs91 = errors;
if(data29 && typeof data29 == "object" && !Array.isArray(data29)){
for(const key6 in data29){
if(!((((key6 === "threshold") || (key6 === "least")) || (key6 === "padding")) || (pattern0.test(key6)))){
const err76 = {instancePath:instancePath+"/cut/silence",schemaPath:"#/properties/cut/properties/silence/anyOf/1/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6}};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
}
if(data29.threshold !== undefined){
let data30 = data29.threshold;
if((typeof data30 !== "string") && (!((typeof data30 == "number") && (isFinite(data30))))){
const err77 = {instancePath:instancePath+"/cut/silence/threshold",schemaPath:"#/properties/cut/properties/silence/anyOf/1/properties/threshold/type",keyword:"type",params:{type: schema13.properties.cut.properties.silence.anyOf[1].properties.threshold.type}};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
if(typeof data30 === "string"){
if(!pattern34.test(data30)){
const err78 = {instancePath:instancePath+"/cut/silence/threshold",schemaPath:"#/properties/cut/properties/silence/anyOf/1/properties/threshold/pattern",keyword:"pattern",params:{pattern: "^(?:-?\\d+(?:\\.\\d+)? ?(?:dB|dBFS)?)$|\\$\\{"}};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
}
}
if(data29.least !== undefined){
let data31 = data29.least;
if((typeof data31 !== "string") && (!((typeof data31 == "number") && (isFinite(data31))))){
const err79 = {instancePath:instancePath+"/cut/silence/least",schemaPath:"#/properties/cut/properties/silence/anyOf/1/properties/least/type",keyword:"type",params:{type: schema13.properties.cut.properties.silence.anyOf[1].properties.least.type}};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
if(typeof data31 === "string"){
if(!pattern35.test(data31)){
const err80 = {instancePath:instancePath+"/cut/silence/least",schemaPath:"#/properties/cut/properties/silence/anyOf/1/properties/least/pattern",keyword:"pattern",params:{pattern: "^(?:(?:\\d+:[0-5]\\d(?::[0-5]\\d)?(?:\\.\\d+)?|\\d+f|\\d+(?:\\.\\d+)? ?ms|\\d+(?:\\.\\d+)?|(?=\\d)(?:\\d+h)?(?:\\d+m)?(?:\\d+(?:\\.\\d+)? ?s)?))$|\\$\\{"}};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
}
}
if(data29.padding !== undefined){
let data32 = data29.padding;
if((typeof data32 !== "string") && (!((typeof data32 == "number") && (isFinite(data32))))){
const err81 = {instancePath:instancePath+"/cut/silence/padding",schemaPath:"#/properties/cut/properties/silence/anyOf/1/properties/padding/type",keyword:"type",params:{type: schema13.properties.cut.properties.silence.anyOf[1].properties.padding.type}};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
if(typeof data32 === "string"){
if(!pattern35.test(data32)){
const err82 = {instancePath:instancePath+"/cut/silence/padding",schemaPath:"#/properties/cut/properties/silence/anyOf/1/properties/padding/pattern",keyword:"pattern",params:{pattern: "^(?:(?:\\d+:[0-5]\\d(?::[0-5]\\d)?(?:\\.\\d+)?|\\d+f|\\d+(?:\\.\\d+)? ?ms|\\d+(?:\\.\\d+)?|(?=\\d)(?:\\d+h)?(?:\\d+m)?(?:\\d+(?:\\.\\d+)? ?s)?))$|\\$\\{"}};
if(vErrors === null){
vErrors = [err82];
}
else {
vErrors.push(err82);
}
errors++;
}
}
}
}
else {
const err83 = {instancePath:instancePath+"/cut/silence",schemaPath:"#/properties/cut/properties/silence/anyOf/1/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
var _valid6 = _errs91 === errors;
valid22 = valid22 || _valid6;
}
if(!valid22){
const err84 = {instancePath:instancePath+"/cut/silence",schemaPath:"#/properties/cut/properties/silence/anyOf",keyword:"anyOf",params:{}};
if(vErrors === null){
vErrors = [err84];
}
else {
vErrors.push(err84);
}
errors++;
}
else {
errors = _errs88;
if(vErrors !== null){
if(_errs88){
vErrors.length = _errs88;
}
else {
vErrors = null;
}
}
}
}
if(data21.accuracy !== undefined){
let data33 = data21.accuracy;
if(!((data33 === "exact") || (data33 === "keyframe"))){
const err85 = {instancePath:instancePath+"/cut/accuracy",schemaPath:"#/properties/cut/properties/accuracy/enum",keyword:"enum",params:{allowedValues: schema13.properties.cut.properties.accuracy.enum}};
if(vErrors === null){
vErrors = [err85];
}
else {
vErrors.push(err85);
}
errors++;
}
}
if(data21.output !== undefined){
if(typeof data21.output !== "string"){
const err86 = {instancePath:instancePath+"/cut/output",schemaPath:"#/properties/cut/properties/output/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err86];
}
else {
vErrors.push(err86);
}
errors++;
}
}
}
}
if(data.concat !== undefined){
let data35 = data.concat;
if((!(data35 && typeof data35 == "object" && !Array.isArray(data35))) && (data35 !== null)){
const err87 = {instancePath:instancePath+"/concat",schemaPath:"#/properties/concat/type",keyword:"type",params:{type: schema13.properties.concat.type}};
if(vErrors === null){
vErrors = [err87];
}
else {
vErrors.push(err87);
}
errors++;
}
const _errs105 = errors;
const _errs106 = errors;
if(!(data35 && typeof data35 == "object" && !Array.isArray(data35))){
const err88 = {};
if(vErrors === null){
vErrors = [err88];
}
else {
vErrors.push(err88);
}
errors++;
}
const _errs108 = errors;
let valid25 = false;
const _errs109 = errors;
if(data35 && typeof data35 == "object" && !Array.isArray(data35)){
let missing2;
if(((data35.input === undefined) && (missing2 = "input")) || ((data35.inputs === undefined) && (missing2 = "inputs"))){
const err89 = {};
if(vErrors === null){
vErrors = [err89];
}
else {
vErrors.push(err89);
}
errors++;
}
}
var _valid7 = _errs109 === errors;
valid25 = valid25 || _valid7;
if(!valid25){
const err90 = {};
if(vErrors === null){
vErrors = [err90];
}
else {
vErrors.push(err90);
}
errors++;
}
else {
errors = _errs108;
if(vErrors !== null){
if(_errs108){
vErrors.length = _errs108;
}
else {
vErrors = null;
}
}
}
var valid24 = _errs106 === errors;
if(valid24){
const err91 = {instancePath:instancePath+"/concat",schemaPath:"#/properties/concat/not",keyword:"not",params:{}};
if(vErrors === null){
vErrors = [err91];
}
else {
vErrors.push(err91);
}
errors++;
}
else {
errors = _errs105;
if(vErrors !== null){
if(_errs105){
vErrors.length = _errs105;
}
else {
vErrors = null;
}
}
}
if(data35 && typeof data35 == "object" && !Array.isArray(data35)){
for(const key7 in data35){
if(!(((((key7 === "input") || (key7 === "inputs")) || (key7 === "crossfade")) || (key7 === "output")) || (pattern0.test(key7)))){
const err92 = {instancePath:instancePath+"/concat",schemaPath:"#/properties/concat/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key7}};
if(vErrors === null){
vErrors = [err92];
}
else {
vErrors.push(err92);
}
errors++;
}
}
if(data35.input !== undefined){
let data36 = data35.input;
if(typeof data36 === "string"){
if(!pattern14.test(data36)){
const err93 = {instancePath:instancePath+"/concat/input",schemaPath:"#/properties/concat/properties/input/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9_-]*(\\..+)?$|\\$\\{"}};
if(vErrors === null){
vErrors = [err93];
}
else {
vErrors.push(err93);
}
errors++;
}
}
else {
const err94 = {instancePath:instancePath+"/concat/input",schemaPath:"#/properties/concat/properties/input/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err94];
}
else {
vErrors.push(err94);
}
errors++;
}
}
if(data35.inputs !== undefined){
let data37 = data35.inputs;
if(Array.isArray(data37)){
if(data37.length < 1){
const err95 = {instancePath:instancePath+"/concat/inputs",schemaPath:"#/properties/concat/properties/inputs/minItems",keyword:"minItems",params:{limit: 1}};
if(vErrors === null){
vErrors = [err95];
}
else {
vErrors.push(err95);
}
errors++;
}
const len4 = data37.length;
for(let i4=0; i4<len4; i4++){
let data38 = data37[i4];
if(typeof data38 === "string"){
if(!pattern14.test(data38)){
const err96 = {instancePath:instancePath+"/concat/inputs/" + i4,schemaPath:"#/properties/concat/properties/inputs/items/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9_-]*(\\..+)?$|\\$\\{"}};
if(vErrors === null){
vErrors = [err96];
}
else {
vErrors.push(err96);
}
errors++;
}
}
else {
const err97 = {instancePath:instancePath+"/concat/inputs/" + i4,schemaPath:"#/properties/concat/properties/inputs/items/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err97];
}
else {
vErrors.push(err97);
}
errors++;
}
}
}
else {
const err98 = {instancePath:instancePath+"/concat/inputs",schemaPath:"#/properties/concat/properties/inputs/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err98];
}
else {
vErrors.push(err98);
}
errors++;
}
}
if(data35.crossfade !== undefined){
let data39 = data35.crossfade;
if((typeof data39 !== "string") && (!((typeof data39 == "number") && (isFinite(data39))))){
const err99 = {instancePath:instancePath+"/concat/crossfade",schemaPath:"#/properties/concat/properties/crossfade/type",keyword:"type",params:{type: schema13.properties.concat.properties.crossfade.type}};
if(vErrors === null){
vErrors = [err99];
}
else {
vErrors.push(err99);
}
errors++;
}
if(typeof data39 === "string"){
if(!pattern35.test(data39)){
const err100 = {instancePath:instancePath+"/concat/crossfade",schemaPath:"#/properties/concat/properties/crossfade/pattern",keyword:"pattern",params:{pattern: "^(?:(?:\\d+:[0-5]\\d(?::[0-5]\\d)?(?:\\.\\d+)?|\\d+f|\\d+(?:\\.\\d+)? ?ms|\\d+(?:\\.\\d+)?|(?=\\d)(?:\\d+h)?(?:\\d+m)?(?:\\d+(?:\\.\\d+)? ?s)?))$|\\$\\{"}};
if(vErrors === null){
vErrors = [err100];
}
else {
vErrors.push(err100);
}
errors++;
}
}
}
if(data35.output !== undefined){
if(typeof data35.output !== "string"){
const err101 = {instancePath:instancePath+"/concat/output",schemaPath:"#/properties/concat/properties/output/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err101];
}
else {
vErrors.push(err101);
}
errors++;
}
}
}
}
if(data.export !== undefined){
let data41 = data.export;
if((!(data41 && typeof data41 == "object" && !Array.isArray(data41))) && (data41 !== null)){
const err102 = {instancePath:instancePath+"/export",schemaPath:"#/properties/export/type",keyword:"type",params:{type: schema13.properties.export.type}};
if(vErrors === null){
vErrors = [err102];
}
else {
vErrors.push(err102);
}
errors++;
}
const _errs123 = errors;
const _errs124 = errors;
if(!(data41 && typeof data41 == "object" && !Array.isArray(data41))){
const err103 = {};
if(vErrors === null){
vErrors = [err103];
}
else {
vErrors.push(err103);
}
errors++;
}
const _errs126 = errors;
let valid30 = false;
const _errs127 = errors;
if(data41 && typeof data41 == "object" && !Array.isArray(data41)){
let missing3;
if(((data41.input === undefined) && (missing3 = "input")) || ((data41.inputs === undefined) && (missing3 = "inputs"))){
const err104 = {};
if(vErrors === null){
vErrors = [err104];
}
else {
vErrors.push(err104);
}
errors++;
}
}
var _valid8 = _errs127 === errors;
valid30 = valid30 || _valid8;
if(!valid30){
const err105 = {};
if(vErrors === null){
vErrors = [err105];
}
else {
vErrors.push(err105);
}
errors++;
}
else {
errors = _errs126;
if(vErrors !== null){
if(_errs126){
vErrors.length = _errs126;
}
else {
vErrors = null;
}
}
}
var valid29 = _errs124 === errors;
if(valid29){
const err106 = {instancePath:instancePath+"/export",schemaPath:"#/properties/export/not",keyword:"not",params:{}};
if(vErrors === null){
vErrors = [err106];
}
else {
vErrors.push(err106);
}
errors++;
}
else {
errors = _errs123;
if(vErrors !== null){
if(_errs123){
vErrors.length = _errs123;
}
else {
vErrors = null;
}
}
}
if(data41 && typeof data41 == "object" && !Array.isArray(data41)){
for(const key8 in data41){
if(!((func2.call(schema13.properties.export.properties, key8)) || (pattern0.test(key8)))){
const err107 = {instancePath:instancePath+"/export",schemaPath:"#/properties/export/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key8}};
if(vErrors === null){
vErrors = [err107];
}
else {
vErrors.push(err107);
}
errors++;
}
}
if(data41.input !== undefined){
let data42 = data41.input;
if(typeof data42 === "string"){
if(!pattern14.test(data42)){
const err108 = {instancePath:instancePath+"/export/input",schemaPath:"#/properties/export/properties/input/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9_-]*(\\..+)?$|\\$\\{"}};
if(vErrors === null){
vErrors = [err108];
}
else {
vErrors.push(err108);
}
errors++;
}
}
else {
const err109 = {instancePath:instancePath+"/export/input",schemaPath:"#/properties/export/properties/input/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err109];
}
else {
vErrors.push(err109);
}
errors++;
}
}
if(data41.inputs !== undefined){
let data43 = data41.inputs;
if(Array.isArray(data43)){
if(data43.length < 1){
const err110 = {instancePath:instancePath+"/export/inputs",schemaPath:"#/properties/export/properties/inputs/minItems",keyword:"minItems",params:{limit: 1}};
if(vErrors === null){
vErrors = [err110];
}
else {
vErrors.push(err110);
}
errors++;
}
const len5 = data43.length;
for(let i5=0; i5<len5; i5++){
let data44 = data43[i5];
if(typeof data44 === "string"){
if(!pattern14.test(data44)){
const err111 = {instancePath:instancePath+"/export/inputs/" + i5,schemaPath:"#/properties/export/properties/inputs/items/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9_-]*(\\..+)?$|\\$\\{"}};
if(vErrors === null){
vErrors = [err111];
}
else {
vErrors.push(err111);
}
errors++;
}
}
else {
const err112 = {instancePath:instancePath+"/export/inputs/" + i5,schemaPath:"#/properties/export/properties/inputs/items/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err112];
}
else {
vErrors.push(err112);
}
errors++;
}
}
}
else {
const err113 = {instancePath:instancePath+"/export/inputs",schemaPath:"#/properties/export/properties/inputs/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err113];
}
else {
vErrors.push(err113);
}
errors++;
}
}
if(data41.output !== undefined){
let data45 = data41.output;
if(typeof data45 === "string"){
if(!pattern4.test(data45)){
const err114 = {instancePath:instancePath+"/export/output",schemaPath:"#/properties/export/properties/output/pattern",keyword:"pattern",params:{pattern: "\\S"}};
if(vErrors === null){
vErrors = [err114];
}
else {
vErrors.push(err114);
}
errors++;
}
}
else {
const err115 = {instancePath:instancePath+"/export/output",schemaPath:"#/properties/export/properties/output/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err115];
}
else {
vErrors.push(err115);
}
errors++;
}
}
if(data41.container !== undefined){
let data46 = data41.container;
if(!(((((data46 === "mp4") || (data46 === "mov")) || (data46 === "mkv")) || (data46 === "webm")) || (data46 === "ts"))){
const err116 = {instancePath:instancePath+"/export/container",schemaPath:"#/properties/export/properties/container/enum",keyword:"enum",params:{allowedValues: schema13.properties.export.properties.container.enum}};
if(vErrors === null){
vErrors = [err116];
}
else {
vErrors.push(err116);
}
errors++;
}
}
if(data41.video !== undefined){
let data47 = data41.video;
const _errs140 = errors;
let valid35 = false;
const _errs141 = errors;
if(!(data47 === "none")){
const err117 = {instancePath:instancePath+"/export/video",schemaPath:"#/definitions/video/anyOf/0/enum",keyword:"enum",params:{allowedValues: schema14.anyOf[0].enum}};
if(vErrors === null){
vErrors = [err117];
}
else {
vErrors.push(err117);
}
errors++;
}
var _valid9 = _errs141 === errors;
valid35 = valid35 || _valid9;
if(!valid35){
const _errs142 = errors;
if((!(data47 && typeof data47 == "object" && !Array.isArray(data47))) && (data47 !== null)){
const err118 = {instancePath:instancePath+"/export/video",schemaPath:"#/definitions/video/anyOf/1/type",keyword:"type",params:{type: schema14.anyOf[1].type}};
if(vErrors === null){
vErrors = [err118];
}
else {
vErrors.push(err118);
}
errors++;
}
const _errs144 = errors;
const _errs145 = errors;
if(!(data47 && typeof data47 == "object" && !Array.isArray(data47))){
const err119 = {};
if(vErrors === null){
vErrors = [err119];
}
else {
vErrors.push(err119);
}
errors++;
}
const _errs147 = errors;
let valid37 = false;
const _errs148 = errors;
if(data47 && typeof data47 == "object" && !Array.isArray(data47)){
let missing4;
if(((data47.quality === undefined) && (missing4 = "quality")) || ((data47.crf === undefined) && (missing4 = "crf"))){
const err120 = {};
if(vErrors === null){
vErrors = [err120];
}
else {
vErrors.push(err120);
}
errors++;
}
}
var _valid10 = _errs148 === errors;
valid37 = valid37 || _valid10;
if(!valid37){
const _errs149 = errors;
if(data47 && typeof data47 == "object" && !Array.isArray(data47)){
let missing5;
if(((data47.quality === undefined) && (missing5 = "quality")) || ((data47.bitrate === undefined) && (missing5 = "bitrate"))){
const err121 = {};
if(vErrors === null){
vErrors = [err121];
}
else {
vErrors.push(err121);
}
errors++;
}
}
var _valid10 = _errs149 === errors;
valid37 = valid37 || _valid10;
if(!valid37){
const _errs150 = errors;
if(data47 && typeof data47 == "object" && !Array.isArray(data47)){
let missing6;
if(((data47.quality === undefined) && (missing6 = "quality")) || ((data47.target_size === undefined) && (missing6 = "target_size"))){
const err122 = {};
if(vErrors === null){
vErrors = [err122];
}
else {
vErrors.push(err122);
}
errors++;
}
}
var _valid10 = _errs150 === errors;
valid37 = valid37 || _valid10;
if(!valid37){
const _errs151 = errors;
if(data47 && typeof data47 == "object" && !Array.isArray(data47)){
let missing7;
if(((data47.crf === undefined) && (missing7 = "crf")) || ((data47.bitrate === undefined) && (missing7 = "bitrate"))){
const err123 = {};
if(vErrors === null){
vErrors = [err123];
}
else {
vErrors.push(err123);
}
errors++;
}
}
var _valid10 = _errs151 === errors;
valid37 = valid37 || _valid10;
if(!valid37){
const _errs152 = errors;
if(data47 && typeof data47 == "object" && !Array.isArray(data47)){
let missing8;
if(((data47.crf === undefined) && (missing8 = "crf")) || ((data47.target_size === undefined) && (missing8 = "target_size"))){
const err124 = {};
if(vErrors === null){
vErrors = [err124];
}
else {
vErrors.push(err124);
}
errors++;
}
}
var _valid10 = _errs152 === errors;
valid37 = valid37 || _valid10;
if(!valid37){
const _errs153 = errors;
if(data47 && typeof data47 == "object" && !Array.isArray(data47)){
let missing9;
if(((data47.bitrate === undefined) && (missing9 = "bitrate")) || ((data47.target_size === undefined) && (missing9 = "target_size"))){
const err125 = {};
if(vErrors === null){
vErrors = [err125];
}
else {
vErrors.push(err125);
}
errors++;
}
}
var _valid10 = _errs153 === errors;
valid37 = valid37 || _valid10;
}
}
}
}
}
if(!valid37){
const err126 = {};
if(vErrors === null){
vErrors = [err126];
}
else {
vErrors.push(err126);
}
errors++;
}
else {
errors = _errs147;
if(vErrors !== null){
if(_errs147){
vErrors.length = _errs147;
}
else {
vErrors = null;
}
}
}
var valid36 = _errs145 === errors;
if(valid36){
const err127 = {instancePath:instancePath+"/export/video",schemaPath:"#/definitions/video/anyOf/1/not",keyword:"not",params:{}};
if(vErrors === null){
vErrors = [err127];
}
else {
vErrors.push(err127);
}
errors++;
}
else {
errors = _errs144;
if(vErrors !== null){
if(_errs144){
vErrors.length = _errs144;
}
else {
vErrors = null;
}
}
}
if(data47 && typeof data47 == "object" && !Array.isArray(data47)){
for(const key9 in data47){
if(!((func2.call(schema14.anyOf[1].properties, key9)) || (pattern0.test(key9)))){
const err128 = {instancePath:instancePath+"/export/video",schemaPath:"#/definitions/video/anyOf/1/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key9}};
if(vErrors === null){
vErrors = [err128];
}
else {
vErrors.push(err128);
}
errors++;
}
}
if(data47.codec !== undefined){
let data48 = data47.codec;
if(!(((((data48 === "h264") || (data48 === "hevc")) || (data48 === "av1")) || (data48 === "vp9")) || (data48 === "copy"))){
const err129 = {instancePath:instancePath+"/export/video/codec",schemaPath:"#/definitions/video/anyOf/1/properties/codec/enum",keyword:"enum",params:{allowedValues: schema14.anyOf[1].properties.codec.enum}};
if(vErrors === null){
vErrors = [err129];
}
else {
vErrors.push(err129);
}
errors++;
}
}
if(data47.quality !== undefined){
let data49 = data47.quality;
if((!((typeof data49 == "number") && (isFinite(data49)))) && (typeof data49 !== "string")){
const err130 = {instancePath:instancePath+"/export/video/quality",schemaPath:"#/definitions/video/anyOf/1/properties/quality/type",keyword:"type",params:{type: schema14.anyOf[1].properties.quality.type}};
if(vErrors === null){
vErrors = [err130];
}
else {
vErrors.push(err130);
}
errors++;
}
if((typeof data49 == "number") && (isFinite(data49))){
if(data49 > 100 || isNaN(data49)){
const err131 = {instancePath:instancePath+"/export/video/quality",schemaPath:"#/definitions/video/anyOf/1/properties/quality/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100}};
if(vErrors === null){
vErrors = [err131];
}
else {
vErrors.push(err131);
}
errors++;
}
if(data49 < 0 || isNaN(data49)){
const err132 = {instancePath:instancePath+"/export/video/quality",schemaPath:"#/definitions/video/anyOf/1/properties/quality/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0}};
if(vErrors === null){
vErrors = [err132];
}
else {
vErrors.push(err132);
}
errors++;
}
}
if(typeof data49 === "string"){
if(!pattern46.test(data49)){
const err133 = {instancePath:instancePath+"/export/video/quality",schemaPath:"#/definitions/video/anyOf/1/properties/quality/pattern",keyword:"pattern",params:{pattern: "^(?:-?\\d+(?:\\.\\d+)?)$|\\$\\{"}};
if(vErrors === null){
vErrors = [err133];
}
else {
vErrors.push(err133);
}
errors++;
}
}
}
if(data47.crf !== undefined){
let data50 = data47.crf;
if((!((typeof data50 == "number") && (isFinite(data50)))) && (typeof data50 !== "string")){
const err134 = {instancePath:instancePath+"/export/video/crf",schemaPath:"#/definitions/video/anyOf/1/properties/crf/type",keyword:"type",params:{type: schema14.anyOf[1].properties.crf.type}};
if(vErrors === null){
vErrors = [err134];
}
else {
vErrors.push(err134);
}
errors++;
}
if((typeof data50 == "number") && (isFinite(data50))){
if(data50 > 63 || isNaN(data50)){
const err135 = {instancePath:instancePath+"/export/video/crf",schemaPath:"#/definitions/video/anyOf/1/properties/crf/maximum",keyword:"maximum",params:{comparison: "<=", limit: 63}};
if(vErrors === null){
vErrors = [err135];
}
else {
vErrors.push(err135);
}
errors++;
}
if(data50 < 0 || isNaN(data50)){
const err136 = {instancePath:instancePath+"/export/video/crf",schemaPath:"#/definitions/video/anyOf/1/properties/crf/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0}};
if(vErrors === null){
vErrors = [err136];
}
else {
vErrors.push(err136);
}
errors++;
}
}
if(typeof data50 === "string"){
if(!pattern46.test(data50)){
const err137 = {instancePath:instancePath+"/export/video/crf",schemaPath:"#/definitions/video/anyOf/1/properties/crf/pattern",keyword:"pattern",params:{pattern: "^(?:-?\\d+(?:\\.\\d+)?)$|\\$\\{"}};
if(vErrors === null){
vErrors = [err137];
}
else {
vErrors.push(err137);
}
errors++;
}
}
}
if(data47.bitrate !== undefined){
let data51 = data47.bitrate;
if(typeof data51 === "string"){
if(!pattern48.test(data51)){
const err138 = {instancePath:instancePath+"/export/video/bitrate",schemaPath:"#/definitions/video/anyOf/1/properties/bitrate/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:\\.\\d+)? ?[kKM](?:b(?:its?)?(?:/s|ps)?)?)$|\\$\\{"}};
if(vErrors === null){
vErrors = [err138];
}
else {
vErrors.push(err138);
}
errors++;
}
}
else {
const err139 = {instancePath:instancePath+"/export/video/bitrate",schemaPath:"#/definitions/video/anyOf/1/properties/bitrate/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err139];
}
else {
vErrors.push(err139);
}
errors++;
}
}
if(data47.maxrate !== undefined){
let data52 = data47.maxrate;
if(typeof data52 === "string"){
if(!pattern48.test(data52)){
const err140 = {instancePath:instancePath+"/export/video/maxrate",schemaPath:"#/definitions/video/anyOf/1/properties/maxrate/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:\\.\\d+)? ?[kKM](?:b(?:its?)?(?:/s|ps)?)?)$|\\$\\{"}};
if(vErrors === null){
vErrors = [err140];
}
else {
vErrors.push(err140);
}
errors++;
}
}
else {
const err141 = {instancePath:instancePath+"/export/video/maxrate",schemaPath:"#/definitions/video/anyOf/1/properties/maxrate/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err141];
}
else {
vErrors.push(err141);
}
errors++;
}
}
if(data47.bufsize !== undefined){
let data53 = data47.bufsize;
if(typeof data53 === "string"){
if(!pattern48.test(data53)){
const err142 = {instancePath:instancePath+"/export/video/bufsize",schemaPath:"#/definitions/video/anyOf/1/properties/bufsize/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:\\.\\d+)? ?[kKM](?:b(?:its?)?(?:/s|ps)?)?)$|\\$\\{"}};
if(vErrors === null){
vErrors = [err142];
}
else {
vErrors.push(err142);
}
errors++;
}
}
else {
const err143 = {instancePath:instancePath+"/export/video/bufsize",schemaPath:"#/definitions/video/anyOf/1/properties/bufsize/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err143];
}
else {
vErrors.push(err143);
}
errors++;
}
}
if(data47.two_pass !== undefined){
if(typeof data47.two_pass !== "boolean"){
const err144 = {instancePath:instancePath+"/export/video/two_pass",schemaPath:"#/definitions/video/anyOf/1/properties/two_pass/type",keyword:"type",params:{type: "boolean"}};
if(vErrors === null){
vErrors = [err144];
}
else {
vErrors.push(err144);
}
errors++;
}
}
if(data47.target_size !== undefined){
let data55 = data47.target_size;
if(typeof data55 === "string"){
if(!pattern51.test(data55)){
const err145 = {instancePath:instancePath+"/export/video/target_size",schemaPath:"#/definitions/video/anyOf/1/properties/target_size/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:\\.\\d+)? ?(?:[kKMGT]i?)?B)$|\\$\\{"}};
if(vErrors === null){
vErrors = [err145];
}
else {
vErrors.push(err145);
}
errors++;
}
}
else {
const err146 = {instancePath:instancePath+"/export/video/target_size",schemaPath:"#/definitions/video/anyOf/1/properties/target_size/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err146];
}
else {
vErrors.push(err146);
}
errors++;
}
}
if(data47.effort !== undefined){
let data56 = data47.effort;
if(!(((((((data56 === "fastest") || (data56 === "faster")) || (data56 === "fast")) || (data56 === "balanced")) || (data56 === "slow")) || (data56 === "slower")) || (data56 === "best"))){
const err147 = {instancePath:instancePath+"/export/video/effort",schemaPath:"#/definitions/video/anyOf/1/properties/effort/enum",keyword:"enum",params:{allowedValues: schema14.anyOf[1].properties.effort.enum}};
if(vErrors === null){
vErrors = [err147];
}
else {
vErrors.push(err147);
}
errors++;
}
}
if(data47.profile !== undefined){
let data57 = data47.profile;
if((typeof data57 !== "string") && (!(((typeof data57 == "number") && (!(data57 % 1) && !isNaN(data57))) && (isFinite(data57))))){
const err148 = {instancePath:instancePath+"/export/video/profile",schemaPath:"#/definitions/video/anyOf/1/properties/profile/type",keyword:"type",params:{type: schema14.anyOf[1].properties.profile.type}};
if(vErrors === null){
vErrors = [err148];
}
else {
vErrors.push(err148);
}
errors++;
}
if(typeof data57 === "string"){
if(!pattern4.test(data57)){
const err149 = {instancePath:instancePath+"/export/video/profile",schemaPath:"#/definitions/video/anyOf/1/properties/profile/pattern",keyword:"pattern",params:{pattern: "\\S"}};
if(vErrors === null){
vErrors = [err149];
}
else {
vErrors.push(err149);
}
errors++;
}
}
}
if(data47.gop !== undefined){
let data58 = data47.gop;
if((typeof data58 !== "string") && (!((typeof data58 == "number") && (isFinite(data58))))){
const err150 = {instancePath:instancePath+"/export/video/gop",schemaPath:"#/definitions/video/anyOf/1/properties/gop/type",keyword:"type",params:{type: schema14.anyOf[1].properties.gop.type}};
if(vErrors === null){
vErrors = [err150];
}
else {
vErrors.push(err150);
}
errors++;
}
if(typeof data58 === "string"){
if(!pattern35.test(data58)){
const err151 = {instancePath:instancePath+"/export/video/gop",schemaPath:"#/definitions/video/anyOf/1/properties/gop/pattern",keyword:"pattern",params:{pattern: "^(?:(?:\\d+:[0-5]\\d(?::[0-5]\\d)?(?:\\.\\d+)?|\\d+f|\\d+(?:\\.\\d+)? ?ms|\\d+(?:\\.\\d+)?|(?=\\d)(?:\\d+h)?(?:\\d+m)?(?:\\d+(?:\\.\\d+)? ?s)?))$|\\$\\{"}};
if(vErrors === null){
vErrors = [err151];
}
else {
vErrors.push(err151);
}
errors++;
}
}
}
if(data47.size !== undefined){
let data59 = data47.size;
if(typeof data59 === "string"){
if(!pattern54.test(data59)){
const err152 = {instancePath:instancePath+"/export/video/size",schemaPath:"#/definitions/video/anyOf/1/properties/size/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+ ?[xX×] ?\\d+)$|^(?:\\d+(?:\\.\\d+)? ?(?:[kKMGT]i?)?B)$|\\$\\{"}};
if(vErrors === null){
vErrors = [err152];
}
else {
vErrors.push(err152);
}
errors++;
}
}
else {
const err153 = {instancePath:instancePath+"/export/video/size",schemaPath:"#/definitions/video/anyOf/1/properties/size/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err153];
}
else {
vErrors.push(err153);
}
errors++;
}
}
if(data47.fit !== undefined){
let data60 = data47.fit;
if(!((((data60 === "contain") || (data60 === "cover")) || (data60 === "stretch")) || (data60 === "within"))){
const err154 = {instancePath:instancePath+"/export/video/fit",schemaPath:"#/definitions/video/anyOf/1/properties/fit/enum",keyword:"enum",params:{allowedValues: schema14.anyOf[1].properties.fit.enum}};
if(vErrors === null){
vErrors = [err154];
}
else {
vErrors.push(err154);
}
errors++;
}
}
if(data47.max_fps !== undefined){
let data61 = data47.max_fps;
if((typeof data61 !== "string") && (!((typeof data61 == "number") && (isFinite(data61))))){
const err155 = {instancePath:instancePath+"/export/video/max_fps",schemaPath:"#/definitions/video/anyOf/1/properties/max_fps/type",keyword:"type",params:{type: schema14.anyOf[1].properties.max_fps.type}};
if(vErrors === null){
vErrors = [err155];
}
else {
vErrors.push(err155);
}
errors++;
}
if(typeof data61 === "string"){
if(!pattern55.test(data61)){
const err156 = {instancePath:instancePath+"/export/video/max_fps",schemaPath:"#/definitions/video/anyOf/1/properties/max_fps/pattern",keyword:"pattern",params:{pattern: "^(?:(?:\\d+(?:\\.\\d+)?|\\d+/\\d+)(?: ?fps)?)$|\\$\\{"}};
if(vErrors === null){
vErrors = [err156];
}
else {
vErrors.push(err156);
}
errors++;
}
}
}
if(data47.pixel_format !== undefined){
let data62 = data47.pixel_format;
if(typeof data62 === "string"){
if(!pattern22.test(data62)){
const err157 = {instancePath:instancePath+"/export/video/pixel_format",schemaPath:"#/definitions/video/anyOf/1/properties/pixel_format/pattern",keyword:"pattern",params:{pattern: "^[a-z][a-z0-9]*$|\\$\\{"}};
if(vErrors === null){
vErrors = [err157];
}
else {
vErrors.push(err157);
}
errors++;
}
}
else {
const err158 = {instancePath:instancePath+"/export/video/pixel_format",schemaPath:"#/definitions/video/anyOf/1/properties/pixel_format/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err158];
}
else {
vErrors.push(err158);
}
errors++;
}
}
if(data47.hdr !== undefined){
let data63 = data47.hdr;
if(!(((data63 === "preserve") || (data63 === "tonemap")) || (data63 === "reject"))){
const err159 = {instancePath:instancePath+"/export/video/hdr",schemaPath:"#/definitions/video/anyOf/1/properties/hdr/enum",keyword:"enum",params:{allowedValues: schema14.anyOf[1].properties.hdr.enum}};
if(vErrors === null){
vErrors = [err159];
}
else {
vErrors.push(err159);
}
errors++;
}
}
}
var _valid9 = _errs142 === errors;
valid35 = valid35 || _valid9;
}
if(!valid35){
const err160 = {instancePath:instancePath+"/export/video",schemaPath:"#/definitions/video/anyOf",keyword:"anyOf",params:{}};
if(vErrors === null){
vErrors = [err160];
}
else {
vErrors.push(err160);
}
errors++;
}
else {
errors = _errs140;
if(vErrors !== null){
if(_errs140){
vErrors.length = _errs140;
}
else {
vErrors = null;
}
}
}
}
if(data41.audio !== undefined){
let data64 = data41.audio;
const _errs185 = errors;
let valid40 = false;
const _errs186 = errors;
if(!(data64 === "none")){
const err161 = {instancePath:instancePath+"/export/audio",schemaPath:"#/definitions/audio/anyOf/0/enum",keyword:"enum",params:{allowedValues: schema15.anyOf[0].enum}};
if(vErrors === null){
vErrors = [err161];
}
else {
vErrors.push(err161);
}
errors++;
}
var _valid11 = _errs186 === errors;
valid40 = valid40 || _valid11;
if(!valid40){
const _errs187 = errors;
if((!(data64 && typeof data64 == "object" && !Array.isArray(data64))) && (data64 !== null)){
const err162 = {instancePath:instancePath+"/export/audio",schemaPath:"#/definitions/audio/anyOf/1/type",keyword:"type",params:{type: schema15.anyOf[1].type}};
if(vErrors === null){
vErrors = [err162];
}
else {
vErrors.push(err162);
}
errors++;
}
if(data64 && typeof data64 == "object" && !Array.isArray(data64)){
for(const key10 in data64){
if(!((((((key10 === "codec") || (key10 === "bitrate")) || (key10 === "tracks")) || (key10 === "sample_rate")) || (key10 === "channels")) || (pattern0.test(key10)))){
const err163 = {instancePath:instancePath+"/export/audio",schemaPath:"#/definitions/audio/anyOf/1/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key10}};
if(vErrors === null){
vErrors = [err163];
}
else {
vErrors.push(err163);
}
errors++;
}
}
if(data64.codec !== undefined){
let data65 = data64.codec;
if(!(((((((data65 === "aac") || (data65 === "opus")) || (data65 === "mp3")) || (data65 === "ac3")) || (data65 === "flac")) || (data65 === "pcm")) || (data65 === "copy"))){
const err164 = {instancePath:instancePath+"/export/audio/codec",schemaPath:"#/definitions/audio/anyOf/1/properties/codec/enum",keyword:"enum",params:{allowedValues: schema15.anyOf[1].properties.codec.enum}};
if(vErrors === null){
vErrors = [err164];
}
else {
vErrors.push(err164);
}
errors++;
}
}
if(data64.bitrate !== undefined){
let data66 = data64.bitrate;
if(typeof data66 === "string"){
if(!pattern48.test(data66)){
const err165 = {instancePath:instancePath+"/export/audio/bitrate",schemaPath:"#/definitions/audio/anyOf/1/properties/bitrate/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:\\.\\d+)? ?[kKM](?:b(?:its?)?(?:/s|ps)?)?)$|\\$\\{"}};
if(vErrors === null){
vErrors = [err165];
}
else {
vErrors.push(err165);
}
errors++;
}
}
else {
const err166 = {instancePath:instancePath+"/export/audio/bitrate",schemaPath:"#/definitions/audio/anyOf/1/properties/bitrate/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err166];
}
else {
vErrors.push(err166);
}
errors++;
}
}
if(data64.tracks !== undefined){
let data67 = data64.tracks;
const _errs194 = errors;
let valid42 = false;
const _errs195 = errors;
if(!(((data67 === "first") || (data67 === "all")) || (data67 === "mix"))){
const err167 = {instancePath:instancePath+"/export/audio/tracks",schemaPath:"#/definitions/audio/anyOf/1/properties/tracks/anyOf/0/enum",keyword:"enum",params:{allowedValues: schema15.anyOf[1].properties.tracks.anyOf[0].enum}};
if(vErrors === null){
vErrors = [err167];
}
else {
vErrors.push(err167);
}
errors++;
}
var _valid12 = _errs195 === errors;
valid42 = valid42 || _valid12;
if(!valid42){
const _errs196 = errors;
if(Array.isArray(data67)){
if(data67.length < 1){
const err168 = {instancePath:instancePath+"/export/audio/tracks",schemaPath:"#/definitions/audio/anyOf/1/properties/tracks/anyOf/1/minItems",keyword:"minItems",params:{limit: 1}};
if(vErrors === null){
vErrors = [err168];
}
else {
vErrors.push(err168);
}
errors++;
}
const len6 = data67.length;
for(let i6=0; i6<len6; i6++){
let data68 = data67[i6];
if(typeof data68 === "string"){
if(!pattern59.test(data68)){
const err169 = {instancePath:instancePath+"/export/audio/tracks/" + i6,schemaPath:"#/definitions/audio/anyOf/1/properties/tracks/anyOf/1/items/pattern",keyword:"pattern",params:{pattern: "^(?:(?:[a-z]{2,3})(?: (?:forced|hearing-impaired|visual-impaired|commentary|original|dub|lyrics|karaoke))?|forced|hearing-impaired|visual-impaired|commentary|original|dub|lyrics|karaoke)$|\\$\\{"}};
if(vErrors === null){
vErrors = [err169];
}
else {
vErrors.push(err169);
}
errors++;
}
}
else {
const err170 = {instancePath:instancePath+"/export/audio/tracks/" + i6,schemaPath:"#/definitions/audio/anyOf/1/properties/tracks/anyOf/1/items/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err170];
}
else {
vErrors.push(err170);
}
errors++;
}
}
}
else {
const err171 = {instancePath:instancePath+"/export/audio/tracks",schemaPath:"#/definitions/audio/anyOf/1/properties/tracks/anyOf/1/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err171];
}
else {
vErrors.push(err171);
}
errors++;
}
var _valid12 = _errs196 === errors;
valid42 = valid42 || _valid12;
}
if(!valid42){
const err172 = {instancePath:instancePath+"/export/audio/tracks",schemaPath:"#/definitions/audio/anyOf/1/properties/tracks/anyOf",keyword:"anyOf",params:{}};
if(vErrors === null){
vErrors = [err172];
}
else {
vErrors.push(err172);
}
errors++;
}
else {
errors = _errs194;
if(vErrors !== null){
if(_errs194){
vErrors.length = _errs194;
}
else {
vErrors = null;
}
}
}
}
if(data64.sample_rate !== undefined){
let data69 = data64.sample_rate;
if((typeof data69 !== "string") && (!((typeof data69 == "number") && (isFinite(data69))))){
const err173 = {instancePath:instancePath+"/export/audio/sample_rate",schemaPath:"#/definitions/audio/anyOf/1/properties/sample_rate/type",keyword:"type",params:{type: schema15.anyOf[1].properties.sample_rate.type}};
if(vErrors === null){
vErrors = [err173];
}
else {
vErrors.push(err173);
}
errors++;
}
if(typeof data69 === "string"){
if(!pattern24.test(data69)){
const err174 = {instancePath:instancePath+"/export/audio/sample_rate",schemaPath:"#/definitions/audio/anyOf/1/properties/sample_rate/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:\\.\\d+)?(?: ?k| ?kHz| ?Hz)?)$|\\$\\{"}};
if(vErrors === null){
vErrors = [err174];
}
else {
vErrors.push(err174);
}
errors++;
}
}
}
if(data64.channels !== undefined){
let data70 = data64.channels;
if((typeof data70 !== "string") && (!((typeof data70 == "number") && (isFinite(data70))))){
const err175 = {instancePath:instancePath+"/export/audio/channels",schemaPath:"#/definitions/audio/anyOf/1/properties/channels/type",keyword:"type",params:{type: schema15.anyOf[1].properties.channels.type}};
if(vErrors === null){
vErrors = [err175];
}
else {
vErrors.push(err175);
}
errors++;
}
if(typeof data70 === "string"){
if(!pattern25.test(data70)){
const err176 = {instancePath:instancePath+"/export/audio/channels",schemaPath:"#/definitions/audio/anyOf/1/properties/channels/pattern",keyword:"pattern",params:{pattern: "^(?:mono|stereo|5\\.1|7\\.1|[1-8])$|\\$\\{"}};
if(vErrors === null){
vErrors = [err176];
}
else {
vErrors.push(err176);
}
errors++;
}
}
}
}
var _valid11 = _errs187 === errors;
valid40 = valid40 || _valid11;
}
if(!valid40){
const err177 = {instancePath:instancePath+"/export/audio",schemaPath:"#/definitions/audio/anyOf",keyword:"anyOf",params:{}};
if(vErrors === null){
vErrors = [err177];
}
else {
vErrors.push(err177);
}
errors++;
}
else {
errors = _errs185;
if(vErrors !== null){
if(_errs185){
vErrors.length = _errs185;
}
else {
vErrors = null;
}
}
}
}
if(data41.proxy !== undefined){
if(typeof data41.proxy !== "boolean"){
const err178 = {instancePath:instancePath+"/export/proxy",schemaPath:"#/properties/export/properties/proxy/type",keyword:"type",params:{type: "boolean"}};
if(vErrors === null){
vErrors = [err178];
}
else {
vErrors.push(err178);
}
errors++;
}
}
if(data41.fast_start !== undefined){
if(typeof data41.fast_start !== "boolean"){
const err179 = {instancePath:instancePath+"/export/fast_start",schemaPath:"#/properties/export/properties/fast_start/type",keyword:"type",params:{type: "boolean"}};
if(vErrors === null){
vErrors = [err179];
}
else {
vErrors.push(err179);
}
errors++;
}
}
if(data41.subtitles !== undefined){
let data73 = data41.subtitles;
if(!(((data73 === "keep") || (data73 === "drop")) || (data73 === "burn"))){
const err180 = {instancePath:instancePath+"/export/subtitles",schemaPath:"#/properties/export/properties/subtitles/enum",keyword:"enum",params:{allowedValues: schema13.properties.export.properties.subtitles.enum}};
if(vErrors === null){
vErrors = [err180];
}
else {
vErrors.push(err180);
}
errors++;
}
}
if(data41.chapters !== undefined){
let data74 = data41.chapters;
if(!((data74 === "keep") || (data74 === "drop"))){
const err181 = {instancePath:instancePath+"/export/chapters",schemaPath:"#/properties/export/properties/chapters/enum",keyword:"enum",params:{allowedValues: schema13.properties.export.properties.chapters.enum}};
if(vErrors === null){
vErrors = [err181];
}
else {
vErrors.push(err181);
}
errors++;
}
}
if(data41.metadata !== undefined){
let data75 = data41.metadata;
if(!((data75 === "keep") || (data75 === "drop"))){
const err182 = {instancePath:instancePath+"/export/metadata",schemaPath:"#/properties/export/properties/metadata/enum",keyword:"enum",params:{allowedValues: schema13.properties.export.properties.metadata.enum}};
if(vErrors === null){
vErrors = [err182];
}
else {
vErrors.push(err182);
}
errors++;
}
}
if(data41.cover !== undefined){
let data76 = data41.cover;
if(!((data76 === "keep") || (data76 === "drop"))){
const err183 = {instancePath:instancePath+"/export/cover",schemaPath:"#/properties/export/properties/cover/enum",keyword:"enum",params:{allowedValues: schema13.properties.export.properties.cover.enum}};
if(vErrors === null){
vErrors = [err183];
}
else {
vErrors.push(err183);
}
errors++;
}
}
if(data41.attachments !== undefined){
let data77 = data41.attachments;
if(!(((data77 === "fonts") || (data77 === "keep")) || (data77 === "drop"))){
const err184 = {instancePath:instancePath+"/export/attachments",schemaPath:"#/properties/export/properties/attachments/enum",keyword:"enum",params:{allowedValues: schema13.properties.export.properties.attachments.enum}};
if(vErrors === null){
vErrors = [err184];
}
else {
vErrors.push(err184);
}
errors++;
}
}
if(data41.location !== undefined){
let data78 = data41.location;
if(!((data78 === "keep") || (data78 === "drop"))){
const err185 = {instancePath:instancePath+"/export/location",schemaPath:"#/properties/export/properties/location/enum",keyword:"enum",params:{allowedValues: schema13.properties.export.properties.location.enum}};
if(vErrors === null){
vErrors = [err185];
}
else {
vErrors.push(err185);
}
errors++;
}
}
if(data41.renditions !== undefined){
let data79 = data41.renditions;
if(Array.isArray(data79)){
if(data79.length < 1){
const err186 = {instancePath:instancePath+"/export/renditions",schemaPath:"#/properties/export/properties/renditions/minItems",keyword:"minItems",params:{limit: 1}};
if(vErrors === null){
vErrors = [err186];
}
else {
vErrors.push(err186);
}
errors++;
}
const len7 = data79.length;
for(let i7=0; i7<len7; i7++){
let data80 = data79[i7];
if(data80 && typeof data80 == "object" && !Array.isArray(data80)){
if(data80.name === undefined){
const err187 = {instancePath:instancePath+"/export/renditions/" + i7,schemaPath:"#/properties/export/properties/renditions/items/required",keyword:"required",params:{missingProperty: "name"}};
if(vErrors === null){
vErrors = [err187];
}
else {
vErrors.push(err187);
}
errors++;
}
for(const key11 in data80){
if(!((((((key11 === "name") || (key11 === "output")) || (key11 === "container")) || (key11 === "video")) || (key11 === "audio")) || (pattern0.test(key11)))){
const err188 = {instancePath:instancePath+"/export/renditions/" + i7,schemaPath:"#/properties/export/properties/renditions/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key11}};
if(vErrors === null){
vErrors = [err188];
}
else {
vErrors.push(err188);
}
errors++;
}
}
if(data80.name !== undefined){
let data81 = data80.name;
if(typeof data81 === "string"){
if(!pattern63.test(data81)){
const err189 = {instancePath:instancePath+"/export/renditions/" + i7+"/name",schemaPath:"#/properties/export/properties/renditions/items/properties/name/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9._-]*$"}};
if(vErrors === null){
vErrors = [err189];
}
else {
vErrors.push(err189);
}
errors++;
}
}
else {
const err190 = {instancePath:instancePath+"/export/renditions/" + i7+"/name",schemaPath:"#/properties/export/properties/renditions/items/properties/name/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err190];
}
else {
vErrors.push(err190);
}
errors++;
}
}
if(data80.output !== undefined){
let data82 = data80.output;
if(typeof data82 === "string"){
if(!pattern4.test(data82)){
const err191 = {instancePath:instancePath+"/export/renditions/" + i7+"/output",schemaPath:"#/properties/export/properties/renditions/items/properties/output/pattern",keyword:"pattern",params:{pattern: "\\S"}};
if(vErrors === null){
vErrors = [err191];
}
else {
vErrors.push(err191);
}
errors++;
}
}
else {
const err192 = {instancePath:instancePath+"/export/renditions/" + i7+"/output",schemaPath:"#/properties/export/properties/renditions/items/properties/output/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err192];
}
else {
vErrors.push(err192);
}
errors++;
}
}
if(data80.container !== undefined){
let data83 = data80.container;
if(!(((((data83 === "mp4") || (data83 === "mov")) || (data83 === "mkv")) || (data83 === "webm")) || (data83 === "ts"))){
const err193 = {instancePath:instancePath+"/export/renditions/" + i7+"/container",schemaPath:"#/properties/export/properties/renditions/items/properties/container/enum",keyword:"enum",params:{allowedValues: schema13.properties.export.properties.renditions.items.properties.container.enum}};
if(vErrors === null){
vErrors = [err193];
}
else {
vErrors.push(err193);
}
errors++;
}
}
if(data80.video !== undefined){
let data84 = data80.video;
const _errs226 = errors;
let valid49 = false;
const _errs227 = errors;
if(!(data84 === "none")){
const err194 = {instancePath:instancePath+"/export/renditions/" + i7+"/video",schemaPath:"#/definitions/video/anyOf/0/enum",keyword:"enum",params:{allowedValues: schema14.anyOf[0].enum}};
if(vErrors === null){
vErrors = [err194];
}
else {
vErrors.push(err194);
}
errors++;
}
var _valid13 = _errs227 === errors;
valid49 = valid49 || _valid13;
if(!valid49){
const _errs228 = errors;
if((!(data84 && typeof data84 == "object" && !Array.isArray(data84))) && (data84 !== null)){
const err195 = {instancePath:instancePath+"/export/renditions/" + i7+"/video",schemaPath:"#/definitions/video/anyOf/1/type",keyword:"type",params:{type: schema14.anyOf[1].type}};
if(vErrors === null){
vErrors = [err195];
}
else {
vErrors.push(err195);
}
errors++;
}
const _errs230 = errors;
const _errs231 = errors;
if(!(data84 && typeof data84 == "object" && !Array.isArray(data84))){
const err196 = {};
if(vErrors === null){
vErrors = [err196];
}
else {
vErrors.push(err196);
}
errors++;
}
const _errs233 = errors;
let valid51 = false;
const _errs234 = errors;
if(data84 && typeof data84 == "object" && !Array.isArray(data84)){
let missing10;
if(((data84.quality === undefined) && (missing10 = "quality")) || ((data84.crf === undefined) && (missing10 = "crf"))){
const err197 = {};
if(vErrors === null){
vErrors = [err197];
}
else {
vErrors.push(err197);
}
errors++;
}
}
var _valid14 = _errs234 === errors;
valid51 = valid51 || _valid14;
if(!valid51){
const _errs235 = errors;
if(data84 && typeof data84 == "object" && !Array.isArray(data84)){
let missing11;
if(((data84.quality === undefined) && (missing11 = "quality")) || ((data84.bitrate === undefined) && (missing11 = "bitrate"))){
const err198 = {};
if(vErrors === null){
vErrors = [err198];
}
else {
vErrors.push(err198);
}
errors++;
}
}
var _valid14 = _errs235 === errors;
valid51 = valid51 || _valid14;
if(!valid51){
const _errs236 = errors;
if(data84 && typeof data84 == "object" && !Array.isArray(data84)){
let missing12;
if(((data84.quality === undefined) && (missing12 = "quality")) || ((data84.target_size === undefined) && (missing12 = "target_size"))){
const err199 = {};
if(vErrors === null){
vErrors = [err199];
}
else {
vErrors.push(err199);
}
errors++;
}
}
var _valid14 = _errs236 === errors;
valid51 = valid51 || _valid14;
if(!valid51){
const _errs237 = errors;
if(data84 && typeof data84 == "object" && !Array.isArray(data84)){
let missing13;
if(((data84.crf === undefined) && (missing13 = "crf")) || ((data84.bitrate === undefined) && (missing13 = "bitrate"))){
const err200 = {};
if(vErrors === null){
vErrors = [err200];
}
else {
vErrors.push(err200);
}
errors++;
}
}
var _valid14 = _errs237 === errors;
valid51 = valid51 || _valid14;
if(!valid51){
const _errs238 = errors;
if(data84 && typeof data84 == "object" && !Array.isArray(data84)){
let missing14;
if(((data84.crf === undefined) && (missing14 = "crf")) || ((data84.target_size === undefined) && (missing14 = "target_size"))){
const err201 = {};
if(vErrors === null){
vErrors = [err201];
}
else {
vErrors.push(err201);
}
errors++;
}
}
var _valid14 = _errs238 === errors;
valid51 = valid51 || _valid14;
if(!valid51){
const _errs239 = errors;
if(data84 && typeof data84 == "object" && !Array.isArray(data84)){
let missing15;
if(((data84.bitrate === undefined) && (missing15 = "bitrate")) || ((data84.target_size === undefined) && (missing15 = "target_size"))){
const err202 = {};
if(vErrors === null){
vErrors = [err202];
}
else {
vErrors.push(err202);
}
errors++;
}
}
var _valid14 = _errs239 === errors;
valid51 = valid51 || _valid14;
}
}
}
}
}
if(!valid51){
const err203 = {};
if(vErrors === null){
vErrors = [err203];
}
else {
vErrors.push(err203);
}
errors++;
}
else {
errors = _errs233;
if(vErrors !== null){
if(_errs233){
vErrors.length = _errs233;
}
else {
vErrors = null;
}
}
}
var valid50 = _errs231 === errors;
if(valid50){
const err204 = {instancePath:instancePath+"/export/renditions/" + i7+"/video",schemaPath:"#/definitions/video/anyOf/1/not",keyword:"not",params:{}};
if(vErrors === null){
vErrors = [err204];
}
else {
vErrors.push(err204);
}
errors++;
}
else {
errors = _errs230;
if(vErrors !== null){
if(_errs230){
vErrors.length = _errs230;
}
else {
vErrors = null;
}
}
}
if(data84 && typeof data84 == "object" && !Array.isArray(data84)){
for(const key12 in data84){
if(!((func2.call(schema14.anyOf[1].properties, key12)) || (pattern0.test(key12)))){
const err205 = {instancePath:instancePath+"/export/renditions/" + i7+"/video",schemaPath:"#/definitions/video/anyOf/1/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key12}};
if(vErrors === null){
vErrors = [err205];
}
else {
vErrors.push(err205);
}
errors++;
}
}
if(data84.codec !== undefined){
let data85 = data84.codec;
if(!(((((data85 === "h264") || (data85 === "hevc")) || (data85 === "av1")) || (data85 === "vp9")) || (data85 === "copy"))){
const err206 = {instancePath:instancePath+"/export/renditions/" + i7+"/video/codec",schemaPath:"#/definitions/video/anyOf/1/properties/codec/enum",keyword:"enum",params:{allowedValues: schema14.anyOf[1].properties.codec.enum}};
if(vErrors === null){
vErrors = [err206];
}
else {
vErrors.push(err206);
}
errors++;
}
}
if(data84.quality !== undefined){
let data86 = data84.quality;
if((!((typeof data86 == "number") && (isFinite(data86)))) && (typeof data86 !== "string")){
const err207 = {instancePath:instancePath+"/export/renditions/" + i7+"/video/quality",schemaPath:"#/definitions/video/anyOf/1/properties/quality/type",keyword:"type",params:{type: schema14.anyOf[1].properties.quality.type}};
if(vErrors === null){
vErrors = [err207];
}
else {
vErrors.push(err207);
}
errors++;
}
if((typeof data86 == "number") && (isFinite(data86))){
if(data86 > 100 || isNaN(data86)){
const err208 = {instancePath:instancePath+"/export/renditions/" + i7+"/video/quality",schemaPath:"#/definitions/video/anyOf/1/properties/quality/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100}};
if(vErrors === null){
vErrors = [err208];
}
else {
vErrors.push(err208);
}
errors++;
}
if(data86 < 0 || isNaN(data86)){
const err209 = {instancePath:instancePath+"/export/renditions/" + i7+"/video/quality",schemaPath:"#/definitions/video/anyOf/1/properties/quality/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0}};
if(vErrors === null){
vErrors = [err209];
}
else {
vErrors.push(err209);
}
errors++;
}
}
if(typeof data86 === "string"){
if(!pattern46.test(data86)){
const err210 = {instancePath:instancePath+"/export/renditions/" + i7+"/video/quality",schemaPath:"#/definitions/video/anyOf/1/properties/quality/pattern",keyword:"pattern",params:{pattern: "^(?:-?\\d+(?:\\.\\d+)?)$|\\$\\{"}};
if(vErrors === null){
vErrors = [err210];
}
else {
vErrors.push(err210);
}
errors++;
}
}
}
if(data84.crf !== undefined){
let data87 = data84.crf;
if((!((typeof data87 == "number") && (isFinite(data87)))) && (typeof data87 !== "string")){
const err211 = {instancePath:instancePath+"/export/renditions/" + i7+"/video/crf",schemaPath:"#/definitions/video/anyOf/1/properties/crf/type",keyword:"type",params:{type: schema14.anyOf[1].properties.crf.type}};
if(vErrors === null){
vErrors = [err211];
}
else {
vErrors.push(err211);
}
errors++;
}
if((typeof data87 == "number") && (isFinite(data87))){
if(data87 > 63 || isNaN(data87)){
const err212 = {instancePath:instancePath+"/export/renditions/" + i7+"/video/crf",schemaPath:"#/definitions/video/anyOf/1/properties/crf/maximum",keyword:"maximum",params:{comparison: "<=", limit: 63}};
if(vErrors === null){
vErrors = [err212];
}
else {
vErrors.push(err212);
}
errors++;
}
if(data87 < 0 || isNaN(data87)){
const err213 = {instancePath:instancePath+"/export/renditions/" + i7+"/video/crf",schemaPath:"#/definitions/video/anyOf/1/properties/crf/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0}};
if(vErrors === null){
vErrors = [err213];
}
else {
vErrors.push(err213);
}
errors++;
}
}
if(typeof data87 === "string"){
if(!pattern46.test(data87)){
const err214 = {instancePath:instancePath+"/export/renditions/" + i7+"/video/crf",schemaPath:"#/definitions/video/anyOf/1/properties/crf/pattern",keyword:"pattern",params:{pattern: "^(?:-?\\d+(?:\\.\\d+)?)$|\\$\\{"}};
if(vErrors === null){
vErrors = [err214];
}
else {
vErrors.push(err214);
}
errors++;
}
}
}
if(data84.bitrate !== undefined){
let data88 = data84.bitrate;
if(typeof data88 === "string"){
if(!pattern48.test(data88)){
const err215 = {instancePath:instancePath+"/export/renditions/" + i7+"/video/bitrate",schemaPath:"#/definitions/video/anyOf/1/properties/bitrate/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:\\.\\d+)? ?[kKM](?:b(?:its?)?(?:/s|ps)?)?)$|\\$\\{"}};
if(vErrors === null){
vErrors = [err215];
}
else {
vErrors.push(err215);
}
errors++;
}
}
else {
const err216 = {instancePath:instancePath+"/export/renditions/" + i7+"/video/bitrate",schemaPath:"#/definitions/video/anyOf/1/properties/bitrate/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err216];
}
else {
vErrors.push(err216);
}
errors++;
}
}
if(data84.maxrate !== undefined){
let data89 = data84.maxrate;
if(typeof data89 === "string"){
if(!pattern48.test(data89)){
const err217 = {instancePath:instancePath+"/export/renditions/" + i7+"/video/maxrate",schemaPath:"#/definitions/video/anyOf/1/properties/maxrate/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:\\.\\d+)? ?[kKM](?:b(?:its?)?(?:/s|ps)?)?)$|\\$\\{"}};
if(vErrors === null){
vErrors = [err217];
}
else {
vErrors.push(err217);
}
errors++;
}
}
else {
const err218 = {instancePath:instancePath+"/export/renditions/" + i7+"/video/maxrate",schemaPath:"#/definitions/video/anyOf/1/properties/maxrate/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err218];
}
else {
vErrors.push(err218);
}
errors++;
}
}
if(data84.bufsize !== undefined){
let data90 = data84.bufsize;
if(typeof data90 === "string"){
if(!pattern48.test(data90)){
const err219 = {instancePath:instancePath+"/export/renditions/" + i7+"/video/bufsize",schemaPath:"#/definitions/video/anyOf/1/properties/bufsize/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:\\.\\d+)? ?[kKM](?:b(?:its?)?(?:/s|ps)?)?)$|\\$\\{"}};
if(vErrors === null){
vErrors = [err219];
}
else {
vErrors.push(err219);
}
errors++;
}
}
else {
const err220 = {instancePath:instancePath+"/export/renditions/" + i7+"/video/bufsize",schemaPath:"#/definitions/video/anyOf/1/properties/bufsize/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err220];
}
else {
vErrors.push(err220);
}
errors++;
}
}
if(data84.two_pass !== undefined){
if(typeof data84.two_pass !== "boolean"){
const err221 = {instancePath:instancePath+"/export/renditions/" + i7+"/video/two_pass",schemaPath:"#/definitions/video/anyOf/1/properties/two_pass/type",keyword:"type",params:{type: "boolean"}};
if(vErrors === null){
vErrors = [err221];
}
else {
vErrors.push(err221);
}
errors++;
}
}
if(data84.target_size !== undefined){
let data92 = data84.target_size;
if(typeof data92 === "string"){
if(!pattern51.test(data92)){
const err222 = {instancePath:instancePath+"/export/renditions/" + i7+"/video/target_size",schemaPath:"#/definitions/video/anyOf/1/properties/target_size/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:\\.\\d+)? ?(?:[kKMGT]i?)?B)$|\\$\\{"}};
if(vErrors === null){
vErrors = [err222];
}
else {
vErrors.push(err222);
}
errors++;
}
}
else {
const err223 = {instancePath:instancePath+"/export/renditions/" + i7+"/video/target_size",schemaPath:"#/definitions/video/anyOf/1/properties/target_size/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err223];
}
else {
vErrors.push(err223);
}
errors++;
}
}
if(data84.effort !== undefined){
let data93 = data84.effort;
if(!(((((((data93 === "fastest") || (data93 === "faster")) || (data93 === "fast")) || (data93 === "balanced")) || (data93 === "slow")) || (data93 === "slower")) || (data93 === "best"))){
const err224 = {instancePath:instancePath+"/export/renditions/" + i7+"/video/effort",schemaPath:"#/definitions/video/anyOf/1/properties/effort/enum",keyword:"enum",params:{allowedValues: schema14.anyOf[1].properties.effort.enum}};
if(vErrors === null){
vErrors = [err224];
}
else {
vErrors.push(err224);
}
errors++;
}
}
if(data84.profile !== undefined){
let data94 = data84.profile;
if((typeof data94 !== "string") && (!(((typeof data94 == "number") && (!(data94 % 1) && !isNaN(data94))) && (isFinite(data94))))){
const err225 = {instancePath:instancePath+"/export/renditions/" + i7+"/video/profile",schemaPath:"#/definitions/video/anyOf/1/properties/profile/type",keyword:"type",params:{type: schema14.anyOf[1].properties.profile.type}};
if(vErrors === null){
vErrors = [err225];
}
else {
vErrors.push(err225);
}
errors++;
}
if(typeof data94 === "string"){
if(!pattern4.test(data94)){
const err226 = {instancePath:instancePath+"/export/renditions/" + i7+"/video/profile",schemaPath:"#/definitions/video/anyOf/1/properties/profile/pattern",keyword:"pattern",params:{pattern: "\\S"}};
if(vErrors === null){
vErrors = [err226];
}
else {
vErrors.push(err226);
}
errors++;
}
}
}
if(data84.gop !== undefined){
let data95 = data84.gop;
if((typeof data95 !== "string") && (!((typeof data95 == "number") && (isFinite(data95))))){
const err227 = {instancePath:instancePath+"/export/renditions/" + i7+"/video/gop",schemaPath:"#/definitions/video/anyOf/1/properties/gop/type",keyword:"type",params:{type: schema14.anyOf[1].properties.gop.type}};
if(vErrors === null){
vErrors = [err227];
}
else {
vErrors.push(err227);
}
errors++;
}
if(typeof data95 === "string"){
if(!pattern35.test(data95)){
const err228 = {instancePath:instancePath+"/export/renditions/" + i7+"/video/gop",schemaPath:"#/definitions/video/anyOf/1/properties/gop/pattern",keyword:"pattern",params:{pattern: "^(?:(?:\\d+:[0-5]\\d(?::[0-5]\\d)?(?:\\.\\d+)?|\\d+f|\\d+(?:\\.\\d+)? ?ms|\\d+(?:\\.\\d+)?|(?=\\d)(?:\\d+h)?(?:\\d+m)?(?:\\d+(?:\\.\\d+)? ?s)?))$|\\$\\{"}};
if(vErrors === null){
vErrors = [err228];
}
else {
vErrors.push(err228);
}
errors++;
}
}
}
if(data84.size !== undefined){
let data96 = data84.size;
if(typeof data96 === "string"){
if(!pattern54.test(data96)){
const err229 = {instancePath:instancePath+"/export/renditions/" + i7+"/video/size",schemaPath:"#/definitions/video/anyOf/1/properties/size/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+ ?[xX×] ?\\d+)$|^(?:\\d+(?:\\.\\d+)? ?(?:[kKMGT]i?)?B)$|\\$\\{"}};
if(vErrors === null){
vErrors = [err229];
}
else {
vErrors.push(err229);
}
errors++;
}
}
else {
const err230 = {instancePath:instancePath+"/export/renditions/" + i7+"/video/size",schemaPath:"#/definitions/video/anyOf/1/properties/size/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err230];
}
else {
vErrors.push(err230);
}
errors++;
}
}
if(data84.fit !== undefined){
let data97 = data84.fit;
if(!((((data97 === "contain") || (data97 === "cover")) || (data97 === "stretch")) || (data97 === "within"))){
const err231 = {instancePath:instancePath+"/export/renditions/" + i7+"/video/fit",schemaPath:"#/definitions/video/anyOf/1/properties/fit/enum",keyword:"enum",params:{allowedValues: schema14.anyOf[1].properties.fit.enum}};
if(vErrors === null){
vErrors = [err231];
}
else {
vErrors.push(err231);
}
errors++;
}
}
if(data84.max_fps !== undefined){
let data98 = data84.max_fps;
if((typeof data98 !== "string") && (!((typeof data98 == "number") && (isFinite(data98))))){
const err232 = {instancePath:instancePath+"/export/renditions/" + i7+"/video/max_fps",schemaPath:"#/definitions/video/anyOf/1/properties/max_fps/type",keyword:"type",params:{type: schema14.anyOf[1].properties.max_fps.type}};
if(vErrors === null){
vErrors = [err232];
}
else {
vErrors.push(err232);
}
errors++;
}
if(typeof data98 === "string"){
if(!pattern55.test(data98)){
const err233 = {instancePath:instancePath+"/export/renditions/" + i7+"/video/max_fps",schemaPath:"#/definitions/video/anyOf/1/properties/max_fps/pattern",keyword:"pattern",params:{pattern: "^(?:(?:\\d+(?:\\.\\d+)?|\\d+/\\d+)(?: ?fps)?)$|\\$\\{"}};
if(vErrors === null){
vErrors = [err233];
}
else {
vErrors.push(err233);
}
errors++;
}
}
}
if(data84.pixel_format !== undefined){
let data99 = data84.pixel_format;
if(typeof data99 === "string"){
if(!pattern22.test(data99)){
const err234 = {instancePath:instancePath+"/export/renditions/" + i7+"/video/pixel_format",schemaPath:"#/definitions/video/anyOf/1/properties/pixel_format/pattern",keyword:"pattern",params:{pattern: "^[a-z][a-z0-9]*$|\\$\\{"}};
if(vErrors === null){
vErrors = [err234];
}
else {
vErrors.push(err234);
}
errors++;
}
}
else {
const err235 = {instancePath:instancePath+"/export/renditions/" + i7+"/video/pixel_format",schemaPath:"#/definitions/video/anyOf/1/properties/pixel_format/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err235];
}
else {
vErrors.push(err235);
}
errors++;
}
}
if(data84.hdr !== undefined){
let data100 = data84.hdr;
if(!(((data100 === "preserve") || (data100 === "tonemap")) || (data100 === "reject"))){
const err236 = {instancePath:instancePath+"/export/renditions/" + i7+"/video/hdr",schemaPath:"#/definitions/video/anyOf/1/properties/hdr/enum",keyword:"enum",params:{allowedValues: schema14.anyOf[1].properties.hdr.enum}};
if(vErrors === null){
vErrors = [err236];
}
else {
vErrors.push(err236);
}
errors++;
}
}
}
var _valid13 = _errs228 === errors;
valid49 = valid49 || _valid13;
}
if(!valid49){
const err237 = {instancePath:instancePath+"/export/renditions/" + i7+"/video",schemaPath:"#/definitions/video/anyOf",keyword:"anyOf",params:{}};
if(vErrors === null){
vErrors = [err237];
}
else {
vErrors.push(err237);
}
errors++;
}
else {
errors = _errs226;
if(vErrors !== null){
if(_errs226){
vErrors.length = _errs226;
}
else {
vErrors = null;
}
}
}
}
if(data80.audio !== undefined){
let data101 = data80.audio;
const _errs271 = errors;
let valid54 = false;
const _errs272 = errors;
if(!(data101 === "none")){
const err238 = {instancePath:instancePath+"/export/renditions/" + i7+"/audio",schemaPath:"#/definitions/audio/anyOf/0/enum",keyword:"enum",params:{allowedValues: schema15.anyOf[0].enum}};
if(vErrors === null){
vErrors = [err238];
}
else {
vErrors.push(err238);
}
errors++;
}
var _valid15 = _errs272 === errors;
valid54 = valid54 || _valid15;
if(!valid54){
const _errs273 = errors;
if((!(data101 && typeof data101 == "object" && !Array.isArray(data101))) && (data101 !== null)){
const err239 = {instancePath:instancePath+"/export/renditions/" + i7+"/audio",schemaPath:"#/definitions/audio/anyOf/1/type",keyword:"type",params:{type: schema15.anyOf[1].type}};
if(vErrors === null){
vErrors = [err239];
}
else {
vErrors.push(err239);
}
errors++;
}
if(data101 && typeof data101 == "object" && !Array.isArray(data101)){
for(const key13 in data101){
if(!((((((key13 === "codec") || (key13 === "bitrate")) || (key13 === "tracks")) || (key13 === "sample_rate")) || (key13 === "channels")) || (pattern0.test(key13)))){
const err240 = {instancePath:instancePath+"/export/renditions/" + i7+"/audio",schemaPath:"#/definitions/audio/anyOf/1/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key13}};
if(vErrors === null){
vErrors = [err240];
}
else {
vErrors.push(err240);
}
errors++;
}
}
if(data101.codec !== undefined){
let data102 = data101.codec;
if(!(((((((data102 === "aac") || (data102 === "opus")) || (data102 === "mp3")) || (data102 === "ac3")) || (data102 === "flac")) || (data102 === "pcm")) || (data102 === "copy"))){
const err241 = {instancePath:instancePath+"/export/renditions/" + i7+"/audio/codec",schemaPath:"#/definitions/audio/anyOf/1/properties/codec/enum",keyword:"enum",params:{allowedValues: schema15.anyOf[1].properties.codec.enum}};
if(vErrors === null){
vErrors = [err241];
}
else {
vErrors.push(err241);
}
errors++;
}
}
if(data101.bitrate !== undefined){
let data103 = data101.bitrate;
if(typeof data103 === "string"){
if(!pattern48.test(data103)){
const err242 = {instancePath:instancePath+"/export/renditions/" + i7+"/audio/bitrate",schemaPath:"#/definitions/audio/anyOf/1/properties/bitrate/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:\\.\\d+)? ?[kKM](?:b(?:its?)?(?:/s|ps)?)?)$|\\$\\{"}};
if(vErrors === null){
vErrors = [err242];
}
else {
vErrors.push(err242);
}
errors++;
}
}
else {
const err243 = {instancePath:instancePath+"/export/renditions/" + i7+"/audio/bitrate",schemaPath:"#/definitions/audio/anyOf/1/properties/bitrate/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err243];
}
else {
vErrors.push(err243);
}
errors++;
}
}
if(data101.tracks !== undefined){
let data104 = data101.tracks;
const _errs280 = errors;
let valid56 = false;
const _errs281 = errors;
if(!(((data104 === "first") || (data104 === "all")) || (data104 === "mix"))){
const err244 = {instancePath:instancePath+"/export/renditions/" + i7+"/audio/tracks",schemaPath:"#/definitions/audio/anyOf/1/properties/tracks/anyOf/0/enum",keyword:"enum",params:{allowedValues: schema15.anyOf[1].properties.tracks.anyOf[0].enum}};
if(vErrors === null){
vErrors = [err244];
}
else {
vErrors.push(err244);
}
errors++;
}
var _valid16 = _errs281 === errors;
valid56 = valid56 || _valid16;
if(!valid56){
const _errs282 = errors;
if(Array.isArray(data104)){
if(data104.length < 1){
const err245 = {instancePath:instancePath+"/export/renditions/" + i7+"/audio/tracks",schemaPath:"#/definitions/audio/anyOf/1/properties/tracks/anyOf/1/minItems",keyword:"minItems",params:{limit: 1}};
if(vErrors === null){
vErrors = [err245];
}
else {
vErrors.push(err245);
}
errors++;
}
const len8 = data104.length;
for(let i8=0; i8<len8; i8++){
let data105 = data104[i8];
if(typeof data105 === "string"){
if(!pattern59.test(data105)){
const err246 = {instancePath:instancePath+"/export/renditions/" + i7+"/audio/tracks/" + i8,schemaPath:"#/definitions/audio/anyOf/1/properties/tracks/anyOf/1/items/pattern",keyword:"pattern",params:{pattern: "^(?:(?:[a-z]{2,3})(?: (?:forced|hearing-impaired|visual-impaired|commentary|original|dub|lyrics|karaoke))?|forced|hearing-impaired|visual-impaired|commentary|original|dub|lyrics|karaoke)$|\\$\\{"}};
if(vErrors === null){
vErrors = [err246];
}
else {
vErrors.push(err246);
}
errors++;
}
}
else {
const err247 = {instancePath:instancePath+"/export/renditions/" + i7+"/audio/tracks/" + i8,schemaPath:"#/definitions/audio/anyOf/1/properties/tracks/anyOf/1/items/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err247];
}
else {
vErrors.push(err247);
}
errors++;
}
}
}
else {
const err248 = {instancePath:instancePath+"/export/renditions/" + i7+"/audio/tracks",schemaPath:"#/definitions/audio/anyOf/1/properties/tracks/anyOf/1/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err248];
}
else {
vErrors.push(err248);
}
errors++;
}
var _valid16 = _errs282 === errors;
valid56 = valid56 || _valid16;
}
if(!valid56){
const err249 = {instancePath:instancePath+"/export/renditions/" + i7+"/audio/tracks",schemaPath:"#/definitions/audio/anyOf/1/properties/tracks/anyOf",keyword:"anyOf",params:{}};
if(vErrors === null){
vErrors = [err249];
}
else {
vErrors.push(err249);
}
errors++;
}
else {
errors = _errs280;
if(vErrors !== null){
if(_errs280){
vErrors.length = _errs280;
}
else {
vErrors = null;
}
}
}
}
if(data101.sample_rate !== undefined){
let data106 = data101.sample_rate;
if((typeof data106 !== "string") && (!((typeof data106 == "number") && (isFinite(data106))))){
const err250 = {instancePath:instancePath+"/export/renditions/" + i7+"/audio/sample_rate",schemaPath:"#/definitions/audio/anyOf/1/properties/sample_rate/type",keyword:"type",params:{type: schema15.anyOf[1].properties.sample_rate.type}};
if(vErrors === null){
vErrors = [err250];
}
else {
vErrors.push(err250);
}
errors++;
}
if(typeof data106 === "string"){
if(!pattern24.test(data106)){
const err251 = {instancePath:instancePath+"/export/renditions/" + i7+"/audio/sample_rate",schemaPath:"#/definitions/audio/anyOf/1/properties/sample_rate/pattern",keyword:"pattern",params:{pattern: "^(?:\\d+(?:\\.\\d+)?(?: ?k| ?kHz| ?Hz)?)$|\\$\\{"}};
if(vErrors === null){
vErrors = [err251];
}
else {
vErrors.push(err251);
}
errors++;
}
}
}
if(data101.channels !== undefined){
let data107 = data101.channels;
if((typeof data107 !== "string") && (!((typeof data107 == "number") && (isFinite(data107))))){
const err252 = {instancePath:instancePath+"/export/renditions/" + i7+"/audio/channels",schemaPath:"#/definitions/audio/anyOf/1/properties/channels/type",keyword:"type",params:{type: schema15.anyOf[1].properties.channels.type}};
if(vErrors === null){
vErrors = [err252];
}
else {
vErrors.push(err252);
}
errors++;
}
if(typeof data107 === "string"){
if(!pattern25.test(data107)){
const err253 = {instancePath:instancePath+"/export/renditions/" + i7+"/audio/channels",schemaPath:"#/definitions/audio/anyOf/1/properties/channels/pattern",keyword:"pattern",params:{pattern: "^(?:mono|stereo|5\\.1|7\\.1|[1-8])$|\\$\\{"}};
if(vErrors === null){
vErrors = [err253];
}
else {
vErrors.push(err253);
}
errors++;
}
}
}
}
var _valid15 = _errs273 === errors;
valid54 = valid54 || _valid15;
}
if(!valid54){
const err254 = {instancePath:instancePath+"/export/renditions/" + i7+"/audio",schemaPath:"#/definitions/audio/anyOf",keyword:"anyOf",params:{}};
if(vErrors === null){
vErrors = [err254];
}
else {
vErrors.push(err254);
}
errors++;
}
else {
errors = _errs271;
if(vErrors !== null){
if(_errs271){
vErrors.length = _errs271;
}
else {
vErrors = null;
}
}
}
}
}
else {
const err255 = {instancePath:instancePath+"/export/renditions/" + i7,schemaPath:"#/properties/export/properties/renditions/items/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err255];
}
else {
vErrors.push(err255);
}
errors++;
}
}
}
else {
const err256 = {instancePath:instancePath+"/export/renditions",schemaPath:"#/properties/export/properties/renditions/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err256];
}
else {
vErrors.push(err256);
}
errors++;
}
}
}
}
}
else {
const err257 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err257];
}
else {
vErrors.push(err257);
}
errors++;
}
validate11.errors = vErrors;
return errors === 0;
}


function validate10(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
const _errs1 = errors;
const _errs2 = errors;
if(!(data && typeof data == "object" && !Array.isArray(data))){
const err0 = {};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
const _errs4 = errors;
let valid1 = false;
const _errs5 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((data.use_gpu === undefined) && (missing0 = "use_gpu")) || ((data.accel === undefined) && (missing0 = "accel"))){
const err1 = {};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
var _valid0 = _errs5 === errors;
valid1 = valid1 || _valid0;
if(!valid1){
const err2 = {};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
else {
errors = _errs4;
if(vErrors !== null){
if(_errs4){
vErrors.length = _errs4;
}
else {
vErrors = null;
}
}
}
var valid0 = _errs2 === errors;
if(valid0){
const err3 = {instancePath,schemaPath:"#/not",keyword:"not",params:{}};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
else {
errors = _errs1;
if(vErrors !== null){
if(_errs1){
vErrors.length = _errs1;
}
else {
vErrors = null;
}
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.version === undefined){
const err4 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "version"}};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(data.inputs === undefined){
const err5 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "inputs"}};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data.stages === undefined){
const err6 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "stages"}};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
for(const key0 in data){
if(!((func2.call(schema11.properties, key0)) || (pattern0.test(key0)))){
const err7 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0}};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.version !== undefined){
if(1 !== data.version){
const err8 = {instancePath:instancePath+"/version",schemaPath:"#/properties/version/const",keyword:"const",params:{allowedValue: 1}};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.name !== undefined){
let data1 = data.name;
if(typeof data1 === "string"){
if(!pattern1.test(data1)){
const err9 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/pattern",keyword:"pattern",params:{pattern: "^[^/\\\\\\x00-\\x1f]+$"}};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.use_gpu !== undefined){
if(typeof data.use_gpu !== "boolean"){
const err11 = {instancePath:instancePath+"/use_gpu",schemaPath:"#/properties/use_gpu/type",keyword:"type",params:{type: "boolean"}};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.accel !== undefined){
let data3 = data.accel;
if(!(((data3 === "preferred") || (data3 === "required")) || (data3 === "off"))){
const err12 = {instancePath:instancePath+"/accel",schemaPath:"#/properties/accel/enum",keyword:"enum",params:{allowedValues: schema11.properties.accel.enum}};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.prefer !== undefined){
let data4 = data.prefer;
if(!(((data4 === "speed") || (data4 === "balanced")) || (data4 === "quality"))){
const err13 = {instancePath:instancePath+"/prefer",schemaPath:"#/properties/prefer/enum",keyword:"enum",params:{allowedValues: schema11.properties.prefer.enum}};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.vars !== undefined){
let data5 = data.vars;
if((!(data5 && typeof data5 == "object" && !Array.isArray(data5))) && (data5 !== null)){
const err14 = {instancePath:instancePath+"/vars",schemaPath:"#/properties/vars/type",keyword:"type",params:{type: schema11.properties.vars.type}};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
for(const key1 in data5){
let data6 = data5[key1];
if((((typeof data6 !== "string") && (!((typeof data6 == "number") && (isFinite(data6))))) && (typeof data6 !== "boolean")) && (data6 !== null)){
const err15 = {instancePath:instancePath+"/vars/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/vars/additionalProperties/type",keyword:"type",params:{type: schema11.properties.vars.additionalProperties.type}};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
}
}
if(data.inputs !== undefined){
let data7 = data.inputs;
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
if(Object.keys(data7).length < 1){
const err16 = {instancePath:instancePath+"/inputs",schemaPath:"#/properties/inputs/minProperties",keyword:"minProperties",params:{limit: 1}};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
for(const key2 in data7){
const _errs21 = errors;
if(typeof key2 === "string"){
if(!pattern2.test(key2)){
const err17 = {instancePath:instancePath+"/inputs",schemaPath:"#/properties/inputs/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][A-Za-z0-9_-]*$"},propertyName:key2};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
else {
const err18 = {instancePath:instancePath+"/inputs",schemaPath:"#/properties/inputs/propertyNames/type",keyword:"type",params:{type: "string"},propertyName:key2};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
var valid4 = _errs21 === errors;
if(!valid4){
const err19 = {instancePath:instancePath+"/inputs",schemaPath:"#/properties/inputs/propertyNames",keyword:"propertyNames",params:{propertyName: key2}};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
for(const key3 in data7){
if(!(pattern0.test(key3))){
let data8 = data7[key3];
const _errs25 = errors;
let valid6 = false;
const _errs26 = errors;
if(typeof data8 === "string"){
if(!pattern4.test(data8)){
const err20 = {instancePath:instancePath+"/inputs/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/inputs/additionalProperties/anyOf/0/pattern",keyword:"pattern",params:{pattern: "\\S"}};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
else {
const err21 = {instancePath:instancePath+"/inputs/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/inputs/additionalProperties/anyOf/0/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
var _valid1 = _errs26 === errors;
valid6 = valid6 || _valid1;
if(!valid6){
const _errs28 = errors;
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
if(data8.path === undefined){
const err22 = {instancePath:instancePath+"/inputs/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/inputs/additionalProperties/anyOf/1/required",keyword:"required",params:{missingProperty: "path"}};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
for(const key4 in data8){
if(!(((key4 === "path") || (key4 === "playlist")) || (pattern0.test(key4)))){
const err23 = {instancePath:instancePath+"/inputs/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/inputs/additionalProperties/anyOf/1/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4}};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data8.path !== undefined){
let data9 = data8.path;
if(typeof data9 === "string"){
if(!pattern4.test(data9)){
const err24 = {instancePath:instancePath+"/inputs/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/path",schemaPath:"#/properties/inputs/additionalProperties/anyOf/1/properties/path/pattern",keyword:"pattern",params:{pattern: "\\S"}};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
else {
const err25 = {instancePath:instancePath+"/inputs/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/path",schemaPath:"#/properties/inputs/additionalProperties/anyOf/1/properties/path/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data8.playlist !== undefined){
if(typeof data8.playlist !== "boolean"){
const err26 = {instancePath:instancePath+"/inputs/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/playlist",schemaPath:"#/properties/inputs/additionalProperties/anyOf/1/properties/playlist/type",keyword:"type",params:{type: "boolean"}};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
}
else {
const err27 = {instancePath:instancePath+"/inputs/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/inputs/additionalProperties/anyOf/1/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
var _valid1 = _errs28 === errors;
valid6 = valid6 || _valid1;
}
if(!valid6){
const err28 = {instancePath:instancePath+"/inputs/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/inputs/additionalProperties/anyOf",keyword:"anyOf",params:{}};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
else {
errors = _errs25;
if(vErrors !== null){
if(_errs25){
vErrors.length = _errs25;
}
else {
vErrors = null;
}
}
}
}
}
}
else {
const err29 = {instancePath:instancePath+"/inputs",schemaPath:"#/properties/inputs/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
if(data.backends !== undefined){
let data11 = data.backends;
if(Array.isArray(data11)){
const len0 = data11.length;
for(let i0=0; i0<len0; i0++){
let data12 = data11[i0];
const _errs39 = errors;
let valid11 = false;
const _errs40 = errors;
if(typeof data12 === "string"){
if(!pattern4.test(data12)){
const err30 = {instancePath:instancePath+"/backends/" + i0,schemaPath:"#/definitions/backend/anyOf/0/pattern",keyword:"pattern",params:{pattern: "\\S"}};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
else {
const err31 = {instancePath:instancePath+"/backends/" + i0,schemaPath:"#/definitions/backend/anyOf/0/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
var _valid2 = _errs40 === errors;
valid11 = valid11 || _valid2;
if(!valid11){
const _errs42 = errors;
if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
if(data12.use === undefined){
const err32 = {instancePath:instancePath+"/backends/" + i0,schemaPath:"#/definitions/backend/anyOf/1/required",keyword:"required",params:{missingProperty: "use"}};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
for(const key5 in data12){
if(!((((key5 === "use") || (key5 === "options")) || (key5 === "allow")) || (pattern0.test(key5)))){
const err33 = {instancePath:instancePath+"/backends/" + i0,schemaPath:"#/definitions/backend/anyOf/1/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5}};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
if(data12.use !== undefined){
let data13 = data12.use;
if(typeof data13 === "string"){
if(!pattern4.test(data13)){
const err34 = {instancePath:instancePath+"/backends/" + i0+"/use",schemaPath:"#/definitions/backend/anyOf/1/properties/use/pattern",keyword:"pattern",params:{pattern: "\\S"}};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
else {
const err35 = {instancePath:instancePath+"/backends/" + i0+"/use",schemaPath:"#/definitions/backend/anyOf/1/properties/use/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
if(data12.options !== undefined){
let data14 = data12.options;
if(!(data14 && typeof data14 == "object" && !Array.isArray(data14))){
const err36 = {instancePath:instancePath+"/backends/" + i0+"/options",schemaPath:"#/definitions/backend/anyOf/1/properties/options/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
if(data12.allow !== undefined){
let data15 = data12.allow;
if(data15 && typeof data15 == "object" && !Array.isArray(data15)){
for(const key6 in data15){
if(!((((key6 === "read") || (key6 === "env")) || (key6 === "run")) || (pattern0.test(key6)))){
const err37 = {instancePath:instancePath+"/backends/" + i0+"/allow",schemaPath:"#/definitions/backend/anyOf/1/properties/allow/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6}};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
if(data15.read !== undefined){
let data16 = data15.read;
const _errs53 = errors;
let valid14 = false;
const _errs54 = errors;
if(typeof data16 !== "string"){
const err38 = {instancePath:instancePath+"/backends/" + i0+"/allow/read",schemaPath:"#/definitions/backend/anyOf/1/properties/allow/properties/read/anyOf/0/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
var _valid3 = _errs54 === errors;
valid14 = valid14 || _valid3;
if(!valid14){
const _errs56 = errors;
if(Array.isArray(data16)){
const len1 = data16.length;
for(let i1=0; i1<len1; i1++){
if(typeof data16[i1] !== "string"){
const err39 = {instancePath:instancePath+"/backends/" + i0+"/allow/read/" + i1,schemaPath:"#/definitions/backend/anyOf/1/properties/allow/properties/read/anyOf/1/items/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
}
else {
const err40 = {instancePath:instancePath+"/backends/" + i0+"/allow/read",schemaPath:"#/definitions/backend/anyOf/1/properties/allow/properties/read/anyOf/1/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
var _valid3 = _errs56 === errors;
valid14 = valid14 || _valid3;
}
if(!valid14){
const err41 = {instancePath:instancePath+"/backends/" + i0+"/allow/read",schemaPath:"#/definitions/backend/anyOf/1/properties/allow/properties/read/anyOf",keyword:"anyOf",params:{}};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
else {
errors = _errs53;
if(vErrors !== null){
if(_errs53){
vErrors.length = _errs53;
}
else {
vErrors = null;
}
}
}
}
if(data15.env !== undefined){
let data18 = data15.env;
const _errs61 = errors;
let valid17 = false;
const _errs62 = errors;
if(typeof data18 !== "string"){
const err42 = {instancePath:instancePath+"/backends/" + i0+"/allow/env",schemaPath:"#/definitions/backend/anyOf/1/properties/allow/properties/env/anyOf/0/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
var _valid4 = _errs62 === errors;
valid17 = valid17 || _valid4;
if(!valid17){
const _errs64 = errors;
if(Array.isArray(data18)){
const len2 = data18.length;
for(let i2=0; i2<len2; i2++){
if(typeof data18[i2] !== "string"){
const err43 = {instancePath:instancePath+"/backends/" + i0+"/allow/env/" + i2,schemaPath:"#/definitions/backend/anyOf/1/properties/allow/properties/env/anyOf/1/items/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
}
else {
const err44 = {instancePath:instancePath+"/backends/" + i0+"/allow/env",schemaPath:"#/definitions/backend/anyOf/1/properties/allow/properties/env/anyOf/1/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
var _valid4 = _errs64 === errors;
valid17 = valid17 || _valid4;
}
if(!valid17){
const err45 = {instancePath:instancePath+"/backends/" + i0+"/allow/env",schemaPath:"#/definitions/backend/anyOf/1/properties/allow/properties/env/anyOf",keyword:"anyOf",params:{}};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
else {
errors = _errs61;
if(vErrors !== null){
if(_errs61){
vErrors.length = _errs61;
}
else {
vErrors = null;
}
}
}
}
if(data15.run !== undefined){
let data20 = data15.run;
const _errs69 = errors;
let valid20 = false;
const _errs70 = errors;
if(typeof data20 !== "string"){
const err46 = {instancePath:instancePath+"/backends/" + i0+"/allow/run",schemaPath:"#/definitions/backend/anyOf/1/properties/allow/properties/run/anyOf/0/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
var _valid5 = _errs70 === errors;
valid20 = valid20 || _valid5;
if(!valid20){
const _errs72 = errors;
if(Array.isArray(data20)){
const len3 = data20.length;
for(let i3=0; i3<len3; i3++){
if(typeof data20[i3] !== "string"){
const err47 = {instancePath:instancePath+"/backends/" + i0+"/allow/run/" + i3,schemaPath:"#/definitions/backend/anyOf/1/properties/allow/properties/run/anyOf/1/items/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
}
else {
const err48 = {instancePath:instancePath+"/backends/" + i0+"/allow/run",schemaPath:"#/definitions/backend/anyOf/1/properties/allow/properties/run/anyOf/1/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
var _valid5 = _errs72 === errors;
valid20 = valid20 || _valid5;
}
if(!valid20){
const err49 = {instancePath:instancePath+"/backends/" + i0+"/allow/run",schemaPath:"#/definitions/backend/anyOf/1/properties/allow/properties/run/anyOf",keyword:"anyOf",params:{}};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
else {
errors = _errs69;
if(vErrors !== null){
if(_errs69){
vErrors.length = _errs69;
}
else {
vErrors = null;
}
}
}
}
}
else {
const err50 = {instancePath:instancePath+"/backends/" + i0+"/allow",schemaPath:"#/definitions/backend/anyOf/1/properties/allow/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
}
else {
const err51 = {instancePath:instancePath+"/backends/" + i0,schemaPath:"#/definitions/backend/anyOf/1/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
var _valid2 = _errs42 === errors;
valid11 = valid11 || _valid2;
}
if(!valid11){
const err52 = {instancePath:instancePath+"/backends/" + i0,schemaPath:"#/definitions/backend/anyOf",keyword:"anyOf",params:{}};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
else {
errors = _errs39;
if(vErrors !== null){
if(_errs39){
vErrors.length = _errs39;
}
else {
vErrors = null;
}
}
}
}
}
else {
const err53 = {instancePath:instancePath+"/backends",schemaPath:"#/properties/backends/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
}
if(data.stages !== undefined){
let data22 = data.stages;
if(Array.isArray(data22)){
if(data22.length < 1){
const err54 = {instancePath:instancePath+"/stages",schemaPath:"#/properties/stages/minItems",keyword:"minItems",params:{limit: 1}};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
const len4 = data22.length;
for(let i4=0; i4<len4; i4++){
if(!(validate11(data22[i4], {instancePath:instancePath+"/stages/" + i4,parentData:data22,parentDataProperty:i4,rootData}))){
vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors);
errors = vErrors.length;
}
}
}
else {
const err55 = {instancePath:instancePath+"/stages",schemaPath:"#/properties/stages/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
}
}
else {
const err56 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
validate10.errors = vErrors;
return errors === 0;
}
