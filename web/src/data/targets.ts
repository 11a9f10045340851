// Measurements of the target as they come: readings of a cloud come minutes late, so that new points may lie anywhere.
import type { TargetColumns } from './api'
import type { Points } from './thinned'

/** The measurements with what is new in them. Those in which nothing is new are the same objects as before. */
export function withTargets(before: readonly TargetColumns[], news: readonly TargetColumns[]): readonly TargetColumns[] {
  if (news.every(row => row.startSecond.length === 0) && news.length === before.length) return before
  const known = new Map(before.map(row => [key(row), row]))
  for (const row of news) {
    const old = known.get(key(row))
    known.set(key(row), old ? (row.startSecond.length === 0 ? old : merged(old, row)) : row)
  }
  return [...known.values()]
}

/** Measurements that share their instants and their unit, and so a chart. */
export function targetGroups(targets: readonly TargetColumns[]): TargetColumns[][] {
  const groups = new Map<string, TargetColumns[]>()
  for (const row of targets) {
    const group = JSON.stringify([row.source, row.unit])
    groups.set(group, [...(groups.get(group) ?? []), row])
  }
  return [...groups.values()]
}

/** The points of a group, and the values of each member at them. */
export function aligned(group: readonly TargetColumns[]): { columns: Points; values: readonly (readonly (number | null)[])[] } {
  const [one] = group
  if (one && group.every(row => same(row.startSecond, one.startSecond))) return { columns: one, values: group.map(row => row.values) }
  const lengths = new Map<number, number>()
  for (const row of group) row.startSecond.forEach((start, i) => lengths.set(start, row.lengthSeconds[i] ?? 1))
  const startSecond = [...lengths.keys()].sort((a, b) => a - b)
  return {
    columns: { startSecond, lengthSeconds: startSecond.map(start => lengths.get(start)!) },
    values: group.map(row => {
      const at = new Map(row.startSecond.map((start, i) => [start, row.values[i] ?? null]))
      return startSecond.map(start => at.get(start) ?? null)
    }),
  }
}

function same(a: readonly number[], b: readonly number[]): boolean {
  return a === b || (a.length === b.length && a.every((start, i) => start === b[i]))
}

function merged(old: TargetColumns, row: TargetColumns): TargetColumns {
  if (row.startSecond[0]! > (old.startSecond.at(-1) ?? -Infinity))
    return { ...row, startSecond: old.startSecond.concat(row.startSecond), lengthSeconds: old.lengthSeconds.concat(row.lengthSeconds), values: old.values.concat(row.values) }
  const points = new Map(old.startSecond.map((start, i) => [start, [old.lengthSeconds[i]!, old.values[i] ?? null] as const]))
  row.startSecond.forEach((start, i) => points.set(start, [row.lengthSeconds[i]!, row.values[i] ?? null]))
  const starts = [...points.keys()].sort((a, b) => a - b)
  return { ...row, startSecond: starts, lengthSeconds: starts.map(s => points.get(s)![0]), values: starts.map(s => points.get(s)![1]) }
}

function key(row: TargetColumns): string {
  return JSON.stringify([row.source, row.name])
}
