import { useEffect, useState } from 'react'
import { client } from '../data/client'
import { type RunView, seriesKey } from '../data/model'
import type { PhasesDocument, SeriesDocument, TimesDocument } from '../data/run'
import { count, percent, time } from '../format/numbers'
import { useMessages } from '../i18n'
import { percentileOf, percentiles } from '../tables/statisticsColumns'
import { EndpointCharts } from './Charts'

const order = ['blocked', 'dns', 'connect', 'tls', 'send', 'wait', 'receive'] as const

/** An opened row: its charts, where its time went, its answers and its distribution. */
export function EndpointDetail({ view, row }: { view: RunView; row: SeriesDocument }) {
  const m = useMessages()
  return (
    <div className="endpoint-detail">
      <EndpointCharts view={view} endpoint={seriesKey(row)} height={150} />
      <div className="detail-words">
        <Phases view={view} row={row} />
        <Distribution title={m.table.distribution} times={row.all} />
        {row.fromDue && row.fromDue.count > 0 && <Distribution title={m.table.fromDue} note={m.table.fromDueNote} times={row.fromDue} />}
        <Answers row={row} />
      </div>
    </div>
  )
}

function usePhases(view: RunView, row: SeriesDocument): PhasesDocument | null {
  const [asked, setAsked] = useState<PhasesDocument | null>(null)
  const key = seriesKey(row)
  const known = row.phases ?? null
  useEffect(() => {
    if (known || view.id !== null) return
    let gone = false
    client.run().then(answer => {
      if (!gone) setAsked(answer.run.series.find(other => seriesKey(other) === key)?.phases ?? null)
    }).catch(() => undefined)
    return () => { gone = true }
  }, [key, known === null, view.id])
  return known ?? asked
}

/** One stacked bar of the average time per phase. Blocked holds name, connect and TLS, so what they explain is taken out of it. */
export function phaseShares(phases: PhasesDocument): { phase: (typeof order)[number]; ms: number }[] {
  const inside = phases.dns.averageMs + phases.connect.averageMs + phases.tls.averageMs
  return order.map(phase => ({ phase, ms: phase === 'blocked' ? Math.max(0, phases.blocked.averageMs - inside) : phases[phase].averageMs }))
}

function Phases({ view, row }: { view: RunView; row: SeriesDocument }) {
  const m = useMessages()
  const phases = usePhases(view, row)
  if (!phases) return null
  const shares = phaseShares(phases)
  const total = shares.reduce((sum, s) => sum + s.ms, 0)
  if (total <= 0) return null
  return (
    <section className="detail-part wide">
      <h4>{m.table.phases} <span className="panel-note">{m.table.phasesNote}</span></h4>
      <div className="phase-bar" role="img" aria-label={shares.map(s => `${m.table.phase[s.phase]} ${time(s.ms)}`).join(', ')}>
        {shares.filter(s => s.ms > 0).map(s => <span key={s.phase} className={`phase ${s.phase}`} style={{ flexGrow: s.ms / total }} title={`${m.table.phase[s.phase]} ${time(s.ms)} (${percent(s.ms / total)})`} />)}
      </div>
      <ul className="phase-key">
        {shares.map(s => <li key={s.phase} className={s.ms === 0 ? 'none' : ''}><span className={`phase-dot ${s.phase}`} />{m.table.phase[s.phase]}<strong>{time(s.ms)}</strong></li>)}
      </ul>
    </section>
  )
}

function Distribution({ title, note, times }: { title: string; note?: string; times: TimesDocument }) {
  return (
    <section className="detail-part wide">
      <h4>{title} {note && <span className="panel-note">{note}</span>}</h4>
      <dl className="pairs">
        {percentiles.map(p => <div key={p}><dt>{p}%</dt><dd>{time(percentileOf(times, p))}</dd></div>)}
        <div><dt>100%</dt><dd>{time(times.maxMs)}</dd></div>
      </dl>
    </section>
  )
}

function Answers({ row }: { row: SeriesDocument }) {
  const m = useMessages()
  const outcomes = row.outcomes.filter(o => o.outcome !== 'success')
  if (row.statuses.length === 0 && outcomes.length === 0) return null
  return (
    <section className="detail-part wide">
      <h4>{m.table.statuses}</h4>
      <dl className="pairs">
        {row.statuses.map(s => <div key={s.status}><dt className={s.status >= 400 ? 'bad' : ''}>{s.status}</dt><dd>{count(s.count)}</dd></div>)}
        {outcomes.map(o => <div key={o.outcome}><dt>{m.outcome[o.outcome]}</dt><dd>{count(o.count)}</dd></div>)}
      </dl>
    </section>
  )
}
