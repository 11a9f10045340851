// From the sparse columns of the server to a small picture: one row per bucket, one column per stretch of time.
import type { HeatColumns } from './api'

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

/** Sums the points between two instants into at most so many columns of equal length. */
export function heatGrid(heat: HeatColumns, from: number, to: number, columns: number): HeatGrid {
  const seconds = Math.max(1, to - from)
  const step = Math.max(1, Math.ceil(seconds / Math.max(1, columns)))
  const width = Math.max(1, Math.ceil(seconds / step))
  const all = new Float32Array(width * buckets)
  let lowest = buckets
  let highest = -1
  for (let i = firstFrom(heat, from); i < heat.startSecond.length; i++) {
    const start = heat.startSecond[i]!
    const length = heat.lengthSeconds[i]!
    if (start >= to) break
    const cells = heat.cells[i]!
    const begin = Math.max(0, Math.floor((start - from) / step))
    const end = Math.min(width - 1, Math.floor((start + length - 0.001 - from) / step))
    // A point longer than a column colours all the columns it covers, each with its rate; shorter ones add up to the column's rate.
    const scale = length >= step ? 1 / length : 1 / step
    for (let c = 0; c + 1 < cells.length; c += 2) {
      const bucket = Math.min(buckets - 1, Math.max(0, cells[c]!))
      const value = cells[c + 1]! * scale
      if (bucket < lowest) lowest = bucket
      if (bucket > highest) highest = bucket
      for (let x = begin; x <= end; x++) all[bucket * width + x]! += value
    }
  }
  if (highest < lowest) return { from, to: from + width * step, width, lowest: 0, highest: -1, cells: new Float32Array(0), most: 0 }
  const cells = all.slice(lowest * width, (highest + 1) * width)
  let most = 0
  for (const value of cells) if (value > most) most = value
  return { from, to: from + width * step, width, lowest, highest, cells, most }
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
