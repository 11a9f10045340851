import type { ReactNode } from 'react'
import type { Session } from '../data/api'
import { hasRun, type RunView } from '../data/model'
import { count, dash, exact, percent, rate, three, thin, time } from '../format/numbers'
import { clock } from '../format/time'
import { useMessages } from '../i18n'
import { Mark } from '../ui/Icon'
import { figuresOf, isActive, progressOf, type Stage, stageAt } from './figures'
import { Preferences } from './Preferences'

/** Always there: what runs against what, how it stands, five figures, and what can be done. */
export function Bar({ session, view, stage, actions }: { session: Session | null; view: RunView | null; stage: Stage; actions: ReactNode }) {
  const name = session?.loadTest.name ?? view?.run.about.loadTest ?? ''
  const host = view?.plan.host ?? view?.run.about.host ?? session?.form.host ?? ''
  return (
    <header className="bar">
      <div className="bar-row">
        <a className="brand" href="?" onClick={event => event.preventDefault()} aria-label="Onrush" tabIndex={-1}>
          <Mark />
          <span className="brand-name">Onrush</span>
        </a>
        <div className="what">
          <span className="what-host" title={host}>{host || name}</span>
          {host && <span className="what-name" title={session?.loadTest.file}>{name}</span>}
        </div>
        <StatePill stage={stage} view={view} />
        <FigureRow view={view} live={isActive(stage)} />
        <div className="bar-actions no-print">{actions}<Preferences /></div>
      </div>
      <Progress view={view} stage={stage} />
    </header>
  )
}

const shapes: Record<Stage, string> = { ready: '○', spawning: '◐', running: '●', stopping: '◑', stopped: '■', failed: '✕' }

function StatePill({ stage, view }: { stage: Stage; view: RunView | null }) {
  const m = useMessages()
  let more = ''
  let until = ''
  const stageNow = stage === 'running' && hasRun(view) ? stageAt(view) : null
  if (hasRun(view) && stage !== 'ready') {
    const at = clock(view.run.runTimeMs / 1000)
    if (stage === 'running' && view.plan.runTimeSeconds) until = ` / ${clock(view.plan.runTimeSeconds)}`
    more = stage === 'spawning' ? `${count(view.run.users)}/${count(view.run.targetUsers)}` : at
  }
  return (
    <div className={`pill ${stage}`} role="status" aria-live="polite" title={view?.run.stopReason ?? undefined}>
      <span aria-hidden="true" className="pill-shape">{shapes[stage]}</span>
      <span>{m.state[stage]}</span>
      {more && <span className="pill-more" aria-live="off">{more}<span className="pill-until">{until}</span></span>}
      {stageNow && <span className="pill-more pill-stage" aria-live="off">{m.stage(`${stageNow.now}/${stageNow.all}`)}</span>}
    </div>
  )
}

export function FigureRow({ view, live }: { view: RunView | null; live: boolean }) {
  const m = useMessages()
  const f = figuresOf(view, live)
  const hints = m.figures
  return (
    <dl className="figures">
      <Figure label={m.figures.users} value={f ? count(f.users) : dash} title={f ? hints.usersHint(exact(f.users), exact(f.targetUsers)) : ''} chars={5} />
      <Figure label={m.figures.rps} value={f ? rate(f.rps) : dash} title={f ? (live ? hints.rpsHint : hints.rpsWholeHint)(exact(f.rps)) : ''} chars={6} />
      <Figure label={m.figures.failures} value={f ? (f.failures === 0 ? `0${thin}%` : percent(f.failureRatio)) : dash} bad={(f?.failures ?? 0) > 0}
        title={f ? hints.failuresHint(exact(f.failures), exact(f.requests)) : ''} chars={6} />
      <Figure label={m.figures.p95} value={f ? time(f.p95Ms) : dash} title={f?.p95Ms != null ? (live ? hints.p95Hint : hints.p95WholeHint)(three(f.p95Ms)) : ''} chars={7} />
      <Figure label={m.figures.inFlight} value={f ? count(f.inFlight) : dash} title={f ? hints.inFlightHint(time(f.oldestMs)) : ''} chars={4} />
    </dl>
  )
}

function Figure({ label, value, title, chars, bad = false }: { label: string; value: string; title: string; chars: number; bad?: boolean }) {
  return (
    <div className="figure" title={title} style={{ minWidth: `${chars + 0.5}ch` }}>
      <dt>{label}</dt>
      <dd className={bad ? 'bad' : ''}>{bad && <span aria-hidden="true" className="bad-mark">▲</span>}{value}</dd>
    </div>
  )
}

/** Two pixels: how much of the run time or of the stages is over. */
function Progress({ view, stage }: { view: RunView | null; stage: Stage }) {
  const m = useMessages()
  const share = isActive(stage) ? progressOf(view) : null
  const seconds = view?.plan.runTimeSeconds
  const stages = view?.plan.stages ?? []
  return (
    <div className="progress" role="progressbar" aria-valuemin={0} aria-valuemax={100} aria-valuenow={share === null ? undefined : Math.round(share * 100)}
      aria-label={share !== null && seconds ? m.progress(clock(share * seconds), clock(seconds)) : m.state[stage]}>
      <div className="progress-done" style={{ transform: `scaleX(${share ?? 0})` }} />
      {seconds && stages.map(s => (
        <span key={s.name} className="progress-stage" style={{ left: `${Math.min(100, (s.fromSeconds / seconds) * 100)}%` }} title={m.stage(s.name)} />
      ))}
    </div>
  )
}
