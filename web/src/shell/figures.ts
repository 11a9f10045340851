// The five figures of the bar and what state the run is in, from the newest data.
import type { Session } from '../data/api'
import { hasRun, type RunView } from '../data/model'

export type Stage = 'ready' | 'spawning' | 'running' | 'stopping' | 'stopped' | 'failed'

export function stageOf(session: Session | null, view: RunView | null): Stage {
  if (session?.state === 'failed' || (session?.error && session.state !== 'running' && session.state !== 'stopping')) return 'failed'
  if (session?.state === 'running') return view?.run.phase === 'spawning' ? 'spawning' : view?.run.phase === 'stopping' ? 'stopping' : 'running'
  if (session?.state === 'stopping') return 'stopping'
  if (session) return session.state === 'stopped' ? 'stopped' : 'ready'
  return view?.run.phase ?? 'ready'
}

export const isActive = (stage: Stage) => stage === 'spawning' || stage === 'running' || stage === 'stopping'

export interface Figures {
  readonly live: boolean
  readonly users: number
  readonly targetUsers: number
  readonly rps: number
  readonly failures: number
  readonly requests: number
  readonly failureRatio: number
  readonly p95Ms: number | null
  readonly inFlight: number
  readonly oldestMs: number
}

/** While a run goes on: of its last complete second (failures: of the whole run). Afterwards: of the whole run. */
export function figuresOf(view: RunView | null, live: boolean): Figures | null {
  if (!hasRun(view)) return null
  const { run, seconds } = view
  const last = seconds.p95Ms.length - 1
  return {
    live,
    users: live ? run.users : mostUsers(view),
    targetUsers: run.targetUsers,
    rps: live ? run.aggregated.currentRps : run.aggregated.totalRps,
    failures: run.aggregated.failures,
    requests: run.aggregated.requests,
    failureRatio: run.aggregated.failureRatio,
    p95Ms: live ? (seconds.p95Ms[last] ?? null) : run.aggregated.all.count > 0 ? run.aggregated.all.p95Ms : null,
    inFlight: run.inFlight,
    oldestMs: run.oldestRequestMs,
  }
}

export function mostUsers(view: RunView): number {
  let most = view.run.users
  for (const users of view.seconds.users) if (users > most) most = users
  return most
}

/** How far a run with an end has come, 0 to 1: by its time, else by its iterations; null without an end. */
export function progressOf(view: RunView | null): number | null {
  if (!hasRun(view)) return null
  if (view.plan.runTimeSeconds) return Math.min(1, view.run.runTimeMs / 1000 / view.plan.runTimeSeconds)
  const shares = view.scenarios.map(scenario => scenario.progress)
  if (shares.length === 0 || shares.includes(null)) return null
  return shares.reduce<number>((sum, share) => sum + share!, 0) / shares.length
}

/** The stage the run is in, counted from 1; null where the load has one course. */
export function stageAt(view: RunView): { now: number; all: number } | null {
  const stages = view.plan.stages ?? []
  if (stages.length === 0) return null
  const begun = stages.filter(stage => stage.fromSeconds <= view.run.runTimeMs / 1000).length
  return { now: begun + 1, all: stages.length + 1 }
}
