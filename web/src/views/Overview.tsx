import { useMemo } from 'react'
import { axes, responseTimes, throughput, users } from '../charts/runCharts'
import { TimeChart } from '../charts/TimeChart'
import { seriesKey } from '../data/model'
import type { SeriesDocument } from '../data/run'
import { percent, time } from '../format/numbers'
import { useMessages } from '../i18n'
import { writeUrl } from '../state/url'
import { setZoom } from '../state/zoom'
import { Icon } from '../ui/Icon'
import { HeatKey } from './HeatKey'
import { FindingLine } from './Findings'
import { Scenarios } from './Scenarios'
import { Thresholds } from './Thresholds'
import { Traces } from './Traces'
import { useRunCharts } from './useCharts'
import type { ViewProps } from './ViewProps'

/** The answer at a glance: three charts over one time axis, and beside them the words. */
export function Overview({ view, report = false }: ViewProps) {
  const m = useMessages()
  const { overlays, heat, range, key } = useRunCharts(view)
  const rates = useMemo(() => throughput(view.seconds, m), [key, view.seconds, m])
  const times = useMemo(() => responseTimes(view.seconds, m, true), [key, view.seconds, m])
  const people = useMemo(() => users(view.seconds, m), [key, view.seconds, m])
  const shared = { overlays, range }
  return (
    <div className="overview">
      <div className="overview-charts">
        <TimeChart title={m.charts.throughput} {...rates} {...shared} height={report ? 190 : 196} axis={axes.rate} bare />
        <TimeChart title={m.charts.times} {...times} {...shared} height={report ? 240 : 246} axis={axes.time} log heat={heat} bare note={<HeatKey />} />
        <TimeChart title={m.charts.users} {...people} {...shared} height={132} axis={axes.count} />
      </div>
      <div className="overview-words">
        <Scenarios view={view} />
        <Thresholds view={view} />
        <section className="panel" aria-label={m.overview.findings}>
          <header className="panel-head"><h3>{m.overview.findings}</h3></header>
          {view.findings.length === 0
            ? <p className="panel-empty">{m.findings.none}</p>
            : <ul className="finding-lines">{view.findings.slice(0, 3).map(finding => <FindingLine key={finding.id} finding={finding} />)}</ul>}
        </section>
        <EndpointList title={m.overview.slowest} note={m.overview.slowestNote} rows={slowest(view.run.series)} value={row => time(row.all.p95Ms)} share={(row, first) => row.all.p95Ms / (first.all.p95Ms || 1)} kind="time" />
        <EndpointList title={m.overview.failing} note="" rows={failing(view.run.series)} value={row => percent(row.failureRatio)} share={row => row.failureRatio} kind="fail" empty={m.overview.failingNone} />
        <Traces view={view} />
      </div>
    </div>
  )
}

export function slowest(series: readonly SeriesDocument[]): SeriesDocument[] {
  return series.filter(row => row.all.count > 0).toSorted((a, b) => b.all.p95Ms - a.all.p95Ms).slice(0, 5)
}

export function failing(series: readonly SeriesDocument[]): SeriesDocument[] {
  return series.filter(row => row.failures > 0).toSorted((a, b) => b.failureRatio - a.failureRatio || b.failures - a.failures).slice(0, 5)
}

function EndpointList({ title, note, rows, value, share, kind, empty }: {
  title: string
  note: string
  rows: readonly SeriesDocument[]
  value: (row: SeriesDocument) => string
  share: (row: SeriesDocument, first: SeriesDocument) => number
  kind: 'time' | 'fail'
  empty?: string
}) {
  const m = useMessages()
  const show = (row: SeriesDocument) => {
    setZoom(null)
    writeUrl({ tab: 'statistics', endpoint: seriesKey(row) }, true)
  }
  return (
    <section className="panel" aria-label={title}>
      <header className="panel-head"><h3>{title}</h3>{note && <span className="panel-note">{note}</span>}</header>
      {rows.length === 0 ? (
        <p className="panel-empty">{empty ? <><span className="good-mark"><Icon name="check" size={14} /></span> {empty}</> : m.table.none}</p>
      ) : (
        <ol className="endpoint-list">
          {rows.map(row => (
            <li key={seriesKey(row)}>
              <button type="button" className="endpoint" onClick={() => show(row)} title={row.name}>
                <span className="method">{row.method}</span>
                <span className="endpoint-name">{row.name}</span>
                <span className={`endpoint-value ${kind === 'fail' ? 'bad' : ''}`}>{value(row)}</span>
                <span className={`endpoint-bar ${kind}`} style={{ transform: `scaleX(${Math.max(0.004, Math.min(1, share(row, rows[0]!)))})` }} />
              </button>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}
