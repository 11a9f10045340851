// Two runs side by side, row by row. Pure.
import type { Comparison, MetricChange } from '../data/api'
import { seriesKey } from '../data/model'
import type { RunDocument, SeriesDocument } from '../data/run'

export const metrics = ['requests', 'rps', 'failureRatio', 'medianMs', 'p95Ms', 'p99Ms', 'averageMs'] as const
export type Metric = (typeof metrics)[number]

export interface CompareRow {
  readonly key: string
  readonly method: string
  readonly name: string
  readonly base: SeriesDocument | null
  readonly now: SeriesDocument | null
  readonly judged: Partial<Record<string, MetricChange>>
}

/** What the server says of a metric of a row: nothing where it could not judge. */
export function judgementOf(row: CompareRow, metric: Metric): MetricChange | null {
  const found = row.judged[metric === 'failureRatio' ? 'failedPercent' : metric]
  return found && found.verdict !== 'tooFew' ? found : null
}

export function metricOf(row: SeriesDocument | null, metric: Metric): number | null {
  if (row === null) return null
  switch (metric) {
    case 'requests': return row.requests
    case 'rps': return row.totalRps
    case 'failureRatio': return row.failureRatio
    case 'medianMs': return row.all.count > 0 ? row.all.p50Ms : null
    default: return row.all.count > 0 ? row.all[metric] : null
  }
}

/** Rows of both runs, those of the base first, Aggregated last. Scenario names are part of what belongs together. */
export function compareRows(base: RunDocument, now: RunDocument, comparison: Comparison | null): CompareRow[] {
  const judged = new Map((comparison?.rows ?? []).map(row => [seriesKey(row), row.metrics]))
  const after = new Map(now.series.map(row => [seriesKey(row), row]))
  const made = base.series.map(row => pair(row, after.get(seriesKey(row)) ?? null, judged))
  const known = new Set(base.series.map(seriesKey))
  for (const row of now.series) if (!known.has(seriesKey(row))) made.push(pair(null, row, judged))
  return [...made, pair(base.aggregated, now.aggregated, judged)]
}

function pair(base: SeriesDocument | null, now: SeriesDocument | null, judged: Map<string, Partial<Record<string, MetricChange>>>): CompareRow {
  const row = (base ?? now)!
  const key = seriesKey(row)
  return { key, method: row.method, name: row.name, base, now, judged: judged.get(key) ?? {} }
}
