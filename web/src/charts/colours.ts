// The colours of the charts, read from the style sheet so that they exist once. Asked for again when the theme changes.

export interface ChartColours {
  ink: string
  ink2: string
  ink3: string
  line: string
  surface: string
  throughput: string
  failures: string
  failuresSoft: string
  users: string
  offered: string
  inFlight: string
  oldest: string
  busy: string
  lag: string
  p50: string
  p95: string
  p99: string
  over: string
  target1: string
  target2: string
  target3: string
  target4: string
  doubtFill: string
  ramp: string
  heat: readonly [string, string, string]
}

export type ChartColour = Exclude<keyof ChartColours, 'heat'>

export function readColours(): ChartColours {
  const style = getComputedStyle(document.documentElement)
  const read = (name: string) => long(style.getPropertyValue(name).trim())
  return {
    ink: read('--ink'), ink2: read('--ink-2'), ink3: read('--ink-3'), line: read('--grid'), surface: read('--surface'),
    throughput: read('--s-throughput'), failures: read('--fail'), failuresSoft: read('--s-failures-soft'), users: read('--s-users'),
    offered: read('--s-offered'), inFlight: read('--s-in-flight'), oldest: read('--s-oldest'), busy: read('--s-busy'), lag: read('--s-lag'),
    p50: read('--s-p50'), p95: read('--s-p95'), p99: read('--s-p99'), over: read('--s-over'), doubtFill: read('--doubt-fill'),
    target1: read('--s-target1'), target2: read('--s-target2'), target3: read('--s-target3'), target4: read('--s-target4'),
    ramp: read('--ramp'), heat: [read('--heat-0'), read('--heat-1'), read('--heat-2')],
  }
}

/** #abc as #aabbcc: style sheets are shortened when they are built. */
export function long(colour: string): string {
  return /^#[\da-f]{3}$/i.test(colour) ? `#${[...colour.slice(1)].map(c => c + c).join('')}` : colour
}

/** A colour with some of its opacity. Takes #rrggbb. */
export function faint(hex: string, opacity: number): string {
  return `${hex}${Math.round(opacity * 255).toString(16).padStart(2, '0')}`
}

/** 256 steps through three #rrggbb colours as RGB bytes, mixed in OKLab so that equal steps look equal. */
export function ramp(stops: readonly [string, string, string]): Uint8ClampedArray {
  const labs = stops.map(stop => toOklab(bytesOf(stop)))
  const out = new Uint8ClampedArray(256 * 3)
  for (let i = 0; i < 256; i++) {
    const at = (i / 255) * 2
    const from = labs[at < 1 ? 0 : 1]!
    const to = labs[at < 1 ? 1 : 2]!
    const share = at < 1 ? at : at - 1
    out.set(fromOklab(from.map((v, c) => v + (to[c]! - v) * share)), i * 3)
  }
  return out
}

function bytesOf(hex: string): number[] {
  const value = Number.parseInt(hex.slice(1, 7), 16) || 0
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255]
}

function toOklab(rgb: number[]): number[] {
  const [r, g, b] = rgb.map(c => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4)) as [number, number, number]
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

function fromOklab(lab: number[]): number[] {
  const [L, a, b] = lab as [number, number, number]
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
  return linear.map(c => 255 * (c <= 0.0031308 ? 12.92 * c : 1.055 * Math.max(0, c) ** (1 / 2.4) - 0.055))
}
