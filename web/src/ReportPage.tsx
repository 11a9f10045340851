import { type ReactNode, useEffect } from 'react'
import { hasRun, outputsOf, type RunView } from './data/model'
import { count } from './format/numbers'
import { clock, dateTime } from './format/time'
import { useSpeech } from './i18n'
import { mostUsers } from './shell/figures'
import { FigureRow } from './shell/Bar'
import { HonestyStrip } from './shell/HonestyStrip'
import { Preferences } from './shell/Preferences'
import { Boundary } from './ui/Boundary'
import { Empty } from './ui/controls'
import { Icon, Mark } from './ui/Icon'
import { Charts } from './views/Charts'
import { Exceptions } from './views/Exceptions'
import { Failures } from './views/Failures'
import { Findings } from './views/Findings'
import { Outputs } from './views/Outputs'
import { Overview } from './views/Overview'
import { Ratio } from './views/Ratio'
import { Statistics } from './views/Statistics'
import { verdictOf } from './views/Thresholds'

/** One scrolling page for a reader who was not there: the verdict first, then what, when, where, and the same views as the page. */
export function Report({ view }: { view: RunView | null }) {
  const { messages: m, language } = useSpeech()
  const host = view?.plan.host ?? view?.run.about.host ?? ''
  useEffect(() => { document.title = view ? `${view.run.about.loadTest} · ${host} · Onrush` : 'Onrush' }, [view, host])
  if (!hasRun(view)) return <div className="report"><Empty title={m.report.empty} /></div>
  const { run, plan } = view
  const judged = run.verdict
  const verdict = judged ? (judged.passed ? 'passed' : 'failed') : verdictOf(view.thresholds)
  const bad = view.thresholds.filter(t => t.passed === false).length
  const props = { view, live: false, report: true } as const
  return (
    <div className="report">
      <header className="report-head">
        <div className="report-brand"><Mark /> <span className="brand-name">Onrush</span> <span className="muted">{m.report.title}</span><span className="toolbar-space" /><Preferences /></div>
        <h1>{run.about.loadTest}{host && <span className="report-host"> → {host}</span>}</h1>
        <p className={`report-verdict ${verdict}`}>
          <Icon name={verdict === 'passed' ? 'check' : verdict === 'failed' ? 'cross' : 'info'} size={18} />
          <strong>{verdict === 'passed' ? m.thresholds.verdictPassed : verdict === 'failed' ? m.thresholds.verdictFailed : m.thresholds.verdictNone}</strong>
          <span>{judged?.text ? judged.text : verdict === 'none' ? m.report.totals(count(run.aggregated.requests), count(mostUsers(view)), clock(run.runTimeMs / 1000)) : bad > 0 ? m.thresholds.someFailed(bad, view.thresholds.length) : m.thresholds.allPassed(view.thresholds.length)}</span>
        </p>
        <dl className="facts">
          <Fact name={m.report.during}>{run.startTime && `${dateTime(run.startTime, language)}, ${clock(run.runTimeMs / 1000)}`}</Fact>
          <Fact name={m.report.target}>{host || '–'}</Fact>
          <Fact name={m.report.plan}>
            {plan.users !== null && plan.spawnRate !== null ? `${m.report.planUsers(count(plan.users), String(plan.spawnRate))}, ` : ''}
            {plan.runTimeSeconds ? m.report.runTime(clock(plan.runTimeSeconds)) : m.report.untilStopped}
          </Fact>
          {run.stopReason && <Fact name={m.report.ended}>{run.stopReason}</Fact>}
          <Fact name={m.report.version}>{run.about.producer}</Fact>
        </dl>
        <FigureRow view={view} live={false} />
        <HonestyStrip view={view} stage="stopped" />
      </header>
      <Part title={m.tabs.overview}><Overview {...props} /></Part>
      <Part title={m.tabs.statistics}><Statistics {...props} /></Part>
      <Part title={m.tabs.charts}><Charts {...props} /></Part>
      <Part title={m.tabs.failures}><Failures {...props} /></Part>
      {run.exceptions.length > 0 && <Part title={m.tabs.exceptions}><Exceptions {...props} /></Part>}
      <Part title={m.tabs.findings}><Findings {...props} /></Part>
      {outputsOf(run).length > 0 && <Part title={m.tabs.outputs}><Outputs {...props} /></Part>}
      <Part title={m.tabs.ratio}><Ratio {...props} /></Part>
    </div>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return <section className="report-part" aria-label={title}><h2>{title}</h2><Boundary>{children}</Boundary></section>
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return <div><dt>{name}</dt><dd>{children}</dd></div>
}
