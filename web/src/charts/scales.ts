// Ranges and ticks that stay put: an axis moves only when the data leaves it.
import { bucketMs } from '../data/heat'

const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800]
export const timeSteps: readonly number[] = steps

/** The next 1, 1.5, 2, 3, 4, 5, 6, 8 or 10 times a power of ten that leaves some air above the value. */
export function niceTop(value: number, least = 1): number {
  const wanted = Math.max(value * 1.06, least)
  const power = 10 ** Math.floor(Math.log10(wanted))
  for (const step of [1, 1.5, 2, 3, 4, 5, 6, 8, 10]) if (step * power >= wanted) return step * power
  return 10 * power
}

/** The logarithmic range of response times, in whole half decades. */
export function logRange(lowestMs: number, highestMs: number): [number, number] {
  const half = (ms: number, round: (n: number) => number) => 10 ** (round(Math.log10(ms) * 2) / 2)
  const low = half(Math.max(lowestMs, 0.001), Math.floor)
  const high = half(Math.max(highestMs, low * 1.01), Math.ceil)
  return [low, Math.max(high, low * 10 ** 0.5)]
}

/** The logarithmic range of the buckets that are filled. */
export function bucketRange(lowest: number, highest: number): [number, number] {
  return logRange(bucketMs(lowest) * 1.0001, bucketMs(highest + 1) * 0.9999)
}

export function decades(min: number, max: number): number[] {
  const found: number[] = []
  for (let power = Math.ceil(Math.log10(min) - 1e-9); power <= Math.log10(max) + 1e-9; power++) found.push(10 ** power)
  if (found.length >= 2) return found
  // Less than two decades: 1, 2, 5 steps, so that there is something to read.
  const fine: number[] = []
  for (let power = Math.floor(Math.log10(min)); power <= Math.ceil(Math.log10(max)); power++)
    for (const step of [1, 2, 5]) {
      const value = step * 10 ** power
      if (value >= min * 0.999 && value <= max * 1.001) fine.push(value)
    }
  return fine
}
