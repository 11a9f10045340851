// The points of a course as a chart draws them. Where there are more points than pixels, the smallest and the largest of each stretch are
// drawn: the line looks as it would with all of them, no peak is lost, and a day costs what an hour does.
import { derived } from './derived'

export interface Points { readonly startSecond: readonly number[]; readonly lengthSeconds: readonly number[] }
export type Value = number | null
export interface Source { readonly key: string; readonly value: (point: number) => Value }

export interface Drawn {
  readonly x: readonly number[]
  readonly values: readonly (readonly Value[])[]
  /** Seconds of a stretch of which the extremes are drawn; null where every point is. */
  readonly step: number | null
}

export const nothingDrawn: Drawn = { x: [], values: [], step: null }

/** Where a point is drawn: a one-second point at its beginning, a longer one at its middle. */
export function instantOf(points: Points, i: number): number {
  return points.startSecond[i]! + ((points.lengthSeconds[i] ?? 1) - 1) / 2
}

/** What is drawn between two seconds on so many pixels, with one point more to each side so that lines reach the edges. Keys are unique among the lines of the same points. */
export function thinned(points: Points, lines: readonly Source[], from: number, to: number, pixels: number): Drawn {
  const starts = points.startSecond
  const first = Math.max(0, firstAtLeast(starts, from) - 1)
  const end = Math.min(starts.length, firstAtLeast(starts, to + 1) + 1)
  if (end - first > 2 * pixels && pixels > 0) return stretches(points, lines, from, to, stretchLength(from, to, pixels))
  const x: number[] = []
  for (let i = first; i < end; i++) x.push(instantOf(points, i))
  return { x, step: null, values: lines.map(line => x.map((_, i) => line.value(first + i))) }
}

/**
 * The last second of a chart that grows: where a pixel is many seconds the axis ends with a whole stretch, so that the picture stands still
 * until there is something new to see.
 */
export function settledEnd(points: Points, from: number, last: number, pixels: number): number {
  if (points.startSecond.length <= 2 * pixels || pixels <= 0) return last
  const step = stretchLength(from, last, pixels)
  return Math.ceil((last + 1) / step) * step
}

/** Whether two pictures are the same. */
export function sameDrawn(one: Drawn, other: Drawn): boolean {
  return one.step === other.step && same(one.x, other.x) && one.values.length === other.values.length
    && one.values.every((values, i) => same(values, other.values[i]!))
}

function same(one: readonly Value[], other: readonly Value[]): boolean {
  if (one.length !== other.length) return false
  // From the end, where what is new is.
  for (let i = one.length - 1; i >= 0; i--) if (one[i] !== other[i]) return false
  return true
}

/** Seconds of one stretch: a power of two, so that few lengths are ever worked out. */
function stretchLength(from: number, to: number, pixels: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(2, (to - from) / pixels)))
}

function stretches(points: Points, lines: readonly Source[], from: number, to: number, step: number): Drawn {
  const grid = derived(points, `thinned ${step}`, () => new Stretches(step))
  const x = grid.instants(points) as number[]
  const first = Math.max(0, firstAtLeast(x, from) - 1)
  const end = firstAtLeast(x, to + 1) + 1
  return { x: x.slice(first, end), step, values: lines.map(line => grid.extremes(points, line).slice(first, end)) }
}

/** How many of the ascending numbers are below one. */
export function firstAtLeast(numbers: readonly number[], least: number): number {
  let low = 0
  let high = numbers.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (numbers[middle]! < least) low = middle + 1
    else high = middle
  }
  return low
}

interface Laid { readonly out: Value[]; points: number }

/** The stretches of one length: which points each has, and what was made of them so far. Those that are complete are not looked at again. */
class Stretches {
  /** The first point of each stretch, and where what is drawn of it begins. */
  private readonly begins: number[] = []
  private readonly offsets: number[] = []
  private known = 0
  private readonly laid = new Map<string, Laid>()

  constructor(private readonly step: number) {}

  cut(points: number): void {
    this.known = Math.min(this.known, points)
    while (this.begins.length > 0 && this.begins.at(-1)! >= points) {
      this.begins.pop()
      this.offsets.pop()
    }
    for (const one of this.laid.values()) one.points = Math.min(one.points, points)
  }

  instants(points: Points): readonly Value[] {
    return this.lay(points, 'x', (out, first, end) => {
      out.push(instantOf(points, first))
      // The newest stretch is drawn as wide as it will be, so that it need not be drawn anew for each second.
      const whole = end === points.startSecond.length ? (Math.floor(points.startSecond[first]! / this.step) + 1) * this.step - 1 : 0
      if (end - first > 1) out.push(Math.max(whole, instantOf(points, end - 1)))
    })
  }

  extremes(points: Points, line: Source): readonly Value[] {
    return this.lay(points, `y ${line.key}`, (out, first, end) => {
      let low = -1
      let high = -1
      let least = Infinity
      let most = -Infinity
      for (let i = first; i < end; i++) {
        const value = line.value(i)
        if (value === null) continue
        if (value < least) { least = value; low = i }
        if (value > most) { most = value; high = i }
      }
      const [one, other] = low < 0 ? [null, null] : low <= high ? [least, most] : [most, least]
      out.push(end - first > 1 ? one : low < 0 ? null : least)
      if (end - first > 1) out.push(other)
    })
  }

  private lay(points: Points, key: string, draw: (out: Value[], first: number, end: number) => void): readonly Value[] {
    const count = points.startSecond.length
    this.divide(points, count)
    const laid = this.laid.get(key) ?? { out: [], points: 0 }
    this.laid.set(key, laid)
    if (laid.points < count) {
      let stretch = Math.max(0, firstAtLeast(this.begins, laid.points + 1) - 1)
      laid.out.length = this.offsets[stretch]!
      for (; stretch < this.begins.length; stretch++) draw(laid.out, this.begins[stretch]!, this.begins[stretch + 1] ?? count)
      laid.points = count
    }
    return laid.out
  }

  private divide(points: Points, count: number): void {
    for (let i = this.known; i < count; i++) {
      const last = this.begins.at(-1)
      if (last !== undefined && Math.floor(points.startSecond[i]! / this.step) === Math.floor(points.startSecond[last]! / this.step)) continue
      this.offsets.push(last === undefined ? 0 : this.offsets.at(-1)! + Math.min(2, i - last))
      this.begins.push(i)
    }
    this.known = count
  }
}
