// What a target gave by how much was asked of it: the seconds of a run sorted by load instead of by time.
import type { SecondColumns } from './api'

export interface LoadPoint { readonly load: number; readonly rate: number; readonly p95Ms: number | null; readonly seconds: number }
export interface LoadCurve { readonly by: 'users' | 'arrivals'; readonly points: readonly LoadPoint[] }

/** Levels a tenth apart are one: enough to see a curve, few enough that each has several seconds. */
const step = 1.1
const fewestLevels = 4
const leastRange = 2

/** The curve; null where the load was too much the same to show one. Seconds in which the generator was the limit say nothing about the target. */
export function loadCurve(columns: SecondColumns): LoadCurve | null {
  const offered = columns.arrivalsOffered
  const by = offered?.some(n => n > 0) ? 'arrivals' : 'users'
  const levels = new Map<number, { load: number; good: number; seconds: number; p95: number[] }>()
  columns.startSecond.forEach((_, i) => {
    const seconds = columns.lengthSeconds[i]!
    const load = by === 'arrivals' ? (offered![i] ?? 0) / seconds : columns.users[i]!
    if (load <= 0 || columns.generatorBound[i]! > 0 || columns.requests[i]! === 0) return
    const key = Math.floor(Math.log(load) / Math.log(step))
    const level = levels.get(key) ?? { load: 0, good: 0, seconds: 0, p95: [] }
    level.load += load * seconds
    level.good += columns.requests[i]! - columns.failures[i]!
    level.seconds += seconds
    const p95 = columns.p95Ms[i]
    if (typeof p95 === 'number') level.p95.push(p95)
    levels.set(key, level)
  })
  const points = [...levels].sort((a, b) => a[0] - b[0]).map(([, level]) => ({
    load: level.load / level.seconds, rate: level.good / level.seconds, p95Ms: middle(level.p95), seconds: level.seconds,
  }))
  return points.length < fewestLevels || points.at(-1)!.load < points[0]!.load * leastRange ? null : { by, points }
}

function middle(values: number[]): number | null {
  if (values.length === 0) return null
  return values.sort((a, b) => a - b)[(values.length - 1) >> 1]!
}
