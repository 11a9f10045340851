import { useEffect, useMemo, useState } from 'react'
import { axes } from '../charts/runCharts'
import { TimeChart } from '../charts/TimeChart'
import type { Line } from '../charts/types'
import type { Comparison, RunEntry, SecondColumns } from '../data/api'
import { client } from '../data/client'
import { perSecond } from '../data/course'
import { type RunView, viewOf } from '../data/model'
import { change, count, percent, rate, signed, thin, three, time } from '../format/numbers'
import { clock, dateTime } from '../format/time'
import { useSpeech } from '../i18n'
import type { Messages } from '../i18n/en'
import { writeUrl } from '../state/url'
import { Empty } from '../ui/controls'
import { Icon } from '../ui/Icon'
import { type CompareRow, compareRows, judgementOf, type Metric, metricOf, metrics } from './compareRows'

interface Both { base: RunView; now: RunView; comparison: Comparison | null }

/** Two runs: charts over each other, and the same table with the changes. */
export function Compare({ base, now, entries }: { base: string; now: string; entries: readonly RunEntry[] }) {
  const { messages: m, language } = useSpeech()
  const [both, setBoth] = useState<Both | null>(null)
  const [error, setError] = useState('')
  useEffect(() => {
    let gone = false
    Promise.all([client.pastRun(base), client.pastRun(now), client.compare(base, now).catch(() => null)])
      .then(([a, b, comparison]) => { if (!gone) setBoth({ base: viewOf(a, base), now: viewOf(b, now), comparison }) })
      .catch((reason: Error) => { if (!gone) setError(reason.message || m.errors.unreachable) })
    return () => { gone = true }
  }, [base, now, m])
  const nameOf = (id: string, view: RunView | undefined) => {
    const start = entries.find(e => e.id === id)?.startTime ?? view?.run.startTime
    return start ? dateTime(start, language) : id
  }
  const judged = both?.comparison != null
  return (
    <div className="compare">
      <div className="toolbar">
        <button type="button" className="button small" onClick={() => writeUrl({ compare: null }, true)}><Icon name="back" /> {m.tabs.history}</button>
        <span className="compare-name"><span className="swatch dashed" style={{ color: 'var(--s-in-flight)' }} /> {m.history.base}: {nameOf(base, both?.base)}</span>
        <span className="compare-name"><span className="swatch" style={{ color: 'var(--s-throughput)' }} /> {m.history.now}: {nameOf(now, both?.now)}</span>
      </div>
      {error && <Empty title={error} />}
      {both && (
        <>
          {both.comparison && !both.comparison.comparable && <p className="note doubt"><Icon name="warn" size={14} /> {m.history.notComparable} {both.comparison.reasons.join(' ')}</p>}
          <Overlaid both={both} m={m} />
          <CompareTable both={both} m={m} />
          <p className="hint">{judged ? m.history.significance : m.history.noSignificance}</p>
        </>
      )}
    </div>
  )
}

/** Both courses over the seconds since their own start. */
function Overlaid({ both, m }: { both: Both; m: Messages }) {
  const charts = useMemo(() => {
    const a = both.base.seconds
    const b = both.now.seconds
    const lengths = new Map([a, b].flatMap(columns => columns.startSecond.map((start, i) => [start, columns.lengthSeconds[i]!] as const)))
    const startSecond = [...lengths.keys()].sort((p, q) => p - q)
    const columns = { startSecond, lengthSeconds: startSecond.map(start => lengths.get(start)!) }
    const pointsOf = (own: SecondColumns) => {
      const at = new Map(own.startSecond.map((start, i) => [start, i]))
      return startSecond.map(start => at.get(start) ?? -1)
    }
    const ofA = pointsOf(a)
    const ofB = pointsOf(b)
    const lines = (key: string, format: (v: number) => string, of: (own: SecondColumns) => (point: number) => number | null): Line[] => {
      const [before, after] = [of(a), of(b)]
      return [
        { key: `base ${key}`, label: m.history.base, colour: 'inFlight', value: i => before(ofA[i]!), format, dash: [5, 3], width: 1.4 },
        { key: `now ${key}`, label: m.history.now, colour: 'throughput', value: i => after(ofB[i]!), format, width: 1.8 },
      ]
    }
    return {
      columns,
      rates: lines('rates', v => `${rate(v)}${thin}/s`, own => perSecond(own, () => own.requests)),
      p95: lines('p95', time, own => i => own.p95Ms[i] ?? null),
      users: lines('users', count, own => i => own.users[i] ?? null),
      failures: lines('failures', v => `${rate(v)}${thin}/s`, own => perSecond(own, () => own.failures)),
    }
  }, [both, m])
  return (
    <div className="chart-grid">
      <TimeChart title={m.charts.throughput} columns={charts.columns} lines={charts.rates} height={170} axis={axes.rate} />
      <TimeChart title={`${m.charts.times} p95`} columns={charts.columns} lines={charts.p95} height={170} axis={axes.time} />
      <TimeChart title={m.charts.users} columns={charts.columns} lines={charts.users} height={120} axis={axes.count} />
      <TimeChart title={m.charts.failed} columns={charts.columns} lines={charts.failures} height={120} axis={axes.rate} />
    </div>
  )
}

const shown = metrics.filter(metric => metric !== 'requests')

function CompareTable({ both, m }: { both: Both; m: Messages }) {
  const rows = useMemo(() => compareRows(both.base.run, both.now.run, both.comparison), [both])
  const t = m.table
  const labels: Record<Metric, string> = { requests: t.requests, rps: t.totalRps, failureRatio: t.failureRatio, medianMs: t.median, p95Ms: t.percentile('95'), p99Ms: t.percentile('99'), averageMs: t.average }
  const write = (metric: Metric, value: number | null) => (value === null ? '–' : metric === 'failureRatio' ? percent(value) : metric === 'rps' ? rate(value) : three(value))
  return (
    <div className="table-box">
      <table className="data compare-table">
        <thead>
          <tr>
            <th scope="col" className="text" rowSpan={2}>{t.type}</th>
            <th scope="col" className="text" rowSpan={2}>{t.name}</th>
            {shown.map(metric => <th key={metric} scope="colgroup" colSpan={3} className="group">{labels[metric]}{metric.endsWith('Ms') && <span className="unit"> {t.msUnit}</span>}</th>)}
          </tr>
          <tr>{shown.flatMap(metric => [<th key={`${metric}b`} scope="col" className="number group">{m.history.base}</th>, <th key={`${metric}n`} scope="col" className="number">{m.history.now}</th>, <th key={`${metric}c`} scope="col" className="number">{m.history.change}</th>])}</tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={row.key} className={i === rows.length - 1 ? 'total' : ''}>
              <td className="text"><span className="method">{row.method}</span></td>
              <td className="text name" title={row.name}>
                {row.method === '' ? t.aggregated : row.name}
                {row.base === null && <span className="tag">{m.history.onlyNew}</span>}
                {row.now === null && <span className="tag">{m.history.onlyBase}</span>}
              </td>
              {shown.map(metric => <Cells key={metric} row={row} metric={metric} write={write} m={m} />)}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="visually-hidden">{clock(both.base.run.runTimeMs / 1000)} {clock(both.now.run.runTimeMs / 1000)}</p>
    </div>
  )
}

function Cells({ row, metric, write, m }: { row: CompareRow; metric: Metric; write: (metric: Metric, value: number | null) => string; m: Messages }) {
  const base = metricOf(row.base, metric)
  const now = metricOf(row.now, metric)
  const judged = judgementOf(row, metric)
  const worse = judged?.verdict === 'worse'
  const real = worse || judged?.verdict === 'better'
  const state = real ? (worse ? 'worse' : 'better') : 'same'
  const unit = metric === 'failureRatio' ? m.history.points : '%'
  const hint = judged ? `${real ? m.history.significant : m.history.noise}: ${m.history.interval(signed(judged.lowPercent ?? 0, ''), signed(judged.highPercent ?? 0, unit))}` : m.history.unknown
  return (
    <>
      <td className="number group">{write(metric, base)}</td>
      <td className="number">{write(metric, now)}</td>
      <td className={`number change ${state}`} title={hint}>
        {judged?.changePercent != null ? signed(judged.changePercent, unit) : base === null || now === null ? '–' : change(base, now)}
        {real && <span className="change-mark"><Icon name={worse ? 'warn' : 'check'} size={11} /><span className="visually-hidden">{m.history.significant}</span></span>}
      </td>
    </>
  )
}
