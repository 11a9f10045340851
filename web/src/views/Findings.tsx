import { useMemo } from 'react'
import { arrivals, axes, generator, inFlight, overlaysOf, responseTimes, throughput, users, type Chart } from '../charts/runCharts'
import { TimeChart } from '../charts/TimeChart'
import type { Finding, FindingChart } from '../data/api'
import type { RunView } from '../data/model'
import { useMessages, useSpeech } from '../i18n'
import type { Messages } from '../i18n/en'
import { evidenceLabel, findingText, findingTitle } from '../i18n/names'
import { writeUrl } from '../state/url'
import { setZoom } from '../state/zoom'
import { Empty } from '../ui/controls'
import { Icon } from '../ui/Icon'
import type { ViewProps } from './ViewProps'

const signs = { info: 'info', warning: 'warn', problem: 'cross' } as const

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
  const { messages: m, language } = useSpeech()
  return (
    <li className={`finding-line ${finding.severity}`}>
      <span className="finding-sign" title={m.findings.severity[finding.severity]}><Icon name={signs[finding.severity]} size={14} /><span className="visually-hidden">{m.findings.severity[finding.severity]}</span></span>
      <button type="button" className="finding-title" title={`${finding.title}: ${finding.text}`} onClick={() => writeUrl({ tab: 'findings' }, true)}>{findingTitle(finding, language)}</button>
    </li>
  )
}

/** Cards in the order the server gives, which is that of cause and effect; each with its evidence and a way to the charts. */
export function Findings({ view, report = false }: ViewProps) {
  const m = useMessages()
  if (view.findings.length === 0) return <Empty title={m.findings.none}>{m.findings.noneText}</Empty>
  return <div className="findings">{view.findings.map(finding => <Card key={finding.id} finding={finding} view={view} report={report} />)}</div>
}

/** A page on the web is a link; a page of the documentation beside the program is named, since nobody serves it here. */
function Help({ link }: { link: string }) {
  return /^https?:\/\//.test(link) ? <a href={link} target="_blank" rel="noreferrer">{link}</a> : <code>{link}</code>
}

function Card({ finding, view, report }: { finding: Finding; view: RunView; report: boolean }) {
  const { messages: m, language } = useSpeech()
  const own = findingText(finding, language)
  return (
    <article className={`panel finding ${finding.severity}`}>
      <div className="finding-text">
        <p className="finding-severity"><Icon name={signs[finding.severity]} size={14} /> {m.findings.severity[finding.severity]}</p>
        <h3>{findingTitle(finding, language)}</h3>
        {own && <p>{own}</p>}
        <p className={own ? 'finding-original' : undefined} lang={own ? 'en' : undefined}>{finding.text}</p>
        {finding.evidence.length > 0 && (
          <dl className="evidence" aria-label={m.findings.evidence}>
            {finding.evidence.map(e => <div key={e.label}><dt>{evidenceLabel(e.label, language)}</dt><dd>{e.value}</dd></div>)}
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
  const charts = useMemo(() => finding.charts.slice(0, 3).map(name => ({ name, chart: chartOf(name, view, m) })), [finding.charts.join(), view.version, m])
  return (
    <div className="finding-charts">
      {charts.map(({ name, chart }) => chart && (
        <TimeChart
          key={name} title={titleOf(name, m)} {...chart} overlays={overlays} range={range} height={name === 'times' ? 118 : 96}
          axis={axisOf[name]} log={name === 'times'} bare
          {...(name === 'generator' ? { top: 100 } : {})}
          {...(name === 'inFlight' || name === 'generator' ? { rightAxis: axes.time } : {})}
        />
      ))}
    </div>
  )
}

const axisOf = { throughput: axes.rate, times: axes.time, users: axes.count, inFlight: axes.count, arrivals: axes.rate, generator: axes.percent } as const

function titleOf(name: FindingChart, m: Messages): string {
  return m.charts[name]
}

function chartOf(name: FindingChart, view: RunView, m: Messages): Chart | null {
  switch (name) {
    case 'throughput': return throughput(view.seconds, m)
    case 'times': return responseTimes(view.seconds, m)
    case 'users': return users(view.seconds, m)
    case 'inFlight': return inFlight(view.seconds, m)
    case 'arrivals': return arrivals(view.seconds, m)
    case 'generator': return generator(view.seconds, m)
    default: return null
  }
}
