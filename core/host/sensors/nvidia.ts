import type { GpuReading } from "../../types.ts";

/** Asked of nvidia-smi in this order; older drivers refuse the whole question for one word they do not know. */
export const nvidiaFields: readonly (readonly string[])[] = [
  [
    ...[
      "index",
      "name",
      "utilization.gpu",
      "utilization.encoder",
      "utilization.decoder",
      "memory.used",
      "memory.total",
    ],
    ...["temperature.gpu", "power.draw", "encoder.stats.sessionCount"],
  ],
  ["index", "name", "utilization.gpu", "memory.used", "memory.total", "temperature.gpu"],
];

/** Reads what `nvidia-smi --query-gpu --format=csv,noheader,nounits` answers. `[N/A]` is unknown, never zero. */
export function readNvidia(text: string, fields: readonly string[]): readonly GpuReading[] {
  return text.split("\n").flatMap((line): readonly GpuReading[] => {
    const cells = line.split(",").map((cell) => cell.trim());
    const value = (field: string, scale = 1) => {
      const number = Number.parseFloat(cells[fields.indexOf(field)] ?? "");
      return Number.isFinite(number) ? number * scale : undefined;
    };
    const index = value("index");
    if (index === undefined) return [];
    const name = cells[fields.indexOf("name")];
    return [
      {
        kind: "gpu",
        gpu: `nvidia${index}`,
        vendor: "nvidia",
        ...(name && { name }),
        ...known("utilization", value("utilization.gpu", 0.01)),
        ...known("encoder", value("utilization.encoder", 0.01)),
        ...known("decoder", value("utilization.decoder", 0.01)),
        ...known("memory_used_bytes", value("memory.used", 2 ** 20)),
        ...known("memory_bytes", value("memory.total", 2 ** 20)),
        ...known("celsius", value("temperature.gpu")),
        ...known("watts", value("power.draw")),
        ...known("sessions", value("encoder.stats.sessionCount")),
      },
    ];
  });
}

/** A key only where its value is known. */
export function known<Key extends string>(key: Key, value: number | undefined): { readonly [Name in Key]?: number } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [Name in Key]?: number });
}
