/**
 * Decoders that may see a source's bytes, by ffmpeg's names for them. Rare and lossless oddities have been the way in
 * for broken memory, and almost nobody needs them; the setting `allow_codecs` adds what somebody does need.
 */
const pictures =
  "h264,hevc,vvc,av1,libdav1d,libaom-av1,vp6,vp6a,vp6f,vp7,vp8,vp9,libvpx,libvpx-vp9,mpeg1video,mpeg2video,mpegvideo," +
  "mpeg4,msmpeg4v1,msmpeg4v2,msmpeg4,h263,h263p,flv,svq1,svq3,theora,vc1,vc1image,wmv1,wmv2,wmv3,wmv3image,mss2,prores," +
  "dnxhd,cfhd,mjpeg,mjpegb,jpeg2000,libopenjpeg,dvvideo,ffv1,huffyuv,ffvhuff,utvideo,rawvideo,wrapped_avframe,v210,v410," +
  "r210,qtrle,rpza,cinepak,hap,gif,png,apng,webp,bmp,tiff,indeo5,rv30,rv40";
const sounds =
  "aac,aac_fixed,aac_latm,libfdk_aac,ac3,ac3_fixed,eac3,truehd,mlp,dca,mp1,mp1float,mp2,mp2float,mp3,mp3float,opus," +
  "libopus,vorbis,libvorbis,flac,alac,ape,tta,wavpack,speex,libspeex,wmav1,wmav2,wmapro,wmalossless,wmavoice,amrnb,amrwb," +
  "libopencore_amrnb,libopencore_amrwb,gsm,gsm_ms,nellymoser,qdm2,qdmc,cook,adpcm_ms,adpcm_ima_wav,adpcm_ima_qt,adpcm_swf," +
  "adpcm_yamaha,g722,g726,g726le,s302m,pcm_u8,pcm_s8,pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_s32be,pcm_f32le," +
  "pcm_f32be,pcm_f64le,pcm_f64be,pcm_alaw,pcm_mulaw,pcm_bluray,pcm_dvd,pcm_u16le,pcm_u16be,pcm_u24le,pcm_u32le,pcm_lxf";
const texts =
  "ass,ssa,srt,subrip,mov_text,webvtt,text,ttml,stl,cc_dec,dvbsub,dvdsub,pgssub,xsub,libzvbi_teletextdec,libaribb24,libaribcaption";

/** Before the first look at a source; afterwards only what has passed it is opened. */
export function codecLimits(alsoAllowed: string): readonly string[] {
  const more = alsoAllowed.split(/[\s,]+/).filter((name) => /^[\w-]+$/.test(name));
  return ["-codec_whitelist", [pictures, sounds, texts, ...more].join(",")];
}
