import { doubled, ellipse, even, finish, type Frame, rate } from "./parts.ts";
import { exact, texture } from "./texture.ts";

/** Rows of glyph-like blocks that scroll in steps, window chrome, an inset video, a cursor. */
export function screen(frame: Frame): string {
  const { width, height, fps } = frame;
  const glyphs = { width: Math.round(width / 2), height: 400 };
  const inset = { width: even(width * 0.3), height: even(height * 0.3) };
  const rows =
    "if(lt(mod(Y,22),13)*gt(mod(X+37*floor(Y/22),83),11)*lt(X,W*(0.55+0.4*abs(sin(floor(Y/22)*1.7)))),lum(X,Y)*0.8+30,235)";
  return [
    `cellauto=rule=110:random_seed=77:random_fill_ratio=0.4:s=${glyphs.width}x${glyphs.height}:r=1:full=1:scroll=0,trim=end_frame=1,format=gray,scale=${2 * glyphs.width}:${2 * glyphs.height}:flags=neighbor,negate,format=yuv420p,geq=lum='${rows}':cb=128:cr=128,loop=loop=-1:size=1:start=0,${rate(frame)},crop=${width}:${height}:x=0:y='min(in_h-out_h,22*floor(t*4)+6*floor(mod(t*30,4)))'[page]`,
    `[page]drawbox=x=0:y=0:w=iw:h=28:color=0x3050a0:t=fill,drawbox=x=0:y=28:w=${Math.round(width * 0.14)}:h=ih:color=0xd8dce6:t=fill,drawbox=x=8:y=6:w=120:h=16:color=0xf0f0f0:t=fill[ui]`,
    `testsrc2=s=${inset.width}x${inset.height}:r=${fps},format=yuv420p[inset]`,
    `[ui][inset]overlay=x=W-w-16:y=44:format=yuv420[c1]`,
    `color=c=black:s=10x16:r=${fps}[cur]`,
    `[c1][cur]overlay=x='W*0.5+W*0.3*sin(2*PI*t/2.2)':y='H*0.5+H*0.35*sin(2*PI*t/1.4)':eval=frame:format=yuv420,format=yuv420p[out]`,
  ].join(";");
}

/** Near-black gradients that move slowly: where banding shows. */
export function dark(frame: Frame): string {
  const [width, height] = [even(frame.width * 1.4), even(frame.height * 1.4)];
  return [
    texture("bg", { width, height, seed: 1010, contrast: 2.2, bright: -88, slope: 1, saturation: 0.2, to: 16 }),
    `[bg]gblur=sigma=3,${rate(frame)},crop=${frame.width}:${frame.height}:x='(in_w-out_w)*(0.5+0.5*sin(2*PI*t/6))':y='(in_h-out_h)*(0.5+0.5*cos(2*PI*t/7))',lutyuv=y='clip(val,16,70)',noise=c0s=2:c0f=t+u:all_seed=15,format=yuv420p[out]`,
  ].join(";");
}

/** A cartoon: flat regions with hard edges, a figure that hops. */
export function anim(frame: Frame): string {
  const { width, height } = doubled(frame);
  const figure = { width: even(width * 0.22), height: even(height * 0.4) };
  const flat = "lutyuv=y='floor(val/28)*28+14':u='floor(val/24)*24+12':v='floor(val/24)*24+12'";
  const shape = { contrast: 5, slope: 0.9, saturation: 0.4, to: 16 };
  return [
    texture("bg0", { ...shape, width: even(width * 1.5), height, seed: 1111 }),
    texture("ch0", { ...shape, ...figure, seed: 1212, bright: 20, from: 64 }),
    `[bg0]trim=end_frame=1,${flat},loop=loop=-1:size=1:start=0,${rate(frame)},crop=${width}:${height}:x='(in_w-out_w)*(0.5+0.5*sin(2*PI*t/5))':y=0[b]`,
    `[ch0]trim=end_frame=1,${flat},format=yuva420p,${ellipse(40)},loop=loop=-1:size=1:start=0,${rate(frame)}[c]`,
    `[b][c]overlay=x='W*0.4+W*0.25*sin(2*PI*t/2.1)':y='H*0.45-H*0.2*abs(sin(2*PI*t*0.9))':eval=frame:format=yuv420,${finish(frame)}[out]`,
  ].join(";");
}

/** Ten bits, PQ, with a small and very bright light. */
export function hdr(frame: Frame): string {
  const { width, height } = doubled(frame);
  const lamp = even(height * 0.16);
  const scene = { width: even(width * 1.3), height: even(height * 1.3) };
  return [
    texture("bg", { ...scene, seed: 1313, contrast: 4.5, slope: 0.2, regions: 0.4 }),
    `[bg]${rate(frame)},crop=${width}:${height}:x='(in_w-out_w)*(0.5+0.5*sin(2*PI*t/5))':y='(in_h-out_h)*(0.5+0.5*cos(2*PI*t/6))',scale=${frame.width}:${frame.height}:${exact},format=yuv420p10le,lutyuv=y='64+pow(max(val-64,0)/876,1.25)*560':u='512+(val-512)*0.8':v='512+(val-512)*0.8'[sdr]`,
    `color=c=white:s=${lamp}x${lamp}:r=${frame.fps},format=yuva420p,geq=lum='lum(X,Y)':cb=128:cr=128:a='clip(255*pow(max(0,1-hypot((X-W/2)/(W/2),(Y-H/2)/(H/2))),1.6),0,255)',format=yuva420p10le[hl]`,
    `[sdr][hl]overlay=x='W*(0.5+0.4*sin(2*PI*t/3.1))-w/2':y='H*(0.35+0.25*cos(2*PI*t/2.3))-h/2':eval=frame:format=yuv420p10,noise=c0s=3:c0f=t+u:all_seed=16,format=yuv420p10le,setparams=color_primaries=bt2020:color_trc=smpte2084:colorspace=bt2020nc:range=tv[out]`,
  ].join(";");
}
