// From the sparse columns of the server to a small picture: one row per bucket, one column per stretch of time.
import type { HeatColumns } from './api'
import { derived } from './derived'

export const buckets = 80
const lowestMs = 0.01
const perDecade = 10

/** Lower end of a bucket in milliseconds. */
export function bucketMs(bucket: number): number {
  return lowestMs * 10 ** (bucket / perDecade)
}

export interface HeatGrid {
  from: number
  to: number
  width: number
  lowest: number
  highest: number
  /** Requests per second, row by row from the lowest bucket: [(bucket - lowest) * width + column]. */
  cells: Float32Array
  most: number
}

/** Sums the points between two instants into at most so many columns of equal length, which begin at multiples of it. */
export function heatGrid(heat: HeatColumns, from: number, to: number, columns: number): HeatGrid {
  const step = Math.max(1, Math.ceil(Math.max(1, to - from) / Math.max(1, columns)))
  const sums = derived(heat, `heat ${step}`, () => new Sums(step)).of(heat)
  const first = Math.floor(from / step)
  const end = Math.max(first + 1, Math.ceil(to / step))
  const width = end - first
  let lowest = buckets
  let highest = -1
  let most = 0
  for (let c = first; c < end; c++) {
    sums[c]?.forEach((value, bucket) => {
      if (value <= 0) return
      if (bucket < lowest) lowest = bucket
      if (bucket > highest) highest = bucket
      if (value > most) most = value
    })
  }
  if (highest < lowest) return { from: first * step, to: end * step, width, lowest: 0, highest: -1, cells: new Float32Array(0), most: 0 }
  const cells = new Float32Array((highest - lowest + 1) * width)
  for (let c = first; c < end; c++)
    for (let bucket = lowest; bucket <= highest; bucket++) cells[(bucket - lowest) * width + c - first] = sums[c]?.[bucket] ?? 0
  return { from: first * step, to: end * step, width, lowest, highest, cells, most }
}

/** The whole run in columns of one length, as requests per second; only those that new points fall into are summed again. */
class Sums {
  private readonly sums: (Float32Array | undefined)[] = []
  private points = 0

  constructor(private readonly step: number) {}

  cut(points: number): void {
    this.points = Math.min(this.points, points)
  }

  of(heat: HeatColumns): readonly (Float32Array | undefined)[] {
    const count = heat.startSecond.length
    if (this.points >= count) return this.sums
    const from = Math.floor(heat.startSecond[this.points]! / this.step)
    this.sums.length = Math.min(this.sums.length, from)
    for (let i = firstFrom(heat, from * this.step); i < count; i++) this.add(heat.startSecond[i]!, heat.lengthSeconds[i]!, heat.cells[i]!, from)
    this.points = count
    return this.sums
  }

  /** A point longer than a column colours all the columns it covers, each with its rate; shorter ones add up to the column's rate. */
  private add(start: number, length: number, cells: readonly number[], from: number): void {
    const begin = Math.max(from, Math.floor(start / this.step))
    const end = Math.floor((start + length - 0.001) / this.step)
    const scale = length >= this.step ? 1 / length : 1 / this.step
    for (let c = begin; c <= end; c++) {
      const sum = (this.sums[c] ??= new Float32Array(buckets))
      for (let k = 0; k + 1 < cells.length; k += 2) sum[Math.min(buckets - 1, Math.max(0, cells[k]!))]! += cells[k + 1]! * scale
    }
  }
}

function firstFrom(heat: HeatColumns, from: number): number {
  let low = 0
  let high = heat.startSecond.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (heat.startSecond[middle]! + heat.lengthSeconds[middle]! <= from) low = middle + 1
    else high = middle
  }
  return low
}

/** How dark a cell is, 0 to 1: logarithmic, so that the few slow requests show beside the many fast ones. */
export function shade(value: number, most: number): number {
  if (value <= 0 || most <= 0) return 0
  const floor = most / 400
  return Math.min(1, Math.max(0.1, Math.log(1 + value / floor) / Math.log(1 + most / floor)))
}
