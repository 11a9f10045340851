import type { Session } from '../data/api'
import { hasRun, outputsOf, type RunView } from '../data/model'
import { count, time, wholePercent } from '../format/numbers'
import { useSpeech } from '../i18n'
import { Menu } from '../ui/controls'
import { Icon } from '../ui/Icon'
import { isActive, type Stage } from './figures'

/** One thin line that says whether the figures are the target's. Never hidden; grey when all is well, amber with a sentence when not. */
export function HonestyStrip({ view, stage }: { session?: Session | null; view: RunView | null; stage: Stage }) {
  const { messages: m, language } = useSpeech()
  if (!hasRun(view)) return <div className="honesty"><span className="honesty-quiet">{m.honesty.label}: {m.honesty.nothing}</span></div>
  const { generator, conservationErrors, warnings } = view.run
  const live = isActive(stage)
  const broken = conservationErrors.length > 0
  const bound = generator.isBound
  const all = view.workers.length
  const away = live ? view.workers.filter(worker => worker.state === 'late' || worker.state === 'lost' || worker.state === 'failed').length : 0
  const outputs = outputsOf(view.run)
  const lost = outputs.reduce((sum, output) => sum + output.dropped + output.uncertain, 0)
  const queued = outputs.reduce((sum, output) => sum + output.queued, 0)
  const sentence = broken ? m.honesty.conservation : bound ? (language === 'en' && generator.text ? generator.text : m.honesty.bound(generator.boundSeconds)) : ''
  return (
    <div className={bound || broken ? 'honesty doubt' : 'honesty'} role="note" aria-label={m.honesty.label}>
      {(bound || broken) && <Icon name="warn" size={14} />}
      <span>{m.honesty.busy(wholePercent(live ? generator.busyPercent : generator.averageBusyPercent))}</span>
      <span>{m.honesty.lag(time(live ? generator.currentLagP99Ms : generator.lag.p99Ms))}</span>
      <span className={away > 0 ? 'honesty-away' : undefined}>{away > 0 ? m.honesty.workersAway(String(all - away), String(all)) : m.honesty.workers(Math.max(1, all))}</span>
      {outputs.length > 0 && <span className={lost > 0 ? 'honesty-away' : undefined}>{m.honesty.outputs(outputs.length)}{lost > 0 ? `, ${m.honesty.lost(count(lost))}` : live && queued > 0 ? `, ${m.honesty.queued(count(queued))}` : ''}</span>}
      <span className={sentence ? 'honesty-sentence' : 'honesty-quiet'} title={sentence}>{sentence || m.honesty.fine}</span>
      {warnings.length > 0 && (
        <Menu label={m.honesty.warnings(warnings.length)} icon="info" text={m.honesty.warnings(warnings.length)}>
          <ul className="notes">{warnings.map(warning => <li key={warning}>{warning}</li>)}</ul>
        </Menu>
      )}
    </div>
  )
}
