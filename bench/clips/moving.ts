import { doubled, ellipse, even, finish, type Frame, rate } from "./parts.ts";
import { texture } from "./texture.ts";

/** A still background, a soft head that sways by half pixels, a mouth, light sensor noise. */
export function talk(frame: Frame): string {
  const { width, height } = doubled(frame);
  const head = { width: even(width * 0.26), height: even(height * 0.62) };
  const mouth = { width: even(head.width * 0.3), height: even(head.height * 0.08) };
  const sway = `(W-w)/2+${width / 28}*sin(2*PI*t/2.9)+${width / 90}*sin(2*PI*t/0.7)`;
  const nod = `${height / 50}*sin(2*PI*t/1.3)`;
  return [
    texture("bg", { width, height, seed: 101, contrast: 5, slope: 0.35, regions: 0.6 }),
    texture("hd0", {
      ...{ ...head, seed: 202, contrast: 4, slope: 0.2, bright: 30, saturation: 0.12, regions: 0.3, levels: 20 },
    }),
    texture("mo0", { ...mouth, seed: 303, contrast: 3, bright: -60, from: 32 }),
    `[hd0]trim=end_frame=1,format=yuva420p,${ellipse()},loop=loop=-1:size=1:start=0,${rate(frame)}[hd]`,
    `[mo0]trim=end_frame=1,format=yuva420p,${ellipse(3)},loop=loop=-1:size=1:start=0,${rate(frame)}[mo]`,
    `[bg]${rate(frame)}[bgf]`,
    `[bgf][hd]overlay=x='${sway}':y='H-h+${nod}':eval=frame:format=yuv420[c1]`,
    `[c1][mo]overlay=x='${sway}':y='H*0.74+${nod}+${height / 70}*sin(2*PI*t*3.1)':eval=frame:enable='gt(sin(2*PI*t*3.1),-0.2)':format=yuv420[c2]`,
    `[c2]${finish(frame)},noise=alls=5:allf=t+u:all_seed=11[out]`,
  ].join(";");
}

/** A fast pan over grass, six objects crossing at their own speeds. */
export function sport(frame: Frame): string {
  const { width, height } = doubled(frame);
  const field = { width: even(width * 2.2), height: even(height * 1.3) };
  const player = { width: even(width * 0.06), height: even(height * 0.22) };
  const players = Array.from({ length: 6 }, (_, nth) => [
    texture(`pl${nth}`, {
      ...{ ...player, seed: 505 + nth * 31, contrast: 5, bright: nth % 2 ? 45 : -45, saturation: 0.5, from: 64 },
      regions: 0.5,
    }),
    `[pl${nth}]trim=end_frame=1,format=yuva420p,${ellipse(4)},loop=loop=-1:size=1:start=0,${rate(frame)}[pq${nth}]`,
    `[p${nth}][pq${nth}]overlay=x='W*(0.5+0.55*sin(2*PI*(t/${(1.3 + 0.37 * nth).toFixed(2)}+${(nth * 0.17).toFixed(2)})))-w/2':y='H*(0.15+0.12*${nth})+H*0.05*sin(2*PI*t*${(1.5 + nth * 0.2).toFixed(2)})':eval=frame:format=yuv420[p${nth + 1}]`,
  ]).flat();
  return [
    texture("bg", { ...field, seed: 404, contrast: 5, slope: 0.05, regions: 0.35 }),
    `[bg]${rate(frame)},crop=${width}:${height}:x='(in_w-out_w)*(0.5+0.5*sin(2*PI*t/2.3))':y='(in_h-out_h)*(0.5+0.5*sin(2*PI*t/1.9))'[p0]`,
    ...players,
    `[p6]${finish(frame)},noise=alls=4:allf=t+u:all_seed=12[out]`,
  ].join(";");
}

/** A slow drift over soft content under softened grain that changes with every frame. */
export function grain(frame: Frame): string {
  const { width, height } = doubled(frame);
  const scene = { width: even(width * 1.15), height: even(height * 1.15) };
  return [
    texture("bg", { ...scene, seed: 606, contrast: 5, slope: 0.5, regions: 0.5 }),
    `[bg]${rate(frame)},crop=${width}:${height}:x='(in_w-out_w)*t/12':y='(in_h-out_h)*t/14',${finish(frame)},noise=c0s=13:c0f=t:c1s=4:c1f=t:c2s=4:c2f=t:all_seed=13,gblur=sigma=0.45[out]`,
  ].join(";");
}

/** Waves: a texture displaced by two maps that drift, so nothing moves as a block. */
export function water(frame: Frame): string {
  const [width, height] = [even(frame.width * 1.3), even(frame.height * 1.3)];
  const map = (pad: string, seed: number, [right, down]: readonly [number, number]) => [
    texture(`${pad}0`, {
      ...{ width: 2 * width, height: 2 * height, seed, contrast: 5, slope: 0.9, saturation: 0, from: 256, to: 16 },
    }),
    `[${pad}0]${rate(frame)},crop=${width}:${height}:x='${(width / 2).toFixed(0)}+${right}*t':y='${(height / 2).toFixed(0)}+${down}*t',format=gray,lut=c0='128+(val-128)*0.14',format=gbrp[${pad}]`,
  ];
  return [
    texture("bg", { width, height, seed: 707, contrast: 5, slope: 0.1, regions: 0.35 }),
    `[bg]${rate(frame)},format=gbrp[b]`,
    ...map("x", 808, [55, 20]),
    ...map("y", 909, [-45, 30]),
    `[b][x][y]displace=edge=mirror,crop=${frame.width}:${frame.height},format=yuv420p,noise=alls=4:allf=t+u:all_seed=14[out]`,
  ].join(";");
}
