// The course of a run as the charts need it: columns that grow at the end. What the server sends again replaces what was there.
import type { HeatColumns, SecondColumns, SeriesColumns } from './api'
import { cut } from './derived'

export interface Columns { startSecond: number[]; lengthSeconds: number[] }

/** An hour of seconds: the server keeps them one by one for that long and joins older ones. */
const fineSeconds = 3600
/** So many seconds more are held before the server's own coarser points are asked for. */
const slack = 900

/** Whether the server's coarser points should be asked for, so that a page left open for days stays small. */
export function isOutgrown(points: number, loaded: number): boolean {
  return points > fineSeconds + slack && points > loaded + slack
}

/**
 * Puts new points into columns. Points that begin at or after the first new one are replaced: late reports change the last few seconds,
 * and the server then sends them again. Columns that one side lacks (null) are filled with null.
 */
export function append<T extends Columns>(into: T, points: T): void {
  const first = points.startSecond[0]
  if (first === undefined) return
  const target = into as unknown as Record<string, unknown>
  const source = points as unknown as Record<string, unknown>
  const before = into.startSecond.length
  const keep = keptBefore(into.startSecond, first)
  cut(into, keep)
  for (const key of new Set([...Object.keys(target), ...Object.keys(source)])) {
    const column = target[key]
    const added = source[key]
    if (Array.isArray(column)) {
      column.length = keep
      pushAll(column, Array.isArray(added) ? added : points.startSecond.map(() => null))
    } else if (Array.isArray(added)) {
      const made: unknown[] = new Array(Math.min(keep, before)).fill(null)
      pushAll(made, added)
      target[key] = made
    }
  }
}

function pushAll(column: unknown[], added: readonly unknown[]): void {
  for (const value of added) column.push(value)
}

/** How many of the ascending starts are before an instant; looks from the end, where the answer is. */
function keptBefore(starts: readonly number[], first: number): number {
  let keep = starts.length
  while (keep > 0 && starts[keep - 1]! >= first) keep--
  return keep
}

export function noSeconds(): SecondColumns {
  return {
    startSecond: [], lengthSeconds: [], users: [], requests: [], failures: [], cancelled: [], iterations: [], inFlight: [], oldestMs: [],
    averageMs: [], minMs: [], p50Ms: [], p66Ms: [], p75Ms: [], p80Ms: [], p90Ms: [], p95Ms: [], p98Ms: [], p99Ms: [], p999Ms: [],
    p9999Ms: [], maxMs: [], bytesSent: [], bytesReceived: [], busyPercent: [], lagP99Ms: [], generatorBound: [],
    arrivalsOffered: null, arrivalsStarted: null, arrivalsDropped: null,
  }
}

export function noHeat(): HeatColumns {
  return { startSecond: [], lengthSeconds: [], cells: [] }
}

export function noSeries(): SeriesColumns {
  return { startSecond: [], lengthSeconds: [], requests: [], failures: [], p50Ms: [], p95Ms: [], p99Ms: [] }
}

/** A count over a point as a rate per second; reads the columns as they are when it is asked. */
export function perSecond(columns: Columns, counts: () => readonly (number | null)[]): (point: number) => number | null {
  return i => {
    const n = counts()[i] ?? null
    return n === null ? null : n / (columns.lengthSeconds[i] || 1)
  }
}

/** Neighbouring points that a column marks with a value above 0, as spans in seconds. */
export function spans(columns: Columns, flags: readonly number[]): [number, number][] {
  const found: [number, number][] = []
  for (let i = 0; i < flags.length; i++) {
    if (!flags[i]) continue
    const from = columns.startSecond[i]!
    const to = from + columns.lengthSeconds[i]!
    const last = found.at(-1)
    if (last && from - last[1] < 0.5) last[1] = to
    else found.push([from, to])
  }
  return found
}
