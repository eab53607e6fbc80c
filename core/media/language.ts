import type { Container } from "../types.ts";

/** Two letters to three, for the languages that have subtitles most often; "de-AT" is read as "de". */
const threeLetters: Readonly<Record<string, string>> = Object.fromEntries(
  (
    "ar:ara bg:bul bn:ben ca:cat cs:ces da:dan de:deu el:ell en:eng es:spa et:est eu:eus fa:fas fi:fin fr:fra ga:gle " +
    "gl:glg gu:guj he:heb hi:hin hr:hrv hu:hun hy:hye id:ind is:isl it:ita ja:jpn ka:kat kn:kan ko:kor lt:lit lv:lav " +
    "mk:mkd ml:mal mr:mar ms:msa nb:nob nl:nld nn:nno no:nor pa:pan pl:pol pt:por ro:ron ru:rus sk:slk sl:slv sq:sqi " +
    "sr:srp sv:swe ta:tam te:tel th:tha tl:tgl tr:tur uk:ukr ur:urd vi:vie zh:zho"
  )
    .split(" ")
    .map((pair) => pair.split(":") as [string, string]),
);

/** Twenty languages have a second name of three letters, made from their English one. */
const bibliographic: Readonly<Record<string, string>> = {
  alb: "sqi",
  arm: "hye",
  baq: "eus",
  bur: "mya",
  chi: "zho",
  cze: "ces",
  dut: "nld",
  fre: "fra",
  geo: "kat",
  ger: "deu",
  gre: "ell",
  ice: "isl",
  mac: "mkd",
  may: "msa",
  per: "fas",
  rum: "ron",
  slo: "slk",
  tib: "bod",
  wel: "cym",
};

/** QuickTime numbers its languages, and ffmpeg finds these numbers by the older names only. */
const quickTime: Readonly<Record<string, string>> = Object.fromEntries(
  ["alb", "arm", "bur", "chi", "dut", "geo", "ger", "gre", "ice", "mac", "may", "tib"].map((older) => [
    bibliographic[older] ?? older,
    older,
  ]),
);

/** One word for one language, however a file wrote it: "de-AT", "ger" and "deu" are "deu". */
export function plainLanguage(language: string): string {
  const [primary = ""] = language.toLowerCase().split(/[-_]/);
  return bibliographic[primary] ?? threeLetters[primary] ?? primary;
}

/** A language as a container keeps it: Matroska as it was said, the others as three letters of a fixed list. */
export function languageIn(container: Container, language: string): string {
  if (container === "mkv" || container === "webm") return language;
  const plain = plainLanguage(language);
  return container === "mov" ? (quickTime[plain] ?? plain) : plain;
}
