// Measurements of the target as they come: readings of a cloud come minutes late, so that new points may lie anywhere.
import type { TargetColumns } from './api'

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

/** The instants of a group, and the values of each member at them. */
export function aligned(group: readonly TargetColumns[]): { x: number[]; values: (number | null)[][] } {
  const middles = new Map<number, number>()
  for (const row of group) row.startSecond.forEach((start, i) => middles.set(start, start + ((row.lengthSeconds[i] ?? 1) - 1) / 2))
  const starts = [...middles.keys()].sort((a, b) => a - b)
  return {
    x: starts.map(start => middles.get(start)!),
    values: group.map(row => {
      const at = new Map(row.startSecond.map((start, i) => [start, row.values[i] ?? null]))
      return starts.map(start => at.get(start) ?? null)
    }),
  }
}

function merged(old: TargetColumns, row: TargetColumns): TargetColumns {
  const points = new Map(old.startSecond.map((start, i) => [start, [old.lengthSeconds[i]!, old.values[i] ?? null] as const]))
  row.startSecond.forEach((start, i) => points.set(start, [row.lengthSeconds[i]!, row.values[i] ?? null]))
  const starts = [...points.keys()].sort((a, b) => a - b)
  return { ...row, startSecond: starts, lengthSeconds: starts.map(s => points.get(s)![0]), values: starts.map(s => points.get(s)![1]) }
}

function key(row: TargetColumns): string {
  return JSON.stringify([row.source, row.name])
}
