import { useMemo } from 'react'
import { axes, overlaysOf, responseTimes, throughput } from '../charts/runCharts'
import { TimeChart } from '../charts/TimeChart'
import type { Finding } from '../data/api'
import type { RunView } from '../data/model'
import { useMessages } from '../i18n'
import { writeUrl } from '../state/url'
import { setZoom } from '../state/zoom'
import { Empty } from '../ui/controls'
import { Icon } from '../ui/Icon'
import type { ViewProps } from './ViewProps'

const signs = { info: 'info', warning: 'warn', problem: 'cross' } as const
const ranks = { problem: 0, warning: 1, info: 2 } as const

function showOnCharts(finding: Finding): void {
  const from = finding.fromSeconds
  if (from !== null) {
    const to = finding.toSeconds ?? from + 30
    const room = Math.max(10, (to - from) * 0.25)
    setZoom({ from: Math.max(0, Math.floor(from - room)), to: Math.ceil(to + room) })
  }
  writeUrl({ tab: 'charts', endpoint: null }, true)
}

/** One finding in one line, for the overview. */
export function FindingLine({ finding }: { finding: Finding }) {
  const m = useMessages()
  return (
    <li className={`finding-line ${finding.severity}`}>
      <span className="finding-sign" title={m.findings.severity[finding.severity]}><Icon name={signs[finding.severity]} size={14} /><span className="visually-hidden">{m.findings.severity[finding.severity]}</span></span>
      <button type="button" className="finding-title" title={finding.text} onClick={() => writeUrl({ tab: 'findings' }, true)}>{finding.title}</button>
    </li>
  )
}

/** Cards by severity, each with its evidence and a way to the charts. */
export function Findings({ view, report = false }: ViewProps) {
  const m = useMessages()
  const sorted = useMemo(() => view.findings.toSorted((a, b) => ranks[a.severity] - ranks[b.severity]), [view.findings])
  if (sorted.length === 0) return <Empty title={m.findings.none}>{m.findings.noneText}</Empty>
  return <div className="findings">{sorted.map(finding => <Card key={finding.id} finding={finding} view={view} report={report} />)}</div>
}

/** A page on the web is a link; a page of the documentation beside the program is named, since nobody serves it here. */
function Help({ link }: { link: string }) {
  return /^https?:\/\//.test(link) ? <a href={link} target="_blank" rel="noreferrer">{link}</a> : <code>{link}</code>
}

function Card({ finding, view, report }: { finding: Finding; view: RunView; report: boolean }) {
  const m = useMessages()
  return (
    <article className={`panel finding ${finding.severity}`}>
      <div className="finding-text">
        <p className="finding-severity"><Icon name={signs[finding.severity]} size={14} /> {m.findings.severity[finding.severity]}</p>
        <h3>{finding.title}</h3>
        <p>{finding.text}</p>
        {finding.evidence.length > 0 && (
          <dl className="evidence" aria-label={m.findings.evidence}>
            {finding.evidence.map(e => <div key={e.label}><dt>{e.label}</dt><dd>{e.value}</dd></div>)}
          </dl>
        )}
        {!report && finding.fromSeconds !== null && (
          <p className="finding-actions no-print"><button type="button" className="button small" onClick={() => showOnCharts(finding)}>{m.findings.show}</button></p>
        )}
        {finding.link && <p className="finding-help">{m.findings.read}: <Help link={finding.link} /></p>}
      </div>
      {finding.fromSeconds !== null && <Around finding={finding} view={view} />}
    </article>
  )
}

/** The stretch of the run the finding speaks of, with some time before and after it. */
function Around({ finding, view }: { finding: Finding; view: RunView }) {
  const m = useMessages()
  const from = finding.fromSeconds ?? 0
  const to = finding.toSeconds ?? from + 30
  const room = Math.max(15, (to - from) * 0.4)
  const range = useMemo<[number, number]>(() => [Math.max(0, from - room), to + room], [from, to, room])
  const overlays = useMemo(() => ({ ...overlaysOf(view), marks: [] }), [view.version])
  const rates = useMemo(() => throughput(view.seconds, m), [view.version, m])
  const times = useMemo(() => responseTimes(view.seconds, m), [view.version, m])
  return (
    <div className="finding-charts">
      <TimeChart title={m.charts.throughput} {...rates} overlays={overlays} range={range} height={96} axis={axes.rate} bare />
      <TimeChart title={m.charts.times} {...times} overlays={overlays} range={range} height={118} axis={axes.time} log />
    </div>
  )
}
