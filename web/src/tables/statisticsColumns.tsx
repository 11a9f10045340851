// The columns of the statistics table: all of Locust's, the percentiles one chooses, and a few more.
import type { ReactNode } from 'react'
import type { SeriesDocument, TimesDocument } from '../data/run'
import { seriesKey } from '../data/model'
import { bytes, count, dash, exact, ms, percent, rate } from '../format/numbers'
import type { Messages } from '../i18n/en'
import { Icon } from '../ui/Icon'
import type { Column } from './DataTable'
import { Sparkline } from './Sparkline'

export type Which = 'both' | 'successes' | 'failed'

export const percentiles = ['50', '66', '75', '80', '90', '95', '98', '99', '99.9', '99.99'] as const
export type Percentile = (typeof percentiles)[number]
export const usualPercentiles: readonly Percentile[] = ['95', '99']

export function timesOf(row: SeriesDocument, which: Which): TimesDocument {
  return which === 'both' ? row.all : row[which]
}

export function percentileOf(times: TimesDocument, percentile: Percentile): number {
  return times[`p${percentile.replace('.', '')}Ms` as 'p50Ms']
}

/** Columns that are not shown until they are asked for. */
export const hiddenAtFirst: ReadonlySet<string> = new Set(['scenario', 'totalRps', 'inFlight', 'received'])

export function statisticsColumns(m: Messages, which: Which, chosen: readonly Percentile[], recent: ReadonlyMap<string, readonly number[]>): Column<SeriesDocument>[] {
  const t = m.table
  const timeColumn = (key: string, label: string, read: (times: TimesDocument) => number): Column<SeriesDocument> => {
    const value = (row: SeriesDocument) => {
      const times = timesOf(row, which)
      return times.count === 0 ? null : read(times)
    }
    return { key, label, unit: t.msUnit, value, cell: row => ms(value(row)), title: row => (value(row) === null ? undefined : `${exact(value(row))} ms`) }
  }
  return [
    { key: 'method', label: t.type, text: true, value: row => row.method, cell: row => <span className="method">{row.method}</span> },
    {
      key: 'name', label: t.name, text: true, className: 'name', value: row => row.name,
      cell: row => (row.method === '' ? t.aggregated : row.name), title: row => row.name,
    },
    { key: 'scenario', label: t.scenario, text: true, value: row => row.scenario, cell: row => row.scenario },
    { key: 'recent', label: t.recent, cell: row => <Sparkline values={recent.get(seriesKey(row)) ?? []} />, className: 'spark-cell' },
    { key: 'requests', label: t.requests, value: row => row.requests, cell: row => count(row.requests), title: row => (row.cancelled > 0 ? t.cancelled(count(row.cancelled)) : undefined) },
    { key: 'failures', label: t.failures, value: row => row.failures, cell: row => failed(row.failures, count(row.failures)), title: row => percent(row.failureRatio) },
    { key: 'failureRatio', label: t.failureRatio, value: row => row.failureRatio, cell: row => failed(row.failures, percent(row.failureRatio)), title: row => `${exact(row.failureRatio * 100)} %` },
    timeColumn('median', t.median, times => times.p50Ms),
    ...percentiles.filter(p => chosen.includes(p)).map(p => timeColumn(`p${p}`, t.percentile(p), times => percentileOf(times, p))),
    timeColumn('average', t.average, times => times.averageMs),
    timeColumn('min', t.min, times => times.minMs),
    timeColumn('max', t.max, times => times.maxMs),
    { key: 'size', label: t.size, unit: t.bytesUnit, value: row => row.averageContentLength, cell: row => (row.requests === 0 ? dash : count(row.averageContentLength)), title: row => exact(row.averageContentLength) },
    { key: 'received', label: m.charts.received, value: row => row.bytesReceived, cell: row => bytes(row.bytesReceived), title: row => exact(row.bytesReceived) },
    { key: 'rps', label: t.rps, value: row => row.currentRps, cell: row => rate(row.currentRps), title: row => exact(row.currentRps) },
    { key: 'totalRps', label: t.totalRps, value: row => row.totalRps, cell: row => rate(row.totalRps), title: row => exact(row.totalRps) },
    {
      key: 'failuresPerSecond', label: t.failuresPerSecond, value: row => row.currentFailuresPerSecond,
      cell: row => failed(row.currentFailuresPerSecond, rate(row.currentFailuresPerSecond)), title: row => exact(row.currentFailuresPerSecond),
    },
    { key: 'inFlight', label: t.inFlight, value: row => row.inFlight, cell: row => count(row.inFlight) },
  ]
}

/** Nothing is a quiet dash; a failure is red and has a mark. */
export function failed(number: number, text: string): ReactNode {
  return number === 0 ? <span className="quiet-dash">{dash}</span> : <span className="fail-figure"><Icon name="cross" size={10} />{text}</span>
}
