import { useEffect, useMemo, useState } from 'react'
import { arrivals, axes, generator, inFlight, responseTimes, target, throughput, type TimeLine, timeLineLabel, timeLines, traffic, users, usualTimeLines } from '../charts/runCharts'
import { LoadChart } from '../charts/LoadChart'
import { TimeChart } from '../charts/TimeChart'
import type { SeriesColumns } from '../data/api'
import { client } from '../data/client'
import { noSeries } from '../data/course'
import { type RunView, seriesKey } from '../data/model'
import { targetGroups } from '../data/targets'
import { clock } from '../format/time'
import type { Overlays } from '../charts/types'
import { useMessages } from '../i18n'
import { useUrl } from '../state/url'
import { setZoom, useZoom } from '../state/zoom'
import { Menu, Segments } from '../ui/controls'
import { useRunCharts } from './useCharts'
import type { ViewProps } from './ViewProps'

/** All charts over one time axis with one cursor; of everything, or of one endpoint. */
export function Charts({ view, report = false }: ViewProps) {
  const m = useMessages()
  const [endpoint, setEndpoint] = useUrl('endpoint')
  const [scale, setScale] = useUrl('scale')
  const chosen = report ? '' : view.run.series.some(row => seriesKey(row) === endpoint) ? endpoint : ''
  return (
    <div className="charts">
      {!report && (
        <div className="toolbar no-print">
          <label className="tool">
            <span className="visually-hidden">{m.charts.endpoint}</span>
            <select value={chosen} onChange={event => setEndpoint(event.target.value || null)} aria-label={m.charts.endpoint}>
              <option value="">{m.charts.allEndpoints}</option>
              {view.run.series.map(row => <option key={seriesKey(row)} value={seriesKey(row)}>{`${row.method} ${row.name}`}</option>)}
            </select>
          </label>
          <TimeWindow />
          <TimeLines />
          <label className="check"><input type="checkbox" checked={scale === 'log'} onChange={event => setScale(event.target.checked ? 'log' : null)} /> {m.charts.logScale}</label>
          <span className="hint toolbar-hint">{m.charts.hint}</span>
        </div>
      )}
      {chosen ? <EndpointCharts view={view} endpoint={chosen} height={260} /> : <AllCharts view={view} />}
    </div>
  )
}

export function TimeWindow() {
  const m = useMessages()
  const [window, setWindow] = useUrl('window', 'all')
  const zoom = useZoom()
  return (
    <>
      <Segments label={m.charts.window} value={zoom ? '' : window} onChoose={value => { setZoom(null); setWindow(value) }}
        options={[{ value: 'all', label: m.charts.windowAll }, { value: '5m', label: m.charts.window5 }, { value: '1m', label: m.charts.window1 }]} />
      {zoom && (
        <button type="button" className="button small" onClick={() => setZoom(null)}>
          {m.charts.zoomed} {clock(zoom.from)} – {clock(zoom.to)} · {m.charts.resetZoom}
        </button>
      )}
    </>
  )
}

/** Which lines the charts of response times have. */
function TimeLines() {
  const m = useMessages()
  const [chosen, choose] = useTimeLines()
  return (
    <Menu label={m.charts.lines} text={m.charts.lines}>
      {timeLines.map(line => (
        <label key={line} className="check menu-item">
          <input type="checkbox" checked={chosen.includes(line)} disabled={chosen.length === 1 && chosen.includes(line)}
            onChange={() => choose(timeLines.filter(other => (other === line ? !chosen.includes(line) : chosen.includes(other))))} /> {timeLineLabel(line, m)}
        </label>
      ))}
    </Menu>
  )
}

function useTimeLines(): [readonly TimeLine[], (lines: readonly TimeLine[]) => void] {
  const [text, setText] = useUrl('lines', usualTimeLines.join(','))
  const chosen = useMemo(() => {
    const named = text.split(',')
    const found = timeLines.filter(line => named.includes(line))
    return found.length > 0 ? found : usualTimeLines
  }, [text])
  return [chosen, lines => setText(lines.join(','))]
}

function AllCharts({ view }: { view: RunView }) {
  const m = useMessages()
  const { overlays, heat, range, key } = useRunCharts(view)
  const [lines] = useTimeLines()
  const c = useMemo(() => ({
    rates: throughput(view.seconds, m), times: responseTimes(view.seconds, m, false, lines), map: responseTimes(view.seconds, m, true), people: users(view.seconds, m),
    arrivals: arrivals(view.seconds, m), flight: inFlight(view.seconds, m), generator: generator(view.seconds, m), traffic: traffic(view.seconds, m),
  }), [key, view.seconds, m, lines])
  const [scale] = useUrl('scale')
  const log = scale === 'log'
  const shared = { overlays, range, height: 208, rightRoom: true }
  return (
    <div className="chart-grid">
      <TimeChart title={m.charts.throughput} {...c.rates} {...shared} axis={axes.rate} />
      <TimeChart title={m.charts.times} {...c.times} {...shared} axis={axes.time} log={log} />
      <TimeChart title={m.charts.users} {...c.people} {...shared} axis={axes.count} />
      <TimeChart title={m.charts.heat} {...c.map} {...shared} axis={axes.time} log heat={heat} />
      {c.arrivals && <TimeChart title={m.charts.arrivals} {...c.arrivals} {...shared} axis={axes.rate} />}
      <TimeChart title={m.charts.inFlight} {...c.flight} {...shared} axis={axes.count} rightAxis={axes.time} />
      <TimeChart title={m.charts.generator} {...c.generator} {...shared} axis={axes.percent} rightAxis={axes.time} top={100} />
      <TimeChart title={m.charts.traffic} {...c.traffic} {...shared} axis={axes.bytes} least={1000} />
      <TargetCharts view={view} shared={shared} />
      <LoadChart columns={view.seconds} version={key} />
    </div>
  )
}

/** What was measured on the target itself, under the same time axis. */
function TargetCharts({ view, shared }: { view: RunView; shared: { overlays: Overlays; range: readonly [number, number] | null; height: number; rightRoom: boolean } }) {
  const m = useMessages()
  const charts = useMemo(() => targetGroups(view.targets).map(group => ({ key: `${group[0]!.source} ${group[0]!.unit}`, chart: target(group) })), [view.targets])
  // Readings are seconds or minutes behind the run: without its course their axis would end earlier than the others.
  return (
    <>
      {charts.map(({ key, chart: { title, axis, columns, lines } }) => (
        <TimeChart key={key} title={`${m.charts.target}: ${title}`} columns={columns} lines={lines} {...shared} course={view.seconds} axis={axis} />
      ))}
    </>
  )
}

/** The course of one endpoint, asked for once and then kept up by the stream. */
export function useSeries(view: RunView, endpoint: string): SeriesColumns {
  const [loaded, setLoaded] = useState<{ key: string; columns: SeriesColumns } | null>(null)
  const known = view.series[endpoint]
  const start = view.run.startTime
  useEffect(() => {
    if (known || endpoint === '') return
    let gone = false
    const [scenario, method, name] = JSON.parse(endpoint) as [string, string, string]
    client.series(view.id, scenario, method, name).then(columns => {
      if (gone) return
      // Held in the run so that the stream's new seconds go on from it.
      ;(view.series as Record<string, SeriesColumns>)[endpoint] = columns
      setLoaded({ key: endpoint, columns })
    }).catch(() => undefined)
    return () => { gone = true }
    // Asked again for another endpoint or another run, not each second.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [endpoint, view.id, start, known === undefined])
  return known ?? (loaded?.key === endpoint ? loaded.columns : noSeries())
}

export function EndpointCharts({ view, endpoint, height }: { view: RunView; endpoint: string; height: number }) {
  const m = useMessages()
  const columns = useSeries(view, endpoint)
  const { overlays, range, key } = useRunCharts(view)
  const length = columns.startSecond.length
  const rates = useMemo(() => throughput(columns, m), [key, columns, length, m])
  const [lines] = useTimeLines()
  const times = useMemo(() => responseTimes(columns, m, false, lines), [key, columns, length, m, lines])
  const [scale] = useUrl('scale')
  const log = scale === 'log'
  const shared = { overlays, range, height }
  return (
    <div className="chart-grid">
      <TimeChart title={m.charts.throughput} {...rates} {...shared} axis={axes.rate} />
      <TimeChart title={m.charts.times} {...times} {...shared} axis={axes.time} log={log} />
    </div>
  )
}
